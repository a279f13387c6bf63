//! What an expectation that does not hold says.

use serde::Serialize;
use serde_json::Value;

/// An expectation that fell short.
#[derive(Clone, Debug, Serialize)]
pub struct Shortfall {
    /// As it stands in the file.
    pub expectation: Value,
    /// The same in words.
    pub said: String,
    /// What was found instead.
    pub found: String,
    /// The rule that this version does not have, where it rests on one.
    pub waits_for: Option<String>,
}
