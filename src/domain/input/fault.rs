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
    /// # Errors
    /// There are some.
    pub fn none(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pointer_writes_each_step_as_rfc_6901_asks() {
        let at = Pointer::root().to("skills").to(0).to("a/b~c");
        assert_eq!((Pointer::root().as_str(), at.as_str()), ("", "/skills/0/a~1b~0c"));
    }

    /// What was read, and the code and place of each fault.
    fn told<T>(read: impl FnOnce(&mut Faults) -> Option<T>) -> (Option<T>, Vec<String>) {
        let mut faults = Faults::default();
        let read = read(&mut faults);
        (read, faults.0.into_iter().map(|(at, fault)| format!("{} {} {}", at.as_str(), fault.code, fault.message.en)).collect())
    }

    #[test]
    fn a_text_is_read_as_its_form_asks_and_else_what_it_must_be_is_said() {
        let at = Pointer::root().to("days");
        let read =
            |value| told(|faults| faults.parsed(&value, &at, |text| text.parse::<i32>().ok(), "days", ("et tal", "a number")));
        assert_eq!(read(json!("12")), (Some(12), vec![]));
        assert_eq!(read(json!("tolv")), (None, vec!["/days days Must be a number.".to_owned()]));
        assert_eq!(read(json!(12)), (None, vec!["/days type Must be a string.".to_owned()]));
    }

    #[test]
    fn an_object_is_told_each_field_that_it_should_not_have() {
        let read = |value: &Value| told(|faults| faults.object(value, &Pointer::root(), &["name", "age"]).map(Map::len));
        assert_eq!(read(&json!({"name": "Ida"})), (Some(1), vec![]));
        let strange = ["/nome", "/x"].map(|at| format!("{at} unknown-field There is no such field here."));
        assert_eq!(read(&json!({"nome": 1, "age": 2, "x": 3})), (Some(3), strange.into()));
        assert_eq!(read(&json!([])), (None, vec![" type Must be an object.".to_owned()]));
    }
}
