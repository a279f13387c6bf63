//! A list as a table. Its columns follow from the description of its items, so that they are the same whatever the rows hold, and
//! also for an empty list. A nested object is several columns, `a.b`; a list is one, joined by ` | `.

use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use utoipa::{
    ToSchema,
    openapi::{
        KnownFormat, RefOr, Schema, SchemaFormat,
        schema::{AdditionalProperties, Object, SchemaType, Type},
    },
};

/// How deep nested objects are split into columns; no list is nested as deep.
const DEEPEST: usize = 6;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// The fields that lead to it.
    path: Vec<String>,
    /// Whether its texts are days.
    pub is_day: bool,
}

impl TableColumn {
    pub fn name(&self) -> String {
        self.path.join(".")
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportCell {
    Empty,
    Text(String),
    Number(serde_json::Number),
}

/// The columns of a list of such items, in the order in which its fields are described.
pub fn columns<T: ToSchema>() -> Vec<TableColumn> {
    let mut named = vec![(String::new(), T::schema())];
    T::schemas(&mut named);
    let named: HashMap<String, RefOr<Schema>> = named.into_iter().collect();
    let mut columns = Vec::new();
    walk(&T::schema(), &[], &named, &mut columns);
    columns
}

fn walk(schema: &RefOr<Schema>, path: &[String], named: &HashMap<String, RefOr<Schema>>, columns: &mut Vec<TableColumn>) {
    let schema = match schema {
        RefOr::Ref(other) => {
            let name = other.ref_location.rsplit('/').next().unwrap_or_default();
            match named.get(name).filter(|_| path.len() < DEEPEST) {
                Some(schema) => return walk(schema, path, named, columns),
                None => return add(path, false, columns),
            }
        }
        RefOr::T(schema) => schema,
    };
    let parts = match schema {
        Schema::OneOf(parts) => &parts.items,
        Schema::AllOf(parts) => &parts.items,
        Schema::AnyOf(parts) => &parts.items,
        Schema::Object(object) if !object.properties.is_empty() && path.len() < DEEPEST => {
            for (name, schema) in &object.properties {
                walk(schema, &[path, std::slice::from_ref(name)].concat(), named, columns);
            }
            return;
        }
        Schema::Object(object) if is_null(object) => return,
        Schema::Object(object) => {
            let is_day = matches!(object.format, Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
            return add(path, is_day, columns);
        }
        _ => return add(path, false, columns),
    };
    for part in parts {
        walk(part, path, named, columns);
    }
}

fn is_null(object: &Object) -> bool {
    matches!(object.schema_type, SchemaType::Type(Type::Null))
        && !matches!(object.additional_properties.as_deref(), Some(AdditionalProperties::RefOr(_)))
}

fn add(path: &[String], is_day: bool, columns: &mut Vec<TableColumn>) {
    if !path.is_empty() && !columns.iter().any(|column| column.path == path) {
        columns.push(TableColumn { path: path.to_vec(), is_day });
    }
}

/// The row of an item.
///
/// # Errors
/// An item that is no JSON.
pub fn cells(columns: &[TableColumn], item: &impl Serialize) -> Result<Vec<ExportCell>, serde_json::Error> {
    let whole = serde_json::to_value(item)?;
    let cell = |column: &TableColumn| {
        let found = column.path.iter().try_fold(&whole, |value, step| value.get(step));
        match found {
            None | Some(Value::Null) => ExportCell::Empty,
            Some(Value::Number(number)) => ExportCell::Number(number.clone()),
            Some(other) => ExportCell::Text(said(other)),
        }
    };
    Ok(columns.iter().map(cell).collect())
}

/// A value as the text of one cell.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(said).collect::<Vec<_>>().join(" | "),
        Value::Object(all) => {
            let told = all.iter().filter(|(_, value)| !value.is_null());
            told.map(|(name, value)| format!("{name}: {}", said(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Serialize, ToSchema)]
    struct Inner {
        zone: Option<String>,
        all: Vec<String>,
    }
    #[derive(Serialize, ToSchema)]
    struct Base {
        id: String,
        on: Option<chrono::NaiveDate>,
    }
    #[derive(Serialize, ToSchema)]
    struct Item {
        #[serde(flatten)]
        base: Base,
        many: Vec<Inner>,
        maybe: Option<Inner>,
        amount: f64,
    }

    #[test]
    fn columns_follow_from_the_type_and_cells_from_the_item() {
        let columns = columns::<Item>();
        let names: Vec<String> = columns.iter().map(TableColumn::name).collect();
        assert_eq!(names, ["id", "on", "many", "maybe.zone", "maybe.all", "amount"]);
        assert_eq!(columns.iter().filter(|column| column.is_day).map(TableColumn::name).collect::<Vec<_>>(), ["on"]);
        let item = json!({"id": "7", "on": null, "many": [{"zone": null, "all": ["x"]}, {"zone": "z", "all": []}],
            "maybe": {"zone": null, "all": ["a", "b"]}, "amount": 1.5});
        let text = |text: &str| ExportCell::Text(text.into());
        let expected = [text("7"), ExportCell::Empty, text("all: x | all: , zone: z"), ExportCell::Empty, text("a | b")];
        let row = cells(&columns, &item).unwrap();
        assert_eq!(row[..5], expected);
        assert!(matches!(&row[5], ExportCell::Number(number) if number.as_f64() == Some(1.5)));
        assert!(cells(&columns, &json!({"maybe": null})).unwrap().iter().all(|cell| *cell == ExportCell::Empty));
    }
}
