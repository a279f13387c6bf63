//! Which book a decision was taken under.

use crate::domain::input::{Fault, Faults, Field, Pointer};
use serde_json::Value;
use utoipa::ToSchema;

/// What a decision names a book by.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9a-f]{12}$", examples("0a1b2c3d4e5f"))]
pub struct BookVersion(String);

impl BookVersion {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for BookVersion {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let text = value.as_str().filter(|text| text.len() == 12 && text.chars().all(digit));
        text.map(|text| Self(text.to_owned())).or_else(|| {
            faults.add(
                at,
                Fault::not("version", "12 cifre 0–9 og a–f, som en afgørelse har", "12 digits 0–9 and a–f, as a decision has"),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{input::read, testing::book};
    use serde_json::json;

    #[test]
    fn a_version_is_twelve_hexadecimal_digits_in_lower_case_as_a_book_has_it() {
        let version = &book().version;
        assert_eq!(read::<BookVersion>(&json!(version)).unwrap().as_str(), version);
        for wrong in [
            json!("0a1b2c3d4e5"),
            json!("0a1b2c3d4e5f6"),
            json!("0A1B2C3D4E5F"),
            json!("0a1b2c3d4e5g"),
            json!(123_456_789_012_i64),
        ] {
            let faults = read::<BookVersion>(&wrong).unwrap_err();
            assert_eq!(faults.0[0].1.code, "version", "{wrong}");
        }
    }
}
