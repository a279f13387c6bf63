//! Puts what was raised for one person into one letter: warnings and alarms at once, with the notices that wait;
//! notices alone in one digest a person and day.

use super::{Stop, mailroom};
use crate::{
    domain::{
        day::At,
        flags::{self, Audience, Level},
        ids::AccountId,
        register::Municipality,
    },
    letters::{Line, at_once, digest},
    store::{
        Failure, Tx, accounts, citizens, flags as shelf, letters,
        rows::{FlagRow, ToldRow},
    },
};

/// Writes one account's letter, if one is owed now. Whether one was queued.
///
/// # Errors
/// A failure of the database.
pub fn write(tx: &mut Tx, at: At, account: &AccountId, digest_time: bool) -> Result<bool, Stop> {
    let waiting = shelf::lines(tx, account.as_str())?;
    let Some((first, _)) = waiting.first() else { return Ok(false) };
    let municipality = Municipality::stored(first.municipality.clone());
    let Some(person) = accounts::find(tx, &municipality, account.as_str())? else { return Ok(false) };
    let loud = waiting.iter().any(|(told, _)| Level::parse(&told.level).is_some_and(|level| level > Level::Notice));
    let digest_key = format!("digest/{account}/{}", at.today);
    if !loud && (!digest_time || !person.wants_digests || letters::is_queued(tx, &digest_key)?) {
        return Ok(false);
    }
    let lines = waiting.iter().map(|(told, flag)| line(tx, &municipality, told, flag)).collect::<Result<Vec<_>, _>>()?;
    let flags: Vec<String> = waiting.iter().map(|(_, flag)| flag.id.clone()).collect();
    // A date that was replaced unanswered is told although its flag has gone.
    let lasting = waiting.iter().any(|(told, _)| told.what == "unanswered");
    let queued = mailroom::queue(
        tx,
        at,
        mailroom::Envelope {
            municipality: &municipality,
            key: if loud { format!("at-once/{}", first.told_key) } else { digest_key },
            kind: if loud { "warning" } else { "digest" },
            audience: Audience::parse(&first.audience).unwrap_or(Audience::Consultant),
            to: &person.email,
            letter: if loud { at_once(&lines) } else { digest(&lines) },
            cause: if lasting { mailroom::Cause::Lasting } else { mailroom::Cause::Flags(flags) },
            case: None,
            link: None,
            digest_of: (!loud).then_some(account.as_str()),
        },
    )?;
    let Some(letter) = queued else { return Ok(false) };
    let keys: Vec<String> = waiting.into_iter().map(|(told, _)| told.told_key).collect();
    shelf::carry(tx, &keys, letter.as_str())?;
    Ok(true)
}

fn line(tx: &mut Tx, municipality: &Municipality, told: &ToldRow, flag: &FlagRow) -> Result<Line, Stop> {
    let rule = flags::rule(&flag.rule).ok_or_else(|| Failure::Corrupt(format!("a flag of the unknown rule {}", flag.rule)))?;
    let citizen = citizens::find(tx, municipality, &flag.citizen_id)?.ok_or(Stop::NotFound)?;
    let mut words = rule.words();
    if told.what == "unanswered" {
        words.what = crate::domain::said::said(
            format!("Datoen {} for svar om ansættelse blev ændret, efter at den var passeret uden svar.", flag.occasion),
            format!("The hiring decision date {} was replaced after it had passed unanswered.", flag.occasion),
        );
    }
    if told.what.contains("-for-") {
        words.now.da.push_str(" (Modtageren har ingen e-mailadresse hos os: giv beskeden selv.)");
        words.now.en.push_str(" (The recipient has no address with us: pass it on yourself.)");
    }
    Ok(Line {
        level: Level::parse(&told.level).unwrap_or(Level::Notice),
        rule: flag.rule.clone(),
        reference: rule.reference.into(),
        case: citizen.reference,
        words,
        evidence: serde_json::from_str(&flag.evidence).map_err(|error| Failure::Corrupt(error.to_string()))?,
        flag: flag.id.clone(),
    })
}
