//! A letter on its way, and how a try ended.

use crate::outbox::calendar::CalendarObject;

/// A letter on its way.
pub struct Outgoing {
    /// The letter's id: what its `Message-ID` and file name are made of.
    pub id: String,
    /// The name beside the sender's address: the municipality.
    pub from: String,
    pub to: String,
    /// Who answers when the reader replies; none: nobody reads the sender's address.
    pub reply_to: Option<String>,
    pub subject: String,
    pub plain: String,
    pub html: String,
    /// What it puts into a calendar.
    pub calendar: Vec<CalendarObject>,
    /// Digests only: where one click takes the reader off them (RFC 8058).
    pub unsubscribe: Option<String>,
    /// When it was written: the same at every try.
    pub written: chrono::DateTime<chrono::Utc>,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendResult {
    Sent,
    /// It was not accepted yet, or nobody knows.
    TryLater(String),
    /// It can never be sent: the address is refused for good.
    Never(String),
}

impl SendResult {
    /// The same where what the server says repeats no address.
    pub fn without(self, address: &str) -> Self {
        let without = |said: String| said.replace(address, "…");
        match self {
            Self::Sent => Self::Sent,
            Self::TryLater(said) => Self::TryLater(without(said)),
            Self::Never(said) => Self::Never(without(said)),
        }
    }
}
