//! Full-time posts.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::text::units::in_units,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn posts_are_read_to_the_hundredth_and_written_as_they_were_read() {
        for (number, hundredths) in [
            (json!(0), Some(0)),
            (json!(34), Some(3400)),
            (json!(12.25), Some(1225)),
            (json!(0.01), Some(1)),
            (json!(100_000), Some(10_000_000)),
            (json!(100_000.01), None),
            (json!(-0.01), None),
            (json!(1.005), None),
            (json!("34"), None),
            (json!(null), None),
        ] {
            let read = read::<FullTime>(&number).ok();
            assert_eq!(read.map(FullTime::hundredths), hundredths, "{number}");
            if let Some(posts) = read {
                assert_eq!(serde_json::to_value(posts).unwrap().as_f64(), number.as_f64());
                assert_eq!(FullTime::from_hundredths(posts.hundredths()), posts);
            }
        }
    }

    #[test]
    fn what_is_no_number_and_what_is_out_of_range_are_told_apart() {
        let code = |value| read::<FullTime>(&value).unwrap_err().0[0].1.code;
        assert_eq!((code(json!("34")), code(json!(-1))), ("type", "full-time"));
    }
}
