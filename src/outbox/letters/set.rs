//! A letter as it is stored and sent.

use crate::outbox::letters::{frame::Frame, html::html, letter::Letter, plain::plain};

/// A letter as it is stored and sent. The subject is Danish: on a telephone a second language would push it out of sight, and the
/// letter itself has both.
pub struct Set {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

impl Letter {
    /// Sets it in both languages, as text and as HTML.
    pub fn set(&self, frame: &Frame) -> Set {
        Set { subject: self.subject.da.clone(), plain: plain(&self.blocks, frame), html: html(self, frame) }
    }
}
