//! Sealing for the database: XChaCha20-Poly1305 with a random nonce.
//!
//! A sealed text is `2.<id of the key>.<base64 of nonce and ciphertext>`. Its associated data is the table, the column and the key
//! of the row, so that a value moved to another row or column is refused. What release 0.1 sealed is the base64 alone, without
//! associated data; it is opened for ever and never written.

use crate::crypto::{
    keys::{Keys, MasterKey},
    random::{RandomnessError, random},
};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::BASE64;

/// What a sealed text is bound to.
#[derive(Clone, Copy)]
pub struct Binding<'a> {
    pub table: &'a str,
    pub column: &'a str,
    /// The primary key of the row; where it has two columns, an id and what follows it, with `/` between.
    pub row: &'a str,
}

impl Binding<'_> {
    fn associated_data(&self) -> String {
        format!("{}/{}/{}", self.table, self.column, self.row)
    }
}

/// A text was not sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error("a text is too long to be sealed")]
    TooLong,
}

/// A sealed text does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsealError {
    #[error("sealed under the key {0}, which is not in the key file")]
    UnknownKey(String),
    #[error("sealed under another key, changed, or moved from another row (is the key file the right one?)")]
    Refused,
    #[error("not in the form of a sealed text")]
    Malformed,
}

const PREFIX: &str = "2.";

fn cipher(key: &MasterKey, purpose: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.derive(purpose, "").into())
}

fn decrypt(cipher: &XChaCha20Poly1305, encoded: &str, bound_to: &[u8]) -> Result<String, UnsealError> {
    let bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| UnsealError::Malformed)?;
    let (nonce, msg) = bytes.split_at_checked(24).ok_or(UnsealError::Malformed)?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| UnsealError::Malformed)?;
    let opened = cipher.decrypt(&XNonce::from(nonce), Payload { msg, aad: bound_to }).map_err(|_| UnsealError::Refused)?;
    String::from_utf8(opened).map_err(|_| UnsealError::Malformed)
}

impl Keys {
    /// How every text begins that the newest key has sealed.
    pub fn begin_of_newest(&self) -> String {
        format!("{PREFIX}{}.", self.newest().id())
    }

