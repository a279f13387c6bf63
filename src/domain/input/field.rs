//! Values that can be read from JSON.

use crate::domain::input::fault::{Fault, Faults, Pointer};
use serde_json::{Map, Value};

/// A type that can be read from a body.
pub trait Field: Sized {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self>;

    fn missing(at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.add(at, Fault::new("required", "Skal udfyldes.", "Is required."))
    }
}

/// Reads a whole body.
///
/// # Errors
/// All faults of the body at once.
pub fn read<T: Field>(value: &Value) -> Result<T, Faults> {
    let mut faults = Faults::default();
    let read = T::read(value, &Pointer::root(), &mut faults);
    match read {
        Some(body) if faults.0.is_empty() => Ok(body),
        _ => Err(faults),
    }
}

impl Faults {
    /// One field of an object; whether it may be missing is decided by its type.
    pub fn field<T: Field>(&mut self, map: &Map<String, Value>, at: &Pointer, name: &str) -> Option<T> {
        let at = at.to(name);
        match map.get(name) {
            Some(value) => T::read(value, &at, self),
            None => T::missing(&at, self),
        }
    }
}

impl<T: Field> Field for Option<T> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value, at, faults).map(Some) }
    }
    fn missing(_: &Pointer, _: &mut Faults) -> Option<Self> {
        Some(None)
    }
}

/// The longest list in a body: nobody has more goals, tasks or steps.
pub const LONGEST_LIST: usize = 100;

impl<T: Field> Field for Vec<T> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let Some(list) = value.as_array() else {
            return faults.add(at, Fault::not("type", "en liste", "a list"));
        };
        if list.len() > LONGEST_LIST {
            return faults.add(at, Fault::new("too-many", format!("Højst {LONGEST_LIST}."), format!("At most {LONGEST_LIST}.")));
        }
        let read: Vec<Option<T>> = list.iter().enumerate().map(|(i, item)| T::read(item, &at.to(i), faults)).collect();
        read.into_iter().collect()
    }
}

impl Field for bool {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        value.as_bool().or_else(|| faults.add(at, Fault::not("type", "true eller false", "true or false")))
    }
}

/// A body is already a value: where its form is decided later.
impl Field for Value {
    fn read(value: &Value, _: &Pointer, _: &mut Faults) -> Option<Self> {
        Some(value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    crate::input! {
        pub struct Inner { pub yes: bool }
    }

    crate::input! {
        pub struct Outer { pub list: Vec<Inner>, pub maybe: Option<bool>, pub must: bool }
    }

    #[test]
    fn all_faults_come_at_once_each_with_its_pointer() {
        let fine = read::<Outer>(&json!({"list": [{"yes": true}], "must": false})).unwrap();
        assert!(fine.list[0].yes && !fine.must);
        let faults = read::<Outer>(&json!({"list": [{"yes": 1}, {"no/t": true}], "maybe": "x"})).unwrap_err();
        let seen: Vec<(&str, &str)> = faults.0.iter().map(|(at, fault)| (at.as_str(), fault.code)).collect();
        assert_eq!(
            seen,
            [
                ("/list/0/yes", "type"),
                ("/list/1/no~1t", "unknown-field"),
                ("/list/1/yes", "required"),
                ("/maybe", "type"),
                ("/must", "required")
            ]
        );
    }

    #[test]
    fn null_and_absence_are_the_same_where_a_field_may_be_left_out() {
        assert_eq!(read::<Outer>(&json!({"list": [], "maybe": null, "must": true})).unwrap().maybe, None);
        assert_eq!(read::<Outer>(&json!({"list": [], "must": true})).unwrap().maybe, None);
    }
}
