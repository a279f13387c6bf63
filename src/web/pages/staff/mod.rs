//! Pages for those who have an account: the links of their letters lead here. A flag with its evidence, what a team leader is asked to
//! approve, an opening that expires, a follow-up that is planned, each with what can be answered; what else letters point to can be read.

mod access_reason;
mod approval;
mod corrections;
mod course;
mod extract;
mod flag;
mod follow_up;
mod follow_up_line;
mod follow_ups;
mod forms;
mod internship;
mod opening;
mod password;
mod provider;
mod sign_in;
mod signed_in;
mod why;

pub use access_reason::give_access_reason;
pub use approval::{answer_approval, approval};
pub use corrections::corrections;
pub use course::course_of_citizen;
pub use extract::extract_of_citizen;
pub use flag::{acknowledge, flag, snooze};
pub use follow_up::{cancel_follow_up, follow_up, move_follow_up};
pub use follow_ups::follow_ups;
pub use internship::internship;
pub use opening::{close_opening, opening, renew_opening};
pub use password::{ask_password, choose_password};
pub use provider::{come_from_provider, go_to_provider};
pub use sign_in::{ask, sign_in, sign_out};
pub use signed_in::SignedIn;
