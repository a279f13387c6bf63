//! What somebody wants to happen, in words. What people themselves said stands as they said it.

use crate::{
    domain::{
        internships::alignment::Party,
        values::{
            localized::Lang,
            month::Month,
            text::{FullTime, Prose},
            vocabulary::TermKind,
        },
    },
    replay::{
        format::{
            BookingEvent, CaseEvent, ChangeEvent, EndEvent, EventKind, FlagEvent, FollowUpEvent, Given, GivenHours,
            GivenNextStep, GivenPapers, GivenTerms, StartEvent,
        },
        phrases::{after, date, either, listed, named, occupation, place, plan, weekly},
        stage::Stage,
    },
};
use chrono::NaiveDate;

/// What somebody wants to happen, in words of a language.
pub fn described(lang: Lang, scene: &Stage, event: &CaseEvent) -> String {
    let text = of_internship(lang, scene, event)
        .or_else(|| of_company(lang, scene, &event.what))
        .unwrap_or_else(|| of_citizen(lang, scene, event));
    if event.dry_run { format!("{}: {text}", either(lang, "Prøve", "Dry run")) } else { text }
}

/// What happens to an internship; nothing where it is of another kind.
fn of_internship(lang: Lang, scene: &Stage, event: &CaseEvent) -> Option<String> {
    let in_words = |da: String, en: String| Some(either(lang, da, en));
    match &event.what {
        EventKind::Book(book) => Some(booking(lang, scene, book)),
        EventKind::Start(start) => Some(starting(lang, start)),
        EventKind::Change(change) => Some(changed(lang, scene, change)),
        EventKind::Confirm { internship, by } => {
            let by = party(lang, *by);
            in_words(format!("Bekræftelse af »{internship}« fra {by}"), format!("Confirmation of »{internship}« by {by}"))
        }
        EventKind::Object { internship, by, text } => {
            let (by, words) = (party(lang, *by), after(text.as_ref()));
            in_words(
                format!("Indsigelse mod »{internship}« fra {by}{words}"),
                format!("Objection to »{internship}« by {by}{words}"),
            )
        }
        EventKind::WithdrawVersion { internship } => in_words(
            format!("Den nye udgave af »{internship}« trækkes tilbage"),
            format!("The new version of »{internship}« is withdrawn"),
        ),
        EventKind::NextStep { internship, text } => {
            let words = after(text.as_ref());
            in_words(
                format!("Næste skridt efter »{internship}« noteres{words}"),
                format!("The next step after »{internship}« is noted{words}"),
            )
        }
        EventKind::Extend { internship, to, papers } => Some(extended(lang, internship, *to, papers)),
        EventKind::End(end) => Some(ended(lang, scene, end)),
        EventKind::CompanyAnswers { internship, answer, text } => {
            let words = after(if let Given::Is(text) = text { Some(text) } else { None });
            let answer = answer.label();
            in_words(
                format!("Virksomhedens svar om »{internship}«: {}{words}", answer.da),
                format!("The company's answer on »{internship}«: {}{words}", answer.en),
            )
        }
        EventKind::Cancel { internship, reason } => {
            let words = after(reason.as_ref());
            in_words(format!("Aflysning af »{internship}«{words}"), format!("»{internship}« is cancelled{words}"))
        }
        EventKind::FollowUp(wish) => Some(followed_up(lang, wish)),
        EventKind::ProspectWithdrawn { internship } => in_words(
            format!("Jobbet bag »{internship}« er der ikke længere"),
            format!("The job behind »{internship}« is no longer there"),
        ),
        EventKind::Pause { internship, kind, from, to } => {
            let (from, kind) = (date(lang, *from), kind.label());
            let to = to.map_or_else(
                || either(lang, "uden slutdato", "without an end"),
                |to| format!("{} {}", either(lang, "til", "to"), date(lang, to)),
            );
            in_words(
                format!("Pause i »{internship}« fra {from} {to}: {}", kind.da),
                format!("Pause in »{internship}« from {from} {to}: {}", kind.en),
            )
        }
        _ => None,
    }
}

