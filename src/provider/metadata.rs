//! What a provider publishes of itself, its keys among it, kept for a while.
//!
//! Promise: one at a time fetches it, the others wait or go on with what is kept. An unknown key has it fetched anew, once in so many
//! seconds at most: a rotation fails nobody, and tokens with made-up keys flood nobody. What was fetched is used on while the provider
//! does not answer.

use crate::{
    domain::values::day::At,
    provider::{error::ProviderError, http::ProviderHttp},
};
use chrono::{DateTime, Duration, Utc};
use openidconnect::{DiscoveryError, IssuerUrl, JsonWebKey, core::CoreProviderMetadata};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;

/// A key that the provider has withdrawn is forgotten after so many minutes.
const FRESH_MINUTES: i64 = 60;

/// What was published, and when it was fetched.
pub struct Published {
    pub metadata: CoreProviderMetadata,
    fetched_at: DateTime<Utc>,
}

impl Published {
    /// Whether a token may be signed with such a key; one that names none may be with any.
    fn has(&self, key: Option<&str>) -> bool {
        let keys = self.metadata.jwks().keys();
        key.is_none_or(|name| keys.iter().any(|key| key.key_id().is_some_and(|id| id.as_str() == name)))
    }

    fn is_fresh(&self, at: At) -> bool {
        (at.instant - self.fetched_at).abs() < Duration::minutes(FRESH_MINUTES)
    }
}

pub struct Metadata {
    http: ProviderHttp,
    issuer: IssuerUrl,
    every: Duration,
    kept: RwLock<Option<Arc<Published>>>,
    /// Held by whoever fetches: when it was fetched anew last, or failed.
    fetching: Mutex<Option<DateTime<Utc>>>,
}

impl Metadata {
    pub fn new(http: ProviderHttp, issuer: IssuerUrl, every_seconds: i64) -> Self {
        let every = Duration::seconds(every_seconds);
        Self { http, issuer, every, kept: RwLock::default(), fetching: Mutex::default() }
    }

    /// What is published.
    ///
    /// # Errors
    /// Nothing was fetched yet, and the provider does not answer.
    pub async fn current(&self, at: At) -> Result<Arc<Published>, ProviderError> {
        self.with_key(at, None).await
    }

    /// The same, where a token names the key with which it is signed.
    ///
    /// # Errors
    /// Nothing was fetched yet, or not that key, and the provider does not answer.
    pub async fn with_key(&self, at: At, key: Option<&str>) -> Result<Arc<Published>, ProviderError> {
        let fits = |kept: &Arc<Published>| kept.is_fresh(at) && kept.has(key);
        let kept = self.kept();
        if let Some(kept) = kept.as_ref().filter(|kept| fits(kept)) {
            return Ok(Arc::clone(kept));
        }
        let usable = kept.filter(|kept| kept.has(key));
        let mut last = match (self.fetching.try_lock(), &usable) {
            (Ok(last), _) => last,
            // Somebody renews it: until then this one does.
            (Err(_), Some(usable)) => return Ok(Arc::clone(usable)),
            (Err(_), None) => self.fetching.lock().await,
        };
        let kept = self.kept();
        if let Some(kept) = kept.as_ref().filter(|kept| fits(kept)) {
            return Ok(Arc::clone(kept));
        }
        if last.is_some_and(|last| (at.instant - last).abs() < self.every) {
            return kept.ok_or(ProviderError::Unreachable("it was asked just now"));
        }
        let fetched = self.fetch(at).await;
        // The first time counts only where it failed, so that a rotation right after the start is followed.
        if kept.is_some() || fetched.is_err() {
            *last = Some(at.instant);
        }
        match (fetched, usable) {
            (Err(failure), Some(usable)) => {
                tracing::warn!(%failure, "the provider's keys were not renewed: those of before are used on");
                Ok(usable)
            }
            (fetched, _) => fetched,
        }
    }

    fn kept(&self) -> Option<Arc<Published>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn fetch(&self, at: At) -> Result<Arc<Published>, ProviderError> {
        let ask = |request| self.http.ask(request);
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &ask).await;
        let metadata = found.map_err(|error| ProviderError::Unreachable(reason(&error)))?;
        let published = Arc::new(Published { metadata, fetched_at: at.instant });
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&published));
        Ok(published)
    }
}

fn reason<E: std::error::Error>(error: &DiscoveryError<E>) -> &'static str {
    match error {
        DiscoveryError::Request(_) => "it cannot be reached",
        DiscoveryError::Validation(_) => "it names itself otherwise than oidc.issuer",
        DiscoveryError::Response(..) => "it has no such page",
        _ => "its page cannot be read",
    }
}
