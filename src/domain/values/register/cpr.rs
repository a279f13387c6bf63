//! CPR numbers (persons): they cannot be printed.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::register::digits::{digits, weighted},
};
use chrono::NaiveDate;
use serde_json::Value;
use utoipa::ToSchema;

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
        let number = Self(text);
        number.born_on().filter(|_| dashed).map(|_| number)
    }

    /// The date of birth.
    pub fn born_on(&self) -> Option<NaiveDate> {
        let digits = digits(&self.0, 10)?;
        let two = |from: usize| digits.get(from..from + 2).map(|pair| weighted(pair, &[10, 1]));
        let (day, month, year) = (two(0)?, two(2)?, i32::try_from(two(4)?).ok()?);
        let century = match (digits.get(6)?, year) {
            (0..=3, _) | (4 | 9, 37..) => 1900,
            (4 | 9, _) | (5..=8, 0..=57) => 2000,
            _ => 1800,
        };
        let day = if day > 60 { day - 60 } else { day };
        NaiveDate::from_ymd_opt(century + year, month, day)
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
        faults.parsed(
            value,
            at,
            Self::parse,
            "cpr",
            ("et CPR-nummer: 10 cifre, som begynder med en dato", "a CPR number: 10 digits that begin with a date"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_seventh_digit_tells_the_century_of_birth() {
        for (number, born_on) in [
            ("2902960000", "1996-02-29"),
            ("0101003999", "1900-01-01"),
            ("0101364000", "2036-01-01"),
            ("0101374000", "1937-01-01"),
            ("3112369999", "2036-12-31"),
            ("3112379999", "1937-12-31"),
            ("0101575000", "2057-01-01"),
            ("0101585000", "1858-01-01"),
            ("0101578999", "2057-01-01"),
            ("0101998999", "1899-01-01"),
            // A replacement number: sixty is added to the day.
            ("6103790002", "1979-03-01"),
            ("9112790002", "1979-12-31"),
        ] {
            assert_eq!(Cpr::parse(number).and_then(|cpr| cpr.born_on()), Some(born_on.parse().unwrap()), "{number}");
        }
    }

    #[test]
    fn a_number_is_read_with_or_without_its_hyphen_and_keeps_its_ten_digits() {
        use crate::domain::input::read;
        for text in ["610379-0002", " 6103790002 "] {
            assert_eq!(read::<Cpr>(&serde_json::json!(text)).unwrap().reveal(), "6103790002");
        }
        assert_eq!(read::<Cpr>(&serde_json::json!("310479-0002")).unwrap_err().0[0].1.code, "cpr");
    }
}