/// What happens at a company; nothing where it is of another kind.
fn of_company(lang: Lang, scene: &Stage, what: &EventKind) -> Option<String> {
    Some(match what {
        EventKind::Staff { company, month, ordinary_fte } => staffed(lang, scene, company, *month, *ordinary_fte),
        EventKind::Closure { company, from, to } => {
            let (at, from, to) = (place(scene, company), date(lang, *from), date(lang, *to));
            either(lang, format!("{at} holder lukket fra {from} til {to}"), format!("{at} is closed from {from} to {to}"))
        }
        EventKind::Offer { company, opening } => {
            let (at, kind, work) = (place(scene, company), opening.kind.label(), occupation(lang, &opening.occupation));
            either(lang, format!("Åbning hos {at}: {}, {work}", kind.da), format!("Opening at {at}: {}, {work}", kind.en))
        }
        EventKind::Foresee { company, prospect } => {
            let (at, position, hours) = (place(scene, company), &prospect.position, weekly(lang, prospect.weekly_hours));
            either(
                lang,
                format!("{at} venter at ansætte: {position}, {hours}"),
                format!("{at} expects to hire: {position}, {hours}"),
            )
        }
        _ => return None,
    })
}

/// Everything else: what happens to the citizen, to a flag, to the server.
fn of_citizen(lang: Lang, scene: &Stage, event: &CaseEvent) -> String {
    match &event.what {
        EventKind::Outcome { of, outcome, step } => {
            let (outcome, step) = (outcome.label(), stepped(lang, scene, step));
            either(
                lang,
                format!("Næste skridt efter »{of}«: {}{step}", outcome.da),
                format!("Next step after »{of}«: {}{step}", outcome.en),
            )
        }
        EventKind::Job { outcome, step } => {
            let what = outcome.map_or_else(|| "job".to_owned(), |outcome| outcome.label().lang(lang).to_owned());
            let step = stepped(lang, scene, step);
            either(lang, format!("Fundet uden for praktik: {what}{step}"), format!("Found without an internship: {what}{step}"))
        }
        EventKind::Retention { of, held } => {
            let held = match held {
                true => either(lang, "det holder", "it holds"),
                false => either(lang, "det holdt ikke", "it did not hold"),
            };
            either(lang, format!("Kontrol af jobbet efter »{of}«: {held}"), format!("Check of the job after »{of}«: {held}"))
        }
        EventKind::ChangeConsultant { handover, read_on } => taken_over(lang, event.on, handover, read_on),
        EventKind::Acknowledge(flag) => handled(lang, flag, "er set", "has been seen"),
        EventKind::Snooze { handling, until } => {
            let until = until.map(|day| date(lang, day));
            let said = |word: &str, to: &str| until.as_ref().map_or_else(|| word.to_owned(), |day| format!("{word} {to} {day}"));
            handled(lang, handling, &said("hviler", "til"), &said("is snoozed", "until"))
        }
        EventKind::Leave { how } => {
            let how = how.label();
            either(lang, format!("Forløbet er lukket: {}", how.da), format!("The course is closed: {}", how.en))
        }
        EventKind::Plan { step } => {
            let on = step.expected_on.map(|day| date(lang, day));
            let (kind, words) = (step.kind.label(), &step.words);
            let da = on.as_ref().map_or_else(|| "Holdt".to_owned(), |day| format!("Planlagt til {day}"));
            let en = on.as_ref().map_or_else(|| "Held".to_owned(), |day| format!("Planned for {day}"));
            either(lang, format!("{da}: {} – {words}", kind.da), format!("{en}: {} – {words}", kind.en))
        }
        EventKind::InError { number, event, reason } => {
            let (wrong, reason) = (described(lang, scene, event), after(reason.as_ref()));
            either(
                lang,
                format!("Registreret ved en fejl: nr. {number}, »{wrong}«{reason}"),
                format!("Registered in error: no. {number}, »{wrong}«{reason}"),
            )
        }
        EventKind::ScheduleOff => either(lang, "Serveren er nede", "The server is down"),
        EventKind::ScheduleOn => either(lang, "Serveren er oppe igen", "The server is up again"),
        EventKind::Nothing { note: Some(note) } => note.to_string(),
        EventKind::NotPlayed { text, .. } => text.lang(lang).to_owned(),
        _ => either(lang, "Der sker ikke noget", "Nothing happens"),
    }
}

fn party(lang: Lang, party: Party) -> String {
    party.label().lang(lang).to_owned()
}

fn handled(lang: Lang, flag: &FlagEvent, da: &str, en: &str) -> String {
    let (rule, reason) = (&flag.flag, after(flag.reason.as_ref()));
    either(lang, format!("Flaget {rule} {da}{reason}"), format!("The flag {rule} {en}{reason}"))
}

