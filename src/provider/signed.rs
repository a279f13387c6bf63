//! Tokens that a provider has signed: whether they are to be trusted, and what they claim.

use crate::{
    domain::{people::provider_claims::seconds, values::day::At},
    provider::{
        error::ProviderError::{self, Untrusted},
        metadata::Published,
    },
};
use data_encoding::BASE64URL_NOPAD;
use openidconnect::{
    JsonWebKey, JsonWebKeyAlgorithm, JsonWebKeyUse, JwsSigningAlgorithm,
    core::{CoreJsonWebKey, CoreJwsSigningAlgorithm},
};
use serde_json::{Map, Value};

/// The algorithms that are taken: asymmetric ones, so that nobody who can verify can sign.
pub const TAKEN: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What access tokens say of what they are (RFC 9068); many providers say no more than that they are a JWT.
const TYPES: [&str; 3] = ["at+jwt", "application/at+jwt", "jwt"];

/// A token in its parts, of which nothing is believed yet.
pub struct UnverifiedToken<'t> {
    header: Map<String, Value>,
    signed: &'t str,
    payload: &'t str,
    signature: Vec<u8>,
}

impl<'t> UnverifiedToken<'t> {
    /// None: it has not the form of a signed JWT.
    pub fn parse(token: &'t str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.').filter(|(_, payload)| !payload.contains('.'))?;
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
        Some(Self { header: object(header)?, signed, payload, signature })
    }

    /// The key that it says to be signed with.
    pub fn key(&self) -> Option<&str> {
        self.text("kid")
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// What it claims, where one of the published keys has signed it.
    ///
    /// # Errors
    /// Another kind of token; an algorithm that is not taken; no such key; a signature that does not fit.
    pub fn verified(&self, published: &Published) -> Result<Map<String, Value>, ProviderError> {
        let kind = self.text("typ").unwrap_or("jwt").to_ascii_lowercase();
        if !TYPES.contains(&kind.as_str()) || self.header.contains_key("crit") {
            return Err(Untrusted("it is a token of another kind"));
        }
        let named = self.header.get("alg").cloned().and_then(|alg| serde_json::from_value(alg).ok());
        let algorithm: CoreJwsSigningAlgorithm = named.ok_or(Untrusted("its algorithm is not taken"))?;
        if !TAKEN.contains(&algorithm) {
            return Err(Untrusted("its algorithm is not taken"));
        }
        let keys = published.metadata.jwks().keys().iter().filter(|key| may_have_signed(key, self.key(), &algorithm));
        let mut keys = keys.peekable();
        if keys.peek().is_none() {
            return Err(Untrusted("no such key is published"));
        }
        let signed = self.signed.as_bytes();
        if !keys.any(|key| key.verify_signature(&algorithm, signed, &self.signature).is_ok()) {
            return Err(Untrusted("its signature does not fit"));
        }
        object(self.payload).ok_or(Untrusted("it cannot be read"))
    }
}

fn may_have_signed(key: &CoreJsonWebKey, name: Option<&str>, algorithm: &CoreJwsSigningAlgorithm) -> bool {
    let is_named = name.is_none_or(|name| key.key_id().is_some_and(|id| id.as_str() == name));
    let signs = key.key_use().is_none_or(JsonWebKeyUse::allows_signature);
    let fits = match key.signing_alg() {
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Algorithm(own) => own == algorithm,
        JsonWebKeyAlgorithm::Unsupported => false,
    };
    is_named && signs && fits && algorithm.key_type().as_ref() == Some(key.key_type())
}

/// The object that a part of a token holds.
pub fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).ok()?).ok()
}

/// What has to hold of the claims of an access token.
pub struct Expected<'e> {
    pub issuer: &'e str,
    pub audience: &'e str,
    pub at: At,
    pub skew_seconds: i64,
}

impl Expected<'_> {
    /// # Errors
    /// Another issuer or audience; expired, or not valid yet; times that are missing.
    pub fn check(&self, claims: &Map<String, Value>) -> Result<(), ProviderError> {
        if claims.get("iss").and_then(Value::as_str) != Some(self.issuer) {
            return Err(Untrusted("another issuer made it"));
        }
        let is_ours = match claims.get("aud") {
            Some(Value::String(one)) => one == self.audience,
            Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(self.audience)),
            _ => false,
        };
        if !is_ours {
            return Err(Untrusted("it is for another audience"));
        }
        let time =
            |name: &str| claims.get(name).map(|value| seconds(value).ok_or(Untrusted("its times cannot be read"))).transpose();
        let (Some(expires), Some(issued), not_before) = (time("exp")?, time("iat")?, time("nbf")?) else {
            return Err(Untrusted("its times are missing"));
        };
        let now = self.at.instant.timestamp();
        if now.saturating_sub(self.skew_seconds) >= expires {
            return Err(Untrusted("it has expired"));
        }
        let begins = not_before.unwrap_or(issued).max(issued);
        if begins > now.saturating_add(self.skew_seconds) { Err(Untrusted("it is not valid yet")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use serde_json::json;

    fn check(claims: Value) -> Result<(), ProviderError> {
        let instant = "2026-01-05T08:00:00Z".parse().unwrap();
        let at = At { instant, today: day("2026-01-05") };
        let expected = Expected { issuer: "https://l.example", audience: "api", at, skew_seconds: 60 };
        let now = instant.timestamp();
        let mut whole = json!({"iss": "https://l.example", "aud": "api", "iat": now, "exp": now + 300});
        for (name, value) in claims.as_object().unwrap() {
            let value = value.as_i64().map_or(value.clone(), |offset| json!(now + offset));
            whole[name] = value;
        }
        expected.check(whole.as_object().unwrap())
    }

    #[test]
    fn claims_are_for_us_and_of_now_give_or_take_the_clock() {
        for right in [json!({}), json!({"aud": ["x", "api"]}), json!({"exp": -59}), json!({"nbf": 60}), json!({"iat": 60})] {
            assert_eq!(check(right.clone()), Ok(()), "{right}");
        }
        for wrong in [
            json!({"iss": "https://l.example/"}),
            json!({"iss": null}),
            json!({"aud": "other"}),
            json!({"aud": []}),
            json!({"aud": null}),
            json!({"exp": -60}),
            json!({"exp": null}),
            json!({"exp": "later"}),
            json!({"nbf": 61}),
            json!({"iat": 61}),
            json!({"iat": null}),
        ] {
            assert!(check(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_algorithm_with_a_shared_secret_is_taken() {
        assert!(TAKEN.iter().all(|own| !own.uses_shared_secret() && *own != CoreJwsSigningAlgorithm::None));
    }

    #[test]
    fn what_is_no_signed_token_is_none() {
        for wrong in ["", "a.b", "a.b.c", "..", "e30.e30", "e30.e30.!", "e30.e30.e30.e30."] {
            assert!(UnverifiedToken::parse(wrong).is_none(), "{wrong}");
        }
        assert!(UnverifiedToken::parse("e30.e30.").is_some());
    }
}
