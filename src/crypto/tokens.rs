//! Random names: tokens of sessions, references of cases.

use crate::crypto::random::{RandomnessError, random};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// A token that is handed out once and stored hashed.
///
/// # Errors
/// The machine gives no random numbers.
pub fn new_token() -> Result<String, RandomnessError> {
    Ok(BASE64URL_NOPAD.encode(&random::<32>()?))
}

/// What the keys of other programs begin with, so that one that lies about is recognised.
pub const CLIENT_KEY_PREFIX: &str = "rettematch_key_";

/// A key of another program: handed out once and stored hashed.
///
/// # Errors
/// The machine gives no random numbers.
pub fn new_client_key() -> Result<String, RandomnessError> {
    Ok(format!("{CLIENT_KEY_PREFIX}{}", new_token()?))
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

/// A short name for a case that tells nothing about the person: letters and digits that are not mistaken for each other.
///
/// # Errors
/// The machine gives no random numbers.
pub fn case_reference(prefix: &str) -> Result<String, RandomnessError> {
    let text = BASE32_NOPAD.encode(&random::<5>()?);
    Ok(format!("{prefix}-{text}"))
}
