//! Why a link's page is shown: it was opened, or a button was pressed, with what came of it.

use crate::{
    domain::input::Faults,
    web::{
        pages::{
            components::{Tone, notice},
            form::Typed,
            locale::Locale,
        },
        problem::Problem,
    },
};
use actix_web::HttpRequest;
use maud::{Markup, html};

/// What came of pressing a button, where the page is shown because of it.
#[derive(Default)]
pub(super) struct Pressed {
    /// What was done, or which answer a letter's button stands for.
    pub(super) done: Option<LinkDone>,
    pub(super) preselected: Option<String>,
    pub(super) problem: Option<Problem>,
    /// What was sent with the form that has a fault.
    pub(super) typed: Typed,
    /// Which form it was.
    pub(super) form: Option<&'static str>,
}

/// What was done by a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkDone {
    Confirmed,
    Objected,
    Answered,
    Renewed,
    Written,
    Stated,
    TakenBack,
}

impl LinkDone {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Confirmed, "confirmed"),
        (Self::Objected, "objected"),
        (Self::Answered, "answered"),
        (Self::Renewed, "renewed"),
        (Self::Written, "written"),
        (Self::Stated, "stated"),
        (Self::TakenBack, "taken-back"),
    ];

    pub(super) fn code(self) -> &'static str {
        Self::ALL.iter().find(|(own, _)| *own == self).map_or("", |(_, code)| code)
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == code).map(|(done, _)| *done)
    }
}

impl Pressed {
    /// What the address says.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let query: Vec<(String, String)> = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
        let value = |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        Self { done: value("done").and_then(|code| LinkDone::parse(&code)), preselected: value("answer"), ..Self::default() }
    }

    /// The faults of one of the page's forms.
    pub(super) fn faults(&self, form: &str) -> Option<&Faults> {
        self.problem.as_ref().filter(|_| self.form == Some(form)).and_then(|problem| problem.faults.as_deref())
    }

    /// What was typed into one of the page's forms.
    pub(super) fn typed(&self, form: &str) -> Typed {
        if self.form == Some(form) { self.typed.clone() } else { Typed::default() }
    }

    /// What went wrong with the whole of it.
    pub(super) fn notice(&self, locale: &Locale) -> Markup {
        let Some(problem) = &self.problem else { return html! {} };
        let title = locale.t("Det blev ikke gemt", "It was not saved");
        let what = match (&problem.detail, self.first_fault()) {
            (Some(detail), _) => html! { (locale.say(detail)) },
            // On a telephone the field is some screens further down.
            (None, Some(field)) => {
                html! { a href={ "#" (field) } { (locale.t("Se felterne herunder.", "See the fields below.")) } }
            }
            (None, None) => html! { (locale.say(&problem.kind.label())) },
        };
        notice(Tone::Bad, html! { h2 { (title) } p { (what) } })
    }

    /// The id of the first field that has a fault.
    fn first_fault(&self) -> Option<String> {
        let form = self.form?;
        let (at, _) = self.faults(form)?.0.first()?;
        let field = at.as_str().trim_start_matches('/').split('/').next()?;
        Some(format!("{form}-{field}"))
    }
}
