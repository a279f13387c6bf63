//! Every error is a problem (RFC 9457): a stable `type`, a title in the asker's language, `errors[]` with JSON pointers,
//! and for a refused rule its id, reference, the figures compared, and what would make it pass.
//!
//! The list of types is closed: [`ProblemKind`]. An answer never holds what a person entered, nor an inner error's text.

mod body;
mod error;
mod kind;
mod respond;

pub use body::ProblemBody;
pub use error::Problem;
pub use kind::ProblemKind;
