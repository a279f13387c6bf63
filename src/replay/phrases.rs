//! How a diary says hours, occupations, lists and who is meant, in Danish.

use crate::{
    domain::{
        internships::alignment::Party,
        rules::flags::Audience,
        values::{
            day::danish,
            hours::HoursPlan,
            text::WeeklyHours,
            vocabulary::{Term, TermKind, built_in},
        },
    },
    replay::stage::Stage,
};

/// An occupation as people call it.
pub fn occupation(term: &Term) -> String {
    named(TermKind::Occupation, term)
}

pub fn named(kind: TermKind, term: &Term) -> String {
    built_in(kind).iter().find(|entry| entry.key == *term).map_or_else(|| term.to_string(), |entry| entry.da.clone())
}

pub fn hours(hours: WeeklyHours) -> String {
    format!("{} timer", hours.to_string().replace('.', ","))
}

pub fn plan(plan: &HoursPlan) -> String {
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

pub fn party(party: Party) -> String {
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

pub fn place(scene: &Stage, name: &str) -> String {
    scene.may_place(name).map_or_else(|| format!("»{name}«"), |place| place.name.clone())
}

pub fn after(words: Option<impl std::fmt::Display>) -> String {
    words.map_or_else(String::new, |words| format!(" – {words}"))
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
