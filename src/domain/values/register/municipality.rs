//! The municipalities by their codes.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::geo::{Coordinates, Point},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, sync::LazyLock};
use utoipa::ToSchema;

#[derive(Default, Deserialize)]
struct Municipalities {
    names: BTreeMap<String, String>,
    /// Degrees north and east.
    centres: BTreeMap<String, Coordinates>,
}

static MUNICIPALITIES: LazyLock<Municipalities> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../config/municipalities.toml")).unwrap_or_default());

/// One of the 98 municipalities, by its code: the tenant, on every row and in every query.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{3}$", examples("101"))]
pub struct Municipality(String);

impl Municipality {
    pub fn parse(text: &str) -> Option<Self> {
        MUNICIPALITIES.names.contains_key(text).then(|| Self(text.to_owned()))
    }
    /// One that stands in the database already.
    pub fn stored(code: String) -> Self {
        Self(code)
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn name(&self) -> &str {
        MUNICIPALITIES.names.get(&self.0).map_or("", String::as_str)
    }
    /// The authority as it calls itself: *Aarhus Kommune*.
    pub fn authority(&self) -> String {
        match self.name() {
            "København" => "Københavns Kommune".into(),
            "Bornholm" => "Bornholms Regionskommune".into(),
            name => format!("{name} Kommune"),
        }
    }
    /// The middle of it, where nothing more exact is known of a place.
    pub fn centre(&self) -> Option<Point> {
        MUNICIPALITIES.centres.get(&self.0).map(|centre| centre.point())
    }
    /// By its name, with or without the word *Kommune*, whatever the case.
    pub fn named(text: &str) -> Option<Self> {
        let plain = text.trim().to_lowercase();
        let plain = plain.strip_suffix(" kommune").unwrap_or(&plain);
        let of = |wanted: &str| MUNICIPALITIES.names.iter().find(|(_, name)| name.to_lowercase() == wanted);
        let found = of(plain).or_else(|| of(plain.strip_suffix('s')?));
        found.map(|(code, _)| Self(code.clone()))
    }
    /// How many there are.
    pub fn count() -> usize {
        MUNICIPALITIES.names.len()
    }
}

impl Field for Municipality {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "municipality",
            ("en kommunes kode på tre cifre, fx 101", "a municipality's code of three digits, for instance 101"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ninety_eight_municipalities() {
        assert_eq!(Municipality::count(), 98);
        assert_eq!(Municipality::parse("860").unwrap().name(), "Hjørring");
        assert!(Municipality::parse("411").is_none());
    }

    #[test]
    fn each_municipality_has_a_middle_in_denmark() {
        assert_eq!(MUNICIPALITIES.centres.len(), 98);
        for (code, name) in &MUNICIPALITIES.names {
            let Point { latitude, longitude } = Municipality::parse(code).unwrap().centre().unwrap();
            assert!((54_500_000..57_800_000).contains(&latitude), "{name}: {latitude}");
            assert!((8_000_000..15_200_000).contains(&longitude), "{name}: {longitude}");
        }
    }

    #[test]
    fn the_middles_lie_as_far_apart_as_on_the_map() {
        // Kilometres as the crow flies, read off a map of the municipalities.
        let cases = [
            ("101", "147", 1.0, 5.0),     // København, Frederiksberg inside it
            ("101", "751", 150.0, 165.0), // Aarhus
            ("101", "400", 150.0, 170.0), // Bornholm
            ("751", "851", 85.0, 105.0),  // Aarhus, Aalborg
            ("851", "860", 45.0, 60.0),   // Aalborg, Hjørring
            ("461", "621", 50.0, 65.0),   // Odense, Kolding
            ("561", "563", 10.0, 25.0),   // Esbjerg, Fanø
            ("607", "410", 12.0, 25.0),   // Fredericia, Middelfart over the bridge
            ("217", "101", 38.0, 48.0),   // Helsingør, København
            ("265", "350", 7.0, 16.0),    // Roskilde, Lejre
            ("360", "376", 28.0, 42.0),   // Lolland, Guldborgsund
            ("580", "540", 25.0, 38.0),   // Aabenraa, Sønderborg
            ("787", "773", 18.0, 30.0),   // Thisted, Morsø
            ("825", "813", 33.0, 47.0),   // Læsø, Frederikshavn
            ("741", "751", 38.0, 52.0),   // Samsø, Aarhus
            ("492", "482", 15.0, 28.0),   // Ærø, Langeland
            ("657", "756", 15.0, 27.0),   // Herning, Ikast-Brande
            ("155", "185", 2.0, 7.0),     // Dragør, Tårnby
        ];
        for (one, other, least, most) in cases {
            let middle = |code| Municipality::parse(code).unwrap().centre().unwrap();
            let km = middle(one).km_to(middle(other));
            assert!((least..most).contains(&km), "{one} to {other}: {km}");
        }
    }
}
