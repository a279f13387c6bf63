//! Letters on their way out: made from what actions hand over as events, queued in their transaction, sent.

pub mod about;
pub mod calendar;
pub mod emit;
mod envelopes;
pub mod event;
pub mod hours;
pub mod letters;
pub mod link;
pub mod mailer;
pub mod news;
pub mod queue;
pub mod readers;
pub mod recipients;
