//! Small values: texts with a longest length, hours a week, full-time posts, addresses of e-mail.

use crate::domain::input::{Fault, Faults, Field, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A text of 1 to `N` characters, trimmed, without control characters but line breaks and tabs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text<const N: usize>(String);

/// A name, a title, a task: one line.
pub type Line = Text<200>;
/// Reasons, words, a purpose: some paragraphs.
pub type Prose = Text<4000>;

impl<const N: usize> Text<N> {
    /// # Errors
    /// Empty, longer than `N` characters, or with control characters.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::new("required", "Skal udfyldes.", "Is required."));
        }
        if text.chars().count() > N {
            return Err(Fault::new("too-long", format!("Højst {N} tegn."), format!("At most {N} characters.")));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Fault::new("control-character", "Må ikke have styretegn.", "Must not hold control characters."));
        }
        Ok(Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const N: usize> std::fmt::Display for Text<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const N: usize> Field for Text<N> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        Self::parse(text).map_err(|fault| faults.add::<()>(at, fault)).ok()
    }
}

impl<const N: usize> PartialSchema for Text<N> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(N)).pattern(Some("\\S")).into()
    }
}
impl<const N: usize> ToSchema for Text<N> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Text{N}").into()
    }
}

/// An address of e-mail: as much of RFC 5321 as mail servers take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, format = "email", max_length = 200, examples("navn@kommune.example"))]
pub struct Email(String);

impl Email {
    /// The address in lower case (nobody gives two people addresses that differ in case only), or nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(label_fits);
        (text.len() <= 200 && local_fits && domain_fits).then(|| Self(text.to_ascii_lowercase()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for Email {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| faults.add(at, Fault::not("email", "en e-mailadresse", "an address of e-mail")))
    }
}

/// Hours a week, in steps of a quarter, more than 0 and at most 168. Kept as minutes, so that sums are exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeeklyHours(i64);

impl WeeklyHours {
    pub fn from_minutes(minutes: i64) -> Self {
        Self(minutes)
    }
    pub fn minutes(self) -> i64 {
        self.0
    }
    pub fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::fmt::Display for WeeklyHours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 % 60 {
            0 => write!(f, "{}", self.0 / 60),
            rest => write!(f, "{}.{}", self.0 / 60, format!("{:02}", rest * 100 / 60).trim_end_matches('0')),
        }
    }
}

impl Serialize for WeeklyHours {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(quarters(self.0))
    }
}
impl<'de> Deserialize<'de> for WeeklyHours {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let hours = f64::deserialize(from)?;
        in_units(hours, 60).map(Self).ok_or_else(|| serde::de::Error::custom("hours"))
    }
}

fn quarters(minutes: i64) -> f64 {
    i32::try_from(minutes).map_or(0.0, |minutes| f64::from(minutes) / 60.0)
}

/// `number × units` as a whole number, where it is one and small enough to count exactly.
fn in_units(number: f64, units: i32) -> Option<i64> {
    let scaled = number * f64::from(units);
    let rounded = scaled.round();
    // A number that is almost none is no zero.
    let vanishes = rounded.abs() < 1.0 && number.abs() > 0.0;
    let close = (scaled - rounded).abs() < 1e-6 && rounded.abs() < 1e12 && !vanishes;
    close.then(|| format!("{rounded:.0}").parse().ok()).flatten()
}

impl Field for WeeklyHours {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let Some(number) = value.as_f64() else {
            return faults.add(at, Fault::not("type", "et tal", "a number"));
        };
        in_units(number, 60).filter(|minutes| minutes % 15 == 0 && (15..=168 * 60).contains(minutes)).map(Self).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "hours",
                    "timer om ugen i kvarte timer, mindst 0,25 og højst 168",
                    "hours a week in quarters, at least 0.25 and at most 168",
                ),
            )
        })
    }
}

impl PartialSchema for WeeklyHours {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(0.25))
            .maximum(Some(168.0))
            .multiple_of(Some(0.25))
            .description(Some("Hours a week, in quarters."))
            .examples([20])
            .into()
    }
}
impl ToSchema for WeeklyHours {}

/// Full-time posts (37 hours), with two decimals, kept as hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FullTime(i64);

