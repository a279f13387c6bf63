//! Collects what was raised for one person into one letter: warnings and alarms at once, together with waiting notices; notices
//! alone in one digest per person and day. The follow-ups that come next are a line of the first of them, and what has changed
//! in the calendar is a part of it.

use crate::{
    actions::{ActionError, calendar::composing, flags::evaluate, internships::follow_ups_ahead},
    context::{Context, Services},
    domain::{
        people::tenant::Tenant,
        rules::flags::{self, Audience, Level, Resolution},
        values::{
            day::At,
            ids::{AccountId, CalendarEntryId, FollowUpId, InternshipId},
            in_words::day_in_words,
            localized::localized,
        },
    },
    outbox::{
        about::{case_of_citizen, case_of_internship, case_of_workplace, frame_here},
        calendar::calendar_objects,
        emit::emit,
        event::Event,
        letters::{FlagNotice, at_once, digest},
        queue::calendar_column,
    },
    store::{
        StoreError, Tx, accounts, calendar_entries, flags as stored_flags, letters,
        letters::LetterText,
        schema::{FlagRow, LetterRow, ToldRow},
    },
};
use chrono::NaiveDate;

/// Writes one account's letter, if one is owed now. Whether one was queued.
///
/// # Errors
/// A failure of the database.
pub fn write(tx: &mut Tx, services: &Services, at: At, tenant: &Tenant, account: &AccountId) -> Result<bool, ActionError> {
    let lines = stored_flags::lines(tx, tenant, account)?;
    let context = Context::schedule(services, tenant, at);
    let ahead = follow_ups_ahead::to_remind(tx, tenant, at.today)?.remove(account).unwrap_or_default();
    let ahead = follow_ups_ahead::still_ahead(tx, &context, ahead)?;
    let entries = calendar_entries::waiting(tx, tenant, account, at.today)?;
    if lines.is_empty() && ahead.is_empty() && entries.is_empty() {
        return Ok(false);
    }
    let person = accounts::find_person(tx, tenant, account)?.filter(|person| person.closed_on.is_none());
    // What came to rest before a letter carried it is told nobody, nor is anything to somebody who has left.
    let (waiting, moot): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(told, flag)| person.is_some() && holds(told, flag));
    let (lines, about): (Vec<_>, Vec<_>) = moot.into_iter().map(|(told, flag)| (told.told_key, flag)).unzip();
    stored_flags::untell(tx, tenant, &lines)?;
    if person.is_none() {
        // Whoever reads it now is told instead.
        evaluate::evaluate_again(tx, &context, &about)?;
    }
    let owed = !waiting.is_empty() || !ahead.is_empty() || !entries.is_empty();
    let Some(person) = person.filter(|_| owed) else { return Ok(false) };
    let first = waiting.first().map(|(told, _)| told);
    let loud = waiting.iter().any(|(told, _)| told.level > Level::Notice);
    let digest_key = format!("digest/{account}/{}", at.today);
    if !loud && (!person.wants_digests || letters::is_queued(tx, tenant, &digest_key)?) {
        return Ok(false);
    }
    let lines = notices(tx, &context, &waiting)?;
    let audience = first.map_or(Audience::Consultant, |told| told.audience);
    let changes = composing::changes(tx, &context, &entries)?;
    let (lines, ahead, changes, to) = (lines.as_slice(), ahead.as_slice(), changes.as_slice(), person.email.as_str());
    let event = match first.filter(|_| loud) {
        Some(first) => Event::Warned { lines, ahead, changes, audience, to, key: &format!("at-once/{}", first.told_key) },
        None => Event::DigestDue { lines, ahead, changes, audience, account, to, key: &digest_key },
    };
    let Some(letter) = emit(tx, &context, event)? else { return Ok(false) };
    let keys: Vec<String> = waiting.into_iter().map(|(told, _)| told.told_key).collect();
    stored_flags::carry(tx, tenant, &keys, &letter)?;
    let entries: Vec<CalendarEntryId> = entries.into_iter().map(|entry| entry.id).collect();
    calendar_entries::carry(tx, tenant, &entries, &letter)?;
    if !ahead.is_empty() {
        accounts::note_reminded(tx, tenant, account, at.today)?;
    }
    Ok(true)
}

