//! The parameters of an address.

use crate::{
    domain::{
        input::{Fault, Faults, Field, Pointer},
        values::localized::localized,
    },
    web::problem::{Problem, ProblemKind},
};
use actix_web::web;
use serde_json::{Map, Value};

/// No query is asked for.
pub struct NoQuery;

impl Field for NoQuery {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.object(value, at, &[])?;
        Some(Self)
    }
}

/// The query's parameters as a body would have them: a repeated or unknown one is a fault.
///
/// # Errors
/// Parameters that do not fit, all at once.
pub fn query<Q: Field>(text: &str) -> Result<Q, Problem> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(text);
    let pairs = pairs.map_err(|_| {
        Problem::with(
            ProblemKind::InvalidFields,
            localized("Adressens parametre kan ikke læses.", "The parameters of the address cannot be read."),
        )
    })?;
    let mut map = Map::new();
    let mut faults = Faults::default();
    for (name, text) in pairs.into_inner() {
        if map.insert(name.clone(), value(text)).is_some() {
            faults.add::<()>(&Pointer::root().to(&name), Fault::new("repeated", "Kun én gang.", "Only once."));
        }
    }
    let read = Q::read(&Value::Object(map), &Pointer::root(), &mut faults);
    read.filter(|_| faults.0.is_empty()).ok_or_else(|| Problem::faults(faults, true))
}

/// A truth value or a number where the text looks like one. A zero before a number belongs to a code, a postcode for instance.
fn value(text: String) -> Value {
    let is_number =
        (1..10).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    match text.as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        digits if is_number => digits.parse::<i64>().map_or(Value::Null, Value::from),
        _ => Value::String(text),
    }
}
