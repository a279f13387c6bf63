//! For whom the provider vouches: after a sign-in there, and by the tokens with which the API is asked.

use crate::{
    domain::{
        people::{
            provider_claims::{ClaimPlaces, ProviderPerson, RoleMapping},
            tenant::Tenant,
        },
        values::{day::At, register::Municipality},
    },
    provider::{
        error::{ProviderError, ProviderSetupError},
        http::ProviderHttp,
        metadata::{Metadata, Published},
        signed::{Expected, TAKEN, UnverifiedToken, object},
    },
    settings::{Oidc, Settings},
};
use chrono::{DateTime, Utc};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IdTokenVerifier, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope,
    core::{CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJsonWebKey},
};
use serde_json::{Map, Value};

/// The provider of the settings.
pub struct Provider {
    settings: Oidc,
    comes_back_to: RedirectUrl,
    places: ClaimPlaces,
    http: ProviderHttp,
    metadata: Metadata,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider")
    }
}

/// Where browsers come back to, below the address of the pages.
const ANSWER_PATH: &str = "/sign-in/provider/answer";

impl Provider {
    /// None: the settings name none. Nothing is asked of it yet.
    ///
    /// # Errors
    /// Settings that do not fit.
    pub fn open(settings: &Settings) -> Result<Option<Self>, ProviderSetupError> {
        let own = settings.oidc.clone();
        if !own.is_on() {
            return Ok(None);
        }
        let address = |error: url::ParseError| ProviderSetupError::Address(error.to_string());
        let issuer = IssuerUrl::new(own.issuer.clone()).map_err(address)?;
        let comes_back_to = format!("{}{ANSWER_PATH}", settings.public_url.trim_end_matches('/'));
        let municipality = || ProviderSetupError::Municipality(settings.municipality.clone());
        let places = ClaimPlaces {
            role: own.role_claim.clone(),
            roles: RoleMapping::parse(&own.roles)?,
            municipality: own.municipality_claim.clone(),
            usual: Municipality::parse(&settings.municipality).map(Tenant::of).ok_or_else(municipality)?,
        };
        let http = ProviderHttp::open(&own.ca_file)?;
        let metadata = Metadata::new(http.clone(), issuer, own.keys_every_seconds);
        let comes_back_to = RedirectUrl::new(comes_back_to).map_err(address)?;
        Ok(Some(Self { settings: own, comes_back_to, places, http, metadata }))
    }

