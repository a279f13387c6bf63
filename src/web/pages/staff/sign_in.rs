//! Signing in by a page, and out.

use crate::{
    actions::people::{password_links::at_sign_in, sessions as act},
    app::App,
    web::{
        auth,
        pages::{
            components::{FormField, Tone, notice},
            error::PageError,
            form::{FormBody, Typed},
            frame::{WebPage, ours, see_other},
            locale::Locale,
            staff::signed_in::SignedIn,
        },
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use maud::html;

/// The form.
pub async fn ask(app: web::Data<App>, locale: Locale, request: HttpRequest) -> HttpResponse {
    let query = url::form_urlencoded::parse(request.query_string().as_bytes());
    let to = query.into_owned().find(|(name, _)| name == "to").map(|(_, to)| to).unwrap_or_default();
    page(&app, &locale, ours(&to), &Typed::default(), None).answer(&locale, StatusCode::OK)
}

/// Signs in, and goes on to where the letter led.
///
/// # Errors
/// Too many tries; a failure of the database. A wrong password shows the form again.
pub async fn sign_in(
    app: web::Data<App>,
    request: HttpRequest,
    locale: Locale,
    form: FormBody,
) -> Result<HttpResponse, PageError> {
    let locale = locale.at("/sign-in".into());
    let mut typed = form.0.map_err(|problem| PageError::new(&locale, problem))?;
    let to = typed.take("to").unwrap_or_default();
    let begun = match typed.read() {
        Ok(asked) => auth::begin(&app, app.clock.now(), asked, auth::knock(&app, &request)).await,
        Err(problem) => Err(problem),
    };
    match begun {
        Ok(session) if session.has_first_password => {
            let (services, at) = (app.services.clone(), app.clock.now());
            let link = app.db.write(move |tx| at_sign_in(tx, &services.keys, at, &session.account)).await;
            let token = link.map_err(|error| PageError::new(&locale, error))?;
            Ok(see_other(&locale, &format!("/password/{token}")))
        }
        Ok(session) => {
            let mut answer = see_other(&locale, ours(&to));
            let device = auth::device_cookie(&app, session.account.id.as_str(), &session.device);
            for cookie in [auth::session_cookie(&app, Some(&session.token)), device] {
                answer.add_cookie(&cookie).map_err(|_| PageError::new(&locale, Problem::new(ProblemKind::Internal)))?;
            }
            Ok(answer)
        }
        Err(problem) if matches!(problem.kind, ProblemKind::WrongCredentials | ProblemKind::InvalidFields) => {
            Ok(page(&app, &locale, ours(&to), &typed, Some(&problem)).answer(&locale, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(problem) => Err(PageError::new(&locale, problem)),
    }
}

/// Signs out.
///
/// # Errors
/// The form is not of this session; a failure of the database.
pub async fn sign_out(own: SignedIn, form: FormBody) -> Result<HttpResponse, PageError> {
    own.guarded(form.0)?;
    let hash = own.session.token_hash.clone();
    own.app.db.write(move |tx| act::end(tx, &hash)).await.map_err(|error| PageError::new(&own.locale, error))?;
    let mut answer = see_other(&own.locale, "/");
    let gone = auth::session_cookie(&own.app, None);
    answer.add_cookie(&gone).map_err(|_| PageError::new(&own.locale, Problem::new(ProblemKind::Internal)))?;
    Ok(answer)
}

fn page(app: &App, locale: &Locale, to: &str, typed: &Typed, problem: Option<&Problem>) -> WebPage {
    let field = FormField { locale, typed, faults: None, form: "sign-in" };
    let body = html! {
        @if problem.is_some() {
            (notice(Tone::Bad, html! {
                p {
                    (locale.t(
                        "E-mail og adgangskode passer ikke sammen. Prøv igen. Efter fem forsøg er der lukket i et kvarter.",
                        "Address and password do not fit. Try again. After five tries it is closed for a quarter of an hour.",
                    ))
                }
            }))
        }
        @if app.provider.is_some() {
            @let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
            p {
                a.button href=(locale.to(&format!("/sign-in/provider?to={to}"))) {
                    (locale.t("Log ind med kommunens login", "Sign in with the municipality's sign-in"))
                }
            }
            p.quiet { (locale.t("Eller med en adgangskode til RetteMatch:", "Or with a password for RetteMatch:")) }
        }
        form method="post" action=(locale.to("/sign-in")) {
            input type="hidden" name="to" value=(to);
            (field.line("email", "email", locale.t("E-mail", "E-mail"), None))
            (field.line("password", "password", locale.t("Adgangskode", "Password"), None))
            button type="submit" { (locale.t("Log ind", "Sign in")) }
        }
        p.quiet {
            (locale.t(
                "Har du glemt adgangskoden, så bed kommunens administrator om en ny.",
                "If you have forgotten the password, ask the municipality's administrator for a new one.",
            ))
        }
    };
    WebPage::new(locale.t("Log ind", "Sign in"), body)
}
