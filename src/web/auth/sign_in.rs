//! Signing in, for the API and for the page: whether address and password fit, and the session that begins.

use crate::{
    actions::{
        ActionError,
        people::sessions::{self as act, Knock, SignIn},
    },
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
    /// The token by which this device is known from now on.
    pub device: String,
    pub expires_at: DateTime<Utc>,
    pub account: Account,
    /// Whether another password is to be chosen before anything else.
    pub has_first_password: bool,
}

/// Begins a session. The try is taken before the password is looked at, and forgiven when it fits.
///
/// # Errors
/// Address and password do not fit; too many tries; no room to look at the password just now.
pub async fn begin(app: &App, at: At, asked: SignIn, knock: Knock) -> Result<BegunSession, Problem> {
    let SignIn { email, password } = asked;
    let services = app.services.clone();
    let attempt = app.db.write(move |tx| act::attempt(tx, &services.keys, at, &email, &knock)).await?;
    let fits = fits(app, password, attempt.account.as_ref().map(|(_, hash)| hash.clone())).await?;
    let Some((account, _)) = attempt.account.clone().filter(|_| fits) else {
        return Err(Problem::new(ProblemKind::WrongCredentials));
    };
    let new = || crypto::new_token().map_err(|_| Problem::new(ProblemKind::Internal));
    let (token, device) = (new()?, attempt.device.clone().map_or_else(new, Ok)?);
    let device = app.services.keys.device_token(account.id.as_str(), &device);
    let has_first_password = attempt.has_first_password;
    let (given, hours) = (token.clone(), app.services.settings.session_hours);
    let entered = app.db.write(move |tx| act::enter(tx, at, &attempt, &given, hours)).await;
    match entered {
        Ok(expires_at) => Ok(BegunSession { token, device, expires_at, account, has_first_password }),
        Err(ActionError::NotFound) => Err(Problem::new(ProblemKind::WrongCredentials)),
        Err(other) => Err(other.into()),
    }
}
