//! The diary of a case: what happened on which day, in words that a caseworker understands, and the same as data.

use crate::{
    actions::ActionError,
    domain::{
        internships::alignment::Party,
        rules::flags::{Audience, Level},
        values::{
            day::danish,
            hours::HoursPlan,
            text::WeeklyHours,
            vocabulary::{Term, TermKind, built_in},
        },
    },
    replay::{
        events::Done,
        expect::Shortfall,
        format::{Book, Case, Change, Event, Given, Hours, NextStep, Rest, Start, What},
        stage::{Player, Stage},
    },
};
use chrono::NaiveDate;
use serde::Serialize;

crate::code_enum! {
    /// What an entry tells.
    pub enum Came {
        Done = "done" ("gjort", "done"),
        Refused = "refused" ("AFVIST", "REFUSED"),
        /// A rule asks for written reasons, and there are none: it did not happen.
        Asked = "asked" ("SPURGT", "ASKED"),
        /// A rule asked, and the reasons were given: it happened.
        Reasoned = "reasoned" ("Spurgt", "Asked"),
        NotPlayed = "not-played" ("IKKE SPILLET", "NOT PLAYED"),
        Noted = "noted" ("bemærket", "noted"),
        Flagged = "flagged" ("FLAG", "FLAG"),
        Rose = "rose" ("FLAG, NÆSTE TRIN", "FLAG, NEXT STEP"),
        Cleared = "cleared" ("FLAG VÆK", "FLAG GONE"),
        Closed = "closed" ("FLAG LUKKET", "FLAG CLOSED"),
        Unanswered = "unanswered" ("FLAG LUKKET UDEN SVAR", "FLAG CLOSED UNANSWERED"),
        Told = "told" ("Fortalt til", "Told"),
        Sent = "sent" ("Brev til", "Letter to"),
    }
}

/// One thing that happened on a day.
#[derive(Clone, Debug, Serialize)]
pub struct DiaryEntry {
    pub on: NaiveDate,
    pub what: Came,
    /// The file's name for what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The rule that refused, flagged or tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Who was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Audience>,
    /// Codes of what is missing, where that is what is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Asked only, nothing is kept.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dry_run: bool,
    /// In Danish.
    pub text: String,
}

impl DiaryEntry {
    pub fn new(on: NaiveDate, what: Came, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { on, what, about: None, rule: None, level: None, to: Vec::new(), missing: Vec::new(), dry_run: false, text }
    }
}

/// A case as it was played.
#[derive(Clone, Debug, Serialize)]
pub struct Played {
    pub case: String,
    pub diary: Vec<DiaryEntry>,
    /// Expectations that fell short.
    pub shortfalls: Vec<Shortfall>,
    /// Events for which this version has no action.
    pub not_played: Vec<DiaryEntry>,
    /// How many expectations the case has.
    pub expected: usize,
    #[serde(skip)]
    pub about: Option<String>,
    /// The accounts of the case, for a demo to show.
    #[serde(skip)]
    pub players: Vec<Player>,
}

impl Played {
    /// Whether all expectations hold.
    pub fn holds(&self) -> bool {
        self.shortfalls.is_empty()
    }
}

/// An occupation as people call it.
pub fn occupation(term: &Term) -> String {
    named(TermKind::Occupation, term)
}

fn named(kind: TermKind, term: &Term) -> String {
    built_in(kind).iter().find(|entry| entry.key == *term).map_or_else(|| term.to_string(), |entry| entry.da.clone())
}

fn hours(hours: WeeklyHours) -> String {
    format!("{} timer", hours.to_string().replace('.', ","))
}

fn plan(plan: &HoursPlan) -> String {
    let steps: Vec<String> = plan
        .steps()
        .iter()
        .enumerate()
        .map(|(index, step)| {
            if index == 0 { hours(step.weekly_hours) } else { format!("fra {} {}", danish(step.from), hours(step.weekly_hours)) }
        })
        .collect();
    format!("{} om ugen", steps.join(", "))
}

fn party(party: Party) -> String {
    party.label().da
}

/// Several words as one list: a, b og c.
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} og {last}", most.join(", ")),
    }
}

fn place(scene: &Stage, name: &str) -> String {
    scene.may_place(name).map_or_else(|| format!("»{name}«"), |place| place.name.clone())
}

