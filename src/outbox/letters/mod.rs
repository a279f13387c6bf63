//! Letters: typed facts in, subject and text out. One letter a file.
//!
//! Promise: a letter says what happened, why it matters, what to do now, with a link to do it; Danish first, English below. Around it
//! stands which municipality writes and whom to call. It names the workplace and the citizen's first name where the settings let it,
//! never a need, a benefit or a CPR number; codes stand last.
//! The address of a one-time link is put in when the letter is sent, so that no token stands in the database.

mod accommodation_left_out;
mod account;
mod alignment;
mod answer;
mod appointments;
mod approval;
mod case_names;
mod closing;
mod consultant_changed;
mod decision;
mod follow_ups_ahead;
mod frame;
mod html;
mod letter;
mod lines;
mod mentor;
mod new_link;
mod news;
mod openings;
mod plain;
mod put_right;
mod questions;
mod set;
mod statement;

pub use accommodation_left_out::{accommodation_left_out, agreement_taken_back};
pub use account::{account_changed, choose_password};
pub use alignment::{Alignment, alignment};
pub use answer::answer;
pub use appointments::{AppointmentChange, AppointmentNews, appointments};
pub use approval::{approval_answered, approval_asked};
pub use case_names::CaseNames;
pub use closing::{course_closed, internship_closed};
pub use consultant_changed::consultant_changed;
pub use decision::{DecisionLetter, decision};
pub use follow_ups_ahead::FollowUpAhead;
pub use frame::{Frame, Responsible};
pub use letter::{Block, HOME, LINK, Letter};
pub use lines::{FlagNotice, at_once, digest};
pub use mentor::{MentorLetter, MentorNews, mentor_cancelled, mentor_told};
pub use new_link::new_link;
pub use news::{PartyNews, RecordedWord, news, receipt};
pub use openings::{OpeningLine, openings_to_renew};
pub use put_right::put_right;
pub use questions::{Questions, questions, written};
pub use set::Set;
pub use statement::{StatedBy, stated, statement_asked};
