//! A time of day in Copenhagen, to the minute. Whether the clocks show it twice or not at all on a day, nobody meets at that hour.

use crate::domain::input::{Faults, Field, Pointer};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A time of day, written `09:30`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", examples("09:30"))]
pub struct ClockTime(String);

impl ClockTime {
    /// One as it is written, or nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let read = NaiveTime::parse_from_str(text, "%H:%M").ok();
        read.filter(|read| read.format("%H:%M").to_string() == text).map(|_| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn time(&self) -> NaiveTime {
        NaiveTime::parse_from_str(&self.0, "%H:%M").unwrap_or_default()
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Field for ClockTime {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(value, at, Self::parse, "time", ("et klokkeslæt skrevet 09:30", "a time of day written 09:30"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;

    #[test]
    fn a_time_is_hours_and_minutes_of_two_digits_each() {
        for right in ["00:00", "09:30", "23:59"] {
            assert_eq!(read::<ClockTime>(&serde_json::json!(right)).unwrap().as_str(), right);
            assert_eq!(ClockTime::parse(right).unwrap().time().format("%H:%M").to_string(), right);
        }
        for wrong in ["", "9:30", "24:00", "09:60", "09.30", "09:30:00", " 9:30", "+9:30"] {
            assert_eq!(read::<ClockTime>(&serde_json::json!(wrong)).unwrap_err().0[0].1.code, "time", "{wrong}");
        }
    }
}
