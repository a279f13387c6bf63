//! A page for every error: what is wrong in words, and the way on. Never a code, nor what somebody entered.

use crate::{
    actions::ActionError,
    domain::values::localized::Localized,
    web::{
        pages::{frame::WebPage, locale::Locale},
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use maud::{Markup, html};

/// Why a page cannot be shown, and in which language that is said.
#[derive(Debug)]
pub struct PageError {
    pub problem: Box<Problem>,
    locale: Locale,
    /// What can be done about it, instead of what is said otherwise.
    way_on: Option<Markup>,
}

impl PageError {
    pub fn new(locale: &Locale, problem: impl Into<Problem>) -> Self {
        Self { problem: Box::new(problem.into()), locale: locale.clone(), way_on: None }
    }

    /// The same with a way on.
    pub fn with(self, way_on: Markup) -> Self {
        Self { way_on: Some(way_on), ..self }
    }
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.problem.fmt(f)
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        self.problem.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let locale = &self.locale;
        let (title, what) = words(locale, &self.problem);
        let body = match &self.way_on {
            Some(way_on) => way_on.clone(),
            None => html! { p { (what) } },
        };
        WebPage::new(title, body).answer(locale, self.problem.kind.status())
    }
}

/// A title and what to do.
fn words(locale: &Locale, problem: &Problem) -> (String, String) {
    let (title, what) = match problem.kind {
        ProblemKind::Conflict if problem.code == Some("course-closed") => (
            locale.t("Der skal ikke svares mere", "No answer is needed any more"),
            locale.t(
                "Forløbet er lukket. Har du spørgsmål, så ring til den, der står i brevet.",
                "The course is closed. If you have questions, call whoever is named in the letter.",
            ),
        ),
        ProblemKind::NotFound => (
            locale.t("Siden findes ikke", "There is no such page"),
            locale.t(
                "Adressen er forkert, eller linket er ikke helt med. Åbn det igen fra brevet – eller ring til den, der står i brevet.",
                "The address is wrong, or a part of the link is missing. Open it again from the letter – or call whoever is named in the letter.",
            ),
        ),
        ProblemKind::TooOften => (
            locale.t("For mange forsøg", "Too many tries"),
            locale.t("Vent lidt, eller ring til den, der står i brevet.", "Wait a while, or call whoever is named in the letter."),
        ),
        ProblemKind::Forbidden => (
            locale.t("Det har du ikke adgang til", "You have no access to this"),
            locale.t("Spørg din teamleder, hvis du mener, at du skal have det.", "Ask your team leader if you think that you should."),
        ),
        ProblemKind::Unavailable | ProblemKind::TablesBehind | ProblemKind::NoSpace => (
            locale.t("Prøv igen om lidt", "Try again soon"),
            locale.t(
                "Vi kan ikke svare lige nu. Det, du skrev, er ikke gemt.",
                "We cannot answer just now. What you wrote is not saved.",
            ),
        ),
        ProblemKind::Internal => (
            locale.t("Noget gik galt hos os", "Something went wrong on our side"),
            locale.t(
                "Det er ikke din skyld. Prøv igen, eller ring til den, der står i brevet.",
                "It is not your fault. Try again, or call whoever is named in the letter.",
            ),
        ),
        _ => {
            let label = problem.kind.label();
            let detail = problem.detail.as_deref().map(|detail: &Localized| locale.say(detail).to_owned());
            return (locale.say(&label).to_owned(), detail.unwrap_or_default());
        }
    };
    (title.to_owned(), what.to_owned())
}

impl From<(&Locale, ActionError)> for PageError {
    fn from((locale, error): (&Locale, ActionError)) -> Self {
        Self::new(locale, error)
    }
}
