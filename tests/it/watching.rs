//! What an operator sees: health, metrics, log and traces, and what none of them ever contains.

use crate::harness::{
    Answer, House, PASSWORD, Served, Value,
    collector::{Collector, attributes},
    cpr, file,
    furnished::Furnished,
    json, once,
    schema::Description,
    tool,
};
use chrono::Duration;
use opentelemetry_proto::tonic::trace::v1::Span;
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

#[tokio::test]
async fn live_touches_nothing_and_ready_asks_the_database() {
    let house = House::open().await;
    house.booked().await;
    house.tick().await;
    let ready = house.nobody.get("/health/ready").await;
    assert_eq!(ready.header("Cache-Control"), Some("no-store"));
    let body = ready.ok();
    assert_eq!((&body["status"], &body["database"], &body["degraded"]), (&json!("ready"), &json!("answers"), &json!([])));
    let due: i64 = house.text("SELECT CAST(count(*) AS TEXT) AS text FROM letters").parse().unwrap();
    assert_eq!(body["letters"], json!({"due": due, "oldest_due_age_seconds": 0}));
    assert!(due > 1);
    assert_eq!(body["migrations"]["run"], house.texts("SELECT version AS text FROM __diesel_schema_migrations").len());
    let jobs: Vec<_> = body["jobs"].as_array().unwrap().iter().map(|run| run["job"].as_str().unwrap()).collect();
    assert_eq!(jobs, ["look", "report", "renew", "count", "erase", "tidy"]);
    let look = json!({"job": "look", "day": "2026-01-05", "finished_at": "2026-01-05T08:00:00Z"});
    assert_eq!(body["jobs"][0], look);

    // A quarter of an hour later nothing has been sent or looked at: somebody should look, a restart would not help.
    house.turn_to(house.now() + Duration::seconds(901));
    let body = house.nobody.get("/health/ready").await.ok();
    assert_eq!((&body["status"], &body["degraded"]), (&json!("degraded"), &json!(["letters-late", "schedule-late"])));
    assert_eq!(body["letters"]["oldest_due_age_seconds"], 901);
    house.tick().await;
    house.deliver().await;
    let body = house.nobody.get("/health/ready").await.ok();
    assert_eq!((&body["status"], &body["letters"]["due"]), (&json!("ready"), &json!(0)));
    assert_eq!(body["letters"]["oldest_due_age_seconds"], Value::Null);

    house.texts("ALTER TABLE letters RENAME TO elsewhere");
    let refused = house.nobody.get("/health/ready").await;
    refused.problem(503, "unavailable");
    assert_eq!((refused.header("Retry-After"), refused.header("Content-Type")), (Some("5"), Some("application/problem+json")));
    assert_eq!(house.nobody.get("/health/live").await.ok(), json!({"status": "live"}));
}

#[tokio::test]
async fn a_newer_program_on_older_tables_is_not_ready_and_an_older_one_on_newer_tables_says_so() {
    let house = House::open().await;
    house.texts("INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')");
    let body = house.nobody.get("/health/ready").await.ok();
    assert_eq!((&body["status"], &body["degraded"]), (&json!("degraded"), &json!(["tables-newer"])));
    assert_eq!(body["migrations"]["unknown"], json!(["99991231000000"]));

    let newest = house.text("SELECT max(version) AS text FROM __diesel_schema_migrations WHERE version < '9999'");
    house.texts(&format!("DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'"));
    let refused = house.nobody.get("/health/ready").await;
    refused.problem(503, "tables-behind");
    assert_eq!(refused.header("Retry-After"), Some("5"));
    assert!(refused.body()["detail"].as_str().unwrap().contains(&newest), "{refused:?}");
}

/// The counts as Prometheus' own client in Python reads them: every family, held to the conventions.
async fn counts(house: &House) -> Vec<Value> {
    read(&house.nobody.get("/metrics").await)
}

