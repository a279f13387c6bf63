//! Industry codes and the classifications that they are of.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::register::digits::digits,
};
use serde_json::Value;
use utoipa::ToSchema;

crate::code_enum! {
    /// The classification an industry code is from.
    pub enum IndustryScheme {
        Db07 = "DB07" ("DB07", "DB07"),
        Db25 = "DB25" ("DB25", "DB25"),
    }
}

/// An industry code: 6 digits as text.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{6}$", examples("471120"))]
pub struct Industry(String);

impl Industry {
    pub fn parse(text: &str) -> Option<Self> {
        digits(text, 6).map(|_| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for Industry {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(value, at, Self::parse, "industry", ("6 cifre", "6 digits"))
    }
}

/// The trade by which workplaces are found: the first two digits of an industry code.
pub fn trade_of(industry: &str) -> String {
    industry.chars().take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn an_industry_is_six_digits_and_its_trade_the_first_two() {
        for (text, fits) in [("471120", true), ("011100", true), ("47112", false), ("4711200", false), ("47112a", false)] {
            assert_eq!(Industry::parse(text).is_some(), fits, "{text}");
            assert_eq!(read::<Industry>(&json!(text)).is_ok(), fits, "{text}");
        }
        assert_eq!(Industry::parse("011100").unwrap().as_str(), "011100");
        assert_eq!((trade_of("011100"), trade_of("4")), ("01".to_owned(), "4".to_owned()));
    }
}
