//! Texts in the query of an address.

use crate::domain::input::{Faults, Field, Pointer};
use serde_json::Value;
use utoipa::ToSchema;

/// A text in the query. The query is read with numbers and truth values where it looks like them; here `2100` or `true` is a
/// text all the same: a name, a code.
#[derive(Clone, Debug, ToSchema)]
pub struct AsText<T>(pub T);

impl<T: Field> Field for AsText<T> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = match value {
            Value::Number(number) => Value::String(number.to_string()),
            Value::Bool(yes) => Value::String(yes.to_string()),
            other => other.clone(),
        };
        T::read(&text, at, faults).map(Self)
    }
}
