//! The form in which somebody writes why they look at a colleague's citizen, in place of the page that was asked for.

use crate::{
    domain::values::ids::CitizenId,
    web::{
        pages::{components::FormField, form::Typed, locale::Locale},
        problem::Problem,
    },
};
use maud::{Markup, html};

/// It leads on to the page that was asked for.
pub(super) fn why(
    locale: &Locale,
    guard: &Markup,
    (citizen, to): (&CitizenId, &str),
    typed: &Typed,
    problem: Option<&Problem>,
) -> Markup {
    let faults = problem.and_then(|problem| problem.faults.as_deref());
    let field = FormField { locale, typed, faults, form: "why" };
    let hint = locale.t("Borgeren kan læse det.", "The citizen may read it.");
    html! {
        p { (locale.t(
            "Borgeren hører hverken til dig, dit team eller en, du er stedfortræder for. Skriv, hvad du skal bruge oplysningerne til; så kan du se dem resten af dagen.",
            "The citizen is neither yours, nor your team's, nor of anybody you stand in for. Write what you need the information for; then you can see it for the rest of the day.",
        )) }
        form method="post" action=(locale.to(&format!("/citizens/{citizen}/access-reasons"))) {
            (guard)
            input type="hidden" name="to" value=(to);
            (field.prose("reason", locale.t("Hvorfor?", "Why?"), Some(hint)))
            button type="submit" { (locale.t("Gem, og vis siden", "Save, and show the page")) }
        }
    }
}