impl FullTime {
    pub fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }
    pub fn hundredths(self) -> i64 {
        self.0
    }
}

impl Serialize for FullTime {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(i32::try_from(self.0).map_or(0.0, |hundredths| f64::from(hundredths) / 100.0))
    }
}

impl Field for FullTime {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let Some(number) = value.as_f64() else {
            return faults.add(at, Fault::not("type", "et tal", "a number"));
        };
        in_units(number, 100).filter(|hundredths| (0..=10_000_000).contains(hundredths)).map(Self).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "full-time",
                    "fuldtidsstillinger fra 0 til 100.000 med højst to decimaler",
                    "full-time posts from 0 to 100,000 with at most two decimals",
                ),
            )
        })
    }
}

impl PartialSchema for FullTime {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(0.0))
            .maximum(Some(100_000.0))
            .multiple_of(Some(0.01))
            .description(Some("Full-time posts of 37 hours a week, with at most two decimals."))
            .examples([34])
            .into()
    }
}
impl ToSchema for FullTime {}

/// A whole number from `LOW` to `HIGH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Whole<const LOW: i64, const HIGH: i64>(i64);

/// A text as questions and skills are compared: trimmed, and without case.
pub fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

impl<const LOW: i64, const HIGH: i64> Whole<LOW, HIGH> {
    pub fn get(self) -> i64 {
        self.0
    }
    pub fn parse(number: i64) -> Option<Self> {
        (LOW..=HIGH).contains(&number).then_some(Self(number))
    }
}

impl<const LOW: i64, const HIGH: i64> Field for Whole<LOW, HIGH> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        // 3.0 is the same number as 3 in JSON.
        let number = value.as_i64().or_else(|| value.as_f64().filter(|n| n.fract() == 0.0).and_then(|n| in_units(n, 1)));
        number.and_then(Self::parse).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "whole-number",
                    &format!("et helt tal fra {LOW} til {HIGH}"),
                    &format!("a whole number from {LOW} to {HIGH}"),
                ),
            )
        })
    }
}

impl<const LOW: i64, const HIGH: i64> PartialSchema for Whole<LOW, HIGH> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(LOW)).maximum(Some(HIGH)).into()
    }
}
impl<const LOW: i64, const HIGH: i64> ToSchema for Whole<LOW, HIGH> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("From{LOW}To{HIGH}").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn hours_are_exact_quarters() {
        assert_eq!(read::<WeeklyHours>(&json!(18.25)).unwrap().to_string(), "18.25");
        assert_eq!(read::<WeeklyHours>(&json!(37)).unwrap().to_string(), "37");
        for wrong in [json!(0), json!(-4), json!(18.3), json!(168.25), json!("20"), json!(1e300)] {
            assert!(read::<WeeklyHours>(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_email_must_be_one_that_a_server_takes() {
        for right in ["a@b.dk", "per.hansen+x@kommune.example"] {
            assert!(Email::parse(right).is_some(), "{right}");
        }
        for wrong in ["a", "a@b", "a b@c.dk", "a@b..dk", ".a@b.dk", "a@-b.dk", "a\r\nBcc: x@y.dk@b.dk", "æ@b.dk"] {
            assert!(Email::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_whole_number_is_one_and_almost_nothing_is_no_zero() {
        assert_eq!(read::<Whole<0, 9>>(&json!(3.0)).unwrap().get(), 3);
        assert_eq!(read::<Whole<0, 9>>(&json!(0)).unwrap().get(), 0);
        for wrong in [json!(2.5), json!(2.589e-42), json!(10), json!("3")] {
            assert!(read::<Whole<0, 9>>(&wrong).is_err(), "{wrong}");
        }
        assert!(read::<FullTime>(&json!(1e-9)).is_err());
    }

    #[test]
    fn a_text_is_trimmed_and_bounded() {
        assert_eq!(Text::<3>::parse(" æøå ").unwrap().as_str(), "æøå");
        assert_eq!(Text::<3>::parse("abcd").unwrap_err().code, "too-long");
        assert_eq!(Text::<3>::parse("  ").unwrap_err().code, "required");
        assert_eq!(Text::<3>::parse("a\u{0}").unwrap_err().code, "control-character");
    }
}