    /// Whether tokens of the issuer open the API.
    pub fn takes_tokens(&self) -> bool {
        !self.settings.audience.is_empty()
    }

    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where to send a browser to sign in: it comes back with a code and the state. The code is good with the verifier only, and the
    /// token it is changed for holds the nonce.
    ///
    /// # Errors
    /// The provider does not answer.
    pub async fn begin(&self, at: At, state: &str, nonce: &str, verifier: &str) -> Result<String, ProviderError> {
        let published = self.metadata.current(at).await?;
        let client = CoreClient::from_provider_metadata(published.metadata.clone(), self.client_id(), self.secret());
        let client = client.set_redirect_uri(self.comes_back_to.clone());
        let (state, nonce) = (CsrfToken::new(state.to_owned()), Nonce::new(nonce.to_owned()));
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client.authorize_url(flow, move || state, move || nonce);
        let scopes = self.settings.scopes.iter().filter(|scope| *scope != "openid").map(|scope| Scope::new(scope.clone()));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned()));
        let (address, ..) = request.add_scopes(scopes).set_pkce_challenge(challenge).url();
        Ok(address.into())
    }

    /// Who has signed in there, for the code with which the browser came back.
    ///
    /// # Errors
    /// The provider does not answer, or does not take the code; a token that is not to be trusted.
    pub async fn redeem(&self, at: At, code: String, nonce: &str, verifier: String) -> Result<ProviderPerson, ProviderError> {
        let published = self.metadata.current(at).await?;
        let client = CoreClient::from_provider_metadata(published.metadata.clone(), self.client_id(), self.secret());
        let client = client.set_redirect_uri(self.comes_back_to.clone());
        let request = client.exchange_code(AuthorizationCode::new(code));
        let request = request.map_err(|_| ProviderError::Unreachable("it names no address for tokens"))?;
        let ask = |request| self.http.ask(request);
        let answer = request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&ask).await;
        let answer = answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(_) => ProviderError::CodeRefused,
            RequestTokenError::Request(_) => ProviderError::Unreachable("it cannot be reached"),
            _ => ProviderError::Unreachable("its answer to a code cannot be read"),
        })?;
        let token = answer.extra_fields().id_token().ok_or(ProviderError::Untrusted("there is no ID token"))?;
        let claims = self.verified(at, token, nonce).await?;
        ProviderPerson::read(self.issuer(), &claims, &self.places).ok_or(ProviderError::Untrusted("it names nobody"))
    }

    /// The claims of an ID token.
    async fn verified(&self, at: At, token: &CoreIdToken, nonce: &str) -> Result<Map<String, Value>, ProviderError> {
        let text = token.to_string();
        let parts = UnverifiedToken::parse(&text).ok_or(ProviderError::Untrusted("it is no signed token"))?;
        let published = self.metadata.with_key(at, parts.key()).await?;
        let nonce = Nonce::new(nonce.to_owned());
        token.claims(&self.verifier(at, &published), &nonce).map_err(|error| ProviderError::Untrusted(reason(&error)))?;
        let claims = text.split('.').nth(1).and_then(object).ok_or(ProviderError::Untrusted("it cannot be read"))?;
        let expected = self.expected(at, &self.settings.client_id);
        expected.check(&claims)?;
        let party = claims.get("azp").and_then(Value::as_str);
        if party.is_some_and(|party| party != self.settings.client_id) {
            return Err(ProviderError::Untrusted("it was made for another program"));
        }
        Ok(claims)
    }

    fn verifier(&self, at: At, published: &Published) -> IdTokenVerifier<'static, CoreJsonWebKey> {
        let (metadata, instant) = (&published.metadata, at.instant);
        let skew = chrono::Duration::seconds(self.settings.clock_skew_seconds);
        // Without the secret: no algorithm that shares one is taken.
        IdTokenVerifier::new_public_client(self.client_id(), metadata.issuer().clone(), metadata.jwks().clone())
            .set_allowed_algs(TAKEN)
            .set_time_fn(move || instant - skew)
    }

    /// For whom an access token speaks, and until when.
    ///
    /// # Errors
    /// The provider does not answer; a token that is not to be trusted.
    pub async fn bearer(&self, at: At, token: &str) -> Result<(ProviderPerson, DateTime<Utc>), ProviderError> {
        let parts = UnverifiedToken::parse(token).ok_or(ProviderError::Untrusted("it is no signed token"))?;
        let published = self.metadata.with_key(at, parts.key()).await?;
        let claims = parts.verified(&published)?;
        self.expected(at, &self.settings.audience).check(&claims)?;
        let person = ProviderPerson::read(self.issuer(), &claims, &self.places);
        let expires = claims.get("exp").and_then(Value::as_i64).and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        Ok((person.ok_or(ProviderError::Untrusted("it names nobody"))?, expires.unwrap_or(at.instant)))
    }

    fn expected<'e>(&'e self, at: At, audience: &'e str) -> Expected<'e> {
        Expected { issuer: self.issuer(), audience, at, skew_seconds: self.settings.clock_skew_seconds }
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    fn secret(&self) -> Option<ClientSecret> {
        let secret = self.settings.client_secret.reveal();
        (!secret.is_empty()).then(|| ClientSecret::new(secret.to_owned()))
    }
}

fn reason(error: &openidconnect::ClaimsVerificationError) -> &'static str {
    use openidconnect::ClaimsVerificationError as Why;
    match error {
        Why::Expired(_) => "it has expired",
        Why::InvalidAudience(_) => "it is for another audience",
        Why::InvalidIssuer(_) => "another issuer made it",
        Why::InvalidNonce(_) => "it answers another sign-in",
        Why::SignatureVerification(_) => "its signature does not fit",
        _ => "it is a token of another kind",
    }
}
