//! Judges what is expected of a case against what stands in the database after it was played: flags with their history,
//! who was told, letters; and refusals, which leave no trace there, against the diary.

use crate::{
    actions::ActionError,
    domain::{
        internships::gate::Missing,
        rules::{
            flags::{self, Audience, Level, Resolution, Subject},
            rule_id::RuleId,
        },
        values::{
            day::danish,
            ids::{InternshipId, LetterId, OutcomeId},
        },
    },
    replay::{
        diary::{Came, DiaryEntry, about_whom, listed, roles},
        format::{Claim, Expectation},
        stage::Stage,
    },
    store::{
        Conn, courses, flags as shelf, letters,
        schema::{FlagEventRow, FlagRow, LetterRow, ToldRow},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// An expectation that fell short.
#[derive(Clone, Debug, Serialize)]
pub struct Shortfall {
    /// As it stands in the file.
    pub expectation: Value,
    /// The same in words.
    pub said: String,
    /// What was found instead.
    pub found: String,
    /// The rule that this version does not have, where it rests on one.
    pub waits_for: Option<String>,
}

/// A flag with what became of it.
struct Raised {
    row: FlagRow,
    history: Vec<FlagEventRow>,
    told: Vec<ToldRow>,
}

impl Raised {
    /// The first day on which it had at least this level: who jumps to a higher one has the lower one too.
    fn reached(&self, level: Level) -> Option<NaiveDate> {
        let had = |event: &&FlagEventRow| matches!(event.what.as_str(), "raised" | "rose") && reaches(&event.level, level);
        self.history.iter().filter(had).map(|event| event.happened_on).min()
    }
}

fn reaches(text: &str, level: Level) -> bool {
    Level::parse(text).is_some_and(|own| own >= level)
}

/// What stands in the database of a case.
pub struct Facts {
    flags: Vec<Raised>,
    /// Single letters that are told by no flag: invitations, answers.
    letters: Vec<LetterRow>,
    /// Letters that left the house.
    sent: BTreeSet<LetterId>,
    outcomes: Vec<(OutcomeId, InternshipId)>,
    /// The case reference of each internship.
    references: Vec<(String, InternshipId)>,
}

/// Reads what stands there.
///
/// # Errors
/// A failure of the database.
pub fn facts(conn: &mut Conn, scene: &Stage) -> Result<Facts, ActionError> {
    let (tenant, citizen) = (scene.tenant(), &scene.citizen);
    let course = courses::load(conn, &scene.desk.keys, tenant, citizen)?.ok_or(ActionError::NotFound)?;
    let narrow = shelf::FlagFilter { citizen: Some(citizen.clone()), ..shelf::FlagFilter::default() };
    let there = scene
        .places
        .iter()
        .map(|place| shelf::FlagFilter { workplace: Some(place.workplace.clone()), ..shelf::FlagFilter::default() });
    let mut rows = Vec::new();
    for narrow in std::iter::once(narrow).chain(there) {
        rows.extend(shelf::page(conn, tenant, &narrow, "", i64::from(i32::MAX))?);
    }
    let mut flags = Vec::new();
    for row in rows {
        let (history, told) = (shelf::history(conn, &row.id)?, shelf::told(conn, &row.id)?);
        flags.push(Raised { row, history, told });
    }
    let references: Vec<(String, InternshipId)> =
        course.internships.iter().map(|internship| (internship.reference.clone(), internship.id.clone())).collect();
    let names: Vec<String> = references.iter().map(|(reference, _)| reference.clone()).collect();
    let mut own = letters::of_cases(conn, tenant, &names)?;
    let carried: BTreeSet<LetterId> =
        flags.iter().flat_map(|flag| &flag.told).filter_map(|told| told.letter_id.clone()).collect();
    let mut sent: BTreeSet<LetterId> =
        own.iter().filter(|letter| letter.sent_at.is_some()).map(|letter| letter.id.clone()).collect();
    for id in &carried {
        if letters::find(conn, tenant, id)?.is_some_and(|letter| letter.sent_at.is_some()) {
            sent.insert(id.clone());
        }
    }
    own.retain(|letter| !carried.contains(&letter.id));
    let outcomes = course.outcomes.into_iter().filter_map(|outcome| Some((outcome.id, outcome.from?))).collect();
    Ok(Facts { flags, letters: own, sent, outcomes, references })
}

impl Facts {
    /// The entries of flags, of who was told, and of letters that no flag tells.
    pub fn entries(&self, scene: &Stage) -> Vec<DiaryEntry> {
        let raised = self.flags.iter().flat_map(|flag| flag.history.iter().filter_map(|event| self.flagged(scene, flag, event)));
        let told = self.flags.iter().flat_map(|flag| self.told(scene, flag));
        let mut entries: Vec<DiaryEntry> = raised.chain(told).chain(self.posted(scene)).collect();
        // Ids of one second have no order of their own: the same file is to give the same diary.
        entries.sort_by(|one, other| {
            let key = |entry: &DiaryEntry| (entry.on, entry.what, entry.rule.clone(), entry.about.clone(), entry.text.clone());
            key(one).cmp(&key(other))
        });
        entries
    }

    fn flagged(&self, scene: &Stage, flag: &Raised, event: &FlagEventRow) -> Option<DiaryEntry> {
        // Who acknowledged or snoozed it is an event of the case.
        let what = match event.what.as_str() {
            "raised" => Came::Flagged,
            "rose" => Came::Rose,
            gone => match Resolution::parse(gone)? {
                Resolution::Cleared => Came::Cleared,
                Resolution::Closed | Resolution::Seen => Came::Closed,
                Resolution::Unanswered => Came::Unanswered,
            },
        };
        let about = about_whom(scene, &scene.about(&flag.row.subject, &self.outcomes));
        let rule = flags::rule(&flag.row.rule);
        let level = Level::parse(&event.level)?;
        let text = match (what, rule) {
            (Came::Flagged | Came::Rose, Some(rule)) => {
                format!(
                    "({}), {about}: {} Regel {}, {}",
                    level.label().da,
                    rule.words().what.da,
                    rule.id,
                    rule.reference(&scene.desk.book, event.happened_on)
                )
            }
            _ => format!("{about}, {}", flag.row.rule),
        };
        Some(self.marked(scene, flag, DiaryEntry::new(event.happened_on, what, text), level))
    }

    fn marked(&self, scene: &Stage, flag: &Raised, mut entry: DiaryEntry, level: Level) -> DiaryEntry {
        entry.about = Some(scene.about(&flag.row.subject, &self.outcomes));
        entry.rule = Some(flag.row.rule.clone());
        entry.level = Some(level);
        entry
    }

    /// One entry for all who were told the same.
    fn told(&self, scene: &Stage, flag: &Raised) -> Vec<DiaryEntry> {
        let mut steps: Vec<(NaiveDate, Level, &str, Vec<Audience>)> = Vec::new();
        for row in &flag.told {
            let (Some(level), Some(audience)) = (Level::parse(&row.level), Audience::parse(&row.audience)) else { continue };
            let why = match row.what.as_str() {
                "unanswered" => " (datoen blev ændret uden svar)",
                "more-time" => " (virksomheden beder om mere tid)",
                _ => "",
            };
            match steps.iter_mut().find(|(on, own, same, _)| *on == row.told_on && *own == level && *same == why) {
                Some((.., to)) if to.contains(&audience) => {}
                Some((.., to)) => to.push(audience),
                None => steps.push((row.told_on, level, why, vec![audience])),
            }
        }
        let about = about_whom(scene, &scene.about(&flag.row.subject, &self.outcomes));
        steps
            .into_iter()
            .map(|(on, level, why, mut to)| {
                to.sort();
                let text = format!("{}: {about}, {}, {}{why}", roles(&to), flag.row.rule, level.label().da);
                let mut entry = self.marked(scene, flag, DiaryEntry::new(on, Came::Told, text), level);
                entry.to = to;
                entry
            })
            .collect()
    }

    fn posted(&self, scene: &Stage) -> Vec<DiaryEntry> {
        let entry = |letter: &LetterRow| {
            let (sent, to) = (letter.sent_at?, Audience::parse(&letter.audience)?);
            let internship = self.references.iter().find(|(own, _)| Some(own) == letter.case_reference.as_ref());
            let about = internship.map(|(_, id)| scene.about(&Subject::Internship(id.clone()).key(), &self.outcomes));
            // Danish stands first; the reference is another at each replay, the file's name is not.
            let subject = letter.subject.split(" / ").next().unwrap_or_default();
            let named = about.as_ref().map(|name| format!("»{name}«")).zip(letter.case_reference.as_ref());
            let text = named.map_or_else(|| subject.to_owned(), |(name, reference)| subject.replace(reference, &name));
            let mut entry =
                DiaryEntry::new(crate::clock::at(sent.and_utc()).today, Came::Sent, format!("{}: {text}", to.label().da));
            entry.about = about;
            entry.rule = Some(letter.kind.clone());
            entry.to = vec![to];
            Some(entry)
        };
        self.letters.iter().filter_map(entry).collect()
    }

    /// How many letters and digest lines reached a role, of a rule or kind of letter.
    fn count(&self, scene: &Stage, to: Option<&str>, rule: Option<&str>) -> usize {
        let cast: Vec<_> = scene.consultants.iter().chain([&scene.liaison, &scene.leader]).collect();
        let is = |wanted: Option<&str>, own: &str| wanted.is_none_or(|wanted| wanted == own);
        let lines = self.flags.iter().filter(|flag| is(rule, &flag.row.rule)).flat_map(|flag| &flag.told).filter(|told| {
            // In a database with several cases the team leaders of the others are told too.
            let own = told.account_id.as_ref().is_none_or(|account| cast.iter().any(|by| by.id == *account));
            let left = told.letter_id.as_ref().is_some_and(|letter| self.sent.contains(letter));
            own && left && is(to, role(&told.audience))
        });
        let single =
            self.letters.iter().filter(|letter| letter.sent_at.is_some() && is(rule, &letter.kind) && is(to, &letter.audience));
        lines.count() + single.count()
    }

    fn about(&self, scene: &Stage, rule: &str, about: Option<&str>) -> Vec<&Raised> {
        let subjects = about.map(|about| scene.subjects(about, &self.outcomes));
        let same = |flag: &&Raised| {
            flag.row.rule == rule && subjects.as_ref().is_none_or(|subjects| subjects.contains(&flag.row.subject))
        };
        self.flags.iter().filter(same).collect()
    }

    /// Judges one expectation; what fell short, where it does.
    pub fn judge(&self, scene: &Stage, diary: &[DiaryEntry], expectation: &Expectation) -> Option<Shortfall> {
        let found = match &expectation.claim {
            Claim::Flag { rule, about, level, by, not_before, told } => {
                let flags = self.about(scene, rule, about.as_deref());
                let level = level.unwrap_or(Level::Notice);
                raised(&flags, level, *by, *not_before).or_else(|| untold(&flags, level, *by, told))
            }
            Claim::Cleared { rule, about, by } => cleared(&self.about(scene, rule, about.as_deref()), *by),
            Claim::Refused { rule, on, missing, .. } => refused(diary, rule, *on, missing.as_deref()),
            Claim::Never { rule, about } => {
                let flags = self.about(scene, rule, about.as_deref());
                let first = flags.iter().filter_map(|flag| flag.reached(Level::Notice)).min();
                let refused = diary.iter().find(|entry| {
                    let same = about.is_none() || entry.about == *about;
                    answers(entry) && entry.rule.as_ref() == Some(rule) && same
                });
                first
                    .map(|day| format!("rejst den {}", danish(day)))
                    .or(refused.map(|entry| format!("{} den {}", how(entry), danish(entry.on))))
            }
            Claim::Letters { to, rule, count } => {
                let found = self.count(scene, to.as_deref(), rule.as_deref());
                (found != *count).then(|| found.to_string())
            }
        }?;
        let waits_for = expectation.claim.rule().filter(|rule| !is_known(rule)).map(ToOwned::to_owned);
        Some(Shortfall { expectation: expectation.given.clone(), said: said(scene, expectation), found, waits_for })
    }
}

/// Letters that no flag rule writes.
const KINDS: [&str; 7] = ["alignment", "alignment-reminder", "answer", "decision", "digest", "openings", "warning"];

/// Whether this version has the rule (or, of letters, the kind).
fn is_known(rule: &str) -> bool {
    RuleId::parse(rule).is_some() || KINDS.contains(&rule)
}

/// A former consultant is a consultant, as a file names roles.
fn role(audience: &str) -> &str {
    if audience == Audience::FormerConsultant.code() { Audience::Consultant.code() } else { audience }
}

fn raised(flags: &[&Raised], level: Level, by: Option<NaiveDate>, not_before: Option<NaiveDate>) -> Option<String> {
    let Some(first) = flags.iter().filter_map(|flag| flag.reached(level)).min() else {
        let lower = flags.iter().filter_map(|flag| flag.reached(Level::Notice)).min();
        let lower = lower.map(|day| format!("rejst den {}, men nåede ikke {}", danish(day), level.label().da));
        return Some(lower.unwrap_or_else(|| "aldrig rejst".into()));
    };
    let outside = by.is_some_and(|by| first > by) || not_before.is_some_and(|day| first < day);
    outside.then(|| format!("rejst den {}", danish(first)))
}

fn untold(flags: &[&Raised], level: Level, by: Option<NaiveDate>, roles: &[String]) -> Option<String> {
    let in_time = |told: &&ToldRow| reaches(&told.level, level) && by.is_none_or(|by| told.told_on <= by);
    let told: BTreeSet<&str> =
        flags.iter().flat_map(|flag| &flag.told).filter(in_time).map(|told| role(&told.audience)).collect();
    let missing: Vec<&str> = roles.iter().map(String::as_str).filter(|name| !told.contains(role(name))).collect();
    (!missing.is_empty()).then(|| format!("rejst, men ikke fortalt til {}", missing.join(", ")))
}

/// It was raised, and on that day none of them stands any more.
fn cleared(flags: &[&Raised], by: Option<NaiveDate>) -> Option<String> {
    let by = by.unwrap_or(NaiveDate::MAX);
    let mut before = flags.iter().filter(|flag| flag.row.raised_on <= by).peekable();
    if before.peek().is_none() {
        return Some("aldrig rejst inden da".into());
    }
    let stands = before.find(|flag| flag.row.gone_on.is_none_or(|gone| gone > by))?;
    Some(match stands.row.gone_on {
        Some(gone) => format!("først væk den {}", danish(gone)),
        None => format!("rejst den {}, og står endnu", danish(stands.row.raised_on)),
    })
}

/// Whether a rule refused or asked; one that asked and was answered did so too.
fn answers(entry: &DiaryEntry) -> bool {
    matches!(entry.what, Came::Refused | Came::Asked | Came::Reasoned)
}

fn how(entry: &DiaryEntry) -> &'static str {
    if entry.what == Came::Refused { "afvist" } else { "spurgt" }
}

fn refused(diary: &[DiaryEntry], rule: &str, on: Option<NaiveDate>, missing: Option<&[String]>) -> Option<String> {
    let that_day: Vec<&DiaryEntry> = diary.iter().filter(|entry| answers(entry) && on.is_none_or(|on| entry.on == on)).collect();
    let wanted: Option<BTreeSet<&str>> = missing.map(|names| names.iter().map(|name| code(name)).collect());
    let mut same = that_day.iter().filter(|entry| entry.rule.as_deref() == Some(rule)).peekable();
    if same.peek().is_none() {
        let others: BTreeSet<String> =
            that_day.iter().filter_map(|entry| Some(format!("{} af {}", how(entry), entry.rule.as_deref()?))).collect();
        let others = others.into_iter().collect::<Vec<_>>().join(", ");
        return Some(if others.is_empty() { "ikke afvist".into() } else { others });
    }
    let wanted = wanted?;
    let mut found = Vec::new();
    for entry in same {
        let codes: BTreeSet<&str> = entry.missing.iter().map(String::as_str).collect();
        if codes == wanted {
            return None;
        }
        found.push(format!("mangler: {}", entry.missing.join(", ")));
    }
    Some(found.join(" / "))
}

/// The gate's code for what a file calls missing.
fn code(name: &str) -> &str {
    let known = match name {
        "citizen's confirmation" => Missing::CitizenConfirmation,
        "consultant's confirmation" => Missing::ConsultantConfirmation,
        "company's confirmation" => Missing::CompanyConfirmation,
        "accommodations" => Missing::Accommodations,
        "contact person" => Missing::ContactPerson,
        "representative's statement" => Missing::Statement,
        "decision" => Missing::Decision,
        other => return other,
    };
    known.code()
}

/// An expectation in words.
fn said(scene: &Stage, expectation: &Expectation) -> String {
    let of =
        |about: &Option<String>| about.as_ref().map_or_else(String::new, |about| format!(" om {}", about_whom(scene, about)));
    let role = |name: &String| Audience::parse(name).map_or_else(|| name.clone(), |role| role.label().da);
    let day = |word: &str, day: &Option<NaiveDate>| day.map_or_else(String::new, |day| format!(" {word} {}", danish(day)));
    let text = match &expectation.claim {
        Claim::Flag { rule, about, level, by, not_before, told } => {
            let level = level.map_or_else(String::new, |level| format!(" ({})", level.label().da));
            let told = if told.is_empty() {
                String::new()
            } else {
                format!(", fortalt til {}", listed(&told.iter().map(role).collect::<Vec<_>>()))
            };
            format!("Flaget {rule}{}{level}{}{}{told}", of(about), day("senest", by), day("og ikke før", not_before))
        }
        Claim::Cleared { rule, about, by } => format!("Flaget {rule}{} væk{}", of(about), day("senest", by)),
        Claim::Refused { rule, asked, on, missing } => {
            let missing = missing.as_ref().map_or_else(String::new, |missing| format!(", mangler: {}", missing.join(", ")));
            format!("{} af {rule}{}{missing}", if *asked { "Spurgt" } else { "Afvist" }, day("den", on))
        }
        Claim::Never { rule, about } => format!("Aldrig {rule}{}", of(about)),
        Claim::Letters { to, rule, count } => {
            let to = to.as_ref().map_or_else(String::new, |to| format!(" til {}", role(to)));
            let rule = rule.as_ref().map_or_else(String::new, |rule| format!(" om {rule}"));
            format!("{count} breve eller linjer{to}{rule}")
        }
    };
    if expectation.why.is_empty() { text } else { format!("{text} ({})", expectation.why) }
}
