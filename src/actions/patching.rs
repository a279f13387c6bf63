//! A record after a merge patch, as it is handed to the action that writes it whole.

use crate::{
    actions::{ActionError, error::corrupt},
    context::Context,
    domain::{
        input::{Field, FieldNames, MergePatch},
        people::access::Permission,
    },
};
use serde::Serialize;
use serde_json::Value;

/// What a record is to be after a patch of how it stands, as it is shown. Whoever may not change it learns nothing of it.
///
/// # Errors
/// Not for this role; not found; all faults of the whole.
pub fn patched<T: Field + FieldNames, V: Serialize>(
    context: &Context,
    needed: Permission,
    patch: &MergePatch<T>,
    shown: impl FnOnce() -> Result<V, ActionError>,
) -> Result<T, ActionError> {
    context.authorize(needed)?;
    let Ok(Value::Object(stands)) = serde_json::to_value(shown()?) else { return Err(corrupt("a record as it is shown")) };
    patch.apply(&stands).map_err(ActionError::Faults)
}
