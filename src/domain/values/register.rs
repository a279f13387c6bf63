//! Numbers that Danish registers hand out: CVR (company), P-number (production unit), CPR (person),
//! municipality code. Each is checked the way its register means it, and no stricter.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::{
        geo::{Coordinates, Point},
        text::Line,
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, sync::LazyLock};
use utoipa::ToSchema;

fn digits(text: &str, count: usize) -> Option<Vec<u32>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    digits.filter(|digits| digits.len() == count)
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "cvr",
                    "et CVR-nummer: 8 cifre, hvis kontrolciffer passer",
                    "a CVR number: 8 digits whose check digit fits",
                ),
            )
        })
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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| faults.add(at, Fault::not("p-number", "et P-nummer: 10 cifre", "a P-number: 10 digits")))
    }
}

/// A person's number. It cannot be printed: `Debug` masks it, there is no `Display`, and it is never serialized.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{6}-?[0-9]{4}$", examples("610379-0002"))]
pub struct Cpr(String);

impl std::fmt::Debug for Cpr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cpr(**********)")
    }
}

impl Cpr {
    /// Ten digits with a real date; the modulus check is not asked, since valid numbers without it are issued.
    /// A day from 61 to 91 (day + 60) is a replacement or test number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (text, dashed) = match text.split_once('-') {
            Some((date, serial)) => (format!("{date}{serial}"), date.len() == 6),
            None => (text.to_owned(), true),
        };
        let digits = digits(&text, 10).filter(|_| dashed)?;
        let two = |from: usize| digits.get(from..from + 2).map(|pair| weighted(pair, &[10, 1]));
        let (day, month, year) = (two(0)?, two(2)?, i32::try_from(two(4)?).ok()?);
        let century = match (digits.get(6)?, year) {
            (0..=3, _) | (4 | 9, 37..) => 1900,
            (4 | 9, _) | (5..=8, 0..=57) => 2000,
            _ => 1800,
        };
        let day = if day > 60 { day - 60 } else { day };
        NaiveDate::from_ymd_opt(century + year, month, day).map(|_| Self(text))
    }

    /// The ten digits, for sealing and for the keyed hash; for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What may be shown: the date of birth, never the serial number.
    pub fn masked(&self) -> String {
        format!("{}-****", self.0.get(..6).unwrap_or_default())
    }

    /// Whether it is a replacement or test number, which belongs to no person in the register.
    pub fn is_replacement(&self) -> bool {
        self.0.starts_with(['6', '7', '8', '9'])
    }
}

impl Field for Cpr {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "cpr",
                    "et CPR-nummer: 10 cifre, som begynder med en dato",
                    "a CPR number: 10 digits that begin with a date",
                ),
            )
        })
    }
}

#[derive(Default, Deserialize)]
struct Municipalities {
    names: BTreeMap<String, String>,
    /// Degrees north and east.
    centres: BTreeMap<String, Coordinates>,
}

static MUNICIPALITIES: LazyLock<Municipalities> =
    LazyLock::new(|| toml::from_str(include_str!("../../../config/municipalities.toml")).unwrap_or_default());

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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| {
            let expected = ("en kommunes kode på tre cifre, fx 101", "a municipality's code of three digits, for instance 101");
            faults.add(at, Fault::not("municipality", expected.0, expected.1))
        })
    }
}

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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| faults.add(at, Fault::not("industry", "6 cifre", "6 digits")))
    }
}

/// The trade by which workplaces are found: the first two digits of an industry code.
pub fn trade_of(industry: &str) -> String {
    industry.chars().take(2).collect()
}

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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| faults.add(at, Fault::not("postcode", "et postnummer: 4 cifre", "a postcode: 4 digits")))
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
    fn a_cpr_number_needs_a_real_date_in_its_own_century() {
        for right in ["610379-0002", "650682-0006", "2902004000", "290200-4000", "0101579999"] {
            assert!(Cpr::parse(right).is_some(), "{right}");
        }
        // 1900 was no leap year; 2000 was.
        for wrong in ["290200-0000", "310479-0002", "920379-0002", "600379-0002", "6103-790002", "610379--002", "000000-0000"] {
            assert!(Cpr::parse(wrong).is_none(), "{wrong}");
        }
        assert!(Cpr::parse("610379-0002").unwrap().is_replacement());
        assert!(!Cpr::parse("290200-4000").unwrap().is_replacement());
    }

    #[test]
    fn a_cpr_number_cannot_be_printed() {
        let cpr = Cpr::parse("610379-0002").unwrap();
        assert!(!format!("{cpr:?}").contains("0002"));
        assert_eq!(cpr.masked(), "610379-****");
    }

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
