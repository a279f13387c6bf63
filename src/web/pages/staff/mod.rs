//! Pages for those who have an account: the links of their letters lead here. A flag with its evidence, and what it needs; what else
//! letters point to can be read.

mod corrections;
mod flag;
mod follow_ups;
mod internship;
mod opening;
mod sign_in;
mod signed_in;

pub use corrections::corrections;
pub use flag::{acknowledge, flag, snooze};
pub use follow_ups::follow_ups;
pub use internship::internship;
pub use opening::opening;
pub use sign_in::{ask, sign_in, sign_out};
pub use signed_in::SignedIn;
