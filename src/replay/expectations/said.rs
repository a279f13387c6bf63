//! An expectation in words.

use crate::{
    domain::{
        rules::flags::Audience,
        values::{day::danish, localized::Lang},
    },
    replay::{
        format::{Expectation, ExpectationKind},
        phrases::{about_whom, listed},
        stage::Stage,
    },
};
use chrono::NaiveDate;

/// An expectation in words.
pub(super) fn said(scene: &Stage, expectation: &Expectation) -> String {
    let of = |about: &Option<String>| {
        about.as_ref().map_or_else(String::new, |about| format!(" om {}", about_whom(Lang::Da, scene, about)))
    };
    let role = |name: &String| Audience::parse(name).map_or_else(|| name.clone(), |role| role.label().da);
    let day = |word: &str, day: &Option<NaiveDate>| day.map_or_else(String::new, |day| format!(" {word} {}", danish(day)));
    let text = match &expectation.claim {
        ExpectationKind::Flag { rule, about, level, by, not_before, told } => {
            let level = level.map_or_else(String::new, |level| format!(" ({})", level.label().da));
            let told = if told.is_empty() {
                String::new()
            } else {
                format!(", fortalt til {}", listed(Lang::Da, &told.iter().map(role).collect::<Vec<_>>()))
            };
            format!("Flaget {rule}{}{level}{}{}{told}", of(about), day("senest", by), day("og ikke før", not_before))
        }
        ExpectationKind::Cleared { rule, about, by } => format!("Flaget {rule}{} væk{}", of(about), day("senest", by)),
        ExpectationKind::Refused { rule, asked, on, missing } => {
            let missing = missing.as_ref().map_or_else(String::new, |missing| format!(", mangler: {}", missing.join(", ")));
            format!("{} af {rule}{}{missing}", if *asked { "Spurgt" } else { "Afvist" }, day("den", on))
        }
        ExpectationKind::Never { rule, about } => format!("Aldrig {rule}{}", of(about)),
        ExpectationKind::Letters { to, rule, count } => {
            let to = to.as_ref().map_or_else(String::new, |to| format!(" til {}", role(to)));
            let rule = rule.as_ref().map_or_else(String::new, |rule| format!(" om {rule}"));
            format!("{count} breve eller linjer{to}{rule}")
        }
    };
    if expectation.why.is_empty() { text } else { format!("{text} ({})", expectation.why) }
}
