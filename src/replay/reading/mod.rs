//! Reads a course file. Whatever does not fit is said with the case, the event and the field it stands in; fields that
//! nobody knows are let be, since more kinds of files than ours are fed to it.

mod case;
mod event;
mod expectation;
mod fields;
mod moved;
mod terms;

pub use case::{read, read_for};
pub use fields::ReadError;