    /// Seals a text for one column of one row, under the newest key.
    ///
    /// # Errors
    /// The machine gives no random numbers; a text of more than 256 GB.
    pub fn seal(&self, binding: Binding, text: &str) -> Result<String, SealError> {
        let key = self.newest();
        let nonce: [u8; 24] = random()?;
        let bound_to = binding.associated_data();
        let payload = Payload { msg: text.as_bytes(), aad: bound_to.as_bytes() };
        let sealed = cipher(key, "seal-2").encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::TooLong)?;
        Ok(format!("{PREFIX}{}.{}", key.id(), BASE64.encode(&[nonce.as_slice(), &sealed].concat())))
    }

    /// Opens what [`Keys::seal`] sealed for the same column of the same row, and whatever release 0.1 sealed.
    ///
    /// # Errors
    /// Sealed under a key that is not here; changed; moved from another row or column; no sealed text at all.
    pub fn open(&self, binding: Binding, sealed: &str) -> Result<String, UnsealError> {
        let Some(rest) = sealed.strip_prefix(PREFIX) else { return self.open_of_release_0_1(sealed) };
        let (id, encoded) = rest.split_once('.').ok_or(UnsealError::Malformed)?;
        let key = self.all().find(|key| key.id() == id).ok_or_else(|| UnsealError::UnknownKey(id.to_owned()))?;
        decrypt(&cipher(key, "seal-2"), encoded, binding.associated_data().as_bytes())
    }

    /// It names no key: each is tried.
    fn open_of_release_0_1(&self, sealed: &str) -> Result<String, UnsealError> {
        let mut refused = UnsealError::Refused;
        for key in self.all() {
            match decrypt(&cipher(key, "seal"), sealed, &[]) {
                Ok(text) => return Ok(text),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CPR: &str = "6103790002";
    const ONE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const TWO: &str = "0202020202020202020202020202020202020202020202020202020202020202";
    /// [`CPR`], sealed by release 0.1 under [`ONE`].
    const OF_RELEASE_0_1: &str = "uV76+ENM/GzC86CnSowkk4GghoPvtGs7F0ps5EE1N5SjpeFHd0Sm4A8eMGZ7bJZ8V3Q=";

    fn at<'a>(column: &'static str, row: &'a str) -> Binding<'a> {
        Binding { table: "citizens", column, row }
    }

    #[test]
    fn what_is_sealed_opens_under_its_own_key_only() {
        let (one, other) = (Keys::parse(ONE).unwrap(), Keys::parse(TWO).unwrap());
        let here = at("cpr_sealed", "a");
        let sealed = one.seal(here, CPR).unwrap();
        assert!(!sealed.contains("610379"));
        assert_ne!(sealed, one.seal(here, CPR).unwrap(), "never the same twice");
        assert_eq!(one.open(here, &sealed).as_deref(), Ok(CPR));
        assert_eq!(other.open(here, &sealed), Err(UnsealError::UnknownKey(one.first().id())));
        let renamed = sealed.replace(&one.first().id(), &other.first().id());
        assert_eq!(other.open(here, &renamed), Err(UnsealError::Refused), "the id of a key opens nothing");
        let other_letter = if &sealed[40..41] == "A" { "B" } else { "A" };
        let changed = format!("{}{other_letter}{}", &sealed[..40], &sealed[41..]);
        assert_eq!(one.open(here, &changed), Err(UnsealError::Refused));
        for wrong in ["", "2.", "2.00000000", "2.x.y", "not sealed"] {
            assert!(one.open(here, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_moved_to_another_row_or_column_is_refused() {
        let keys = Keys::parse(ONE).unwrap();
        let sealed = keys.seal(at("cpr_sealed", "a"), CPR).unwrap();
        assert_eq!(keys.open(at("cpr_sealed", "b"), &sealed), Err(UnsealError::Refused));
        assert_eq!(keys.open(at("profile", "a"), &sealed), Err(UnsealError::Refused));
        let elsewhere = Binding { table: "needs", column: "cpr_sealed", row: "a" };
        assert_eq!(keys.open(elsewhere, &sealed), Err(UnsealError::Refused));
        // Without its prefix it is no text of release 0.1, which was bound to nothing.
        let bare = sealed.rsplit_once('.').unwrap().1;
        assert_eq!(keys.open(at("cpr_sealed", "a"), bare), Err(UnsealError::Refused));
    }

    #[test]
    fn a_new_key_seals_from_then_on_and_the_old_one_still_opens() {
        let here = at("cpr_sealed", "a");
        let old = Keys::parse(ONE).unwrap();
        let both = Keys::parse(&format!("{ONE}\n{TWO}")).unwrap();
        let new = Keys::parse(TWO).unwrap();
        let before = old.seal(here, CPR).unwrap();
        assert_eq!(both.open(here, &before).as_deref(), Ok(CPR));
        let after = both.seal(here, CPR).unwrap();
        assert_eq!(both.open(here, &after).as_deref(), Ok(CPR));
        assert_eq!(new.open(here, &after).as_deref(), Ok(CPR), "sealed under the new key");
        assert!(old.open(here, &after).is_err());
        assert_eq!(both.lookup_hash("cpr", CPR), old.lookup_hash("cpr", CPR), "found by the same hash");
        assert_eq!(both.link_token("x"), old.link_token("x"), "links that were sent still work");
    }

    #[test]
    fn what_release_0_1_sealed_opens_for_ever() {
        for keys in [ONE.to_owned(), format!("{ONE}\n{TWO}"), format!("{TWO}\n{ONE}")] {
            let keys = Keys::parse(&keys).unwrap();
            assert_eq!(keys.open(at("cpr_sealed", "a"), OF_RELEASE_0_1).as_deref(), Ok(CPR));
        }
        assert_eq!(Keys::parse(TWO).unwrap().open(at("cpr_sealed", "a"), OF_RELEASE_0_1), Err(UnsealError::Refused));
    }
}
