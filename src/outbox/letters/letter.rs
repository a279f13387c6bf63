//! A letter before it is set: a subject that says what to do, and pieces in both languages.

use crate::domain::values::localized::Localized;

/// Placeholder for the address of a one-time link.
pub const LINK: &str = "{{link}}";

/// Placeholder for the address of the service.
pub const HOME: &str = "{{home}}";

/// A letter before it is set in text and HTML.
pub struct Letter {
    pub subject: Localized,
    pub blocks: Vec<Block>,
}

/// A piece of a letter.
pub enum Block {
    Heading(Localized),
    Text(Localized),
    List(Vec<Localized>),
    /// A label with what it says, a line each.
    Facts(Vec<(Localized, Localized)>),
    /// What to press, and where it leads ([`LINK`] or a path under [`HOME`]).
    Button(Localized, String),
    /// Small, at the end of what it belongs to.
    Note(Localized),
}
