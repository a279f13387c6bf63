//! The entries of an event: it was done, or each reason why not.

use crate::{
    actions::ActionError,
    domain::values::localized::{Localized, localized},
    replay::{
        diary::{
            described::described,
            entry::{DiaryEntry, EntryKind},
        },
        events::EventOutcome,
        format::{Case, CaseEvent, EventKind},
        phrases::{either, in_both, listed, weekly},
        stage::Stage,
    },
};
use chrono::NaiveDate;

/// Said of a booking whose start the loader sees to.
const IMPLIED: (&str, &str) = (
    "\nUnderforstået: alle tre bekræfter, og det, starten kræver, kommer på plads",
    "\nImplied: all three confirm, and what the start asks for is put in place",
);

/// What came of an event, as entries: it was done, or one entry for each rule that refused.
pub fn entries(scene: &Stage, event: &CaseEvent, on: NaiveDate, outcome: Result<&EventOutcome, &ActionError>) -> Vec<DiaryEntry> {
    let text = in_both(|lang| described(lang, scene, event));
    let mut entries = match outcome {
        Ok(done) => {
            let implied_start = done.booked.is_some() && done.starts_on.is_some();
            let what = match &event.what {
                EventKind::NotPlayed { .. } => EntryKind::NotPlayed,
                EventKind::Nothing { .. } | EventKind::ScheduleOff | EventKind::ScheduleOn => EntryKind::Noted,
                _ => EntryKind::Done,
            };
            let implied = if implied_start { IMPLIED } else { ("", "") };
            let mut entries = vec![DiaryEntry::new(on, what, localized(text.da + implied.0, text.en + implied.1))];
            entries.extend(done.asked.iter().map(|asked| {
                let (rule, by, reasons) = (&asked.rule, &asked.given_by, &asked.reasons);
                let text = localized(
                    format!("{rule}, begrundet af {by}: {reasons}"),
                    format!("{rule}, reasons given by {by}: {reasons}"),
                );
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
        EventKind::Staff { company, .. }
        | EventKind::Closure { company, .. }
        | EventKind::Offer { company, .. }
        | EventKind::Foresee { company, .. } => Some(company.clone()),
        EventKind::Acknowledge(handling) | EventKind::Snooze { handling, .. } => handling.about.clone(),
        EventKind::InError { event, .. } => about(event),
        EventKind::Job { .. } | EventKind::Leave { .. } | EventKind::ChangeConsultant { .. } | EventKind::Plan { .. } => {
            Some("citizen".into())
        }
        EventKind::ScheduleOff | EventKind::ScheduleOn | EventKind::Nothing { .. } | EventKind::NotPlayed { .. } => None,
    }
}

/// An action that did not happen, with each reason.
pub fn refused(text: &Localized, on: NaiveDate, stop: &ActionError) -> Vec<DiaryEntry> {
    let entry = |rule: &str, why: &Localized, missing: Vec<String>| {
        let said = in_both(|lang| format!("{}\n{}", text.lang(lang), why.lang(lang)));
        let mut entry = DiaryEntry::new(on, EntryKind::Refused, said);
        entry.rule = Some(rule.to_owned());
        entry.missing = missing;
        entry
    };
    let said = |code: &str, da: &str, en: &str| vec![entry(code, &localized(da, en), Vec::new())];
    match stop {
        ActionError::Refused(refusals) => refusals
            .iter()
            .map(|refusal| {
                let why = in_both(|lang| {
                    let (reason, passes_if) = (refusal.reason.lang(lang), refusal.passes_if.lang(lang));
                    let rule = either(lang, "regel", "rule");
                    format!("{reason} ({rule} {}, {})\n{passes_if}", refusal.rule, refusal.reference)
                });
                let missing = refusal.missing.iter().map(|code| (*code).to_owned()).collect();
                let what = if refusal.ask_of.is_some() { EntryKind::Asked } else { EntryKind::Refused };
                DiaryEntry { what, ..entry(refusal.rule.as_str(), &why, missing) }
            })
            .collect(),
        ActionError::Faults(faults) => faults
            .0
            .iter()
            .map(|(at, fault)| {
                let field = at.as_str().trim_start_matches('/');
                entry(fault.code, &in_both(|lang| format!("{field}: {}", fault.message.lang(lang))), Vec::new())
            })
            .collect(),
        ActionError::Conflict(code, words) => vec![entry(code, words, Vec::new())],
        ActionError::NotFound => said("not-found", "Findes ikke.", "Not found."),
        ActionError::Forbidden | ActionError::OutOfScope(_) => {
            said("forbidden", "Rollen må det ikke.", "The role may not do that.")
        }
        ActionError::ReasonMissing(_) => {
            said("reason-required", "Der mangler en begrundelse for opslaget.", "The look-up has no reason.")
        }
        ActionError::Stale => said("stale", "Det er ændret, siden det blev læst.", "It was changed since it was read."),
        ActionError::Machine(why) => said("machine", why, why),
        ActionError::KeyReused => said("key-reused", "Nøglen er brugt til noget andet.", "The key was used for something else."),
        ActionError::TooOften(_) => said("too-often", "For mange forsøg.", "Too many attempts."),
        ActionError::Store(failure) => {
            let why = failure.to_string();
            said("failed", &why, &why)
        }
    }
}

/// The first entry of a case: who it is about, and where.
pub fn opening(case: &Case, on: NaiveDate) -> DiaryEntry {
    let person = &case.citizen;
    let companies: Vec<String> = case.companies.iter().map(|company| company.name.to_string()).collect();
    let group = person.target_group.as_str();
    let said = |lang| {
        let at = format!(". {}: {}", either(lang, "Virksomheder", "Companies"), listed(lang, &companies));
        let at = if companies.is_empty() { String::new() } else { at };
        let (name, capacity) = (&person.name, weekly(lang, person.hours_capacity));
        either(
            lang,
            format!("Registreret: {name}, målgruppe {group}, {capacity}{at}"),
            format!("Registered: {name}, target group {group}, {capacity}{at}"),
        )
    };
    DiaryEntry::new(on, EntryKind::Noted, in_both(said))
}
