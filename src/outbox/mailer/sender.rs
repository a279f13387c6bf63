//! The address that letters come from.

use lettre::message::Mailbox;

/// The address that letters come from; the setting as it stands where it is none.
pub fn sender_address(from: &str) -> String {
    from.parse::<Mailbox>().map_or_else(|_| from.to_owned(), |from| from.email.to_string())
}