/// A start, with what its event says of the papers.
fn starting(lang: Lang, start: &StartEvent) -> String {
    let name = &start.internship;
    let mut text = either(lang, format!("Praktikken »{name}« begynder"), format!("The internship »{name}« begins"));
    let confirmed: Vec<String> =
        start.confirmed_by.or(|| Party::ALL.to_vec()).unwrap_or_default().into_iter().map(|by| party(lang, by)).collect();
    if !confirmed.is_empty() {
        text.push_str(&format!(". {} {}", either(lang, "Bekræftet af", "Confirmed by"), listed(lang, &confirmed)));
    }
    let lacks = [
        (matches!(start.accommodations, Given::Null), "skånehensyn", "accommodations"),
        (matches!(start.contact_person, Given::Null), "kontaktperson", "contact person"),
        (matches!(start.representative, Given::Null), "erklæring", "statement"),
        (matches!(start.decision_reasons, Given::Null), "afgørelse", "decision"),
    ];
    let lacks: Vec<String> = lacks.iter().filter(|(lacks, ..)| *lacks).map(|(_, da, en)| either(lang, *da, *en)).collect();
    if !lacks.is_empty() {
        text.push_str(&format!(". {}: {}", either(lang, "Ikke på plads", "Not in place"), listed(lang, &lacks)));
    }
    text
}

fn extended(lang: Lang, internship: &str, to: NaiveDate, papers: &GivenPapers) -> String {
    let (to, reason) = (date(lang, to), after(papers.reason.as_ref()));
    let mut text = either(
        lang,
        format!("Forlængelse af »{internship}« til {to}{reason}"),
        format!("Extension of »{internship}« to {to}{reason}"),
    );
    if let Some(day) = papers.hiring_decision_on {
        let said = either(lang, "Svar om ansættelse senest", "Answer on hiring by");
        text.push_str(&format!(". {said} {}", date(lang, day)));
    }
    let with = [
        (papers.commitment.is_some(), "tilsagn fra virksomheden", "the company's commitment"),
        (papers.approved, "godkendt af teamlederen", "approved by the team leader"),
    ];
    for (_, da, en) in with.iter().filter(|(is, ..)| *is) {
        text.push_str(&format!("; {}", either(lang, *da, *en)));
    }
    text
}

fn ended(lang: Lang, scene: &Stage, end: &EndEvent) -> String {
    let (name, outcome, note) = (&end.internship, end.outcome.label(), after(end.note.as_ref()));
    let by = end.by.map_or_else(String::new, |by| format!(" {} {}", either(lang, "af", "by"), party(lang, by)));
    let step = if end.outcome.step().is_some() { stepped(lang, scene, &end.step) } else { String::new() };
    either(
        lang,
        format!("Praktikken »{name}« slutter: {}{by}{step}{note}", outcome.da),
        format!("The internship »{name}« ends: {}{by}{step}{note}", outcome.en),
    )
}

fn staffed(lang: Lang, scene: &Stage, company: &str, month: Month, ordinary_fte: FullTime) -> String {
    let (whole, rest) = (ordinary_fte.hundredths() / 100, ordinary_fte.hundredths() % 100);
    let mark = either(lang, ",", ".");
    let posts = if rest == 0 { whole.to_string() } else { format!("{whole}{mark}{rest:02}") };
    let (at, month) = (place(scene, company), month.first_day().format("%m.%Y"));
    either(
        lang,
        format!("Ordinært ansatte hos {at} i {month}: {posts} fuldtidsstillinger"),
        format!("Ordinary staff at {at} in {month}: {posts} full-time posts"),
    )
}

