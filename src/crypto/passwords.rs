//! Passwords: hashed with Argon2id, never stored.

use crate::crypto::random::{RandomnessError, random};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use data_encoding::BASE32_NOPAD;

/// A password could not be hashed: no random salt, or no memory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password could not be hashed: {0}")]
pub struct PasswordError(String);

/// A first password that is read from a screen.
///
/// # Errors
/// The machine gives no random numbers.
pub fn new_password() -> Result<String, RandomnessError> {
    Ok(BASE32_NOPAD.encode(&random::<15>()?).to_lowercase())
}

/// Hashes a password. Slow on purpose: never in a transaction.
///
/// # Errors
/// The machine gives no random numbers.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| PasswordError(error.to_string()))
}

/// Whether a password is the one that was hashed.
pub fn password_fits(password: &str, hash: &str) -> bool {
    argon2::PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash() {
        let hash = hash_password("hemmelig kode").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(password_fits("hemmelig kode", &hash) && !password_fits("Hemmelig kode", &hash));
    }
}
