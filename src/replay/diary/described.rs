//! What somebody wants to happen, in words.

use crate::{
    domain::{
        internships::alignment::Party,
        values::{
            day::danish,
            month::Month,
            text::{FullTime, Prose},
            vocabulary::TermKind,
        },
    },
    replay::{
        format::{
            BookingEvent, CaseEvent, ChangeEvent, EndEvent, EventKind, FollowUpEvent, Given, GivenHours, GivenNextStep,
            GivenPapers, GivenTerms, StartEvent,
        },
        phrases::{after, hours, listed, named, occupation, party, place, plan},
        stage::Stage,
    },
};
use chrono::NaiveDate;

/// What somebody wants to happen, in words.
pub fn described(scene: &Stage, event: &CaseEvent) -> String {
    let text = match &event.what {
        EventKind::Book(book) => booking(scene, book),
        EventKind::Start(start) => starting(start),
        EventKind::Change(change) => changed(scene, change),
        EventKind::Confirm { internship, by } => format!("Bekræftelse af »{internship}« fra {}", party(*by)),
        EventKind::Object { internship, by, text } => {
            format!("Indsigelse mod »{internship}« fra {}{}", party(*by), after(text.as_ref()))
        }
        EventKind::WithdrawVersion { internship } => format!("Den nye udgave af »{internship}« trækkes tilbage"),
        EventKind::NextStep { internship, text } => format!("Næste skridt efter »{internship}« noteres{}", after(text.as_ref())),
        EventKind::Extend { internship, to, papers } => extended(internship, *to, papers),
        EventKind::End(end) => ended(scene, end),
        EventKind::Outcome { of, outcome, step } => {
            format!("Næste skridt efter »{of}«: {}{}", outcome.label().da, stepped(scene, step))
        }
        EventKind::CompanyAnswers { internship, answer, text } => {
            let text = match text {
                Given::Is(text) => Some(text),
                _ => None,
            };
            format!("Virksomhedens svar om »{internship}«: {}{}", answer.label().da, after(text))
        }
        EventKind::Job { outcome, step } => {
            let what = outcome.map_or_else(|| "job".to_owned(), |outcome| outcome.label().da);
            format!("Fundet uden for praktik: {what}{}", stepped(scene, step))
        }
        EventKind::Cancel { internship, reason } => format!("Aflysning af »{internship}«{}", after(reason.as_ref())),
        EventKind::Staff { company, month, ordinary_fte } => staffed(scene, company, *month, *ordinary_fte),
        EventKind::FollowUp(wish) => followed_up(wish),
        EventKind::Retention { of, held } => {
            format!("Kontrol af jobbet efter »{of}«: {}", if *held { "det holder" } else { "det holdt ikke" })
        }
        EventKind::ProspectWithdrawn { internship } => format!("Jobbet bag »{internship}« er der ikke længere"),
        EventKind::ChangeConsultant { handover, read_on } => taken_over(event.on, handover, read_on),
        EventKind::Acknowledge(handling) => format!("Flaget {} er set{}", handling.flag, after(handling.reason.as_ref())),
        EventKind::Snooze { handling, until } => {
            let until = until.map_or_else(String::new, |day| format!(" til {}", danish(day)));
            format!("Flaget {} hviler{until}{}", handling.flag, after(handling.reason.as_ref()))
        }
        EventKind::Leave { how } => format!("Forløbet er lukket: {}", how.label().da),
        EventKind::Pause { internship, kind, from, to } => {
            let to = to.map_or_else(|| "uden slutdato".to_owned(), |to| format!("til {}", danish(to)));
            format!("Pause i »{internship}« fra {} {to}: {}", danish(*from), kind.label().da)
        }
        EventKind::Closure { company, from, to } => {
            format!("{} holder lukket fra {} til {}", place(scene, company), danish(*from), danish(*to))
        }
        EventKind::InError { number, event, reason } => {
            let wrong = described(scene, event);
            format!("Registreret ved en fejl: nr. {number}, »{wrong}«{}", after(reason.as_ref()))
        }
        EventKind::ScheduleOff => "Serveren er nede".into(),
        EventKind::ScheduleOn => "Serveren er oppe igen".into(),
        EventKind::Nothing { note } => note.as_ref().map_or_else(|| "Der sker ikke noget".to_owned(), ToString::to_string),
        EventKind::NotPlayed { text, .. } => text.clone(),
    };
    if event.dry_run { format!("Prøve: {text}") } else { text }
}

/// A start, with what its event says of the papers.
fn starting(start: &StartEvent) -> String {
    let mut text = format!("Praktikken »{}« begynder", start.internship);
    let confirmed: Vec<String> =
        start.confirmed_by.or(|| Party::ALL.to_vec()).unwrap_or_default().into_iter().map(party).collect();
    if !confirmed.is_empty() {
        text.push_str(&format!(". Bekræftet af {}", listed(&confirmed)));
    }
    let lacks = [
        (matches!(start.accommodations, Given::Null), "skånehensyn"),
        (matches!(start.contact_person, Given::Null), "kontaktperson"),
        (matches!(start.representative, Given::Null), "erklæring"),
        (matches!(start.decision_reasons, Given::Null), "afgørelse"),
    ];
    let lacks: Vec<String> = lacks.iter().filter(|(lacks, _)| *lacks).map(|(_, what)| (*what).to_owned()).collect();
    if !lacks.is_empty() {
        text.push_str(&format!(". Ikke på plads: {}", listed(&lacks)));
    }
    text
}

