//! Parsing what comes from outside, once, into types that cannot hold a wrong value.
//!
//! Promise: every wrong field of a body is reported in the same answer, each with a JSON pointer, a
//! code that never changes, and a text that says what is expected. An unknown field is a fault too:
//! silently dropping what somebody wrote would lose it.
//!
//! [`input!`](crate::form) declares a body: the struct, its description for OpenAPI and its reading come
//! from the same lines, so they cannot drift apart.

use crate::domain::values::localized::{Localized, localized};
use serde_json::{Map, Value};
use std::fmt;

/// Where in a body a fault is, as RFC 6901 writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer(String);

impl Pointer {
    pub fn root() -> Self {
        Self::default()
    }
    pub fn to(&self, step: impl fmt::Display) -> Self {
        let step = step.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{step}", self.0))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub message: Localized,
}

impl Fault {
    pub fn new(code: &'static str, da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, message: localized(da, en) }
    }
    /// "Must be …": code `not-…` of a wrong form.
    pub fn not(code: &'static str, da: &str, en: &str) -> Self {
        Self::new(code, format!("Skal være {da}."), format!("Must be {en}."))
    }
}

/// All that is wrong with one body.
#[derive(Clone, Debug, Default)]
pub struct Faults(pub Vec<(Pointer, Fault)>);

impl Faults {
    /// Notes a fault and gives nothing, so that it can end an expression.
    pub fn add<T>(&mut self, at: &Pointer, fault: Fault) -> Option<T> {
        self.0.push((at.clone(), fault));
        None
    }

    pub fn text<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v str> {
        match value.as_str() {
            Some(text) => Some(text),
            None => self.add(at, Fault::not("type", "en tekst", "a string")),
        }
    }

    /// An object with no other fields than the known ones.
    pub fn object<'v>(&mut self, value: &'v Value, at: &Pointer, known: &[&str]) -> Option<&'v Map<String, Value>> {
        let Some(map) = value.as_object() else {
            return self.add(at, Fault::not("type", "et objekt", "an object"));
        };
        for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
            self.add::<()>(&at.to(name), Fault::new("unknown-field", "Feltet findes ikke her.", "There is no such field here."));
        }
        Some(map)
    }

    /// One field of an object; whether it may be missing is decided by its type.
    pub fn field<T: Field>(&mut self, map: &Map<String, Value>, at: &Pointer, name: &str) -> Option<T> {
        let at = at.to(name);
        match map.get(name) {
            Some(value) => T::read(value, &at, self),
            None => T::missing(&at, self),
        }
    }
}

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

/// Declares a body: struct, description and reading from the same lines.
#[macro_export]
macro_rules! input {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, utoipa::ToSchema)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }

        impl $crate::domain::input::Field for $name {
            fn read(value: &serde_json::Value, at: &$crate::domain::input::Pointer, faults: &mut $crate::domain::input::Faults) -> Option<Self> {
                let map = faults.object(value, at, &[$(stringify!($field)),*])?;
                $(let $field = faults.field::<$type>(map, at, stringify!($field));)*
                Some(Self { $($field: $field?),* })
            }
        }
    };
}

/// Declares a closed list of words, each with its code in JSON and database and its name in both languages.
/// (A code is a `tt`, since the description's derive does not see through a `literal`.)
#[macro_export]
macro_rules! code_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $code:tt ($da:literal, $en:literal)),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            pub fn label(self) -> $crate::domain::values::localized::Localized {
                match self { $(Self::$variant => $crate::domain::values::localized::localized($da, $en)),+ }
            }
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.code() == text)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
        impl $crate::domain::input::Field for $name {
            fn read(value: &serde_json::Value, at: &$crate::domain::input::Pointer, faults: &mut $crate::domain::input::Faults) -> Option<Self> {
                let text = faults.text(value, at)?;
                Self::parse(text).or_else(|| {
                    let all = Self::ALL.iter().map(|word| word.code()).collect::<Vec<_>>().join(", ");
                    faults.add(at, $crate::domain::input::Fault::not("unknown-word", &format!("et af: {all}"), &format!("one of: {all}")))
                })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    input! {
        pub struct Inner { pub yes: bool }
    }
    input! {
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
