//! What is found or made again by a key: always by the oldest one, since it is compared with what was stored earlier.

use crate::crypto::keys::Keys;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

impl Keys {
    /// The keyed hash by which something confidential is found, 64 hexadecimal digits.
    pub fn lookup_hash(&self, purpose: &str, text: &str) -> String {
        HEXLOWER.encode(&self.first().derive(purpose, text))
    }

    /// The token of a one-time link, made from its id.
    pub fn link_token(&self, link: &str) -> String {
        BASE64URL_NOPAD.encode(&self.first().derive("link", link))
    }
}
