//! The OpenAPI description as tests read it: every operation, a valid body for each, and invalid bodies.

use super::{PASSWORD, Value, day, json};
use reqwest::Method;
use std::collections::BTreeSet;

/// One operation of the description.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: Method,
    /// Under `/api/v1`, with its patterns: `/citizens/{id}`.
    pub path: String,
    pub said: Value,
}

impl Operation {
    /// `POST /citizens/{id}/needs`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
    /// Without a sign-in: links, and signing in itself.
    pub fn is_open(&self) -> bool {
        self.path.starts_with("/links/") || self.name() == "POST /sessions"
    }
    pub fn has(&self, parameter: &str) -> bool {
        self.said["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == parameter))
    }
    /// Whether its body is a list sent as a file.
    pub fn takes_file(&self) -> bool {
        self.said.pointer("/requestBody/content/text~1csv").is_some()
    }
    /// A list that fits.
    pub fn with_file(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let list = if self.path.starts_with("/postcode") {
            "Postnummer;Navn;Breddegrad;Længdegrad\n8000;Aarhus C;56,1572;10,2107\n"
        } else {
            "CVR-nummer;Virksomhedsnavn\n13748136;Kartoffelmelcentralen\n"
        };
        request.header("Content-Type", "text/csv").body(list)
    }
    pub fn has_id(&self) -> bool {
        self.path.contains("{id}")
    }
}

pub struct Description(pub Value);

impl Description {
    pub fn own() -> Self {
        Self(rettematch::web::describe())
    }

    pub fn operations(&self) -> Vec<Operation> {
        let mut all = Vec::new();
        for (path, item) in self.0["paths"].as_object().unwrap() {
            for (method, said) in item.as_object().unwrap() {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let path = path.strip_prefix("/api/v1").unwrap().to_owned();
                all.push(Operation { method, path, said: said.clone() });
            }
        }
        all
    }

    fn resolved<'v>(&'v self, schema: &'v Value) -> &'v Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.resolved(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }

    /// The schema of an operation's body, where it has one.
    pub fn body<'v>(&'v self, operation: &'v Operation) -> Option<&'v Value> {
        let schema = operation.said.pointer("/requestBody/content/application~1json/schema")?;
        Some(self.resolved(schema))
    }

    /// A body that fits: what is required and nothing more.
    pub fn fitting(&self, operation: &Operation) -> Option<Value> {
        let mut body = self.sample(self.body(operation)?);
        // Which fields go together is not in the description.
        if operation.path.ends_with("/representative-statement") {
            body["name"] = json!("Tillids Person");
        }
        if operation.path.ends_with("/employer-statement") {
            body["conditions_met"] = json!(true);
            body["via"] = json!("paper");
        }
        if body.get("via").is_some() && body.get("party").is_some() {
            body["via"] = json!("telephone");
            body["party"] = json!("citizen");
        }
        Some(body)
    }

    fn sample(&self, schema: &Value) -> Value {
        let schema = self.resolved(schema);
        if let Some(words) = schema["enum"].as_array() {
            return words[0].clone();
        }
        match schema["type"].as_str() {
            Some("object") => {
                let required = schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap());
                required
                    .map(|name| (name.to_owned(), self.sample(&schema["properties"][name])))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }
            Some("array") if schema["minItems"].as_u64().unwrap_or_default() > 0 => json!([self.sample(&schema["items"])]),
            Some("array") => json!([]),
            Some("boolean") => json!(false),
            Some("number") => json!(1),
            Some("integer") => schema["minimum"].clone(),
            Some("string") => match schema["format"].as_str() {
                Some("date") => json!(day(super::BEGIN).to_string()),
                Some("uuid") => json!(unknown_id()),
                Some("password") => json!(PASSWORD),
                _ => schema["examples"].get(0).cloned().unwrap_or(json!("x")),
            },
            other => panic!("no sample of {other:?} in {schema}"),
        }
    }

    /// Every value of a closed list, or one that fits, as a query has it.
    pub fn values(&self, schema: &Value) -> Vec<String> {
        let schema = self.resolved(schema);
        let values = match (schema["enum"].as_array(), schema["type"].as_str()) {
            (Some(words), _) => words.clone(),
            (None, Some("boolean")) => vec![json!(true), json!(false)],
            _ => vec![self.sample(schema)],
        };
        values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)).collect()
    }

    /// A body with every field that there is, each of a type that does not fit; and the pointers to them all.
    pub fn misfitting(&self, operation: &Operation) -> (Value, BTreeSet<String>) {
        let properties = self.body(operation).unwrap()["properties"].as_object().unwrap();
        let body: serde_json::Map<_, _> = properties.iter().map(|(name, schema)| (name.clone(), self.misfit(schema))).collect();
        let pointers = properties.keys().map(|name| format!("/{name}")).collect();
        (body.into(), pointers)
    }

    fn misfit(&self, schema: &Value) -> Value {
        let one = schema["oneOf"].as_array().map_or(schema, |all| all.iter().find(|one| one["type"] != "null").unwrap());
        let one = self.resolved(one);
        let is =
            |kind: &str| one["type"] == kind || one["type"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind));
        if is("string") || one.get("enum").is_some() { json!(12.5) } else { json!("no such thing") }
    }

    /// The pointers to every field that is required.
    pub fn required(&self, operation: &Operation) -> BTreeSet<String> {
        let required = self.body(operation).unwrap()["required"].as_array().into_iter().flatten();
        required.map(|name| format!("/{}", name.as_str().unwrap())).collect()
    }
}

/// An id that nothing has.
pub fn unknown_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
