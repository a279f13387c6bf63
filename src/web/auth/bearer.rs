//! `Authorization: Bearer …`: which session a request belongs to.

use crate::{
    app::App,
    domain::values::day::At,
    views::sessions::Session,
    web::{
        auth::known::known,
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
    known(app, request, at, token.ok_or_else(unknown)?).await?.ok_or_else(unknown)
}
