//! `Authorization: Bearer …`: which session a request belongs to.

use crate::{
    app::App,
    crypto::token_hash,
    domain::values::day::At,
    views::sessions::{self, Session},
    web::problem::{Problem, ProblemKind},
};
use actix_web::{HttpMessage, HttpRequest, http::header};

/// The session of whoever asks.
///
/// # Errors
/// No token, or one that is unknown or has expired.
pub async fn session(app: &App, request: &HttpRequest, at: At) -> Result<Session, Problem> {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
    let token = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let hash = token_hash(token.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?);
    let found = app.db.read(move |conn| sessions::find(conn, at, &hash)).await?;
    let session = found.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?;
    // The log shows the role and not the account.
    request.extensions_mut().insert(session.account.role);
    Ok(session)
}
