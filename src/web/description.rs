//! The OpenAPI description: made from the routes and their types; what is true of every route (its problems, the
//! sign-in, that unknown fields are refused) is added here once.

use crate::{
    domain::{
        companies::search::{IndustryStart, Near},
        people::client::ClientScope,
        rules::{
            catalogue,
            rulebook::{BookVersion, Rulebook},
        },
        values::{
            month::Month,
            text::{Text, Whole},
        },
    },
    views::{
        letters::LetterState,
        page::{Cursor, Limit},
    },
    web::{export, problem::ProblemBody},
};
use serde_json::{Map, Value, json};
use utoipa::{OpenApi, openapi::OpenApi as Description};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "RetteMatch",
        description = "Books and follows up company internships (virksomhedspraktik), so that they lead to a job.\n\n\
            Sign in with `POST /api/v1/sessions` and send the token as `Authorization: Bearer …`; a program sends its key there, and \
            what its scopes do not give is 403 `out-of-scope`. Every error is a problem (RFC 9457) \
            in the language of `Accept-Language` (da, en). A change of what is there asks for `If-Match` with the `ETag` you saw; \
            any POST may carry an `Idempotency-Key`, and is then done once.\n\n\
            Every list comes page by page (`limit`, and `cursor` from the `Link` header), or whole as a file: ask with \
            `Accept: text/csv` or with Excel's media type. A file has the same filters and is for the same roles as the list; its \
            columns are the fields of an item, those of an object within it as `a.b`, several values in one cell parted by ` | `. \
            A file that cannot be completed ends with a broken connection, never as if it were whole."
    ),
    tags(
        (name = "sign-in", description = "Who is signed in."),
        (name = "accounts", description = "Accounts of a municipality."),
        (name = "clients", description = "Other programs of the municipality, their keys and scopes."),
        (name = "companies", description = "Companies, workplaces, contacts, staff, prospects of a job."),
        (name = "openings", description = "What workplaces offer, and who turned to them when."),
        (name = "citizens", description = "Citizens, their goals, capacity and needs."),
        (name = "approval-requests", description = "What team leaders are asked to approve."),
        (name = "internships", description = "Booked, aligned, started, extended, ended."),
        (name = "reads", description = "Who has looked at whom, and why."),
        (name = "steps", description = "Conversations, steps and awaited clarifications without an internship."),
        (name = "follow-ups", description = "Planned, held, moved; what citizen and consultant believe."),
        (name = "continuity", description = "Changes of consultant with their handovers, the citizen's story and timeline, written reasons."),
        (name = "outcomes", description = "What came of it."),
        (name = "flags", description = "What somebody must look at, with its evidence."),
        (name = "letters", description = "What was sent, what waits, what failed; runs of the schedule."),
        (name = "rules", description = "What is in force, and the terms that are compared."),
        (name = "links", description = "For those without an account: one-time links from letters.")
    ),
    // Types that occur in query strings only are not collected automatically.
    components(schemas(ProblemBody, Month, Cursor, Limit, LetterState, BookVersion, Text<100>, IndustryStart, Near, Whole<1, 500>))
)]
struct Base;

/// The description without its routes.
pub fn base() -> Description {
    Base::openapi()
}

/// Completes the description collected from the routes, with the table of a rulebook's rules.
pub fn complete(description: &Description, book: &Rulebook) -> Value {
    let mut whole = serde_json::to_value(description).unwrap_or_default();
    tell(&mut whole, "rules", &catalogue::markdown(book));
    tell(&mut whole, "clients", &ClientScope::markdown());
    let mut bodies = Vec::new();
    let lists = lists(&whole);
    if let Some(paths) = whole.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if let Some(operation) = operation.as_object_mut() {
                    complete_operation(path, method, operation);
                    if method == "get" {
                        offer_files(&lists, operation);
                    }
                    bodies.extend(references(operation.get("requestBody")));
                }
            }
        }
    }
    if let Some(components) = whole.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("securitySchemes".into(), json!({"session": {"type": "http", "scheme": "bearer"}}));
        if let Some(schemas) = components.get_mut("schemas").and_then(Value::as_object_mut) {
            exemplify(schemas);
            close(schemas, bodies);
        }
    }
    whole
}

/// Adds a table to a tag.
fn tell(whole: &mut Value, name: &str, table: &str) {
    let tags = whole.get_mut("tags").and_then(Value::as_array_mut).into_iter().flatten();
    for tag in tags.filter(|tag| tag.get("name").and_then(Value::as_str) == Some(name)) {
        let said = tag.get("description").and_then(Value::as_str).unwrap_or_default();
        let text = format!("{said}\n\n{table}");
        if let Some(tag) = tag.as_object_mut() {
            tag.insert("description".into(), json!(text));
        }
    }
}

const PROBLEM: &str = "#/components/schemas/Problem";

