//! The fields of an object, with where it stands, for what is said when one of them does not fit.

use crate::{
    domain::{
        input::{self, Field},
        values::{month::Month, text::Line},
    },
    replay::format::Given,
};
use serde_json::{Map, Value};
use thiserror::Error;

/// What does not fit in a course file, with case, event and field.
#[derive(Debug, Error)]
pub enum ReadError {
    #[error("the course file is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("the course file has no cases")]
    NoCases,
    #[error("{0}: must be an object")]
    NotAnObject(String),
    #[error("{0}: must have one of flag, cleared, refused, asked, never, letters")]
    Expectation(String),
    #[error("{place}: {field}: {why}")]
    Field { place: String, field: String, why: String },
}

/// An object with where it stands, for what is said when a field does not fit.
pub(super) struct Fields<'a> {
    pub(super) map: &'a Map<String, Value>,
    pub(super) place: String,
}

impl<'a> Fields<'a> {
    pub(super) fn of(value: &'a Value, place: String) -> Result<Self, ReadError> {
        match value.as_object() {
            Some(map) => Ok(Self { map, place }),
            None => Err(ReadError::NotAnObject(place)),
        }
    }

    pub(super) fn wrong<T>(&self, name: &str, why: impl std::fmt::Display) -> Result<T, ReadError> {
        Err(ReadError::Field { place: self.place.clone(), field: name.to_owned(), why: why.to_string() })
    }

    pub(super) fn value<T: Field>(&self, name: &str, value: &Value) -> Result<T, ReadError> {
        input::read::<T>(value).or_else(|faults| {
            let said: Vec<String> =
                faults.0.iter().map(|(at, fault)| format!("{} {}", at.as_str(), fault.message.en).trim().to_owned()).collect();
            self.wrong(name, said.join(" "))
        })
    }

    pub(super) fn given<T: Field>(&self, name: &str) -> Result<Given<T>, ReadError> {
        self.given_as(name, |value| self.value(name, value))
    }

    pub(super) fn given_as<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'a Value) -> Result<T, ReadError>,
    ) -> Result<Given<T>, ReadError> {
        match self.map.get(name) {
            None => Ok(Given::LeftOut),
            Some(Value::Null) => Ok(Given::Null),
            Some(value) => read(value).map(Given::Is),
        }
    }

    /// A field that may be left out or `null`.
    pub(super) fn may<T: Field>(&self, name: &str) -> Result<Option<T>, ReadError> {
        self.may_as(name, |value| self.value(name, value))
    }

    pub(super) fn may_as<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'a Value) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        match self.given_as(name, read)? {
            Given::Is(value) => Ok(Some(value)),
            Given::LeftOut | Given::Null => Ok(None),
        }
    }

    pub(super) fn must<T: Field>(&self, name: &str) -> Result<T, ReadError> {
        match self.may(name)? {
            Some(value) => Ok(value),
            None => self.wrong(name, "is required"),
        }
    }

    pub(super) fn name(&self, name: &str) -> Result<String, ReadError> {
        Ok(self.must::<Line>(name)?.to_string())
    }

    pub(super) fn may_name(&self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.may::<Line>(name)?.map(|line| line.to_string()))
    }

    pub(super) fn is_true(&self, name: &str) -> Result<bool, ReadError> {
        Ok(self.may::<bool>(name)?.unwrap_or_default())
    }

    /// A list, each entry with its number from 1; left out or `null`: empty.
    pub(super) fn list<T>(
        &self,
        name: &str,
        read: impl Fn(&'a Value, usize) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let list = self.may_as(name, |value| self.array(name, value))?.map(Vec::as_slice).unwrap_or_default();
        list.iter().enumerate().map(|(index, value)| read(value, index + 1)).collect()
    }

    pub(super) fn array(&self, name: &str, value: &'a Value) -> Result<&'a Vec<Value>, ReadError> {
        value.as_array().map_or_else(|| self.wrong(name, "must be a list"), Ok)
    }

    /// A form, of which the file may hold more than we know.
    pub(super) fn form<T: Field>(&self, name: &str, value: &Value, known: &[&str], empty_lists: &[&str]) -> Result<T, ReadError> {
        let Some(map) = value.as_object() else { return self.wrong(name, "must be an object") };
        let mut kept: Map<String, Value> = map
            .iter()
            .filter(|(field, _)| known.contains(&field.as_str()))
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect();
        for list in empty_lists {
            if kept.get(*list).is_none_or(Value::is_null) {
                kept.insert((*list).to_owned(), Value::Array(Vec::new()));
            }
        }
        self.value(name, &Value::Object(kept))
    }

    /// A form that must be there.
    pub(super) fn must_form<T: Field>(&self, name: &str, known: &[&str], empty_lists: &[&str]) -> Result<T, ReadError> {
        match self.map.get(name) {
            Some(value) => self.form(name, value, known, empty_lists),
            None => self.wrong(name, "is required"),
        }
    }

    pub(super) fn forms<T: Field>(
        &self,
        name: &str,
        value: &'a Value,
        known: &[&str],
        empty_lists: &[&str],
    ) -> Result<Vec<T>, ReadError> {
        self.array(name, value)?.iter().map(|value| self.form(name, value, known, empty_lists)).collect()
    }

    /// A pair written as a list of two.
    pub(super) fn pair(&self, name: &str, value: &'a Value) -> Result<(&'a Value, &'a Value), ReadError> {
        match self.array(name, value)?.as_slice() {
            [one, other] => Ok((one, other)),
            _ => self.wrong(name, "each entry must be a list of two"),
        }
    }

    pub(super) fn month(&self, name: &str, value: &Value) -> Result<Month, ReadError> {
        let month = value.as_str().and_then(Month::parse);
        month.map_or_else(|| self.wrong(name, "the month must be written 2013-01"), Ok)
    }
}
