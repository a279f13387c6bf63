//! The header that a change asks for.

use crate::{
    domain::values::localized::localized,
    web::problem::{Problem, ProblemKind},
};
use utoipa::IntoParams;

/// The header that a change asks for.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header; the request reads it itself")]
pub struct IfMatch {
    /// The `ETag` of the state that was seen.
    #[param(rename = "If-Match", example = "\"1-0a1b2c3d\"")]
    if_match: String,
}

/// A change came without it.
pub fn missing() -> Problem {
    Problem::with(
        ProblemKind::PreconditionRequired,
        localized("Send If-Match med den ETag, du så.", "Send If-Match with the ETag that you saw."),
    )
}
