//! Judges what is expected of a case against what stands in the database after it was played: flags with their history,
//! who was told, letters; and refusals, which leave no trace there, against the diary.

mod entries;
mod facts;
mod judge;
mod said;
mod sent_link;
mod shortfall;

pub use facts::facts;
pub use sent_link::SentLink;
pub use shortfall::Shortfall;
