//! Postcodes, and where something lies.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::{
        geo::Coordinates,
        register::{digits::digits, municipality::Municipality},
        text::Line,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A Danish postcode: four digits. It is no box of coordinates; a municipality loads where each lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{4}$", examples("8000"))]
pub struct Postcode(String);

impl Postcode {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        digits(text, 4).map(|_| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for Postcode {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(value, at, Self::parse, "postcode", ("et postnummer: 4 cifre", "a postcode: 4 digits"))
    }
}

crate::input! {
    /// Where something lies: as exactly as it is known.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Location {
        /// The municipality that it lies in.
        pub municipality: Option<Municipality>,
        pub postcode: Option<Postcode>,
        pub city: Option<Line>,
        pub coordinates: Option<Coordinates>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn a_postcode_is_four_digits() {
        for (text, postcode) in [(" 8000 ", Some("8000")), ("0999", Some("0999")), ("800", None), ("80000", None), ("DK-8", None)]
        {
            assert_eq!(Postcode::parse(text).as_ref().map(Postcode::as_str), postcode, "{text}");
            assert_eq!(read::<Postcode>(&json!(text)).ok().as_ref().map(Postcode::as_str), postcode, "{text}");
        }
    }
}