fn read(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.header("Content-Type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let mut child = Command::new(tool("python"))
        .arg(file("tests/tools/read_metrics.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answer.text.as_bytes()).unwrap();
    let read = child.wait_with_output().unwrap();
    assert!(read.status.success(), "{}\n{}", String::from_utf8_lossy(&read.stderr), answer.text);
    serde_json::from_slice(&read.stdout).unwrap()
}

/// The value of one series; nothing where it is not there.
fn value(families: &[Value], name: &str, labels: Value) -> Option<f64> {
    let samples = families.iter().flat_map(|family| family["samples"].as_array().unwrap());
    samples.clone().find(|one| one["name"] == name && one["labels"] == labels).map(|one| one["value"].as_f64().unwrap())
}

#[tokio::test]
async fn the_counts_follow_the_conventions_and_count_what_happened() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.here.consultant.get(&stay.path()).await.ok();
    house.here.consultant.get(&stay.path()).await.ok();
    house.here.consultant.get("/internships/0101701234").await.problem(404, "not-found");
    house.nobody.get("/nowhere/0101701234?cpr=0101701234").await.problem(404, "not-found");
    let odd = reqwest::Method::from_bytes(b"X0101701234").unwrap();
    house.nobody.send(house.nobody.ask(odd, "/citizens")).await;
    house.tick().await;
    let families = counts(&house).await;
    let waiting = value(&families, "rettematch_letters_due", json!({})).unwrap();
    assert!(waiting > 1.0);
    house.turn_to(house.now() + Duration::seconds(60));
    assert_eq!(value(&counts(&house).await, "rettematch_oldest_due_letter_age_seconds", json!({})), Some(60.0));
    house.deliver().await;
    let families = counts(&house).await;
    let of = |name: &str, labels: Value| value(&families, name, labels);
    let one = json!({"method": "GET", "route": "/api/v1/internships/{id}", "status": "200"});
    assert_eq!(of("rettematch_http_requests_total", one), Some(2.0));
    let missing = json!({"method": "GET", "route": "/api/v1/internships/{id}", "status": "404"});
    assert_eq!(of("rettematch_http_requests_total", missing), Some(1.0));
    let nowhere = json!({"method": "GET", "route": "none", "status": "404"});
    assert_eq!(of("rettematch_http_requests_total", nowhere), Some(1.0));
    let timed = json!({"method": "GET", "route": "/api/v1/internships/{id}"});
    assert_eq!(of("rettematch_http_request_duration_seconds_count", timed), Some(3.0));
    assert_eq!(of("rettematch_letters_sent_total", json!({})), Some(waiting));
    assert_eq!(of("rettematch_letters_due", json!({})), Some(0.0));
    assert_eq!(of("rettematch_oldest_due_letter_age_seconds", json!({})), Some(0.0));
    assert_eq!(of("rettematch_job_duration_seconds_count", json!({"job": "look"})), Some(1.0));
    assert_eq!(of("rettematch_job_duration_seconds_count", json!({"job": "deliver"})), Some(1.0));
    assert_eq!(of("rettematch_job_failures_total", json!({"job": "deliver"})), Some(0.0));
    let finished = of("rettematch_job_last_finished_timestamp_seconds", json!({"job": "look"}));
    assert_eq!(finished, Some("2026-01-05T08:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp() as f64));
    assert_eq!(of("rettematch_build_info", json!({"version": env!("CARGO_PKG_VERSION")})), Some(1.0));
    assert!(of("process_resident_memory_bytes", json!({})).unwrap() > 1e6);

    let text = house.nobody.get("/metrics").await.text;
    assert!(!text.contains("0101701234") && !text.contains(&stay.id), "{text}");
    let page = fs::read_to_string(file("src/handbook/operations.md")).unwrap();
    for family in families {
        let name = family["name"].as_str().unwrap();
        assert!(name.starts_with("process_") || page.contains(&format!("| `{name}`")), "{name} is not in operations.md");
    }

    // Without the database it says so, and tells of the rest.
    house.texts("ALTER TABLE letters RENAME TO elsewhere");
    let families = counts(&house).await;
    assert_eq!(value(&families, "rettematch_database_up", json!({})), Some(0.0));
    assert_eq!(value(&families, "rettematch_letters_due", json!({})), None);
    assert_eq!(value(&families, "rettematch_letters_sent_total", json!({})), Some(waiting));
}

/// The environment in which the real binary serves a house, traces to a collector, and logs all that can be logged as JSON.
fn watched(house: &House, collector: &Collector, filter: &str) -> Vec<(String, String)> {
    let mut environment = house.environment();
    for (name, value) in [
        ("RETTEMATCH__LOG", "json"),
        ("RETTEMATCH__OTLP", &collector.address),
        ("RUST_LOG", filter),
        ("NO_PROXY", "127.0.0.1"),
        // Sent sooner than usual, by the names that OpenTelemetry gives.
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
    ] {
        environment.push((name.to_owned(), value.to_owned()));
    }
    environment
}

/// Every line of a log, each an object.
fn lines(log: &Path) -> Vec<Value> {
    let text = fs::read_to_string(log).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

/// All texts in a value that somebody may have entered: with a blank, or an address.
fn entered(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.contains(' ') || text.contains('@') => drop(found.insert(text.clone())),
        Value::Array(list) => list.iter().for_each(|value| entered(value, found)),
        Value::Object(map) => map.values().for_each(|value| entered(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn no_secret_is_in_the_log_the_counts_or_the_traces_of_the_real_program() {
    let full = Furnished::open().await;
    let house = &full.house;
    let (collector, log) = (Collector::start(), house.folder.path().join("log"));
    let environment = watched(house, &collector, "trace");
    let served = Served::start_logging(&environment, &log);
    let (nobody, boss, me) =
        (house.nobody.at(&served.base), house.here.administrator.at(&served.base), house.here.consultant.at(&served.base));
    let (number, password, wrong) = (cpr(), "en meget hemmelig kode", "en meget forkert kode");
    let (kind, function, goal) = ("Slidgigt i begge knæ", "Siddende arbejde", "Et stille kontor ved havet");
    let mut secrets = BTreeSet::from([number.clone(), number.replace('-', "")]);
    secrets.extend(
        [password, wrong, kind, function, goal, "Bo Borger", "bo@post.example", PASSWORD, "$argon2id"].map(str::to_owned),
    );

    let account = json!({"email": "ny@101.example", "name": "Nina Ny", "role": "consultant"});
    boss.post("/accounts", account).await.ok();
    house.choose_password("ny@101.example", password).await;
    secrets.extend(["ny@101.example".to_owned(), "Nina Ny".to_owned()]);
    nobody.post("/sessions", json!({"email": "ny@101.example", "password": wrong})).await.problem(401, "wrong-credentials");
    let session = nobody.post("/sessions", json!({"email": "ny@101.example", "password": password})).await.ok();
    secrets.insert(session["token"].as_str().unwrap().to_owned());
    let own = nobody.with_token(session["token"].as_str().unwrap());
    let citizen = json!({
        "cpr": number, "name": "Bo Borger", "email": "bo@post.example", "target_group": "3", "hours_capacity": 25,
        "goals": [{"own_words": goal, "occupations": ["office"]}],
    });
    let id = own.post("/citizens", citizen.clone()).await.ok()["id"].as_str().unwrap().to_owned();
    own.post("/citizens", citizen.clone()).await;
    own.post("/citizens/search", json!({"cpr": number})).await.ok();
    own.get(&format!("/citizens?cpr={number}")).await;
    own.get(&format!("/citizens/{number}")).await;
    own.get(&format!("/{number}/{kind}")).await;
    own.send(own.ask(reqwest::Method::GET, "/citizens").header("traceparent", &number).header("X-Name", "Bo Borger")).await;
    let needs = json!({"needs": [{"kind": kind, "function": function, "rules_out": ["heavy lifting"]}]});
    own.replace(&format!("/citizens/{id}/needs"), needs).await.ok();

    // Every address of the description with its example, by somebody who may.
    let description = Description::own();
    for operation in description.operations() {
        let client = full.able(&operation).at(&served.base);
        let mut request = client.ask(operation.method.clone(), &full.path(&operation));
        if operation.has("If-Match") {
            request = request.header("If-Match", "\"999-0a1b2c3d\"");
        }
        if let Some(schema) = description.body(&operation) {
            let example = schema["examples"][0].clone();
            entered(&example, &mut secrets);
            request = request.json(&example);
        }
        // Signing out would end the story.
        if !["DELETE /sessions/current", "DELETE /sessions"].contains(&operation.name().as_str()) {
            client.send(request).await;
        }
    }
    secrets.extend([full.tokens.0.clone(), full.tokens.1.clone()]);
    once(&environment, "tick", &log);
    once(&environment, "deliver", &log);
    // Failures inside: a row that cannot be read, a table that is gone.
    house.texts(&format!("UPDATE citizens SET goals = '\"{goal}\"' WHERE id = '{id}'"));
    own.get(&format!("/citizens/{id}")).await.problem(500, "internal");
    house.texts("ALTER TABLE citizens RENAME TO elsewhere");
    me.post("/citizens", citizen).await.problem(500, "internal");
    let counted = nobody.get("/metrics").await;
    read(&counted);
    assert!(served.stop().success());

    let lines = lines(&log);
    let told = |wanted: &str| lines.iter().filter(|line| line["message"] == wanted).cloned().collect::<Vec<_>>();
    let answered = told("answered");
    assert!(answered.len() > 100, "only {} requests are in the log", answered.len());
    let search = answered.iter().find(|line| line["route"] == "/api/v1/citizens/search").unwrap();
    assert_eq!((&search["method"], &search["status"], &search["role"]), (&json!("POST"), &json!(200), &json!("consultant")));
    assert!(search["seconds"].is_f64() && search["level"] == "DEBUG" && search["timestamp"].is_string(), "{search}");
    // What failed is found by the number of its request.
    let failed = told("a request failed");
    let told_of = answered.iter().filter(|line| line["request"] == failed[failed.len() - 1]["request"]).collect::<Vec<_>>();
    assert_eq!((told_of.len(), &told_of[0]["status"], &told_of[0]["level"]), (1, &json!(500), &json!("INFO")));
    assert!(collector.spans().len() > 100);

    let (logged, traced) = (fs::read_to_string(&log).unwrap(), String::from_utf8_lossy(&collector.bytes()).into_owned());
    let escaped = |text: &str| serde_json::to_string(text).unwrap().trim_matches('"').to_owned();
    for secret in &secrets {
        for (place, text) in [("log", &logged), ("counts", &counted.text), ("traces", &traced)] {
            let at = text.find(secret).or_else(|| text.find(&escaped(secret)));
            let around =
                at.map(|at| text.get(at.saturating_sub(300)..).unwrap_or_default().chars().take(600).collect::<String>());
            assert!(at.is_none(), "{secret} is in the {place}: {around:?}");
        }
    }
    for id in full.ids.iter().map(|(_, id)| id).chain([&id]) {
        assert!(!counted.text.contains(id) && !traced.contains(id), "an id is in counts or traces");
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn named<'s>(spans: &'s [Span], name: &str) -> &'s Span {
    spans.iter().find(|span| span.name == name).unwrap_or_else(|| {
        panic!("no span {name} among {:?}", spans.iter().map(|span| &span.name).collect::<BTreeSet<_>>());
    })
}

#[tokio::test]
async fn traces_continue_the_callers_and_span_requests_jobs_and_letters() {
    let house = House::open().await;
    let stay = house.booked().await;
    let (collector, log) = (Collector::start(), house.folder.path().join("log"));
    let environment = watched(&house, &collector, "info,requests=debug");
    let served = Served::start_logging(&environment, &log);
    let me = house.here.consultant.at(&served.base);
    let (trace, span) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    let with = |parent: String| me.ask(reqwest::Method::GET, &stay.path()).header("traceparent", parent);
    me.send(with(format!("00-{trace}-{span}-01"))).await.ok();
    me.send(with(format!("00-{}-{span}-00", "a".repeat(32)))).await.ok();
    me.send(with(format!("00-{trace}-{span}-01").to_uppercase())).await.ok();
    me.get("/nowhere").await.problem(404, "not-found");
    me.get("/health/ready").await.ok();
    once(&environment, "tick", &log);
    once(&environment, "deliver", &log);
    assert!(served.stop().success());

    let spans = collector.spans();
    let reads: Vec<_> = spans.iter().filter(|span| span.name == "GET /api/v1/internships/{id}").collect();
    assert_eq!(reads.len(), 2, "one continued, one begun; the third was not to be sampled");
    let continued = reads.iter().find(|read| hex(&read.trace_id) == trace).unwrap();
    assert_eq!((hex(&continued.parent_span_id), continued.kind), (span.to_owned(), 2));
    let own = attributes(continued);
    let route = "/api/v1/internships/{id}";
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.route", route),
        ("http.response.status_code", "200"),
        ("rettematch.role", "consultant"),
    ] {
        assert_eq!(own.get(name).map(String::as_str), Some(value), "{own:?}");
    }
    let begun = reads.iter().find(|read| hex(&read.trace_id) != trace).unwrap();
    assert!(begun.parent_span_id.is_empty());
    named(&spans, "GET none");
    assert!(!spans.iter().any(|span| span.name.contains("health")));

    named(&spans, "job look");
    let delivering = named(&spans, "job deliver");
    let letters: Vec<_> = spans.iter().filter(|span| span.name == "deliver letter").collect();
    assert!(letters.len() > 1);
    for letter in letters {
        assert_eq!((&letter.parent_span_id, &letter.trace_id), (&delivering.span_id, &delivering.trace_id));
        let own = attributes(letter);
        assert_eq!(own.get("rettematch.letter.became").map(String::as_str), Some("sent"), "{own:?}");
        assert!(own.contains_key("rettematch.letter.kind"));
    }
    // Only what was chosen, and nothing that a library adds of itself.
    let chosen = [
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "rettematch.role",
        "rettematch.job",
        "rettematch.letter.kind",
        "rettematch.letter.became",
    ];
    for span in &spans {
        assert!(attributes(span).keys().all(|name| chosen.contains(&name.as_str())), "{:?}", attributes(span));
        assert!(span.events.is_empty());
    }
    // The log tells of the same request by the number of its trace.
    let told = lines(&log).into_iter().filter(|line| line["route"] == route).collect::<Vec<_>>();
    assert!(told.iter().any(|line| line["request"] == trace), "{told:?}");
    assert!(told.iter().any(|line| line["request"] == hex(&begun.trace_id)), "{told:?}");
}

#[tokio::test]
async fn a_collector_that_is_silent_holds_nobody_up() {
    let house = House::open().await;
    let (collector, log) = (Collector::silent(), house.folder.path().join("log"));
    let served = Served::start_logging(&watched(&house, &collector, "info"), &log);
    let me = house.here.consultant.at(&served.base);
    // More than the queue holds, while a sending is waited for.
    let ask = |number: usize| {
        let me = me.clone();
        tokio::spawn(async move {
            let mut longest = std::time::Duration::ZERO;
            for _ in 0..number {
                let began = std::time::Instant::now();
                me.get("/sessions/current").await.ok();
                longest = longest.max(began.elapsed());
            }
            longest
        })
    };
    let mut longest = std::time::Duration::ZERO;
    for asking in (0..4).map(|_| ask(700)).collect::<Vec<_>>() {
        longest = longest.max(asking.await.unwrap());
    }
    assert!(collector.held() > 0, "nothing was sent to the collector");
    // A sending is given up after five seconds: whoever waited for one would have waited so long.
    assert!(longest < std::time::Duration::from_secs(4), "a request took {longest:?}");
    assert!(served.stop().success());
}

#[tokio::test]
async fn without_a_terminal_the_log_is_json_and_text_where_it_is_wanted() {
    let house = House::open().await;
    let log = |form: &str| {
        let path = house.folder.path().join(form);
        let mut environment = house.environment();
        let own = [("RETTEMATCH__LOG", form), ("RUST_LOG", "info,requests=debug")];
        environment.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        (environment, path)
    };
    for form in ["auto", "json", "text"] {
        let (environment, path) = log(form);
        let served = Served::start_logging(&environment, &path);
        house.here.consultant.at(&served.base).get("/sessions/current").await.ok();
        assert!(served.stop().success());
        let text = fs::read_to_string(&path).unwrap();
        if form == "text" {
            assert!(text.contains("answered method=\"GET\" route=\"/api/v1/sessions/current\" status=200"), "{text}");
        } else {
            assert!(lines(&path).iter().any(|line| line["route"] == "/api/v1/sessions/current"), "{text}");
        }
    }
}
