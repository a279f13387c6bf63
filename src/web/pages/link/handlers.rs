//! The handlers of one-time links: each shows, or does one thing and shows.

use crate::{
    actions::{
        ActionError,
        internships::{
            link_renewal, links as act,
            opened_link::{self, LinkDigits, PresentedLink, Unlocked},
        },
    },
    app::App,
    context::Services,
    domain::{input::Field, internships::link_purpose::LinkPurpose, people::read_log::ReadVia, values::day::At},
    store::Tx,
    views::{
        course_summaries,
        links::{self, LinkView},
    },
    web::{
        pages::{
            course::course as course_page,
            error::PageError,
            form::{FormBody, Typed},
            frame::{WebPage, see_other},
            link::{
                agreement, answer as answer_page, digits,
                facts::LinkFacts,
                gone, mentor,
                outcome::{LinkDone, Pressed},
                questions, statement,
            },
            locale::Locale,
        },
        path::{PROOF_COOKIE, Token},
        problem::{Problem, ProblemKind},
        response::read_by_link,
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::StatusCode,
    web,
};

type Shown = Result<HttpResponse, PageError>;

/// Shows what a link opens, and does nothing.
pub async fn show(app: web::Data<App>, locale: Locale, request: HttpRequest, token: Option<Token>) -> Shown {
    let token = known(&locale, token)?;
    page(&app, &locale, &token, Pressed::of(&request), StatusCode::OK).await
}

/// The citizen's whole course.
pub async fn course(app: web::Data<App>, locale: Locale, token: Option<Token>) -> Shown {
    let link = known(&locale, token)?;
    let seen = read_by_link(&app, app.clock.now(), ReadVia::Page, link, course_summaries::of_link).await;
    let summary = seen.map_err(|error| PageError::new(&locale, error))?;
    Ok(course_page(&locale, &summary).answer(&locale, StatusCode::OK))
}

/// *I agree.*
pub async fn confirm(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let press = Button { done: LinkDone::Confirmed, form: agreement::CONFIRMATION };
    press.act(&app, locale, token, form, act::confirm).await
}

/// *I want something changed*, and *I object*: both forms of the page lead here.
pub async fn object_to(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let is_wish = form.0.as_ref().is_ok_and(|typed| typed.text("form") == agreement::CHANGE);
    let press = Button { done: LinkDone::Objected, form: if is_wish { agreement::CHANGE } else { agreement::OBJECTION } };
    press.act(&app, locale, token, form, act::object).await
}

/// A yes to an accommodation is taken back.
pub async fn take_back(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let press = Button { done: LinkDone::TakenBack, form: agreement::TAKING_BACK };
    press.act(&app, locale, token, form, act::take_back).await
}

/// *We hire*, *we do not*, *we need more time*.
pub async fn answer(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let press = Button { done: LinkDone::Answered, form: answer_page::FORM };
    press.act(&app, locale, token, form, act::answer).await
}

/// What is written before a follow-up, or of a job.
pub async fn write(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let press = Button { done: LinkDone::Written, form: questions::FORM };
    press.act(&app, locale, token, form, act::write).await
}

/// Whether the conditions of the law are met.
pub async fn state(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let press = Button { done: LinkDone::Stated, form: statement::FORM };
    press.act(&app, locale, token, form, act::state).await
}

/// A button of a link's page: what it does, and the name of its form.
struct Button {
    done: LinkDone,
    form: &'static str,
}

impl Button {
    /// Reads what was sent, does it, and shows the page: by `GET` where it was done, with what was typed where it was not.
    async fn act<B: Field + Send + 'static>(
        self,
        app: &App,
        locale: Locale,
        token: Option<Token>,
        form: FormBody,
        act: impl Fn(&mut Tx, &Services, At, &PresentedLink, &B) -> Result<(), ActionError> + Send + 'static,
    ) -> Shown {
        let link = known(&locale, token)?;
        let typed = form.0.map_err(|problem| PageError::new(&locale, problem))?;
        // Which of two forms it was is no part of what is said.
        let mut body = typed.clone();
        body.take("form");
        let (services, at, own) = (app.services.clone(), app.clock.now(), link.clone());
        let done = match body.read::<B>() {
            Ok(body) => app.db.write(move |tx| act(tx, &services, at, &own, &body)).await.map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        answered(app, locale, link, done, self.done, (self.form, typed)).await
    }
}

/// The last four digits of the citizen's CPR number. Right ones are remembered by the browser for an hour, for this link.
pub async fn unlock(app: web::Data<App>, locale: Locale, token: Option<Token>, form: FormBody) -> Shown {
    let link = known(&locale, token)?;
    let (services, at, own) = (app.services.clone(), app.clock.now(), link.clone());
    let typed = form.0.map_err(|problem| PageError::new(&locale, problem))?;
    let done = match typed.read::<LinkDigits>() {
        Ok(body) => app.db.write(move |tx| opened_link::unlock(tx, &services, at, &own, &body)).await.map_err(Problem::from),
        Err(problem) if problem.kind == ProblemKind::InvalidFields => Ok(Unlocked::Wrong),
        Err(problem) => Err(problem),
    };
    let path = format!("/l/{}", link.token);
    match done.map_err(|problem| PageError::new(&locale, problem))? {
        Unlocked::Proof(proof) => {
            let mut answer = see_other(&locale, &path);
            let secure = app.services.settings.public_url.starts_with("https:");
            let cookie = Cookie::build(PROOF_COOKIE, proof).path(path).http_only(true).secure(secure).same_site(SameSite::Lax);
            let cookie = cookie.max_age(Duration::hours(1)).finish();
            answer.add_cookie(&cookie).map_err(|_| PageError::new(&locale, Problem::new(ProblemKind::Internal)))?;
            Ok(answer)
        }
        Unlocked::Wrong => {
            let outcome = Pressed { form: Some(digits::FORM), ..Pressed::default() };
            page(&app, &locale.at(path), &link, outcome, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Sends a new link to the address on record.
pub async fn renew(app: web::Data<App>, locale: Locale, token: Option<Token>) -> Shown {
    let given = known(&locale, token)?;
    let (services, at, own) = (app.services.clone(), app.clock.now(), given.clone());
    let done = app.db.write(move |tx| link_renewal::renew(tx, &services, at, &own)).await.map_err(Problem::from);
    answered(&app, locale, given, done, LinkDone::Renewed, ("renewal", Typed::default())).await
}

fn known(locale: &Locale, token: Option<Token>) -> Result<PresentedLink, PageError> {
    token.map(|token| token.0).ok_or_else(|| PageError::new(locale, Problem::new(ProblemKind::NotFound)))
}

/// After a button: the page again, by `GET` where it was done, with what was typed where it was not.
async fn answered(
    app: &App,
    locale: Locale,
    link: PresentedLink,
    done: Result<(), Problem>,
    what: LinkDone,
    (form, typed): (&'static str, Typed),
) -> Shown {
    let path = format!("/l/{}", link.token);
    let problem = match done {
        Ok(()) => return Ok(see_other(&locale, &format!("{path}?done={}", what.code()))),
        Err(problem) => problem,
    };
    let locale = locale.at(path);
    if !matches!(problem.kind, ProblemKind::InvalidFields | ProblemKind::Conflict) {
        return Err(PageError::new(&locale, problem));
    }
    let status = problem.kind.status();
    let outcome = Pressed { problem: Some(problem), typed, form: Some(form), ..Pressed::default() };
    page(app, &locale, &link, outcome, status).await
}

async fn page(app: &App, locale: &Locale, link: &PresentedLink, outcome: Pressed, status: StatusCode) -> Shown {
    let token = link.token.as_str();
    let seen = read_by_link(app, app.clock.now(), ReadVia::Page, link.clone(), links::one).await;
    let view: LinkView = seen.map_err(|error| PageError::new(locale, error))?;
    let page = match (view.purpose, &view.agreement, &view.version, &view.about) {
        (LinkPurpose::Decision, Some(agreement), ..) => {
            answer_page::page(locale, &LinkFacts { token, view: &view, agreement }, &outcome)
        }
        (LinkPurpose::Alignment, Some(agreement), Some(version), _) => {
            let link = LinkFacts { token, view: &view, agreement };
            agreement::page(locale, &agreement::AgreementFacts { link, version }, &outcome)
        }
        (LinkPurpose::FollowUp | LinkPurpose::Retention, Some(agreement), _, Some(about)) => {
            questions::page(locale, &LinkFacts { token, view: &view, agreement }, about, &outcome)
        }
        (LinkPurpose::Mentor, Some(agreement), ..) => mentor::page(locale, &LinkFacts { token, view: &view, agreement }),
        (LinkPurpose::Statement, Some(agreement), ..) if view.statement.is_some() => {
            statement::page(locale, &LinkFacts { token, view: &view, agreement }, &outcome)
        }
        _ if view.digits_asked => digits::page(locale, token, &outcome),
        _ => gone::page(locale, token, &view, &outcome),
    };
    Ok(WebPage::answer(page, locale, status))
}
