//! A target group: whom the law puts together.

use crate::domain::input::{Faults, Field, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A short code for a target group (today a LAB § 6 number). Only its form is known here: which groups there are is a dated
/// row of the rulebook, asked when a citizen is registered or put into another group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^[a-z0-9-]{1,20}$", examples("3"))]
pub struct TargetGroup(String);

impl TargetGroup {
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let text = text.trim();
        ((1..=20).contains(&text.len()) && text.chars().all(fits)).then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for TargetGroup {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "target-group",
            ("en målgruppes kode: 1 til 20 af a–z, 0–9 og bindestreg", "a target group's code: 1 to 20 of a–z, 0–9 and hyphen"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::TargetGroup;

    #[test]
    fn a_target_group_is_any_short_code() {
        for text in ["1", "13", "job-ready", "a", "0123456789abcdefghij"] {
            assert_eq!(TargetGroup::parse(text).map(|group| group.as_str().to_owned()).as_deref(), Some(text));
        }
        for text in ["", "A", "å", "a b", "0123456789abcdefghijk", "1;2"] {
            assert_eq!(TargetGroup::parse(text), None, "{text}");
        }
    }
}
