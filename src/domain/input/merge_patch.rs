//! A merge patch (RFC 7396) of a record that is written whole: what is left out stays, `null` takes a field away.
//!
//! Promise: a patch passes through the same reading and the same action as the whole, so it can do nothing that the whole could not.

use crate::domain::input::{Faults, Field, Pointer, read};
use serde_json::{Map, Value};
use std::{borrow::Cow, marker::PhantomData};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// A body whose fields are known by name.
pub trait FieldNames {
    const FIELDS: &'static [&'static str];
}

/// A patch of what is written whole as a `T`.
#[derive(Clone, Debug)]
pub struct MergePatch<T> {
    fields: Map<String, Value>,
    whole: PhantomData<fn() -> T>,
}

impl<T: FieldNames> Field for MergePatch<T> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let fields = faults.object(value, at, T::FIELDS)?.clone();
        Some(Self { fields, whole: PhantomData })
    }
}

impl<T: Field + FieldNames> MergePatch<T> {
    /// The whole after the patch. Of what stands, only the fields that the whole has are looked at.
    ///
    /// # Errors
    /// All faults of the whole.
    pub fn apply(&self, stands: &Map<String, Value>) -> Result<T, Faults> {
        let mut whole = Value::Object(T::FIELDS.iter().filter_map(|name| stands.get_key_value(*name)).map(owned).collect());
        merge(&mut whole, &Value::Object(self.fields.clone()));
        read(&whole)
    }
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

/// The procedure of RFC 7396, section 2.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (name, value) in patch {
            if value.is_null() {
                target.remove(name);
            } else {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
    }
}

/// As the whole, but for that nothing is required.
impl<T: PartialSchema> PartialSchema for MergePatch<T> {
    fn schema() -> RefOr<Schema> {
        let mut schema = T::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.required.clear();
        }
        schema
    }
}

impl<T: ToSchema> ToSchema for MergePatch<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Patch", T::name()).into()
    }
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_merges_as_the_examples_of_the_standard() {
        // RFC 7396, appendix A.
        for (target, patch, expected) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a": "b"}), json!(["c"]), json!(["c"])),
            (json!({"a": "foo"}), json!(null), json!(null)),
            (json!({"a": "foo"}), json!("bar"), json!("bar")),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let mut merged = target.clone();
            merge(&mut merged, &patch);
            assert_eq!(merged, expected, "{target} with {patch}");
        }
    }

    crate::input! {
        pub struct Person {
            pub name: crate::domain::values::text::Line,
            pub job: Option<crate::domain::values::text::Line>,
        }
    }

    #[test]
    fn what_is_left_out_stays_and_a_required_field_cannot_be_taken_away() {
        let stands = json!({"id": 7, "name": "Gitte", "job": "Butikschef"});
        let patched = |patch: Value| {
            let patch: MergePatch<Person> = read(&patch).map_err(|faults| format!("{faults:?}"))?;
            let whole = patch.apply(stands.as_object().unwrap()).map_err(|faults| format!("{faults:?}"))?;
            Ok::<_, String>((whole.name.to_string(), whole.job.map(|job| job.to_string())))
        };
        let said = |name: &str, job: Option<&str>| Ok((name.to_owned(), job.map(ToOwned::to_owned)));
        assert_eq!(patched(json!({})), said("Gitte", Some("Butikschef")));
        assert_eq!(patched(json!({"name": "Gitte Holm"})), said("Gitte Holm", Some("Butikschef")));
        assert_eq!(patched(json!({"job": null})), said("Gitte", None));
        assert!(patched(json!({"name": null})).unwrap_err().contains("required"));
        assert!(patched(json!({"id": 8})).unwrap_err().contains("unknown-field"));
        assert!(patched(json!(["name"])).unwrap_err().contains("type"));
    }
}
