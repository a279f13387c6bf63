//! The session of a browser: a cookie that no script reads and no other site sends.
//!
//! Promise: a form changes something only with the token that was made for its session, so that no other site can send it. The API
//! knows no cookies.

use crate::{
    app::App,
    crypto::Keys,
    domain::values::day::At,
    views::sessions::Session,
    web::{auth::known::known, problem::Problem},
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

/// Over TLS browsers take a cookie of this name only from this host, for all of it.
const NAME: &str = "__Host-session";
/// For trials on this machine, where there is no TLS.
const PLAIN_NAME: &str = "session";

/// Whether people reach us over TLS.
pub(super) fn is_secure(app: &App) -> bool {
    app.services.settings.public_url.starts_with("https:")
}

fn name(app: &App) -> &'static str {
    if is_secure(app) { NAME } else { PLAIN_NAME }
}

/// The cookie that holds a session's token; none: it is taken away.
pub fn session_cookie(app: &App, token: Option<&str>) -> Cookie<'static> {
    let age = if token.is_some() { Duration::hours(app.services.settings.session_hours) } else { Duration::ZERO };
    Cookie::build(name(app), token.unwrap_or_default().to_owned())
        .path("/")
        .http_only(true)
        .secure(is_secure(app))
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

/// The session of whoever asks; none where there is no cookie, or it is unknown or has expired.
///
/// # Errors
/// A failure of the database.
pub async fn of_cookie(app: &App, request: &HttpRequest, at: At) -> Result<Option<Session>, Problem> {
    let Some(cookie) = request.cookie(name(app)).filter(|cookie| !cookie.value().is_empty()) else { return Ok(None) };
    // Who has a first password gets no cookie: the page of signing in leads to where another is chosen.
    Ok(known(app, request, at, cookie.value()).await?.filter(|session| !session.has_first_password))
}

/// What the forms of a session are sent with.
pub fn csrf_token(keys: &Keys, session: &Session) -> String {
    keys.link_token(&format!("form/{}", session.token_hash))
}
