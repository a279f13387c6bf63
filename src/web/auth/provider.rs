//! Signing in at the municipality's own provider: the browser is sent there, comes back with a code, and a session begins.
//!
//! Promise: a sign-in ends in the browser that began it, once; what it is changed for was made for it and for us.

use crate::{
    actions::{
        ActionError, Tx,
        people::{
            provider_sign_in::{self as act, Arrival, VouchedBy},
            sessions,
            tries::{self, TryCount},
        },
    },
    app::App,
    crypto,
    domain::{people::provider_claims::ProviderPerson, values::day::At},
    provider::{Provider, ProviderError},
    store::StoreError,
    web::{
        auth::{network::network_of, provider_cookie::BegunAtProvider},
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpRequest, cookie::Cookie};

/// Why nobody is signed in.
#[derive(Debug)]
pub enum ProviderTrouble {
    /// The settings name no provider.
    Off,
    Unreachable,
    /// Whoever was there broke it off, or the provider lets them in nowhere.
    BrokenOff,
    /// It was begun too long ago, elsewhere, or is over already.
    BeginAgain,
    /// What the provider answers is not to be trusted.
    Untrusted,
    /// It is known who it is, and the account lets nobody in.
    Refused(Box<Arrival>),
    Problem(Box<Problem>),
}

impl<T: Into<Problem>> From<T> for ProviderTrouble {
    fn from(problem: T) -> Self {
        Self::Problem(Box::new(problem.into()))
    }
}

fn trouble(failure: ProviderError) -> ProviderTrouble {
    tracing::warn!(%failure, "a sign-in at the provider failed");
    match failure {
        ProviderError::Unreachable(_) => ProviderTrouble::Unreachable,
        ProviderError::CodeRefused => ProviderTrouble::BeginAgain,
        ProviderError::Untrusted(_) => ProviderTrouble::Untrusted,
    }
}

fn provider(app: &App) -> Result<&Provider, ProviderTrouble> {
    app.provider.as_deref().ok_or(ProviderTrouble::Off)
}

/// Where to send a browser, and the cookie that binds the sign-in to it.
///
/// # Errors
/// No provider, or it does not answer.
pub async fn send_to_provider(app: &App, at: At, to: &str) -> Result<(String, Cookie<'static>), ProviderTrouble> {
    let provider = provider(app)?;
    let state = crypto::new_token().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let begun = BegunAtProvider::new(at, state, to);
    let address = provider.begin(at, &begun.state, &begun.nonce(app), &begun.verifier(app)).await.map_err(trouble)?;
    Ok((address, begun.cookie(app)))
}

/// What the browser comes back with.
#[derive(Debug, Default)]
pub struct AnswerOfProvider {
    pub state: String,
    pub code: Option<String>,
    /// Who says to have answered (RFC 9207).
    pub issuer: Option<String>,
}

/// Begins a session for whoever comes back: its token, and where to go on to.
///
/// # Errors
/// See [`ProviderTrouble`].
pub async fn come_back(
    app: &App,
    request: &HttpRequest,
    at: At,
    answer: AnswerOfProvider,
) -> Result<(String, String), ProviderTrouble> {
    let provider = provider(app)?;
    let begun = BegunAtProvider::of(app, request, at, &answer.state).ok_or(ProviderTrouble::BeginAgain)?;
    if answer.issuer.is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(ProviderTrouble::Untrusted);
    }
    let code = answer.code.ok_or(ProviderTrouble::BrokenOff)?;
    let (services, network) = (app.services.clone(), network_of(app, request));
    let take = move |tx: &mut Tx| tries::take(tx, at, &[TryCount::of_provider(&services.keys, &network)]);
    let taken = app.db.write(take).await?;
    let (state, expires_at) = (begun.state.clone(), begun.expires_at);
    match app.db.write(move |tx| act::spend(tx, &state, expires_at)).await {
        Err(ActionError::NotFound) => return Err(ProviderTrouble::BeginAgain),
        spent => spent?,
    }
    let person = provider.redeem(at, code, &begun.nonce(app), begun.verifier(app)).await.map_err(trouble)?;
    let account = match arrive(app, at, person, VouchedBy::SignIn).await? {
        Arrival::Welcome(account) => account,
        refused => return Err(ProviderTrouble::Refused(Box::new(refused))),
    };
    let token = crypto::new_token().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let (id, given, hours) = (account.id, token.clone(), app.services.settings.session_hours);
    let begin = move |tx: &mut Tx| -> Result<(), ActionError> {
        tries::forgive(tx, &taken)?;
        sessions::begin(tx, at, &id, &given, hours)?;
        Ok(())
    };
    app.db.write(begin).await?;
    Ok((token, begun.to))
}

/// The account of somebody for whom the provider vouches. Who comes twice at once for the first time is linked once.
///
/// # Errors
/// A failure of the database.
pub async fn arrive(app: &App, at: At, person: ProviderPerson, vouched: VouchedBy) -> Result<Arrival, ActionError> {
    let services = app.services.clone();
    let arrive = move |tx: &mut Tx| act::arrive(tx, &services, at, &person, vouched);
    match app.db.write(arrive.clone()).await {
        Err(ActionError::Store(StoreError::Duplicate(_))) => app.db.write(arrive).await,
        other => other,
    }
}
