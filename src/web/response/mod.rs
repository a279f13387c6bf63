//! How a request is answered: reads with an `ETag`, writes with `If-Match` and `Idempotency-Key`, lists by cursor.

mod answer;
mod if_match;
mod list;
mod logged;
mod long_write;
mod look_up;
mod read;
mod shown_once;
mod write;

pub use answer::Answered;
pub use if_match::IfMatch;
pub use logged::{Reader, read_by_link};
pub use long_write::LongWrite;
pub use shown_once::ShownOnce;
