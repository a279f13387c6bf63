//! What the one-time link of a letter opens: the agreement, or the question whether somebody is hired. The link's holder has no account;
//! the token is the authorisation.
//!
//! Promise: a page that is opened only shows. A second press on a button is answered like the first. A link that is forged, cut, expired
//! or replaced tells nothing about anybody.

mod agreement;
mod answer;
mod gone;

use crate::{
    actions::internships::{answers::Answering, links as act},
    app::App,
    domain::{input::Faults, internships::link_purpose::LinkPurpose, values::day::At},
    views::links::{self, LinkView},
    web::{
        pages::{
            components::{Tone, notice},
            error::PageError,
            form::{Form, Typed},
            frame::{Page, see_other},
            site::Site,
        },
        path::Token,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use maud::{Markup, html};

type Shown = Result<HttpResponse, PageError>;

/// What came of pressing a button, where the page is shown because of it.
#[derive(Default)]
struct Outcome {
    /// What was done, or which answer a letter's button stands for.
    done: Option<Done>,
    preselected: Option<String>,
    problem: Option<Problem>,
    /// What was sent with the form that has a fault.
    typed: Typed,
    /// Which form it was.
    form: Option<&'static str>,
}

/// What was done by a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Confirmed,
    Objected,
    Answered,
    Renewed,
}

impl Done {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Confirmed, "confirmed"), (Self::Objected, "objected"), (Self::Answered, "answered"), (Self::Renewed, "renewed")];

    fn code(self) -> &'static str {
        Self::ALL.iter().find(|(own, _)| *own == self).map_or("", |(_, code)| code)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == code).map(|(done, _)| *done)
    }
}

impl Outcome {
    /// What the address says.
    fn of(request: &HttpRequest) -> Self {
        let query: Vec<(String, String)> = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
        let value = |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        Self { done: value("done").and_then(|code| Done::parse(&code)), preselected: value("answer"), ..Self::default() }
    }

    /// The faults of one of the page's forms.
    fn faults(&self, form: &str) -> Option<&Faults> {
        self.problem.as_ref().filter(|_| self.form == Some(form)).and_then(|problem| problem.faults.as_deref())
    }

    /// What was typed into one of the page's forms.
    fn typed(&self, form: &str) -> Typed {
        if self.form == Some(form) { self.typed.clone() } else { Typed::default() }
    }

    /// What went wrong with the whole of it.
    fn notice(&self, site: &Site) -> Markup {
        let Some(problem) = &self.problem else { return html! {} };
        let title = site.t("Det blev ikke gemt", "It was not saved");
        let what = match (&problem.detail, problem.faults.is_some()) {
            (Some(detail), _) => site.say(detail).to_owned(),
            (None, true) => site.t("Se felterne herunder.", "See the fields below.").to_owned(),
            (None, false) => site.say(&problem.kind.label()).to_owned(),
        };
        notice(Tone::Bad, html! { h2 { (title) } p { (what) } })
    }
}

/// Shows what a link opens, and does nothing.
pub async fn show(app: web::Data<App>, site: Site, request: HttpRequest, token: Option<Token>) -> Shown {
    let token = known(&site, token)?;
    page(&app, &site, &token, Outcome::of(&request), StatusCode::OK).await
}

