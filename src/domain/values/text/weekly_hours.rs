//! Hours a week.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::text::units::in_units,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

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
    fn hours_are_shown_in_decimals_and_written_as_they_were_read() {
        for (hours, minutes, shown) in
            [(json!(0.25), 15, "0.25"), (json!(9.5), 570, "9.5"), (json!(20), 1200, "20"), (json!(168), 10_080, "168")]
        {
            let read = read::<WeeklyHours>(&hours).unwrap();
            assert_eq!((read.minutes(), read.to_string().as_str()), (minutes, shown));
            let written = serde_json::to_value(read).unwrap();
            assert_eq!(written.as_f64(), hours.as_f64());
            assert_eq!(serde_json::from_value::<WeeklyHours>(written).unwrap(), read);
        }
        let sum = WeeklyHours::from_minutes(570).plus(WeeklyHours::from_minutes(45));
        assert_eq!(sum.to_string(), "10.25");
        for wrong in [json!(0.1), json!("20")] {
            assert!(read::<WeeklyHours>(&wrong).is_err(), "{wrong}");
        }
    }
}
