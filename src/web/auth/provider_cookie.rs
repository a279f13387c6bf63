//! What binds a sign-in at the provider to the browser that began it: a cookie for ten minutes, whose state comes back in the address.
//!
//! Promise: only our key can have made it, so that nothing has to be kept until the browser is back; nonce and verifier are made again
//! from the state and stand nowhere.

use crate::{app::App, crypto::token_hash, domain::values::day::At, web::auth::cookie::is_secure};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;

/// As the cookie of a session, over TLS and for trials.
const NAME: &str = "__Host-provider";
const PLAIN_NAME: &str = "provider";
const MINUTES: i64 = 10;

/// A sign-in that a browser has begun.
pub struct BegunAtProvider {
    pub state: String,
    /// The path to go on to.
    pub to: String,
    pub expires_at: DateTime<Utc>,
}

fn name(app: &App) -> &'static str {
    if is_secure(app) { NAME } else { PLAIN_NAME }
}

impl BegunAtProvider {
    pub fn new(at: At, state: String, to: &str) -> Self {
        Self { state, to: to.to_owned(), expires_at: at.instant + chrono::Duration::minutes(MINUTES) }
    }

    /// What the token of the provider has to hold.
    pub fn nonce(&self, app: &App) -> String {
        app.services.keys.provider_token("nonce", &self.state)
    }

    /// Without which the code is good for nothing (PKCE).
    pub fn verifier(&self, app: &App) -> String {
        app.services.keys.provider_token("verifier", &self.state)
    }

    fn text(&self) -> String {
        format!("{}.{}.{}", self.state, BASE64URL_NOPAD.encode(self.to.as_bytes()), self.expires_at.timestamp())
    }

    pub fn cookie(&self, app: &App) -> Cookie<'static> {
        let text = self.text();
        let proof = app.services.keys.provider_token("cookie", &text);
        built(app, format!("{text}.{proof}"), Duration::minutes(MINUTES))
    }

    /// The sign-in that a browser has begun and comes back from; none: it has not, too long ago, or another one since.
    pub fn of(app: &App, request: &HttpRequest, at: At, state: &str) -> Option<Self> {
        let cookie = request.cookie(name(app))?;
        let (text, proof) = cookie.value().rsplit_once('.')?;
        // Hashes are compared, so that how long it takes tells nothing of how much was right.
        let same = |one: &str, other: &str| token_hash(one) == token_hash(other);
        if !same(proof, &app.services.keys.provider_token("cookie", text)) {
            return None;
        }
        let mut parts = text.split('.');
        let (own, to, expires) = (parts.next()?, parts.next()?, parts.next()?);
        let to = String::from_utf8(BASE64URL_NOPAD.decode(to.as_bytes()).ok()?).ok()?;
        let expires_at = DateTime::from_timestamp(expires.parse().ok()?, 0)?;
        (same(own, state) && at.instant < expires_at).then(|| Self { state: own.to_owned(), to, expires_at })
    }
}

/// The cookie is taken away.
pub fn no_provider_cookie(app: &App) -> Cookie<'static> {
    built(app, String::new(), Duration::ZERO)
}

fn built(app: &App, value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(name(app), value)
        .path("/")
        .http_only(true)
        .secure(is_secure(app))
        // The provider's page sends the browser back with an address that it follows.
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}
