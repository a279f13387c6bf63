//! Every kind of invalid request, at every path of the description: the answer is a problem of the closed list in the caller's
//! language, all faults at once, and nothing is written.

use crate::harness::{
    Answer, Client, House, Value,
    furnished::Furnished,
    json,
    schema::{Description, Operation, unknown_id},
};
use reqwest::{Method, RequestBuilder};
use rettematch::web::problem::ProblemKind as Kind;
use std::collections::BTreeSet;

/// A house that tells after each refused request whether anything was written.
struct Walk {
    full: Furnished,
    before: String,
}

impl Walk {
    async fn begin() -> Self {
        let full = Furnished::furnish(House::open_with(|settings| settings.body_bytes = 20_000).await).await;
        let before = full.house.dump();
        Self { full, before }
    }

    /// Asks in both languages, and holds what is true of every problem.
    async fn refused(&self, operation: &Operation, client: &Client, what: &str, request: impl Fn() -> RequestBuilder) -> Answer {
        let mut titles = Vec::new();
        let mut last = None;
        for lang in ["da", "en"] {
            let mut request = request().build().unwrap();
            request.headers_mut().insert("Accept-Language", lang.parse().unwrap());
            let answer = client.execute(request).await;
            let name = format!("{}, {what}", operation.name());
            let body = answer.body();
            assert_eq!(answer.header("Content-Type"), Some("application/problem+json"), "{name}: {answer:?}");
            assert_eq!(answer.header("Content-Language"), Some(lang), "{name}");
            assert_eq!(body["status"], answer.status, "{name}");
            let kind = body["type"].as_str().unwrap().strip_prefix("urn:rettematch:problem:").and_then(Kind::parse);
            let said = kind.unwrap_or_else(|| panic!("{name}: {} is not in the list", body["type"])).label();
            assert_eq!(body["title"], *if lang == "da" { said.da } else { said.en }, "{name}");
            assert_eq!(self.full.house.dump(), self.before, "{name} wrote something");
            titles.push(body["title"].clone());
            last = Some(answer);
        }
        assert_ne!(titles[0], titles[1]);
        last.unwrap()
    }
}

/// A request with a body that fits and the tag that is asked for.
fn fit(description: &Description, operation: &Operation, client: &Client, path: &str) -> RequestBuilder {
    let mut request = client.ask(operation.method.clone(), path);
    if operation.has("If-Match") {
        request = request.header("If-Match", "\"1-0a1b2c3d\"");
    }
    match description.fitting(operation) {
        Some(body) => request.json(&body),
        None if operation.takes_file() => operation.with_file(request),
        None => request,
    }
}

fn pointers(answer: &Answer) -> BTreeSet<String> {
    answer.faults().into_iter().map(|(pointer, _)| pointer).collect()
}

#[tokio::test]
async fn without_a_sign_in_nothing_is_answered() {
    let walk = Walk::begin().await;
    let description = Description::own();
    for operation in description.operations().iter().filter(|operation| !operation.is_open()) {
        let path = walk.full.path(operation);
        for client in [walk.full.house.nobody.clone(), walk.full.house.nobody.with_token("nobody-has-this")] {
            let answer = walk.refused(operation, &client, "no sign-in", || fit(&description, operation, &client, &path)).await;
            answer.problem(401, "unauthenticated");
            assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer"));
        }
    }
}

#[tokio::test]
async fn another_method_is_told_which_there_are() {
    let walk = Walk::begin().await;
    let operations = Description::own().operations();
    for operation in &operations {
        let own: BTreeSet<String> =
            operations.iter().filter(|other| other.path == operation.path).map(|other| other.method.to_string()).collect();
        let client = walk.full.able(operation);
        let path = walk.full.path(operation);
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            if own.contains(method.as_str()) {
                continue;
            }
            let what = method.to_string();
            let answer = walk.refused(operation, client, &what, || client.ask(method.clone(), &path)).await;
            answer.problem(405, "method-not-allowed");
            let allowed: BTreeSet<String> = answer.header("Allow").unwrap().split(", ").map(ToOwned::to_owned).collect();
            assert_eq!(allowed, own, "{what} {path}");
        }
    }
    let client = &walk.full.house.nobody;
    client.get("/nothing-here").await.problem(404, "not-found");
    client.get("/api/v2/citizens").await.problem(404, "not-found");
}

