//! Keeps people's calendars in line with what is agreed: appointments that should stand are compared with what was said last.

pub mod attendees;
pub mod composing;
pub mod reconcile;
