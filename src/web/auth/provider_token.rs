//! An access token of the municipality's own provider, as which the API is asked.

use crate::{
    actions::people::provider_sign_in::{Arrival, VouchedBy, standing},
    app::App,
    crypto::token_hash,
    domain::values::{day::At, localized::localized},
    provider::ProviderError,
    views::sessions::Session,
    web::{
        auth::provider::arrive,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpMessage, HttpRequest};

/// Again after so many seconds, where the provider does not answer.
const RETRY_AFTER: i64 = 10;

/// Whether a token is one of the provider's, where any are taken: ours have no dots.
pub fn is_signed(app: &App, token: &str) -> bool {
    app.provider.as_ref().is_some_and(|provider| provider.takes_tokens()) && token.matches('.').count() == 2
}

/// For whom a token speaks; none: it is not to be trusted, or older than what was followed since.
///
/// # Errors
/// Nobody who may be here; the provider does not answer; a failure of the database.
pub async fn of_provider(app: &App, request: &HttpRequest, at: At, token: &str) -> Result<Option<Session>, Problem> {
    let Some(provider) = &app.provider else { return Ok(None) };
    let (person, expires_at) = match provider.bearer(at, token).await {
        Ok(found) => found,
        Err(failure @ (ProviderError::Untrusted(_) | ProviderError::CodeRefused)) => {
            tracing::info!(%failure, "a token was not taken");
            return Ok(None);
        }
        Err(failure @ ProviderError::Unreachable(_)) => {
            tracing::warn!(%failure, "a token could not be verified");
            let detail =
                localized("Kommunens login svarer ikke lige nu.", "The municipality's sign-in does not answer just now.");
            return Err(Problem { retry_after: Some(RETRY_AFTER), ..Problem::with(ProblemKind::Unavailable, detail) });
        }
    };
    let own = person.clone();
    let account = match app.db.read(move |conn| standing(conn, &own)).await? {
        Some(account) => account,
        None => match arrive(app, at, person, VouchedBy::Token).await? {
            Arrival::Welcome(account) => account,
            Arrival::Outdated => return Ok(None),
            refused => return Err(Problem::with(ProblemKind::Forbidden, refused.words())),
        },
    };
    // The log shows the role and not the account.
    request.extensions_mut().insert(account.role);
    Ok(Some(Session { account, token_hash: token_hash(token), expires_at, used_at: at.instant, has_first_password: false }))
}
