//! Whole numbers within bounds.

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

/// A whole number from `LOW` to `HIGH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Whole<const LOW: i64, const HIGH: i64>(i64);

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
    use crate::domain::values::text::FullTime;
    use serde_json::json;

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
    fn the_bounds_are_included_and_named_in_the_description() {
        let read = |number: i64| read::<Whole<1, 500>>(&json!(number)).ok().map(Whole::get);
        assert_eq!([0, 1, 500, 501].map(read), [None, Some(1), Some(500), None]);
        assert_eq!([0, 1, 500, 501].map(|number| Whole::<1, 500>::parse(number).is_some()), [false, true, true, false]);
        assert_eq!(Whole::<1, 500>::name(), "From1To500");
    }
}
