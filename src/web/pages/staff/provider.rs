//! Signing in at the municipality's own provider: the browser is sent there, and comes back.

use crate::{
    app::App,
    web::{
        auth::{self, AnswerOfProvider, ProviderTrouble},
        pages::{
            error::PageError,
            frame::{WebPage, ours, see_other},
            locale::Locale,
        },
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    cookie::Cookie,
    http::{StatusCode, header},
    web,
};
use maud::html;

fn query(request: &HttpRequest) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned()
}

/// Sends the browser to the provider.
///
/// # Errors
/// There is none, or it does not answer.
pub async fn go_to_provider(app: web::Data<App>, request: HttpRequest, locale: Locale) -> Result<HttpResponse, PageError> {
    let to = query(&request).find(|(name, _)| name == "to").map(|(_, to)| to).unwrap_or_default();
    match auth::send_to_provider(&app, app.clock.now(), ours(&to)).await {
        Ok((address, cookie)) => {
            let mut answer = HttpResponse::SeeOther();
            answer.insert_header((header::LOCATION, address)).insert_header((header::CACHE_CONTROL, "no-store"));
            with_cookies(&locale, answer.finish(), &[cookie])
        }
        Err(trouble) => told(&app, &locale, trouble),
    }
}

/// Takes the browser that comes back, and leads on to where it wanted to go.
///
/// # Errors
/// What [`ProviderTrouble`] says, as a page.
pub async fn come_from_provider(app: web::Data<App>, request: HttpRequest, locale: Locale) -> Result<HttpResponse, PageError> {
    let locale = locale.at("/sign-in".into());
    let mut answer = AnswerOfProvider::default();
    for (name, value) in query(&request) {
        match name.as_str() {
            "state" => answer.state = value,
            "code" => answer.code = Some(value),
            "iss" => answer.issuer = Some(value),
            _ => {}
        }
    }
    match auth::come_back(&app, &request, app.clock.now(), answer).await {
        Ok((token, to)) => {
            let cookies = [auth::session_cookie(&app, Some(&token)), auth::no_provider_cookie(&app)];
            with_cookies(&locale, see_other(&locale, ours(&to)), &cookies)
        }
        Err(trouble) => told(&app, &locale, trouble),
    }
}

fn with_cookies(locale: &Locale, mut answer: HttpResponse, cookies: &[Cookie]) -> Result<HttpResponse, PageError> {
    for cookie in cookies {
        answer.add_cookie(cookie).map_err(|_| PageError::new(locale, Problem::new(ProblemKind::Internal)))?;
    }
    Ok(answer)
}

/// A page that says what to do. The sign-in is over: its cookie is taken away.
fn told(app: &App, locale: &Locale, trouble: ProviderTrouble) -> Result<HttpResponse, PageError> {
    let (status, title, what) = match trouble {
        ProviderTrouble::Problem(problem) => return Err(PageError::new(locale, *problem)),
        ProviderTrouble::Off => return Err(PageError::new(locale, Problem::new(ProblemKind::NotFound))),
        ProviderTrouble::Unreachable => (
            StatusCode::SERVICE_UNAVAILABLE,
            locale.t("Kommunens login svarer ikke", "The municipality's sign-in does not answer"),
            locale.t(
                "Prøv igen om lidt. Har du en adgangskode til RetteMatch, kan du logge ind med den imens.",
                "Try again soon. If you have a password for RetteMatch, you can sign in with it meanwhile.",
            ),
        ),
        ProviderTrouble::BrokenOff => (
            StatusCode::FORBIDDEN,
            locale.t("Du blev ikke logget ind", "You were not signed in"),
            locale.t(
                "Kommunens login blev afbrudt, eller det lod dig ikke komme ind. Prøv igen, eller spørg den, der styrer brugere hos jer.",
                "The municipality's sign-in was broken off, or did not let you in. Try again, or ask whoever keeps its users.",
            ),
        ),
        ProviderTrouble::BeginAgain => (
            StatusCode::BAD_REQUEST,
            locale.t("Begynd forfra", "Begin again"),
            locale.t(
                "Det tog for lang tid, eller siden blev åbnet to gange. Log ind igen.",
                "It took too long, or the page was opened twice. Sign in again.",
            ),
        ),
        ProviderTrouble::Untrusted => (
            StatusCode::BAD_GATEWAY,
            locale.t("Vi kan ikke stole på svaret", "We cannot trust the answer"),
            locale.t(
                "Svaret fra kommunens login passer ikke. Sig det til dem, der driver systemet.",
                "The answer of the municipality's sign-in does not fit. Tell those who run the system.",
            ),
        ),
        ProviderTrouble::Refused(arrival) => {
            let title = locale.t("Du har ikke adgang endnu", "You have no access yet");
            return page(app, locale, StatusCode::FORBIDDEN, title, locale.say(&arrival.words()));
        }
    };
    page(app, locale, status, title, what)
}

fn page(app: &App, locale: &Locale, status: StatusCode, title: &str, what: &str) -> Result<HttpResponse, PageError> {
    let body = html! {
        p { (what) }
        p { a.button href=(locale.to("/sign-in")) { (locale.t("Til log ind", "To the sign-in")) } }
    };
    with_cookies(locale, WebPage::new(title, body).answer(locale, status), &[auth::no_provider_cookie(app)])
}
