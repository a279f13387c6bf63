//! What is wrong with a body, and where.

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

    /// A text of a certain form, as what it says; else "must be …", in Danish and English.
    pub fn parsed<T>(
        &mut self,
        value: &Value,
        at: &Pointer,
        parse: impl FnOnce(&str) -> Option<T>,
        code: &'static str,
        (da, en): (&str, &str),
    ) -> Option<T> {
        let text = self.text(value, at)?;
        parse(text).or_else(|| self.add(at, Fault::not(code, da, en)))
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
}