fn extended(internship: &str, to: NaiveDate, papers: &GivenPapers) -> String {
    let mut text = format!("Forlængelse af »{internship}« til {}{}", danish(to), after(papers.reason.as_ref()));
    if let Some(date) = papers.hiring_decision_on {
        text.push_str(&format!(". Svar om ansættelse senest {}", danish(date)));
    }
    for (said, is) in [("tilsagn fra virksomheden", papers.commitment.is_some()), ("godkendt af teamlederen", papers.approved)] {
        if is {
            text.push_str(&format!("; {said}"));
        }
    }
    text
}

fn ended(scene: &Stage, end: &EndEvent) -> String {
    let by = end.by.map_or_else(String::new, |by| format!(" af {}", party(by)));
    let stepped = if end.outcome.step().is_some() { stepped(scene, &end.step) } else { String::new() };
    format!("Praktikken »{}« slutter: {}{by}{stepped}{}", end.internship, end.outcome.label().da, after(end.note.as_ref()))
}

fn staffed(scene: &Stage, company: &str, month: Month, ordinary_fte: FullTime) -> String {
    let (whole, rest) = (ordinary_fte.hundredths() / 100, ordinary_fte.hundredths() % 100);
    let posts = if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}") };
    let month = month.first_day().format("%m.%Y");
    format!("Ordinært ansatte hos {} i {month}: {posts} fuldtidsstillinger", place(scene, company))
}

fn followed_up(wish: &FollowUpEvent) -> String {
    let mut said = Vec::new();
    said.extend(wish.phase.map(|phase| phase.label().da));
    said.extend(wish.accommodations_kept.map(|kept| if kept { "skånehensyn holdt" } else { "skånehensyn ikke holdt" }.into()));
    let skills = wish.skills.iter().flatten().map(|skill| format!("{}: {}", skill.skill, skill.now.get()));
    said.extend(skills);
    said.extend(wish.answers.iter().map(|answers| format!("{} svar", answers.len())));
    said.extend(wish.days_absent.map(|days| format!("{} dage fraværende", days.get())));
    said.extend(wish.belonging.map(|mark| format!("tilhør {}", mark.get())));
    said.extend(wish.heard.map(|mark| format!("hørt {}", mark.get())));
    let said = if said.is_empty() { String::new() } else { format!(": {}", listed(&said)) };
    format!("Opfølgning på »{}«{said}", wish.internship)
}

fn taken_over(on: NaiveDate, handover: &Given<Prose>, read_on: &Given<NaiveDate>) -> String {
    let handover = match handover {
        Given::Is(text) => format!("overlevering: {text}"),
        Given::LeftOut => "med overlevering".into(),
        Given::Null => "uden overlevering".into(),
    };
    let read = match read_on {
        Given::Is(day) if *day > on => format!(" (læses {})", danish(*day)),
        _ => String::new(),
    };
    format!("Ny jobkonsulent, {handover}{read}")
}

fn booking(scene: &Stage, book: &BookingEvent) -> String {
    let period = format!("{} – {}", danish(book.start), danish(book.end));
    let text = format!(
        "Aftale om praktikken »{}« hos {}: {}, {period}",
        book.internship,
        place(scene, &book.company),
        book.kind.label().da
    );
    text + &terms(&book.rest)
}

fn changed(scene: &Stage, change: &ChangeEvent) -> String {
    let mut parts = Vec::new();
    parts.extend(change.company.as_ref().map(|name| format!("hos {}", place(scene, name))));
    parts.extend(change.kind.map(|kind| kind.label().da));
    parts.extend(change.start.map(|day| format!("fra {}", danish(day))));
    parts.extend(change.end.map(|day| format!("til {}", danish(day))));
    let rest = terms(&change.rest);
    let what = if parts.is_empty() { rest.trim_start_matches(", ").to_owned() } else { parts.join(", ") + &rest };
    format!("Ændring af »{}«: {}", change.internship, if what.is_empty() { "formålet" } else { &what })
}

fn terms(rest: &GivenTerms) -> String {
    let mut text = String::new();
    if let Some(term) = &rest.occupation {
        text.push_str(&format!(", {}", occupation(term)));
    }
    match &rest.hours {
        Some(GivenHours::Same(same)) => text.push_str(&format!(", {} om ugen", hours(*same))),
        Some(GivenHours::Plan(steps)) => text.push_str(&format!(", {}", plan(steps))),
        None => {}
    }
    if let Some(tasks) = rest.tasks.as_ref().filter(|tasks| !tasks.is_empty()) {
        let tasks: Vec<String> = tasks.iter().map(|task| named(TermKind::Task, task)).collect();
        text.push_str(&format!(", opgaver: {}", listed(&tasks)));
    }
    text
}

fn stepped(scene: &Stage, step: &GivenNextStep) -> String {
    let mut text = String::new();
    if let Given::Is(day) = step.first_day {
        text.push_str(&format!(" fra {}", danish(day)));
    }
    if let Given::Is(weekly) = step.weekly_hours {
        text.push_str(&format!(", {} om ugen", hours(weekly)));
    }
    if let Some(employer) = &step.employer {
        text.push_str(&format!(" hos {}", scene.may_place(employer.as_str()).map_or(employer.as_str(), |place| &place.name)));
    }
    text
}
