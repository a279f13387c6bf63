//! What a rule compared, so that a reader can check it by hand.

use crate::domain::values::localized::Localized;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One figure that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    pub what: Localized,
    pub value: String,
}

pub fn compared(what: Localized, value: impl ToString) -> Compared {
    Compared { what, value: value.to_string() }
}