fn followed_up(lang: Lang, wish: &FollowUpEvent) -> String {
    let mut said = Vec::new();
    said.extend(wish.phase.map(|phase| phase.label().lang(lang).to_owned()));
    said.extend(wish.accommodations_kept.map(|kept| match kept {
        true => either(lang, "skånehensyn holdt", "accommodations kept"),
        false => either(lang, "skånehensyn ikke holdt", "accommodations not kept"),
    }));
    said.extend(wish.skills.iter().flatten().map(|skill| format!("{}: {}", skill.skill, skill.now.get())));
    said.extend(wish.answers.iter().map(|answers| format!("{} {}", answers.len(), either(lang, "svar", "answers"))));
    said.extend(wish.days_absent.map(|days| format!("{} {}", days.get(), either(lang, "dage fraværende", "days away"))));
    said.extend(wish.belonging.map(|mark| format!("{} {}", either(lang, "tilhør", "belonging"), mark.get())));
    said.extend(wish.heard.map(|mark| format!("{} {}", either(lang, "hørt", "heard"), mark.get())));
    let said = if said.is_empty() { String::new() } else { format!(": {}", listed(lang, &said)) };
    let name = &wish.internship;
    either(lang, format!("Opfølgning på »{name}«{said}"), format!("Follow-up of »{name}«{said}"))
}

fn taken_over(lang: Lang, on: NaiveDate, handover: &Given<Prose>, read_on: &Given<NaiveDate>) -> String {
    let handover = match handover {
        Given::Is(text) => format!("{}: {text}", either(lang, "overlevering", "handover")),
        Given::LeftOut => either(lang, "med overlevering", "with a handover"),
        Given::Null => either(lang, "uden overlevering", "without a handover"),
    };
    let read = match read_on {
        Given::Is(day) if *day > on => format!(" ({} {})", either(lang, "læses", "read on"), date(lang, *day)),
        _ => String::new(),
    };
    format!("{}, {handover}{read}", either(lang, "Ny jobkonsulent", "A new consultant"))
}

fn booking(lang: Lang, scene: &Stage, book: &BookingEvent) -> String {
    let period = format!("{} – {}", date(lang, book.start), date(lang, book.end));
    let (name, at, kind) = (&book.internship, place(scene, &book.company), book.kind.label());
    let text = either(
        lang,
        format!("Aftale om praktikken »{name}« hos {at}: {}, {period}", kind.da),
        format!("Agreement on the internship »{name}« at {at}: {}, {period}", kind.en),
    );
    text + &terms(lang, &book.rest)
}

fn changed(lang: Lang, scene: &Stage, change: &ChangeEvent) -> String {
    let mut parts = Vec::new();
    parts.extend(change.company.as_ref().map(|name| format!("{} {}", either(lang, "hos", "at"), place(scene, name))));
    parts.extend(change.kind.map(|kind| kind.label().lang(lang).to_owned()));
    parts.extend(change.start.map(|day| format!("{} {}", either(lang, "fra", "from"), date(lang, day))));
    parts.extend(change.end.map(|day| format!("{} {}", either(lang, "til", "to"), date(lang, day))));
    let rest = terms(lang, &change.rest);
    let what = if parts.is_empty() { rest.trim_start_matches(", ").to_owned() } else { parts.join(", ") + &rest };
    let what = if what.is_empty() { either(lang, "formålet", "the purpose") } else { what };
    let name = &change.internship;
    either(lang, format!("Ændring af »{name}«: {what}"), format!("Change of »{name}«: {what}"))
}

fn terms(lang: Lang, rest: &GivenTerms) -> String {
    let mut text = String::new();
    if let Some(term) = &rest.occupation {
        text.push_str(&format!(", {}", occupation(lang, term)));
    }
    match &rest.hours {
        Some(GivenHours::Same(same)) => text.push_str(&format!(", {}", weekly(lang, *same))),
        Some(GivenHours::Plan(steps)) => text.push_str(&format!(", {}", plan(lang, steps))),
        None => {}
    }
    if let Some(tasks) = rest.tasks.as_ref().filter(|tasks| !tasks.is_empty()) {
        let tasks: Vec<String> = tasks.iter().map(|task| named(lang, TermKind::Task, task)).collect();
        text.push_str(&format!(", {}: {}", either(lang, "opgaver", "tasks"), listed(lang, &tasks)));
    }
    text
}

fn stepped(lang: Lang, scene: &Stage, step: &GivenNextStep) -> String {
    let mut text = String::new();
    if let Given::Is(day) = step.first_day {
        text.push_str(&format!(" {} {}", either(lang, "fra", "from"), date(lang, day)));
    }
    if let Given::Is(hours) = step.weekly_hours {
        text.push_str(&format!(", {}", weekly(lang, hours)));
    }
    if let Some(employer) = &step.employer {
        let at = scene.may_place(employer.as_str()).map_or(employer.as_str(), |place| &place.name);
        text.push_str(&format!(" {} {at}", either(lang, "hos", "at")));
    }
    text
}
