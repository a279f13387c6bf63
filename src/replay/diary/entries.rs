//! The entries of an event: it was done, or each reason why not.

use crate::{
    actions::ActionError,
    replay::{
        diary::{
            described::described,
            entry::{DiaryEntry, EntryKind},
        },
        events::EventOutcome,
        format::{Case, CaseEvent, EventKind},
        phrases::{hours, listed},
        stage::Stage,
    },
};
use chrono::NaiveDate;

/// Said of a booking whose start the loader sees to.
const IMPLIED: &str = "\nUnderforstået: alle tre bekræfter, og det, starten kræver, kommer på plads";

/// What came of an event, as entries: it was done, or one entry for each rule that refused.
pub fn entries(scene: &Stage, event: &CaseEvent, on: NaiveDate, outcome: Result<&EventOutcome, &ActionError>) -> Vec<DiaryEntry> {
    let text = described(scene, event);
    let mut entries = match outcome {
        Ok(done) => {
            let implied_start = done.booked.is_some() && done.starts_on.is_some();
            let what = match &event.what {
                EventKind::NotPlayed { .. } => EntryKind::NotPlayed,
                EventKind::Nothing { .. } | EventKind::ScheduleOff | EventKind::ScheduleOn => EntryKind::Noted,
                _ => EntryKind::Done,
            };
            let implied = if implied_start { IMPLIED } else { "" };
            let mut entries = vec![DiaryEntry::new(on, what, text + implied)];
            entries.extend(done.asked.iter().map(|asked| {
                let text = format!("{}, begrundet af {}: {}", asked.rule, asked.given_by, asked.reasons);
                DiaryEntry { rule: Some(asked.rule.to_string()), ..DiaryEntry::new(on, EntryKind::Reasoned, text) }
            }));
            entries
        }
        Err(stop) => refused(&text, on, stop),
    };
    for entry in &mut entries {
        entry.about = about(event);
        entry.dry_run = event.dry_run;
        if let EventKind::NotPlayed { what, .. } = &event.what {
            entry.rule = Some((*what).to_owned());
        }
    }
    entries
}

fn about(event: &CaseEvent) -> Option<String> {
    match &event.what {
        EventKind::Book(book) => Some(book.internship.clone()),
        EventKind::Change(change) => Some(change.internship.clone()),
        EventKind::Start(start) => Some(start.internship.clone()),
        EventKind::End(end) => Some(end.internship.clone()),
        EventKind::Confirm { internship, .. }
        | EventKind::Object { internship, .. }
        | EventKind::WithdrawVersion { internship }
        | EventKind::NextStep { internship, .. }
        | EventKind::Extend { internship, .. }
        | EventKind::CompanyAnswers { internship, .. }
        | EventKind::ProspectWithdrawn { internship }
        | EventKind::Pause { internship, .. }
        | EventKind::Cancel { internship, .. } => Some(internship.clone()),
        EventKind::FollowUp(wish) => Some(wish.internship.clone()),
        EventKind::Outcome { of, .. } | EventKind::Retention { of, .. } => Some(of.clone()),
        EventKind::Staff { company, .. } | EventKind::Closure { company, .. } => Some(company.clone()),
        EventKind::Acknowledge(handling) | EventKind::Snooze { handling, .. } => handling.about.clone(),
        EventKind::InError { event, .. } => about(event),
        EventKind::Job { .. } | EventKind::Leave { .. } | EventKind::ChangeConsultant { .. } => Some("citizen".into()),
        EventKind::ScheduleOff | EventKind::ScheduleOn | EventKind::Nothing { .. } | EventKind::NotPlayed { .. } => None,
    }
}

/// An action that did not happen, with each reason.
pub fn refused(text: &str, on: NaiveDate, stop: &ActionError) -> Vec<DiaryEntry> {
    let entry = |rule: &str, why: String, missing: Vec<String>| {
        let mut entry = DiaryEntry::new(on, EntryKind::Refused, format!("{text}\n{why}"));
        entry.rule = Some(rule.to_owned());
        entry.missing = missing;
        entry
    };
    let said = |code: &str, why: &str| vec![entry(code, why.to_owned(), Vec::new())];
    match stop {
        ActionError::Refused(refusals) => refusals
            .iter()
            .map(|refusal| {
                let why =
                    format!("{} (regel {}, {})\n{}", refusal.reason.da, refusal.rule, refusal.reference, refusal.passes_if.da);
                let missing = refusal.missing.iter().map(|code| (*code).to_owned()).collect();
                let what = if refusal.ask_of.is_some() { EntryKind::Asked } else { EntryKind::Refused };
                DiaryEntry { what, ..entry(refusal.rule.as_str(), why, missing) }
            })
            .collect(),
        ActionError::Faults(faults) => faults
            .0
            .iter()
            .map(|(at, fault)| {
                entry(fault.code, format!("{}: {}", at.as_str().trim_start_matches('/'), fault.message.da), Vec::new())
            })
            .collect(),
        ActionError::Conflict(code, words) => said(code, &words.da),
        ActionError::NotFound => said("not-found", "Findes ikke."),
        ActionError::Forbidden => said("forbidden", "Rollen må det ikke."),
        ActionError::Stale => said("stale", "Det er ændret, siden det blev læst."),
        ActionError::Machine(why) => said("machine", why),
        ActionError::KeyReused => said("key-reused", "Nøglen er brugt til noget andet."),
        ActionError::TooOften(_) => said("too-often", "For mange forsøg."),
        ActionError::Store(failure) => said("failed", &failure.to_string()),
    }
}

/// The first entry of a case: who it is about, and where.
pub fn opening(case: &Case, on: NaiveDate) -> DiaryEntry {
    let person = &case.citizen;
    let companies: Vec<String> = case.companies.iter().map(|company| company.name.to_string()).collect();
    let group = person.target_group.as_str();
    let capacity = hours(person.hours_capacity);
    let at = if companies.is_empty() { String::new() } else { format!(". Virksomheder: {}", listed(&companies)) };
    DiaryEntry::new(on, EntryKind::Noted, format!("Registreret: {}, målgruppe {group}, {capacity} om ugen{at}", person.name))
}
