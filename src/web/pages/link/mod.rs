//! What the one-time link of a letter opens: the agreement, the question whether somebody is hired, or the questions before a follow-up
//! and of a job. The link's holder has no account;
//! the token is the authorisation.
//!
//! Promise: a page that is opened only shows. A second press on a button is answered like the first. A link that is forged, cut, expired
//! or replaced tells nothing about anybody.

mod agreement;
mod answer;
mod digits;
mod facts;
mod gone;
mod handlers;
mod mentor;
mod outcome;
mod questions;
mod statement;

pub use handlers::{answer, confirm, course, object_to, renew, show, state, take_back, unlock, write};
