//! Filters of the lists of companies and workplaces: the beginning of an industry code, and near what.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::{
        geo::{Coordinates, Degrees, PlacedBy},
        register::{Location, Municipality, Postcode},
    },
};
use serde_json::Value;
use utoipa::ToSchema;

/// The beginning of an industry's code: two to six digits, since the first two are its trade.
#[derive(Clone, Debug, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{2,6}$", examples("47"))]
pub struct IndustryStart(String);

/// How long a whole code is.
const CODE: usize = 6;

impl IndustryStart {
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (2..=CODE).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }
    /// The first and the last code that begin so.
    pub fn codes(&self) -> (String, String) {
        (format!("{:0<CODE$}", self.0), format!("{:9<CODE$}", self.0))
    }
    /// The trade by which workplaces are found.
    pub fn trade(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl Field for IndustryStart {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "industry",
            ("begyndelsen af en branchekode: 2 til 6 cifre", "the beginning of an industry code: 2 to 6 digits"),
        )
    }
}

/// Near what: a postcode, a municipality, or a point on the map.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, min_length = 3, max_length = 40, pattern = "^([0-9]{3,4}|-?[0-9.]+,-?[0-9.]+)$", examples("8000"))]
pub struct Near(Location);

/// Degrees with a hundred times the digits that make a difference are none.
const LONGEST_DEGREES: usize = 20;

impl Near {
    /// `8000`, `751` or `56.15,10.2`.
    pub fn parse(text: &str) -> Option<Self> {
        let nowhere = Location { municipality: None, postcode: None, city: None, coordinates: None };
        let fits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
        let degrees = |text: &str| text.parse::<f64>().ok().filter(|_| text.chars().all(fits) && text.len() < LONGEST_DEGREES);
        if let Some((latitude, longitude)) = text.split_once(',') {
            let latitude = Degrees::parse(degrees(latitude)?)?;
            let coordinates = Coordinates { latitude, longitude: Degrees::parse(degrees(longitude)?)? };
            return Some(Self(Location { coordinates: Some(coordinates), ..nowhere }));
        }
        if let Some(postcode) = Postcode::parse(text) {
            return Some(Self(Location { postcode: Some(postcode), ..nowhere }));
        }
        Municipality::parse(text).map(|municipality| Self(Location { municipality: Some(municipality), ..nowhere }))
    }
    pub fn location(&self) -> &Location {
        &self.0
    }
    /// How exactly the asker said it.
    pub fn said_by(&self) -> PlacedBy {
        match &self.0 {
            Location { coordinates: Some(_), .. } => PlacedBy::Coordinates,
            Location { postcode: Some(_), .. } => PlacedBy::Postcode,
            _ => PlacedBy::Municipality,
        }
    }
}

impl Field for Near {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "near",
            (
                "et postnummer (8000), en kommunes kode (751) eller bredde- og længdegrad (56.15,10.2)",
                "a postcode (8000), a municipality's code (751), or latitude and longitude (56.15,10.2)",
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_industry_is_narrowed_by_how_its_code_begins() {
        let codes = |text: &str| IndustryStart::parse(text).map(|start| start.codes());
        assert_eq!(codes("47"), Some(("470000".into(), "479999".into())));
        assert_eq!(codes("471120"), Some(("471120".into(), "471120".into())));
        assert_eq!(IndustryStart::parse("0111").unwrap().trade(), "01");
        for wrong in ["", "4", "4711200", "47a", "４７"] {
            assert_eq!(codes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn near_what_is_said_in_one_of_three_ways() {
        for (text, by) in [
            ("8000", Some(PlacedBy::Postcode)),
            ("0800", Some(PlacedBy::Postcode)),
            ("751", Some(PlacedBy::Municipality)),
            ("56.15,10.2", Some(PlacedBy::Coordinates)),
            ("56,-10", Some(PlacedBy::Coordinates)),
            ("56, -10", None),
            ("5e1,1e1", None),
            ("0,0000000000000000000000000000000000000000", None),
            ("999", None),
            ("91,10", None),
            ("56,15,10,2", None),
            ("56.15", None),
            ("NaN,inf", None),
            ("Aarhus", None),
            ("", None),
        ] {
            assert_eq!(Near::parse(text).map(|near| near.said_by()), by, "{text}");
        }
    }

    #[test]
    fn what_was_said_is_where_one_looks() {
        let location = |text: &str| serde_json::to_value(Near::parse(text).unwrap().location()).unwrap();
        for (text, municipality, postcode, latitude) in
            [("751", Some("751"), None, None), ("8000", None, Some("8000"), None), ("56.15,10.2", None, None, Some(56.15))]
        {
            let found = location(text);
            assert_eq!((found["municipality"].as_str(), found["postcode"].as_str()), (municipality, postcode), "{text}");
            assert_eq!(found["coordinates"]["latitude"].as_f64(), latitude, "{text}");
        }
        assert_eq!(location("56.15,10.2")["coordinates"]["longitude"].as_f64(), Some(10.2));
        // Degrees of nineteen characters, and of twenty.
        assert!(Near::parse("56.1500000000000000,10").is_some() && Near::parse("56.15000000000000000,10").is_none());
    }

    #[test]
    fn filters_are_read_from_their_texts() {
        use crate::domain::input::read;
        assert_eq!(read::<IndustryStart>(&serde_json::json!("47")).unwrap().trade(), "47");
        assert!(read::<IndustryStart>(&serde_json::json!("4")).is_err());
        assert_eq!(read::<Near>(&serde_json::json!("751")).unwrap().said_by(), PlacedBy::Municipality);
        assert!(read::<Near>(&serde_json::json!("Aarhus")).is_err());
    }
}