fn complete_operation(path: &str, method: &str, operation: &mut Map<String, Value>) {
    name_operation(operation);
    let open = path.contains("/links/") || (path.ends_with("/sessions") && method == "post");
    let has_body = operation.contains_key("requestBody");
    let named = |operation: &Map<String, Value>, name: &str| {
        operation
            .get("parameters")
            .and_then(Value::as_array)
            .is_some_and(|all| all.iter().any(|one| one.get("name").and_then(Value::as_str) == Some(name)))
    };
    let changes = named(operation, "If-Match");
    let writes = method != "get";
    let mut problems: Vec<(u16, &str)> =
        vec![(500, "Something went wrong on our side."), (503, "The database does not answer just now.")];
    // An unknown query parameter is refused everywhere.
    problems.push((422, "Fields that do not fit, or rules that refuse: all of them at once."));
    if !open {
        problems.extend([(401, "Sign in first."), (403, "Your role may not do this.")]);
    }
    if path.contains('{') || path.ends_with("/search") || named(operation, "version") {
        problems.push((404, "There is no such thing."));
    }
    if has_body {
        problems.extend([
            (400, "The body is not JSON, or broke off."),
            (408, "The body comes too slowly."),
            (413, "The body is too large."),
            (415, "The body must be of a kind that is named here."),
        ]);
    }
    if writes {
        problems.push((409, "Does not fit its present state."));
    }
    if changes {
        problems.extend([(412, "Has changed since you saw it."), (428, "If-Match is missing.")]);
    }
    if open && has_body && path.ends_with("/sessions") {
        problems.extend([(401, "Address and password do not fit."), (429, "Too many tries.")]);
    }
    if path.ends_with("/citizens/search") || path.ends_with("-imports") {
        problems.push((429, "Too often."));
    }
    if changes && path.ends_with("/password") {
        problems.push((429, "Too many tries."));
    }
    if !open {
        operation.insert("security".into(), json!([{"session": []}]));
    }
    if method == "post" && !open {
        let header = json!({"name": "Idempotency-Key", "in": "header", "required": false, "description": "Same key and body, same answer: done once.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}});
        if let Some(all) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
            all.push(header);
        }
    }
    let single_get = method == "get" && path.ends_with('}') && !open;
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        for response in responses.values_mut().filter_map(Value::as_object_mut) {
            response.entry("description").or_insert_with(|| json!("Done."));
        }
        for (status, description) in problems {
            responses.insert(
                status.to_string(),
                json!({"description": description, "content": {"application/problem+json": {"schema": {"$ref": PROBLEM}}}}),
            );
        }
        if single_get {
            responses.insert("304".into(), json!({"description": "You have it already (`If-None-Match`)."}));
        }
    }
}

/// The names of the schemas that are pages of a list.
fn lists(whole: &Value) -> Vec<String> {
    let schemas = whole.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let is_list = |schema: &Value| schema.pointer("/properties/items/type").and_then(Value::as_str) == Some("array");
    schemas.filter(|(_, schema)| is_list(schema)).map(|(name, _)| name.clone()).collect()
}

/// Every list is a file too.
fn offer_files(lists: &[String], operation: &mut Map<String, Value>) {
    let content = operation.get_mut("responses").and_then(|all| all.pointer_mut("/200/content"));
    let Some(content) = content.and_then(Value::as_object_mut) else { return };
    let of = content.get("application/json").and_then(|json| json.pointer("/schema/$ref")).and_then(Value::as_str);
    if of.and_then(|of| of.rsplit('/').next()).is_some_and(|name| lists.iter().any(|list| list == name)) {
        let csv = "All pages as CSV: UTF-8 with its mark, semicolons, CRLF, decimal comma, a row of headers.";
        content.insert(export::CSV.into(), json!({"schema": {"type": "string", "description": csv}}));
        let excel = "All pages as an Excel file.";
        content.insert(export::EXCEL.into(), json!({"schema": {"type": "string", "format": "binary", "description": excel}}));
    }
}

/// The handler's name with its tag before it, because `list` alone is ambiguous.
fn name_operation(operation: &mut Map<String, Value>) {
    let tag = operation.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str).unwrap_or_default();
    let handler = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let name = format!("{tag}_{handler}").replace('-', "_");
    operation.insert("operationId".into(), json!(name));
}

/// The names of schemas that a part of the description refers to.
fn references(part: Option<&Value>) -> Vec<String> {
    match part {
        Some(Value::Object(map)) => map
            .iter()
            .flat_map(|(key, value)| match (key.as_str(), value.as_str()) {
                ("$ref", Some(target)) => target.rsplit('/').next().map(ToOwned::to_owned).into_iter().collect(),
                _ => references(Some(value)),
            })
            .collect(),
        Some(Value::Array(list)) => list.iter().flat_map(|value| references(Some(value))).collect(),
        _ => Vec::new(),
    }
}

/// An example for each body, by the name of its schema; a test sends them all.
const EXAMPLES: &str = include_str!("examples.json");

fn exemplify(schemas: &mut Map<String, Value>) {
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    for (name, example) in examples {
        if let Some(schema) = schemas.get_mut(&name).and_then(Value::as_object_mut) {
            schema.insert("examples".into(), json!([example]));
        }
    }
}

/// A body has no other fields than those described.
fn close(schemas: &mut Map<String, Value>, mut open: Vec<String>) {
    let mut closed = Vec::new();
    while let Some(name) = open.pop() {
        if closed.contains(&name) {
            continue;
        }
        if let Some(schema) = schemas.get_mut(&name) {
            open.extend(references(Some(schema)));
            if let Some(object) = schema.as_object_mut().filter(|object| object.contains_key("properties")) {
                object.insert("additionalProperties".into(), json!(false));
            }
        }
        closed.push(name);
    }
}
