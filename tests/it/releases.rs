//! A database that an earlier release filled is upgraded, and every answer of the API about it is the same as that release's,
//! byte for byte. `tests/data/releases` has a folder for each release, never to be changed: `rows.sql` holds its rows,
//! `answers.json` what it answered to whom at which instant.
//!
//! A new release adds its folder: `RETTEMATCH_WRITE_RELEASE=0.2 cargo nextest run --run-ignored all a_release_is_kept`.

use crate::harness::{
    Client, Database, Service, Value, begin_session,
    catalogue::{Made, catalogue, inserts, tables},
    every_path::every_path,
    file,
    furnished::Furnished,
    json,
};
use rettematch::{app::App, domain::people::access::Role, replay, settings::Settings};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Stands in the letters that a release has written.
const PUBLIC_URL: &str = "https://rettematch.example";
/// The key of all releases' made-up secrets.
const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
/// What these answer is about the program and not about the database: a later release may say more, and nothing less.
const MAY_GROW: [&str; 2] = ["/rules", "/terms"];
/// Fields that answers have gained since under another name than their column's: left out when an answer is compared.
const ADDED: &[&str] = &[
    "mentor_email",
    "mentor_phone",
    "substitute",
    "closings",
    "restrictions",
    "erased_from",
    "hearings",
    "days_absent",
    "colleagues",
    "heard",
    "addenda",
    "start_recorded",
    "decision",
    "withdrawn_versions",
    "pauses",
    "id",
    "former_numbers",
    "given_by",
    "via",
    "at",
    "meeting",
    "phone",
    "first_day",
    "weekly_hours",
    "by_name",
    "what_in_words",
    "audience_in_words",
    "name",
    "case_name",
    "case_reference",
    "value_en",
    "remark",
    "written",
    "employer_statement",
    "role_confirmation",
    "asked_role",
];
/// What these roles read less of since then, on purpose: `whose_words` says what they read.
const NARROWED: [(&str, &str); 4] =
    [("liaison", "/internships/"), ("liaison", "/flags"), ("liaison", "/letters"), ("administrator", "/letters")];
/// What is asked for before a start since then: what waits, waits for that too.
const ASKED_SINCE: &str = "employer-statement";

async fn answer(client: &Client, path: &str) -> Value {
    let answer = client.get(path).await;
    json!({"status": answer.status, "etag": answer.header("ETag"), "link": answer.header("Link"), "body": answer.text})
}

/// Whether everything that was said before is still said. The version of the rulebook changes with any row.
/// Words and figures of the rules change with a release, on purpose; each rule, figure and term that there was is still there.
fn still_says(before: &Value, now: &Value) -> bool {
    const NAMES: [&str; 5] = ["rule", "figure", "key", "group", "kind"];
    match (before, now) {
        (Value::Array(before), Value::Array(now)) => before.iter().all(|item| now.iter().any(|other| still_says(item, other))),
        (Value::Object(before), Value::Object(now)) => before.iter().all(|(name, value)| match now.get(name) {
            Some(other) if NAMES.contains(&name.as_str()) => value == other,
            Some(other) => !(value.is_array() || value.is_object()) || still_says(value, other),
            None => false,
        }),
        (Value::String(before), Value::String(now)) => before == now,
        _ => true,
    }
}

/// A value without the fields that an earlier one does not have at that place, as far as they were added since.
fn without(mut value: Value, before: &Value, fields: &[String]) -> Value {
    match (&mut value, before) {
        (Value::Object(object), Value::Object(before)) => {
            object.retain(|name, _| before.contains_key(name) || !fields.contains(name));
            for (name, inner) in object.iter_mut() {
                *inner = without(inner.take(), before.get(name).unwrap_or(&Value::Null), fields);
            }
        }
        (Value::Array(items), Value::Array(before)) => {
            items.retain(|item| item["what"] != ASKED_SINCE || before.iter().any(|own| own["what"] == ASKED_SINCE));
            for (item, before) in items.iter_mut().zip(before) {
                *item = without(item.take(), before, fields);
            }
        }
        _ => {}
    }
    value
}

/// The columns that tables have gained since: what answers show of them is new.
fn columns_since(then: &[Made], now: &[Made]) -> Vec<String> {
    let known: BTreeSet<&String> = then.iter().flat_map(|table| table.columns.iter().map(|(name, ..)| name)).collect();
    let stood = now.iter().filter(|table| then.iter().any(|other| other.name == table.name));
    let names = stood.flat_map(|table| table.columns.iter().map(|(name, ..)| name));
    names.filter(|name| !known.contains(name)).cloned().collect()
}

