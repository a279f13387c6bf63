//! Addresses of e-mail.

use crate::domain::input::{Faults, Field, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// An address of e-mail: as much of RFC 5321 as mail servers take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, format = "email", max_length = 200, examples("navn@kommune.example"))]
pub struct Email(String);

impl Email {
    /// The address in lower case (nobody gives two people addresses that differ in case only), or nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(label_fits);
        (text.len() <= 200 && local_fits && domain_fits).then(|| Self(text.to_ascii_lowercase()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for Email {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(value, at, Self::parse, "email", ("en e-mailadresse", "an address of e-mail"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_must_be_one_that_a_server_takes() {
        for right in ["a@b.dk", "per.hansen+x@kommune.example"] {
            assert!(Email::parse(right).is_some(), "{right}");
        }
        for wrong in ["a", "a@b", "a b@c.dk", "a@b..dk", ".a@b.dk", "a@-b.dk", "a\r\nBcc: x@y.dk@b.dk", "æ@b.dk"] {
            assert!(Email::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_as_long_as_servers_take_and_kept_in_lower_case() {
        let domain = |label: usize| format!("{}.dk", "d".repeat(label));
        for (address, fits) in [
            (format!("{}@b.dk", "l".repeat(64)), true),
            (format!("{}@b.dk", "l".repeat(65)), false),
            (format!("a@{}", domain(63)), true),
            (format!("a@{}", domain(64)), false),
            // Two hundred characters in all, and one more.
            (format!("aa@{d}.{d}.{d}.{e}.dk", d = "d".repeat(60), e = "e".repeat(11)), true),
            (format!("aaa@{d}.{d}.{d}.{e}.dk", d = "d".repeat(60), e = "e".repeat(11)), false),
            ("a.@b.dk".to_owned(), false),
            ("a..b@c.dk".to_owned(), false),
            ("@b.dk".to_owned(), false),
            ("a@b-.dk".to_owned(), false),
            ("a@b_c.dk".to_owned(), false),
            ("a@b-c.dk".to_owned(), true),
        ] {
            assert_eq!(Email::parse(&address).is_some(), fits, "{address} of {}", address.len());
        }
        let read = crate::domain::input::read::<Email>(&serde_json::json!(" Per.Hansen@Kommune.EXAMPLE "));
        assert_eq!(read.unwrap().as_str(), "per.hansen@kommune.example");
    }
}
