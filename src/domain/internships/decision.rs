//! A decision of the municipality: of an internship (L20), and of each extension (L25).

use crate::domain::values::text::Prose;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// The municipality's decision (L20): reasons, and how to complain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Decision {
    pub reasons: Prose,
    pub complaint_guidance: Prose,
    pub on: NaiveDate,
    pub by: String,
    /// The version of the rulebook under which it was taken; not kept of the eldest.
    pub rulebook: Option<String>,
}
