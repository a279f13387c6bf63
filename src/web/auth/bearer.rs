//! `Authorization: Bearer …`: which session a request belongs to, which program's key it shows, or for whom the provider
//! vouches.

use crate::{
    actions::people::clients::is_key,
    app::App,
    domain::values::{day::At, localized::localized},
    views::sessions::Session,
    web::{
        auth::{
            known::{known, known_client},
            provider_token::{is_signed, of_provider},
        },
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpRequest, http::header};

/// The session of whoever asks.
///
/// # Errors
/// No token, or one that is unknown or has expired.
pub async fn session(app: &App, request: &HttpRequest, at: At) -> Result<Session, Problem> {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
    let token = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let unknown = || Problem::new(ProblemKind::Unauthenticated);
    let token = token.ok_or_else(unknown)?;
    let found = match token {
        key if is_key(key) => known_client(app, request, at, key).await?,
        signed if is_signed(app, signed) => of_provider(app, request, at, signed).await?,
        opaque => known(app, request, at, opaque).await?,
    };
    let session = found.ok_or_else(unknown)?;
    if session.has_first_password && !BEFORE_CHOOSING.contains(&(request.method().as_str(), route(request).as_str())) {
        let detail = localized(
            "Vælg først en ny adgangskode: den, du har, er lavet af programmet.",
            "Choose a new password first: the one that you have was made by the program.",
        );
        return Err(Problem::with(ProblemKind::Forbidden, detail));
    }
    Ok(session)
}

/// What is answered to somebody who has not chosen a password yet: enough to do it, and to sign out.
const BEFORE_CHOOSING: [(&str, &str); 4] = [
    ("GET", "/api/v1/sessions/current"),
    ("DELETE", "/api/v1/sessions/current"),
    ("GET", "/api/v1/accounts/{id}"),
    ("PUT", "/api/v1/accounts/{id}/password"),
];

fn route(request: &HttpRequest) -> String {
    request.match_pattern().unwrap_or_default()
}