/// What somebody wants to happen, in words.
pub fn described(scene: &Stage, event: &Event) -> String {
    let text = match &event.what {
        What::Book(book) => booking(scene, book),
        What::Start(start) => starting(start),
        What::Change(change) => changed(scene, change),
        What::Confirm { internship, by } => format!("Bekræftelse af »{internship}« fra {}", party(*by)),
        What::Object { internship, by, text } => {
            format!("Indsigelse mod »{internship}« fra {}{}", party(*by), after(text.as_ref()))
        }
        What::Extend { internship, to, papers } => {
            let mut text = format!("Forlængelse af »{internship}« til {}{}", danish(*to), after(papers.reason.as_ref()));
            if let Some(date) = papers.hiring_decision_on {
                text.push_str(&format!(". Svar om ansættelse senest {}", danish(date)));
            }
            for (said, is) in
                [("tilsagn fra virksomheden", papers.commitment.is_some()), ("godkendt af teamlederen", papers.approved)]
            {
                if is {
                    text.push_str(&format!("; {said}"));
                }
            }
            text
        }
        What::End { internship, outcome, step, by, note, .. } => {
            let by = by.map_or_else(String::new, |by| format!(" af {}", party(by)));
            let stepped = if outcome.step().is_some() { stepped(scene, step) } else { String::new() };
            format!("Praktikken »{internship}« slutter: {}{by}{stepped}{}", outcome.label().da, after(note.as_ref()))
        }
        What::Outcome { of, outcome, step } => {
            format!("Næste skridt efter »{of}«: {}{}", outcome.label().da, stepped(scene, step))
        }
        What::CompanyAnswers { internship, answer, text } => {
            let text = match text {
                Given::Is(text) => Some(text),
                _ => None,
            };
            format!("Virksomhedens svar om »{internship}«: {}{}", answer.label().da, after(text))
        }
        What::Job { outcome, step } => {
            let what = outcome.map_or_else(|| "job".to_owned(), |outcome| outcome.label().da);
            format!("Fundet uden for praktik: {what}{}", stepped(scene, step))
        }
        What::Cancel { internship, reason } => format!("Aflysning af »{internship}«{}", after(reason.as_ref())),
        What::Staff { company, month, ordinary_fte } => {
            let (whole, rest) = (ordinary_fte.hundredths() / 100, ordinary_fte.hundredths() % 100);
            let posts = if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}") };
            let month = month.first_day().format("%m.%Y");
            format!("Ordinært ansatte hos {} i {month}: {posts} fuldtidsstillinger", place(scene, company))
        }
        What::FollowUp(wish) => {
            let mut said = Vec::new();
            said.extend(wish.phase.map(|phase| phase.label().da));
            said.extend(
                wish.accommodations_kept.map(|kept| if kept { "skånehensyn holdt" } else { "skånehensyn ikke holdt" }.into()),
            );
            let skills = wish.skills.iter().flatten().map(|skill| format!("{}: {}", skill.skill, skill.now.get()));
            said.extend(skills);
            said.extend(wish.answers.iter().map(|answers| format!("{} svar", answers.len())));
            let said = if said.is_empty() { String::new() } else { format!(": {}", listed(&said)) };
            format!("Opfølgning på »{}«{said}", wish.internship)
        }
        What::Retention { of, held } => {
            format!("Kontrol af jobbet efter »{of}«: {}", if *held { "det holder" } else { "det holdt ikke" })
        }
        What::ProspectWithdrawn { internship } => format!("Jobbet bag »{internship}« er der ikke længere"),
        What::ChangeConsultant { handover, read_on } => {
            let handover = match handover {
                Given::Is(text) => format!("overlevering: {text}"),
                Given::LeftOut => "med overlevering".into(),
                Given::Null => "uden overlevering".into(),
            };
            let read = match read_on {
                Given::Is(day) if *day > event.on => format!(" (læses {})", danish(*day)),
                _ => String::new(),
            };
            format!("Ny jobkonsulent, {handover}{read}")
        }
        What::Acknowledge(handling) => format!("Flaget {} er set{}", handling.flag, after(handling.reason.as_ref())),
        What::Snooze { handling, until } => {
            let until = until.map_or_else(String::new, |day| format!(" til {}", danish(day)));
            format!("Flaget {} hviler{until}{}", handling.flag, after(handling.reason.as_ref()))
        }
        What::ScheduleOff => "Serveren er nede".into(),
        What::ScheduleOn => "Serveren er oppe igen".into(),
        What::Nothing { note } => note.as_ref().map_or_else(|| "Der sker ikke noget".to_owned(), ToString::to_string),
        What::NotPlayed { text, .. } => text.clone(),
    };
    if event.dry_run { format!("Prøve: {text}") } else { text }
}

