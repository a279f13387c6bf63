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
