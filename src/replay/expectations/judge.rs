//! Judges an expectation.

use crate::{
    domain::{
        internships::gate::Missing,
        letter::LetterKind,
        rules::{
            flags::{Audience, Level},
            rule_id::RuleId,
        },
        values::day::danish,
    },
    replay::{
        diary::{DiaryEntry, EntryKind},
        expectations::{
            facts::{CaseFacts, RaisedFlag},
            said::said,
            shortfall::Shortfall,
        },
        format::{Expectation, ExpectationKind},
        stage::Stage,
    },
    store::schema::ToldRow,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl CaseFacts {
    /// How many letters and digest lines reached a role, of a rule or kind of letter.
    fn count(&self, scene: &Stage, to: Option<&str>, rule: Option<&str>) -> usize {
        let cast: Vec<_> = scene.consultants.iter().chain([&scene.liaison, &scene.leader]).collect();
        let is = |wanted: Option<&str>, own: &str| wanted.is_none_or(|wanted| wanted == own);
        let lines =
            self.flags.iter().filter(|flag| is(rule, flag.row.rule.as_str())).flat_map(|flag| &flag.told).filter(|told| {
                // In a database with several cases the team leaders of the others are told too.
                let own = told.account_id.as_ref().is_none_or(|account| cast.iter().any(|by| by.id == *account));
                let left = told.letter_id.as_ref().is_some_and(|letter| self.sent.contains(letter));
                own && left && is(to, role(told.audience.code()))
            });
        let single = self
            .letters
            .iter()
            .filter(|letter| letter.sent_at.is_some() && is(rule, letter.kind.code()) && is(to, letter.audience.code()));
        lines.count() + single.count()
    }

    fn about(&self, scene: &Stage, rule: &str, about: Option<&str>) -> Vec<&RaisedFlag> {
        let subjects = about.map(|about| scene.subjects(about, &self.outcomes));
        let same = |flag: &&RaisedFlag| {
            flag.row.rule == *rule && subjects.as_ref().is_none_or(|subjects| subjects.contains(&flag.row.subject))
        };
        self.flags.iter().filter(same).collect()
    }

    /// Judges one expectation; what fell short, where it does.
    pub fn judge(&self, scene: &Stage, diary: &[DiaryEntry], expectation: &Expectation) -> Option<Shortfall> {
        let found = match &expectation.claim {
            ExpectationKind::Flag { rule, about, level, by, not_before, told } => {
                let flags = self.about(scene, rule, about.as_deref());
                let level = level.unwrap_or(Level::Notice);
                raised(&flags, level, *by, *not_before).or_else(|| untold(&flags, level, *by, told))
            }
            ExpectationKind::Cleared { rule, about, by } => cleared(&self.about(scene, rule, about.as_deref()), *by),
            ExpectationKind::Refused { rule, on, missing, .. } => refused(diary, rule, *on, missing.as_deref()),
            ExpectationKind::Never { rule, about } => {
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
            ExpectationKind::Letters { to, rule, count } => {
                let found = self.count(scene, to.as_deref(), rule.as_deref());
                (found != *count).then(|| found.to_string())
            }
        }?;
        let waits_for = expectation.claim.rule().filter(|rule| !is_known(rule)).map(ToOwned::to_owned);
        Some(Shortfall { expectation: expectation.given.clone(), said: said(scene, expectation), found, waits_for })
    }
}

/// Whether this version has the rule (or, of letters, the kind).
fn is_known(rule: &str) -> bool {
    RuleId::parse(rule).is_some() || LetterKind::parse(rule).is_some()
}

/// A former consultant is a consultant, as a file names roles.
fn role(audience: &str) -> &str {
    if audience == Audience::FormerConsultant.code() { Audience::Consultant.code() } else { audience }
}

fn raised(flags: &[&RaisedFlag], level: Level, by: Option<NaiveDate>, not_before: Option<NaiveDate>) -> Option<String> {
    let Some(first) = flags.iter().filter_map(|flag| flag.reached(level)).min() else {
        let lower = flags.iter().filter_map(|flag| flag.reached(Level::Notice)).min();
        let lower = lower.map(|day| format!("rejst den {}, men nåede ikke {}", danish(day), level.label().da));
        return Some(lower.unwrap_or_else(|| "aldrig rejst".into()));
    };
    let outside = by.is_some_and(|by| first > by) || not_before.is_some_and(|day| first < day);
    outside.then(|| format!("rejst den {}", danish(first)))
}

fn untold(flags: &[&RaisedFlag], level: Level, by: Option<NaiveDate>, roles: &[String]) -> Option<String> {
    let in_time = |told: &&ToldRow| told.level >= level && by.is_none_or(|by| told.told_on <= by);
    let told: BTreeSet<&str> =
        flags.iter().flat_map(|flag| &flag.told).filter(in_time).map(|told| role(told.audience.code())).collect();
    let missing: Vec<&str> = roles.iter().map(String::as_str).filter(|name| !told.contains(role(name))).collect();
    (!missing.is_empty()).then(|| format!("rejst, men ikke fortalt til {}", missing.join(", ")))
}

/// It was raised, and on that day none of them stands any more.
fn cleared(flags: &[&RaisedFlag], by: Option<NaiveDate>) -> Option<String> {
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
    matches!(entry.what, EntryKind::Refused | EntryKind::Asked | EntryKind::Reasoned)
}

fn how(entry: &DiaryEntry) -> &'static str {
    if entry.what == EntryKind::Refused { "afvist" } else { "spurgt" }
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