/// A start, with what its event says of the papers.
fn starting(start: &Start) -> String {
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

fn after(words: Option<impl std::fmt::Display>) -> String {
    words.map_or_else(String::new, |words| format!(" – {words}"))
}

fn booking(scene: &Stage, book: &Book) -> String {
    let period = format!("{} – {}", danish(book.start), danish(book.end));
    let text = format!(
        "Aftale om praktikken »{}« hos {}: {}, {period}",
        book.internship,
        place(scene, &book.company),
        book.kind.label().da
    );
    text + &terms(&book.rest)
}

fn changed(scene: &Stage, change: &Change) -> String {
    let mut parts = Vec::new();
    parts.extend(change.company.as_ref().map(|name| format!("hos {}", place(scene, name))));
    parts.extend(change.kind.map(|kind| kind.label().da));
    parts.extend(change.start.map(|day| format!("fra {}", danish(day))));
    parts.extend(change.end.map(|day| format!("til {}", danish(day))));
    let rest = terms(&change.rest);
    let what = if parts.is_empty() { rest.trim_start_matches(", ").to_owned() } else { parts.join(", ") + &rest };
    format!("Ændring af »{}«: {}", change.internship, if what.is_empty() { "formålet" } else { &what })
}

fn terms(rest: &Rest) -> String {
    let mut text = String::new();
    if let Some(term) = &rest.occupation {
        text.push_str(&format!(", {}", occupation(term)));
    }
    match &rest.hours {
        Some(Hours::Same(same)) => text.push_str(&format!(", {} om ugen", hours(*same))),
        Some(Hours::Plan(steps)) => text.push_str(&format!(", {}", plan(steps))),
        None => {}
    }
    if let Some(tasks) = rest.tasks.as_ref().filter(|tasks| !tasks.is_empty()) {
        let tasks: Vec<String> = tasks.iter().map(|task| named(TermKind::Task, task)).collect();
        text.push_str(&format!(", opgaver: {}", listed(&tasks)));
    }
    text
}

fn stepped(scene: &Stage, step: &NextStep) -> String {
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

/// Said of a booking whose start the loader sees to.
const IMPLIED: &str = "\nUnderforstået: alle tre bekræfter, og det, starten kræver, kommer på plads";

/// What came of an event, as entries: it was done, or one entry for each rule that refused.
pub fn entries(scene: &Stage, event: &Event, on: NaiveDate, outcome: Result<&Done, &ActionError>) -> Vec<DiaryEntry> {
    let text = described(scene, event);
    let mut entries = match outcome {
        Ok(done) => {
            let implied_start = done.booked.is_some() && done.starts_on.is_some();
            let what = match &event.what {
                What::NotPlayed { .. } => Came::NotPlayed,
                What::Nothing { .. } | What::ScheduleOff | What::ScheduleOn => Came::Noted,
                _ => Came::Done,
            };
            let implied = if implied_start { IMPLIED } else { "" };
            let mut entries = vec![DiaryEntry::new(on, what, text + implied)];
            entries.extend(done.asked.iter().map(|asked| {
                let text = format!("{}, begrundet af {}: {}", asked.rule, asked.given_by, asked.reasons);
                DiaryEntry { rule: Some(asked.rule.clone()), ..DiaryEntry::new(on, Came::Reasoned, text) }
            }));
            entries
        }
        Err(stop) => refused(&text, on, stop),
    };
    for entry in &mut entries {
        entry.about = about(event);
        entry.dry_run = event.dry_run;
        if let What::NotPlayed { what, .. } = &event.what {
            entry.rule = Some((*what).to_owned());
        }
    }
    entries
}

fn about(event: &Event) -> Option<String> {
    match &event.what {
        What::Book(book) => Some(book.internship.clone()),
        What::Change(change) => Some(change.internship.clone()),
        What::Start(start) => Some(start.internship.clone()),
        What::Confirm { internship, .. }
        | What::Object { internship, .. }
        | What::Extend { internship, .. }
        | What::End { internship, .. }
        | What::CompanyAnswers { internship, .. }
        | What::ProspectWithdrawn { internship }
        | What::Cancel { internship, .. } => Some(internship.clone()),
        What::FollowUp(wish) => Some(wish.internship.clone()),
        What::Outcome { of, .. } | What::Retention { of, .. } => Some(of.clone()),
        What::Staff { company, .. } => Some(company.clone()),
        What::Acknowledge(handling) | What::Snooze { handling, .. } => handling.about.clone(),
        What::Job { .. } | What::ChangeConsultant { .. } => Some("citizen".into()),
        What::ScheduleOff | What::ScheduleOn | What::Nothing { .. } | What::NotPlayed { .. } => None,
    }
}

/// An action that did not happen, with each reason.
pub fn refused(text: &str, on: NaiveDate, stop: &ActionError) -> Vec<DiaryEntry> {
    let entry = |rule: &str, why: String, missing: Vec<String>| {
        let mut entry = DiaryEntry::new(on, Came::Refused, format!("{text}\n{why}"));
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
                let what = if refusal.ask_of.is_some() { Came::Asked } else { Came::Refused };
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

/// What a file's `about` means, in words.
pub fn about_whom(scene: &Stage, about: &str) -> String {
    if about == "citizen" {
        return "borgeren".into();
    }
    if let Some(name) = about.strip_prefix("citizen at ") {
        return format!("borgeren hos {}", place(scene, name));
    }
    match about.strip_prefix("hire from ") {
        Some("elsewhere") => "job fundet uden for praktik".into(),
        Some(name) => format!("job eller løntilskud efter »{name}«"),
        None => format!("»{about}«"),
    }
}

/// The roles as one list.
pub fn roles(to: &[Audience]) -> String {
    listed(&to.iter().map(|audience| audience.label().da).collect::<Vec<_>>())
}

/// The first entry of a case: who it is about, and where.
pub fn opening(case: &Case, on: NaiveDate) -> DiaryEntry {
    let person = &case.citizen;
    let companies: Vec<String> = case.companies.iter().map(|company| company.name.to_string()).collect();
    let group = person.target_group.as_str();
    let capacity = hours(person.hours_capacity);
    let at = if companies.is_empty() { String::new() } else { format!(". Virksomheder: {}", listed(&companies)) };
    DiaryEntry::new(on, Came::Noted, format!("Registreret: {}, målgruppe {group}, {capacity} om ugen{at}", person.name))
}

/// A case as a diary, and what fell short.
pub fn print(played: &Played) -> String {
    let mut text = format!("FORLØB {}\n", played.case);
    if let Some(about) = &played.about {
        text.push_str(&format!("{about}\n"));
    }
    text.push('\n');
    let mut day = None;
    let mut heading = String::new();
    for entry in &played.diary {
        let (head, tail) = entry.text.split_once('\n').unwrap_or((&entry.text, ""));
        let date = if day == Some(entry.on) { " ".repeat(10) } else { danish(entry.on) };
        let first = match entry.what {
            Came::Done | Came::Noted => head.to_owned(),
            Came::Told | Came::Sent | Came::Flagged | Came::Rose => format!("{} {head}", entry.what.label().da),
            _ => format!("{}: {head}", entry.what.label().da),
        };
        // What several rules refuse has its heading once.
        let repeated = matches!(entry.what, Came::Refused | Came::Asked) && day == Some(entry.on) && heading == first;
        day = Some(entry.on);
        if !repeated {
            text.push_str(&format!("{date}  {first}\n"));
        }
        heading = first;
        for line in tail.lines() {
            text.push_str(&format!("{}{line}\n", " ".repeat(14)));
        }
    }
    text.push_str(&format!("\nForventninger: {} i alt, {} holder ikke.\n", played.expected, played.shortfalls.len()));
    for shortfall in &played.shortfalls {
        text.push_str(&format!("  – {}\n", shortfall.said));
        text.push_str(&format!("    Fundet: {}\n", shortfall.found));
        if let Some(rule) = &shortfall.waits_for {
            text.push_str(&format!("    Venter på reglen {rule}.\n"));
        }
    }
    if !played.not_played.is_empty() {
        let number = played.not_played.len();
        text.push_str(&format!("Ikke spillet, fordi denne version ingen handling har for det: {number}\n"));
    }
    text
}
