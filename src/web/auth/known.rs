//! What a token stands for, a session or a program's key, and that it is used.

use crate::{
    actions::Tx,
    actions::people::{clients, sessions as act},
    app::App,
    crypto::token_hash,
    domain::values::day::At,
    views::sessions::{self, Session},
    web::problem::Problem,
};
use actix_web::{HttpMessage, HttpRequest};
use chrono::Duration;

/// A session is written to at most this often, however many requests come.
const MINUTES: i64 = 1;

/// The session of a token; none where it is unknown or has expired.
///
/// # Errors
/// A failure of the database.
pub async fn known(app: &App, request: &HttpRequest, at: At, token: &str) -> Result<Option<Session>, Problem> {
    let (idle, hash) = (app.services.settings.session_idle_minutes, token_hash(token));
    let found = app.db.read(move |conn| sessions::find(conn, idle, at, &hash)).await?;
    noted(app, request, at, found.as_ref());
    Ok(found)
}

/// What a program's key stands for; none where it is unknown, has expired or was ended.
///
/// # Errors
/// A failure of the database.
pub async fn known_client(app: &App, request: &HttpRequest, at: At, key: &str) -> Result<Option<Session>, Problem> {
    let hash = token_hash(key);
    let found = app.db.read(move |conn| sessions::of_key(conn, at, &hash)).await?;
    noted(app, request, at, found.as_ref());
    Ok(found)
}

fn noted(app: &App, request: &HttpRequest, at: At, found: Option<&Session>) {
    if let Some(session) = found {
        // The log shows the role and not the account.
        request.extensions_mut().insert(session.account.role);
        if session.used_at + Duration::minutes(MINUTES) <= at.instant {
            touch(app.clone(), at, session.token_hash.clone(), session.account.is_client());
        }
    }
}

/// Beside the answer: whoever reads waits for no write.
fn touch(app: App, at: At, hash: String, is_key: bool) {
    actix_web::rt::spawn(async move {
        let note = move |tx: &mut Tx| if is_key { clients::touch(tx, at, &hash) } else { act::touch(tx, at, &hash) };
        if let Err(failure) = app.db.write(note).await {
            tracing::warn!(%failure, "that a session is used was not noted");
        }
    });
}
