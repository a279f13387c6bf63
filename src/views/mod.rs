//! What is shown of a thing: computed when it is asked for, never stored.

mod companies;
mod continuity;
mod flags;
mod follow_ups;
mod internships;
mod openings;
mod people;
mod records;

pub use companies::*;
pub use continuity::*;
pub use flags::*;
pub use follow_ups::*;
pub use internships::*;
pub use openings::*;
pub use people::*;
pub use records::*;

use crate::{actions::ActionError, store::StoreError};

fn corrupt(what: &str) -> ActionError {
    ActionError::Store(StoreError::Corrupt(what.into()))
}
