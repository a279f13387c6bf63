//! What is found or made again by a key: always by the oldest one, since it is compared with what was stored earlier.

use crate::crypto::{keys::Keys, tokens::token_hash};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

impl Keys {
    /// The keyed hash by which something confidential is found, 64 hexadecimal digits.
    pub fn lookup_hash(&self, purpose: &str, text: &str) -> String {
        HEXLOWER.encode(&self.first().derive(purpose, text))
    }

    /// What only our key can make of what a token is about.
    fn proof(&self, purpose: &str, text: &str) -> String {
        BASE64URL_NOPAD.encode(&self.first().derive(purpose, text))
    }

    /// The token of a device on which somebody has signed in: its id, and what only our key can make of it and the account.
    pub fn device_token(&self, account: &str, device: &str) -> String {
        format!("{device}.{}", self.proof("device", &format!("{account}/{device}")))
    }

    /// The id of the device that a token was made for, where it was made for the account.
    pub fn device_of<'t>(&self, account: &str, token: &'t str) -> Option<&'t str> {
        let (device, _) = token.split_once('.')?;
        // Hashes are compared, so that how long it takes tells nothing of how much was right.
        (token_hash(&self.device_token(account, device)) == token_hash(token)).then_some(device)
    }

    /// The token of the link by which somebody chooses a password, made from its id.
    pub fn account_link_token(&self, link: &str) -> String {
        self.proof("account-link", link)
    }

    /// What belongs to a sign-in at the provider and stands nowhere: made again from its state.
    pub fn provider_token(&self, what: &str, state: &str) -> String {
        self.proof("provider", &format!("{what}/{state}"))
    }

    /// The token of a one-time link, made from its id.
    pub fn link_token(&self, link: &str) -> String {
        self.proof("link", link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_known_to_the_account_that_signed_in_on_it_only() {
        let (keys, others) = (Keys::random().unwrap(), Keys::random().unwrap());
        let token = keys.device_token("one", "d1");
        assert_eq!(keys.device_of("one", &token), Some("d1"));
        assert_eq!((keys.device_of("other", &token), others.device_of("one", &token)), (None, None));
        for wrong in ["", "d1", "d1.", ".", &token.replace("d1", "d2")] {
            assert_eq!(keys.device_of("one", wrong), None, "{wrong}");
        }
    }
}