#[tokio::test]
async fn a_body_that_is_no_fitting_body_is_told_all_its_faults_at_once() {
    let walk = Walk::begin().await;
    let description = Description::own();
    for operation in description.operations().iter().filter(|operation| description.body(operation).is_some()) {
        let client = walk.full.able(operation);
        let path = walk.full.path(operation);
        let ask = || {
            let request = client.ask(operation.method.clone(), &path);
            if operation.has("If-Match") { request.header("If-Match", "\"1-0a1b2c3d\"") } else { request }
        };
        let json_text = |text: &'static str| ask().header("Content-Type", "application/json").body(text);

        for text in ["{\"a\":", "", "{} {}", "{\"a\": NaN}"] {
            walk.refused(operation, client, text, || json_text(text)).await.problem(400, "malformed-json");
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/json-patch+json"] {
            let fitting = description.fitting(operation).unwrap().to_string();
            let answer = walk.refused(operation, client, kind, || ask().header("Content-Type", kind).body(fitting.clone())).await;
            answer.problem(415, "unsupported-media-type");
        }
        let large = format!("\"{}\"", "x".repeat(20_000));
        let answer = walk
            .refused(operation, client, "large", || ask().header("Content-Type", "application/json").body(large.clone()))
            .await;
        answer.problem(413, "too-large");

        for other in [json!([]), json!("x"), json!(7), json!(null), json!(true)] {
            let answer = walk.refused(operation, client, "no object", || ask().json(&other)).await;
            assert_eq!(answer.faults(), [(String::new(), "type".to_owned())], "{} {other}", operation.name());
        }

        let answer = walk.refused(operation, client, "empty", || ask().json(&json!({"no/such~field": 1}))).await;
        let mut missing = description.required(operation);
        missing.insert("/no~1such~0field".into());
        assert_eq!(pointers(&answer), missing, "{}: {}", operation.name(), answer.text);
        let expected = |pointer: &str| if pointer.contains("such") { "unknown-field" } else { "required" };
        assert!(answer.faults().iter().all(|(pointer, code)| code == expected(pointer)), "{}", answer.text);

        let (misfit, all) = description.misfitting(operation);
        let answer = walk.refused(operation, client, "wrong types", || ask().json(&misfit)).await;
        assert_eq!(pointers(&answer), all, "{}: {}", operation.name(), answer.text);
        for error in answer.body()["errors"].as_array().unwrap() {
            assert!(!error["detail"].as_str().unwrap().is_empty() && error.get("parameter").is_none(), "{error}");
        }
    }
}

#[tokio::test]
async fn a_change_needs_the_tag_that_was_seen() {
    let walk = Walk::begin().await;
    let description = Description::own();
    let mut seen = 0;
    for operation in description.operations().iter().filter(|operation| operation.has("If-Match")) {
        seen += 1;
        let client = walk.full.able(operation);
        let path = walk.full.path(operation);
        let ask = |tag: Option<&str>| {
            let request = client.ask(operation.method.clone(), &path);
            let request = tag.into_iter().fold(request, |request, tag| request.header("If-Match", tag));
            match description.fitting(operation) {
                Some(body) => request.json(&body),
                None => request,
            }
        };
        walk.refused(operation, client, "no If-Match", || ask(None)).await.problem(428, "precondition-required");
        for stale in ["\"999-0a1b2c3d\"", "*", "nonsense", "W/\"1-0a1b2c3d\"", "\"\""] {
            walk.refused(operation, client, stale, || ask(Some(stale))).await.problem(412, "stale");
        }
    }
    assert!(seen > 20, "only {seen} changes: has the parameter another name now?");
}

#[tokio::test]
async fn what_belongs_to_another_municipality_is_not_there() {
    let walk = Walk::begin().await;
    let description = Description::own();
    for operation in description.operations().iter().filter(|operation| operation.has_id()) {
        // One's own only: whatever else is named is forbidden, whether or not it is there.
        if operation.name() == "PUT /accounts/{id}/password" {
            continue;
        }
        let client = walk.full.able_there(operation);
        let mut bodies = BTreeSet::new();
        for path in [
            walk.full.path(operation),
            walk.full.path_with(operation, &unknown_id()),
            walk.full.path_with(operation, "no-id"),
            walk.full.path_with(operation, "%00"),
        ] {
            let answer = walk.refused(operation, client, &path, || fit(&description, operation, client, &path)).await;
            answer.problem(404, "not-found");
            bodies.insert(answer.text);
        }
        assert_eq!(bodies.len(), 1, "{}: the answers differ: {bodies:?}", operation.name());
    }
    for operation in description.operations().iter().filter(|operation| operation.path.contains("{token}")) {
        let client = &walk.full.house.nobody;
        for token in ["x", "%20", &"a".repeat(43), &"a".repeat(400)] {
            let path = operation.path.replace("{token}", token);
            let answer = walk.refused(operation, client, token, || fit(&description, operation, client, &path)).await;
            answer.problem(404, "not-found");
        }
    }
    let months = ["2025-13", "2025-1", "x", "1899-12", "2025-12-01"];
    for month in months {
        let path = format!("/workplaces/{}/staff/{month}", walk.full.waiting.company.workplace);
        walk.full.house.here.team_leader.put(&path, json!({"full_time": 3})).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_parameter_that_there_is_not_is_told() {
    let walk = Walk::begin().await;
    let description = Description::own();
    for operation in description.operations() {
        let client = walk.full.able(&operation);
        let path = format!("{}?no_such=1&limit=0&limit=1", walk.full.path(&operation));
        let answer = walk.refused(&operation, client, "unknown parameter", || fit(&description, &operation, client, &path)).await;
        assert!(answer.faults().contains(&("no_such".into(), "unknown-field".into())), "{}: {}", operation.name(), answer.text);
        assert!(answer.faults().contains(&("limit".into(), "repeated".into())), "{}: {}", operation.name(), answer.text);
        let errors = answer.body()["errors"].clone();
        assert!(errors.as_array().unwrap().iter().all(|error: &Value| error.get("pointer").is_none()), "{errors}");
    }
}
