//! How a diary says days, hours, occupations, lists and who is meant, in either language.

use crate::{
    domain::{
        rules::flags::Audience,
        values::{
            day::danish,
            hours::HoursPlan,
            localized::{Lang, Localized, localized},
            text::WeeklyHours,
            vocabulary::{Term, TermKind, built_in},
        },
    },
    replay::stage::Stage,
};
use chrono::NaiveDate;

/// The text of a language.
pub fn either(lang: Lang, da: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::Da => da.into(),
        Lang::En => en.into(),
    }
}

/// What is made for each language.
pub fn in_both(make: impl Fn(Lang) -> String) -> Localized {
    localized(make(Lang::Da), make(Lang::En))
}

/// A day, ten characters wide.
pub fn date(lang: Lang, day: NaiveDate) -> String {
    either(lang, danish(day), day.to_string())
}

/// An occupation as people call it.
pub fn occupation(lang: Lang, term: &Term) -> String {
    named(lang, TermKind::Occupation, term)
}

pub fn named(lang: Lang, kind: TermKind, term: &Term) -> String {
    let known = built_in(kind).iter().find(|entry| entry.key == *term);
    known.map_or_else(|| term.to_string(), |entry| either(lang, &entry.da, &entry.en))
}

pub fn hours(lang: Lang, hours: WeeklyHours) -> String {
    either(lang, format!("{} timer", hours.to_string().replace('.', ",")), format!("{hours} hours"))
}

pub fn weekly(lang: Lang, of: WeeklyHours) -> String {
    format!("{} {}", hours(lang, of), either(lang, "om ugen", "a week"))
}

pub fn plan(lang: Lang, plan: &HoursPlan) -> String {
    let steps = plan.steps().iter().enumerate().map(|(index, step)| {
        let hours = hours(lang, step.weekly_hours);
        if index == 0 { hours } else { format!("{} {} {hours}", either(lang, "fra", "from"), date(lang, step.from)) }
    });
    format!("{} {}", steps.collect::<Vec<_>>().join(", "), either(lang, "om ugen", "a week"))
}

/// Several words as one list: a, b og c.
pub fn listed(lang: Lang, words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {} {last}", most.join(", "), either(lang, "og", "and")),
    }
}

pub fn place(scene: &Stage, name: &str) -> String {
    scene.may_place(name).map_or_else(|| format!("»{name}«"), |place| place.name.clone())
}

pub fn after(words: Option<impl std::fmt::Display>) -> String {
    words.map_or_else(String::new, |words| format!(" – {words}"))
}

/// What a file's `about` means, in words.
pub fn about_whom(lang: Lang, scene: &Stage, about: &str) -> String {
    if about == "citizen" {
        return either(lang, "borgeren", "the citizen");
    }
    if let Some(name) = about.strip_prefix("citizen at ") {
        let place = place(scene, name);
        return either(lang, format!("borgeren hos {place}"), format!("the citizen at {place}"));
    }
    match about.strip_prefix("hire from ") {
        Some("elsewhere") => either(lang, "job fundet uden for praktik", "a job found without an internship"),
        Some(name) => either(lang, format!("job eller løntilskud efter »{name}«"), format!("job or wage subsidy after »{name}«")),
        None => format!("»{about}«"),
    }
}

/// The roles as one list.
pub fn roles(lang: Lang, to: &[Audience]) -> String {
    listed(lang, &to.iter().map(|audience| audience.label().lang(lang).to_owned()).collect::<Vec<_>>())
}
