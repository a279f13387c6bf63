//! A one-time link in a letter that was sent.

use crate::domain::{rules::flags::Audience, values::ids::LinkId};

/// A one-time link in a letter that was sent.
#[derive(Clone, Debug)]
pub struct SentLink {
    pub to: Audience,
    pub link: LinkId,
}
