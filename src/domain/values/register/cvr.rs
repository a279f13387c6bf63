//! CVR numbers (companies) and P-numbers (production units).

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::register::digits::{digits, weighted},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A company's number: 8 digits whose weighted sum 11 divides; `DK` may stand before it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^(DK)?[0-9]{8}$", examples("13748136"))]
pub struct Cvr(String);

impl Cvr {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("DK").unwrap_or(text);
        let digits = digits(text, 8)?;
        weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11).then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for Cvr {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "cvr",
            ("et CVR-nummer: 8 cifre, hvis kontrolciffer passer", "a CVR number: 8 digits whose check digit fits"),
        )
    }
}

/// A production unit's number: 10 digits. No check digit: a whole series was issued with a wrong one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{10}$", examples("1099000001"))]
pub struct PNumber(String);

impl PNumber {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        digits(text, 10).map(|_| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for PNumber {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(value, at, Self::parse, "p-number", ("et P-nummer: 10 cifre", "a P-number: 10 digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cvr_number_passes_by_its_check_digit() {
        for right in ["13748136", "24256790", "12208030", "35682872", "33628234", "DK13748136", " 13748136 "] {
            assert!(Cvr::parse(right).is_some(), "{right}");
        }
        for wrong in ["12345678", "10000000", "35254119", "1374813", "137481366", "DKDK13748136", "1374813x", "１３７４８１３６"]
        {
            assert!(Cvr::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_p_number_has_no_check_digit_and_keeps_its_zeros() {
        assert_eq!(PNumber::parse("0012345678").unwrap().as_str(), "0012345678");
        assert!(PNumber::parse("123456789").is_none());
    }

    #[test]
    fn numbers_are_read_and_kept_without_what_stands_before_them() {
        use crate::domain::input::read;
        use serde_json::json;
        assert_eq!(read::<Cvr>(&json!("DK13748136")).unwrap().as_str(), "13748136");
        assert_eq!(read::<Cvr>(&json!("12345678")).unwrap_err().0[0].1.code, "cvr");
        assert_eq!(read::<PNumber>(&json!(" 1099000001 ")).unwrap().as_str(), "1099000001");
        assert_eq!(read::<PNumber>(&json!("109900000")).unwrap_err().0[0].1.code, "p-number");
    }
}
