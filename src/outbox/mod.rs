//! Letters on their way out: written, queued in the transaction of what caused them, sent.

pub mod letters;
pub mod mailer;
pub mod queue;