/// *I agree.*
pub async fn confirm(app: web::Data<App>, site: Site, token: Option<Token>, form: Form) -> Shown {
    let given = known(&site, token)?;
    let (services, at, own) = (app.services.clone(), app.clock.now(), given.clone());
    let (typed, read) = read::<act::LinkConfirming>(form, |typed| typed);
    let done = match read {
        Ok(body) => app.db.write(move |tx| act::confirm(tx, &services, at, &own, &body)).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    answered(&app, site, given, done, Done::Confirmed, ("confirmation", typed)).await
}

/// *I want something changed*, and *I object*.
pub async fn object_to(app: web::Data<App>, site: Site, token: Option<Token>, form: Form) -> Shown {
    let given = known(&site, token)?;
    let (services, at, own) = (app.services.clone(), app.clock.now(), given.clone());
    // Both forms of the page lead here; which one it was is no part of what is said.
    let (typed, read) = read::<act::LinkObjecting>(form, |mut typed| {
        typed.take("form");
        typed
    });
    let which = if typed.text("form") == agreement::CHANGE { agreement::CHANGE } else { agreement::OBJECTION };
    let done = match read {
        Ok(body) => app.db.write(move |tx| act::object(tx, &services, at, &own, &body)).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    answered(&app, site, given, done, Done::Objected, (which, typed)).await
}

/// *We hire*, *we do not*, *we need more time*.
pub async fn answer(app: web::Data<App>, site: Site, token: Option<Token>, form: Form) -> Shown {
    let given = known(&site, token)?;
    let (services, at, own) = (app.services.clone(), app.clock.now(), given.clone());
    let (typed, read) = read::<Answering>(form, |typed| typed);
    let done = match read {
        Ok(body) => app.db.write(move |tx| act::answer(tx, &services, at, &own, &body)).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    answered(&app, site, given, done, Done::Answered, (answer::FORM, typed)).await
}

/// Sends a new link to the address on record.
pub async fn renew(app: web::Data<App>, site: Site, token: Option<Token>) -> Shown {
    let given = known(&site, token)?;
    let (services, at, own) = (app.services.clone(), app.clock.now(), given.clone());
    let done = app.db.write(move |tx| act::renew(tx, &services, at, &own)).await.map_err(Problem::from);
    answered(&app, site, given, done, Done::Renewed, ("renewal", Typed::default())).await
}

fn known(site: &Site, token: Option<Token>) -> Result<String, PageError> {
    token.map(|token| token.0).ok_or_else(|| PageError::new(site, Problem::new(ProblemKind::NotFound)))
}

/// What a form says, and what was typed; `part` leaves out what only the page needs.
fn read<T: crate::domain::input::Field>(form: Form, part: impl FnOnce(Typed) -> Typed) -> (Typed, Result<T, Problem>) {
    match form.0 {
        Ok(typed) => {
            let read = part(typed.clone()).read();
            (typed, read)
        }
        Err(problem) => (Typed::default(), Err(problem)),
    }
}

/// After a button: the page again, by `GET` where it was done, with what was typed where it was not.
async fn answered(
    app: &App,
    site: Site,
    token: String,
    done: Result<(), Problem>,
    what: Done,
    (form, typed): (&'static str, Typed),
) -> Shown {
    let path = format!("/l/{token}");
    let problem = match done {
        Ok(()) => return Ok(see_other(&site, &format!("{path}?done={}", what.code()))),
        Err(problem) => problem,
    };
    let site = site.at(path);
    if !matches!(problem.kind, ProblemKind::InvalidFields | ProblemKind::Conflict) {
        return Err(PageError::new(&site, problem));
    }
    let status = problem.kind.status();
    let outcome = Outcome { problem: Some(problem), typed, form: Some(form), ..Outcome::default() };
    page(app, &site, &token, outcome, status).await
}

async fn page(app: &App, site: &Site, token: &str, outcome: Outcome, status: StatusCode) -> Shown {
    let (services, at, own): (_, At, _) = (app.services.clone(), app.clock.now(), token.to_owned());
    let seen = app.db.read(move |conn| links::one(conn, &services, at, &own)).await;
    let view: LinkView = seen.map_err(|error| PageError::new(site, error))?;
    let page = match (&view.agreement, &view.version) {
        (Some(agreement), _) if view.purpose == LinkPurpose::Decision.code() => {
            let facts = answer::Facts { token, view: &view, agreement };
            answer::page(site, &facts, &outcome)
        }
        (Some(agreement), Some(version)) => {
            let facts = agreement::Facts { token, view: &view, agreement, version };
            agreement::page(site, &facts, &outcome)
        }
        _ => gone::page(site, token, &view, outcome.done == Some(Done::Renewed)),
    };
    Ok(Page::answer(page, site, status))
}
