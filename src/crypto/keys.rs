//! The master keys, and the keys derived from them. See [`crypto`](crate::crypto) for which key does what.

use crate::crypto::random::{RandomnessError, random};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::Arc;

/// A text that holds no usable list of keys. The text itself is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFormatError {
    #[error("the key must be 64 hexadecimal digits in lower case (several keys: one a line, oldest first)")]
    Digits,
    #[error("the same key stands there twice")]
    Repeated,
}

/// One master key.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    fn parse(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// As it stands in a key file.
    pub fn reveal(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// A key, or a keyed hash, for one purpose (HMAC-SHA-256).
    pub fn derive(&self, purpose: &str, text: &str) -> [u8; 32] {
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        mac.chain_update(purpose).chain_update([0]).chain_update(text).finalize().into_bytes().into()
    }

    /// Eight hexadecimal digits that name the key in what it sealed, and tell nothing of it.
    pub fn id(&self) -> String {
        let [a, b, c, d, ..] = self.derive("key-id", "");
        HEXLOWER.encode(&[a, b, c, d])
    }
}

/// The master keys, oldest first.
#[derive(Clone)]
pub struct Keys(Arc<KeyRing>);

struct KeyRing {
    /// Makes keyed hashes and tokens.
    first: MasterKey,
    later: Vec<MasterKey>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(secret)")
    }
}

impl Keys {
    fn new(first: MasterKey, later: Vec<MasterKey>) -> Self {
        Self(Arc::new(KeyRing { first, later }))
    }

    /// A new key.
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn random() -> Result<Self, RandomnessError> {
        Ok(Self::new(MasterKey(random()?), Vec::new()))
    }

    /// From the text of a key file: keys of 64 hexadecimal digits, one a line (or with commas between), oldest first.
    ///
    /// # Errors
    /// Another form; a key that stands there twice.
    pub fn parse(text: &str) -> Result<Self, KeyFormatError> {
        let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let keys: Option<Vec<MasterKey>> = words.map(MasterKey::parse).collect();
        let mut keys = keys.ok_or(KeyFormatError::Digits)?.into_iter();
        let first = keys.next().ok_or(KeyFormatError::Digits)?;
        let later: Vec<MasterKey> = keys.collect();
        let all: Vec<&MasterKey> = std::iter::once(&first).chain(&later).collect();
        if all.iter().enumerate().any(|(index, key)| all.iter().take(index).any(|earlier| earlier == key)) {
            return Err(KeyFormatError::Repeated);
        }
        Ok(Self::new(first, later))
    }

    /// The oldest: what is hashed with it must stay the same for ever.
    pub fn first(&self) -> &MasterKey {
        &self.0.first
    }

    /// What seals from now on.
    pub fn newest(&self) -> &MasterKey {
        self.0.later.last().unwrap_or(&self.0.first)
    }

    /// The names of all, oldest first.
    pub fn ids(&self) -> Vec<String> {
        self.all().map(MasterKey::id).collect()
    }

    pub fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.0.first).chain(&self.0.later)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_oldest_first_and_each_once() {
        let (one, two) = ("1".repeat(64), "2".repeat(64));
        for text in [format!("{one}\n{two}\n"), format!("{one},{two}"), format!(" {one}\r\n\n{two}")] {
            let keys = Keys::parse(&text).unwrap();
            assert_eq!((keys.first().reveal(), keys.newest().reveal()), (one.clone(), two.clone()));
        }
        assert_eq!(Keys::parse(&format!("{one}\n{one}")).unwrap_err(), KeyFormatError::Repeated);
        for wrong in ["", "short", &"A".repeat(64), &format!("{one}\nshort")] {
            assert_eq!(Keys::parse(wrong).unwrap_err(), KeyFormatError::Digits);
        }
    }

    #[test]
    fn a_key_is_named_and_never_printed() {
        let keys = Keys::parse(&"ab".repeat(32)).unwrap();
        assert_eq!(keys.first().id().len(), 8);
        assert!(!format!("{keys:?}").contains("abab"));
    }
}