/// Asks again, just before a letter goes out, whether what it tells still holds; false where nothing of it does. What has
/// come to rest since it was written is taken out of it, unless it has been tried: then it stays as it was.
///
/// # Errors
/// A failure of the database.
pub fn still_holds(
    tx: &mut Tx,
    context: &Context,
    letter: &mut LetterRow,
    named: &[(FollowUpId, NaiveDate)],
) -> Result<bool, ActionError> {
    let about: Vec<FlagRow> = stored_flags::carried(tx, context.tenant, &letter.id)?.into_iter().map(|(_, flag)| flag).collect();
    evaluate::evaluate_again(tx, context, &about)?;
    let (standing, moot): (Vec<_>, Vec<_>) =
        stored_flags::carried(tx, context.tenant, &letter.id)?.into_iter().partition(|(told, flag)| holds(told, flag));
    let mut ahead = follow_ups_ahead::still_ahead(tx, context, named.iter().map(|(id, _)| id.clone()))?;
    ahead.retain(|own| named.contains(&(own.id.clone(), own.on)));
    let (changes, entries_gone) = composing::still_carried(tx, context, letter)?;
    let holds_still = !standing.is_empty() || !ahead.is_empty() || !changes.is_empty();
    let some_gone = !moot.is_empty() || ahead.len() < named.len() || entries_gone;
    if holds_still && some_gone && letter.attempts == 0 {
        let lines = notices(tx, context, &standing)?;
        let letter_now = match letter.digest_of {
            Some(_) => digest(&lines, &ahead, &changes),
            None => at_once(&lines, &ahead, &changes),
        };
        let set = letter_now.set(&frame_here(context, None));
        let calendar = calendar_column(&calendar_objects(context, &changes))?;
        let text = LetterText { subject: set.subject, plain: set.plain, html: set.html, calendar };
        letter.say(&context.services.keys, &text)?;
    }
    Ok(holds_still)
}

/// That a date was replaced unanswered is told although its flag has gone: that is what it tells.
fn holds(told: &ToldRow, flag: &FlagRow) -> bool {
    flag.gone.is_none() || told.what == Resolution::Unanswered.code()
}

/// What is told for somebody without an address says all that the own line says.
fn notices(tx: &mut Tx, context: &Context, of: &[(ToldRow, FlagRow)]) -> Result<Vec<FlagNotice>, ActionError> {
    let is_said = |told: &ToldRow, flag: &FlagRow| {
        let same = |(other, own): &&(ToldRow, FlagRow)| own.id == flag.id && other.level == told.level && is_for_another(other);
        !is_for_another(told) && of.iter().any(|own| same(&own))
    };
    of.iter().filter(|(told, flag)| !is_said(told, flag)).map(|(told, flag)| line(tx, context, told, flag)).collect()
}

fn is_for_another(told: &ToldRow) -> bool {
    told.what.contains("-for-")
}

fn line(tx: &mut Tx, context: &Context, told: &ToldRow, flag: &FlagRow) -> Result<FlagNotice, ActionError> {
    let rule = flags::rule(flag.rule).ok_or_else(|| StoreError::Corrupt(format!("a flag of the unknown rule {}", flag.rule)))?;
    let internship = flag.subject.strip_prefix("internship:").map(InternshipId::stored);
    let case = match (internship, &flag.citizen_id, &flag.workplace_id) {
        (Some(internship), _, _) => case_of_internship(tx, context, &internship)?,
        (None, Some(citizen), _) => case_of_citizen(tx, context, citizen)?,
        (None, None, Some(workplace)) => case_of_workplace(tx, context, workplace)?,
        (None, None, None) => return Err(StoreError::Corrupt("a flag about nobody".into()).into()),
    };
    let mut words = flags::words_on(rule, &flag.occasion, context.at.today);
    if told.what == Resolution::Unanswered.code() {
        let day = flag.occasion.parse().map(day_in_words).unwrap_or_default();
        words.what = localized(
            format!("Datoen for svar om ansættelse, den {}, blev ændret, efter at den var passeret uden svar.", day.da),
            format!("The hiring decision date, {}, was replaced after it had passed unanswered.", day.en),
        );
    }
    if is_for_another(told) {
        words.now.da.push_str(" (Modtageren har ingen e-mailadresse hos os: giv beskeden selv.)");
        words.now.en.push_str(" (The recipient has no address with us: pass it on yourself.)");
    }
    Ok(FlagNotice {
        level: told.level,
        rule: flag.rule.to_string(),
        reference: rule.reference(&context.services.book, context.at.today).to_owned(),
        case: case.short(),
        case_reference: case.reference,
        words,
        evidence: serde_json::from_str(&flag.evidence).map_err(|_| StoreError::Corrupt("a flag's evidence".into()))?,
        flag: flag.id.clone(),
    })
}
