//! Signing in, for the API and for the page: whether address and password fit, and the session that begins.

use crate::{
    actions::people::sessions::{self as act, SignIn},
    app::App,
    context::Account,
    crypto,
    domain::values::day::At,
    web::{
        auth::passwords::fits,
        problem::{Problem, ProblemKind},
    },
};
use chrono::{DateTime, Utc};

/// A session that has begun, with the token that is told only once.
pub struct BegunSession {
    pub token: String,
    pub expires_at: DateTime<Utc>,
    pub account: Account,
}

/// Begins a session. After five failures the address is closed for a quarter of an hour.
///
/// # Errors
/// Address and password do not fit; too many failures.
pub async fn begin(app: &App, at: At, asked: SignIn) -> Result<BegunSession, Problem> {
    let SignIn { email, password } = asked;
    let (services, address) = (app.services.clone(), email.clone());
    let found = app.db.read(move |conn| act::attempt(conn, &services.keys, at, &address)).await?;
    let fits = fits(password, found.as_ref().map(|attempt| attempt.password_hash.clone())).await?;
    let Some(attempt) = found.filter(|_| fits) else {
        let services = app.services.clone();
        app.db.write(move |tx| act::fail(tx, &services.keys, at, &email)).await?;
        return Err(Problem::new(ProblemKind::WrongCredentials));
    };
    let token = crypto::new_token().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let (id, given, hours) = (attempt.account.id.clone(), token.clone(), app.services.settings.session_hours);
    let expires_at = app.db.write(move |tx| act::begin(tx, at, &id, &given, hours)).await?;
    Ok(BegunSession { token, expires_at, account: attempt.account })
}
