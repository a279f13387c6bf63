//! Passwords: hashed with Argon2id, never stored.
//!
//! Promise: whoever hashes one password after another does it in the same memory, so that it does not grow with how many are
//! hashed.

use crate::crypto::random::{RandomnessError, random};
use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::phc::{Output, ParamsString, Salt},
};
use data_encoding::BASE32_NOPAD;

/// A password could not be hashed: no random salt, or no memory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password could not be hashed: {0}")]
pub struct PasswordError(String);

impl PasswordError {
    fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// A first password that is read from a screen.
///
/// # Errors
/// The machine gives no random numbers.
pub fn new_password() -> Result<String, RandomnessError> {
    Ok(BASE32_NOPAD.encode(&random::<15>()?).to_lowercase())
}

/// Hashes one password. Slow on purpose: never in a transaction.
///
/// # Errors
/// The machine gives no random numbers.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    HashingMemory::default().hash(password)
}

/// The memory in which passwords are hashed, one after another.
#[derive(Default)]
pub struct HashingMemory(Vec<Block>);

impl HashingMemory {
    /// Hashes a password with a salt of its own.
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn hash(&mut self, password: &str) -> Result<String, PasswordError> {
        let argon2 = Argon2::default();
        let salt: [u8; 16] = random().map_err(PasswordError::of)?;
        let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
        self.fill(&argon2, password, &salt, &mut out)?;
        let hash = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::default().into()),
            params: ParamsString::try_from(argon2.params()).map_err(PasswordError::of)?,
            salt: Some(Salt::new(&salt).map_err(PasswordError::of)?),
            hash: Some(Output::new(&out).map_err(PasswordError::of)?),
        };
        Ok(hash.to_string())
    }

    /// Whether a password is the one that was hashed.
    pub fn fits(&mut self, password: &str, hash: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else { return false };
        let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else { return false };
        let (Ok(algorithm), Ok(params)) = (Algorithm::try_from(hash.algorithm.as_str()), Params::try_from(&hash)) else {
            return false;
        };
        let Ok(version) = hash.version.map_or(Ok(Version::default()), Version::try_from) else { return false };
        let mut out = vec![0; expected.len()];
        let filled = self.fill(&Argon2::new(algorithm, version, params), password, &salt, &mut out);
        // Outputs are compared in the same time wherever they differ.
        filled.is_ok() && Output::new(&out).is_ok_and(|found| found == expected)
    }

    fn fill(&mut self, argon2: &Argon2, password: &str, salt: &[u8], out: &mut [u8]) -> Result<(), PasswordError> {
        let needed = argon2.params().block_count();
        if self.0.len() < needed {
            self.0.resize(needed, Block::default());
        }
        argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut self.0).map_err(PasswordError::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash() {
        let mut memory = HashingMemory::default();
        let hash = memory.hash("hemmelig kode").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(memory.fits("hemmelig kode", &hash) && !memory.fits("Hemmelig kode", &hash));
        assert_ne!(memory.hash("hemmelig kode").unwrap(), hash, "each has its own salt");
        for wrong in ["", "$argon2id$", "hemmelig kode", &hash[..40]] {
            assert!(!memory.fits("hemmelig kode", wrong), "{wrong}");
        }
    }

    #[test]
    fn what_the_library_hashed_by_itself_is_known_too() {
        use argon2::PasswordHasher;
        let hash = Argon2::default().hash_password(b"hemmelig kode").unwrap().to_string();
        assert!(HashingMemory::default().fits("hemmelig kode", &hash));
    }
}