/// A value without its texts in two languages: what people read may be worded anew, where codes and figures may not change.
fn unworded(value: Value) -> Value {
    match value {
        Value::Object(mut map) => {
            if map.contains_key("da") && map.contains_key("en") {
                map.retain(|name, _| name != "da" && name != "en");
            }
            map.into_iter().map(|(name, value)| (name, unworded(value))).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(unworded).collect::<Vec<_>>().into(),
        other => other,
    }
}

/// Whether an answer is the same, byte for byte, but for fields that were added, texts that were worded anew, and the version of the rulebook, which changes
/// with any row of it.
fn is_the_same(path: &str, before: &Value, now: &Value, added: &[String], [then, today]: [&str; 2]) -> bool {
    let text = |answer: &Value| answer["body"].as_str().unwrap().to_owned();
    // The tag is the revision and a digest of the body.
    let revision =
        |answer: &Value| answer["etag"].as_str().and_then(|tag| tag.split_once('-')).map(|(revision, _)| revision.to_owned());
    let unlike = |answer: &Value| (answer["status"].clone(), answer["link"].clone(), revision(answer));
    if now == before || unlike(now) != unlike(before) {
        return now == before;
    }
    let (before, now) = (text(before), text(now).replace(today, then));
    if before == now {
        return true;
    }
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let before = unworded(parsed(&before));
    let now = without(unworded(parsed(&now)), &before, added);
    if MAY_GROW.contains(&path) { still_says(&before, &now) } else { !added.is_empty() && before == now }
}

fn settings(database: &Database, clock: &str, folder: &Path) -> Settings {
    let mut settings = Settings::base().unwrap();
    settings.database.clone_from(&database.url);
    settings.key = serde_json::from_value(json!(KEY)).unwrap();
    settings.clock = clock.to_owned();
    settings.mail.folder = folder.join("letters").to_str().unwrap().into();
    settings.schedule.enabled = false;
    settings.public_url = PUBLIC_URL.into();
    settings.session_idle_minutes = 24 * 60 * 3653;
    settings
}

#[tokio::test]
#[ignore = "writes the files of a new release; asked for by name"]
async fn a_release_is_kept() {
    let Ok(release) = std::env::var("RETTEMATCH_WRITE_RELEASE") else { return };
    let house = crate::harness::House::open_with(|settings| {
        settings.key = serde_json::from_value(json!(KEY)).unwrap();
        settings.public_url = PUBLIC_URL.into();
    })
    .await;
    let courses = fs::read_to_string(file("tests/cases.json")).unwrap();
    let today = house.now();
    for case in &replay::read(&courses).unwrap().cases {
        house.turn("2012-01-01");
        replay::play(&house.app, case, &replay::Cast::default(), &|_, _| {}).await.unwrap();
    }
    house.turn_to(today);
    let furnished = Furnished::furnish(house).await;
    let house = &furnished.house;
    let mut asked: Vec<Value> = Vec::new();
    for role in Role::ALL {
        let municipality = house.here.municipality;
        let token = begin_session(&house.app, &house.here.of(*role).account).await;
        let client = house.nobody.with_token(&token);
        let mut answers = BTreeMap::new();
        for path in every_path(&|sql| house.texts(sql), municipality) {
            // The same for everybody.
            if !asked.is_empty() && ["/rules", "/terms", "/runs?limit=200"].contains(&path.as_str()) {
                continue;
            }
            answers.insert(path.clone(), answer(&client, &path).await);
        }
        answers.retain(|_, answer| answer["status"] != 403);
        asked.push(json!({"role": role.code(), "token": token, "answers": answers}));
    }
    let folder = file("tests/data/releases").join(release);
    fs::create_dir_all(&folder).unwrap();
    let rows = inserts(house.database(), &tables(&catalogue(house.database())));
    let migrations = house.text("SELECT CAST(count(*) AS TEXT) AS text FROM __diesel_schema_migrations");
    let answers = json!({"at": house.now().to_rfc3339(), "migrations": migrations.parse::<usize>().unwrap(), "asked": asked});
    fs::write(folder.join("rows.sql"), rows.join(";\n--\n") + ";\n").unwrap();
    fs::write(folder.join("answers.json"), serde_json::to_string_pretty(&answers).unwrap() + "\n").unwrap();
}

/// What the release kept of people in the clear is sealed, and nothing of it is left in the file, not in pages that are free either.
fn nothing_is_left_in_the_clear(database: &Database) {
    assert_eq!(database.texts("SELECT table_name AS text FROM unsealed"), [""; 0]);
    let Some(path) = database.url.strip_prefix("sqlite:") else { return };
    for end in ["", "-wal"] {
        let bytes = fs::read(format!("{path}{end}")).unwrap_or_default();
        for text in ["Pernille Prøve", "Et kontorjob, gerne som elev", "Mentor Prøve"] {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{text} is in the database{end}");
        }
    }
}

#[tokio::test]
async fn every_answer_about_an_earlier_releases_database_is_the_same() {
    let releases: Vec<_> = fs::read_dir(file("tests/data/releases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!releases.is_empty());
    for release in releases {
        let rows = fs::read_to_string(release.join("rows.sql")).unwrap();
        let kept: Value = serde_json::from_str(&fs::read_to_string(release.join("answers.json")).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let database = Database::make(folder.path());
        (0..kept["migrations"].as_u64().unwrap()).for_each(|_| database.up());
        // In one transaction: SQLite would wait for the disk after each row.
        database.run("BEGIN");
        rows.trim_end_matches(";\n").split(";\n--\n").for_each(|statement| database.run(statement));
        database.run("COMMIT");
        let tables_then = tables(&catalogue(&database));
        let book_then = database.texts("SELECT max(version) AS text FROM rulebooks").remove(0);
        let app = App::open(settings(&database, kept["at"].as_str().unwrap(), folder.path())).unwrap();
        nothing_is_left_in_the_clear(&database);
        let mut added = columns_since(&tables_then, &tables(&catalogue(&database)));
        added.extend(ADDED.iter().map(ToString::to_string));
        let book_now = app.services.book.version.clone();
        let service = Service::of(app);
        let nobody = Client::new(reqwest::Client::builder().no_proxy().build().unwrap(), &service.base);
        let mut differ = Vec::new();
        let mut same = 0;
        for asked in kept["asked"].as_array().unwrap() {
            let client = nobody.with_token(asked["token"].as_str().unwrap());
            for (path, before) in asked["answers"].as_object().unwrap() {
                if NARROWED.iter().any(|(role, begins)| asked["role"] == *role && path.starts_with(begins)) {
                    continue;
                }
                let now = answer(&client, path).await;
                if is_the_same(path, before, &now, &added, [&book_then, &book_now]) {
                    same += 1;
                } else {
                    differ.push(format!("{} {path}\n  was {before}\n  is  {now}", asked["role"]));
                }
            }
        }
        assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), differ.len() + same, differ.join("\n"));
        assert!(same > 300, "only {same} were asked");
    }
}

#[test]
fn an_answer_is_the_same_but_for_what_was_added() {
    let answer = |body: Value| json!({"status": 200, "etag": "\"1-0a\"", "link": null, "body": body.to_string()});
    let (new, books) = ([String::from("new")], ["b1", "b2"]);
    let grown = json!({"status": 200, "etag": "\"1-0b\"", "link": null, "body": json!([{"a": 1, "new": 2}]).to_string()});
    assert!(is_the_same("/flags", &answer(json!([{"a": 1}])), &grown, &new, books));
    assert!(!is_the_same("/flags", &answer(json!([{"a": 1}])), &grown, &[], books));
    assert!(!is_the_same("/flags", &answer(json!([{"a": 2}])), &grown, &new, books));
    let (one, two) = (answer(json!({"flag": [{"rule": "a"}]})), answer(json!({"flag": [{"rule": "b"}, {"rule": "a"}]})));
    assert!(
        is_the_same("/rules", &one, &two, &[], books)
            && !is_the_same("/rules", &two, &one, &[], books)
            && !is_the_same("/flags", &one, &two, &[], books)
    );
    let book =
        |version: &str| json!({"status": 200, "etag": version, "link": null, "body": json!({"rulebook": version}).to_string()});
    assert!(
        is_the_same("/flags", &book("b1"), &book("b2"), &[], books)
            && !is_the_same("/flags", &book("b1"), &book("b3"), &[], books)
    );
}
