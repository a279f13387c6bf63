//! The description is valid, complete, and what the service really does.

use crate::harness::{Client, House, Served, Value, file, furnished::Furnished, json, later, schema::Description, tool};
use std::{fs, process::Command};

/// Every operation of the description: method in upper case, path, what is said of it.
pub fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    all
}

#[tokio::test]
async fn the_description_is_valid_openapi() {
    let house = House::open().await;
    let text = house.nobody.get("/openapi.json").await;
    assert_eq!(text.ok()["openapi"].as_str().unwrap()[..4], *"3.1.");
    let path = house.folder.path().join("openapi.json");
    fs::write(&path, &text.text).unwrap();
    let checked =
        Command::new(tool("python")).args(["-m", "openapi_spec_validator", "--errors", "all"]).arg(&path).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[tokio::test]
async fn every_body_has_an_example_that_is_read_as_it_stands() {
    let full = Furnished::open().await;
    let description = Description::own();
    let mut sent = 0;
    for operation in description.operations() {
        let Some(schema) = description.body(&operation) else { continue };
        let example = schema["examples"][0].clone();
        assert!(example.is_object(), "{} has no example", operation.name());
        let mut request = full.able(&operation).ask(operation.method.clone(), &full.path(&operation));
        if operation.has("If-Match") {
            request = request.header("If-Match", "\"999-0a1b2c3d\"");
        }
        let answer = full.able(&operation).send(request.json(&example)).await;
        assert!(![400, 413, 415].contains(&answer.status) && answer.status < 500, "{}: {}", operation.name(), answer.text);
        // What it names is not there, or its days are past: that is told only of a body that was read.
        let misread = ["type", "required", "unknown-field", "unknown-word", "id", "date", "hours", "too-long", "email", "term"];
        if let Ok(problem) = serde_json::from_str::<Value>(&answer.text) {
            let codes = problem["errors"].as_array().into_iter().flatten().map(|error| error["code"].as_str().unwrap());
            assert!(codes.clone().all(|code| !misread.contains(&code)), "{}: {}", operation.name(), answer.text);
        }
        sent += 1;
    }
    assert!(sent > 40, "only {sent} bodies were sent");
}

#[test]
fn every_operation_says_what_it_does_and_every_problem_it_answers() {
    for (method, path, operation) in operations(&rettematch::web::describe()) {
        let what = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{what}: no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{what}: not one tag");
        let answers = operation["responses"].as_object().unwrap();
        let mut due = vec!["422", "500", "503"];
        let open = path.contains("/links/") || what == "POST /api/v1/sessions";
        if !open {
            due.extend(["401", "403"]);
        }
        if path.contains('{') {
            due.push("404");
        }
        if operation.get("requestBody").is_some() {
            due.extend(["400", "413", "415"]);
        }
        if operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == "If-Match")) {
            due.extend(["412", "428"]);
        }
        for status in due {
            let of = &answers[status]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(of, "#/components/schemas/Problem", "{what}: {status} is not described");
        }
        assert!(answers.keys().any(|status| status.starts_with('2')), "{what}: no success");
        for (status, answer) in answers {
            assert!(answer["description"].as_str().is_some_and(|text| !text.is_empty()), "{what}: {status} says nothing");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|value| walk(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let description = rettematch::web::describe();
    let mut references = Vec::new();
    walk(&description, &mut references);
    references.retain(|reference| description.pointer(reference.trim_start_matches('#')).is_none());
    references.sort_unstable();
    references.dedup();
    assert_eq!(references, Vec::<&str>::new());
}

#[test]
fn every_example_in_the_description_is_one_that_fits() {
    // Examples stand at schemas of single values; each has to pass the pattern or bounds beside it.
    fn walk(value: &Value, seen: &mut usize) {
        if let Some(examples) = value.get("examples").and_then(Value::as_array) {
            for example in examples {
                *seen += 1;
                let text = example.as_str().unwrap_or_default();
                match value["pattern"].as_str() {
                    Some("^(DK)?[0-9]{8}$") => {
                        assert!(rettematch::domain::values::register::Cvr::parse(text).is_some(), "{text}")
                    }
                    Some("^[0-9]{6}-?[0-9]{4}$") => {
                        assert!(rettematch::domain::values::register::Cpr::parse(text).is_some(), "{text}")
                    }
                    _ => {}
                }
            }
        }
        match value {
            Value::Object(map) => map.values().for_each(|value| walk(value, seen)),
            Value::Array(list) => list.iter().for_each(|value| walk(value, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    walk(&rettematch::web::describe(), &mut seen);
    assert!(seen > 3);
}

/// A service with something of everything in it, and the real binary on its database.
async fn furnished() -> (House, Served) {
    let house = House::open().await;
    let leader = &house.here.team_leader;
    let stay = house.recruiting(&later(&house.today().to_string(), 84)).await;
    house.turn(&stay.last_day);
    house.tick().await;
    house.deliver().await;
    let term = json!({"kind": "task", "key": "own task", "da": "Egen opgave", "en": "Own task"});
    leader.post("/terms", term).await.ok();
    house.booked().await;
    let served = Served::start(&house.environment());
    (house, served)
}

async fn fuzz(served: &Served, house: &House, client: &Client) {
    let token = client.token.clone().unwrap();
    let examples = std::env::var("FUZZ_EXAMPLES").unwrap_or_else(|_| "8".into());
    tool("st");
    let done = Command::new(file("tests/tools/fuzz_api.sh"))
        .args([&served.base, &token])
        .env("FUZZ_EXAMPLES", examples)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    // A token that nobody knows would have passed as well.
    let there = house.nobody.with_token(&token).at(&served.base);
    there.get("/sessions/current").await.ok();
}

#[tokio::test]
async fn the_service_holds_its_description_when_fuzzed_by_a_team_leader() {
    let (house, served) = furnished().await;
    fuzz(&served, &house, &house.here.team_leader).await;
}

#[tokio::test]
async fn the_service_holds_its_description_when_fuzzed_by_an_administrator() {
    let (house, served) = furnished().await;
    fuzz(&served, &house, &house.here.administrator).await;
}
