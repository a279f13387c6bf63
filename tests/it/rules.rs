//! The rulebook as people see it: target groups with dates, duties that are switched off, and the version under which a decision
//! was made, which stays readable.

use crate::harness::{House, Value, cpr, json, later};
use rettematch::{app::App, domain::rules::rulebook::BUILT_IN, settings::Settings};
use std::path::Path;

/// A house with a rulebook of its own.
async fn house(folder: &Path, text: &str) -> House {
    let path = folder.join("rules.toml");
    std::fs::write(&path, text).unwrap();
    House::open_with(|settings| settings.rules = path.to_str().unwrap().into()).await
}

/// The built-in book, but that group 13 goes out after a day.
fn without_thirteen_after(last: &str) -> String {
    let from = later(last, 1);
    let mut text = String::new();
    for block in BUILT_IN.split_inclusive("\n\n") {
        if !block.starts_with("[[row]]") || !(block.contains("\"13\"") || block.contains("{ group = \"13\"")) {
            text.push_str(block);
            continue;
        }
        text.push_str(&block.replace("unit = ", &format!("valid_to = \"{last}\"\nunit = ")));
        let newer: Vec<&str> = block.lines().filter(|line| !line.contains("{ group = \"13\"")).collect();
        let newer = newer.join("\n").replace(", \"13\"]", "]");
        text.push_str(&newer.replace("unit = ", &format!("valid_from = \"{from}\"\nunit = ")));
        text.push_str("\n\n");
    }
    text
}

fn newcomer(group: &str) -> Value {
    json!({"cpr": cpr(), "name": "Bo Borger", "target_group": group, "hours_capacity": 20, "goals": [{"own_words": "Et job", "occupations": ["no such work"]}]})
}

#[tokio::test]
async fn a_citizen_is_put_only_into_a_target_group_of_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let today = House::open().await.today().to_string();
    let house = house(folder.path(), &without_thirteen_after(&today)).await;
    let consultant = &house.here.consultant;
    let strange = consultant.post("/citizens", newcomer("14")).await;
    let both = [
        ("/goals/0/occupations/0".to_owned(), "unknown-term".to_owned()),
        ("/target_group".to_owned(), "target-group".to_owned()),
    ];
    assert_eq!(strange.faults(), both, "all at once");
    assert!(strange.text.contains("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13"), "{}", strange.text);
    assert_eq!(
        consultant.post("/citizens", newcomer("Group 3")).await.faults().last().unwrap().1,
        "target-group",
        "no code at all"
    );
    let mut young = newcomer("13");
    young["goals"] = json!([]);
    let id = consultant.post("/citizens", young.clone()).await.ok()["id"].as_str().unwrap().to_owned();

    house.turn(&later(&today, 1));
    let path = format!("/citizens/{id}");
    young["cpr"] = json!(cpr());
    assert_eq!(consultant.post("/citizens", young).await.faults()[0].0, "/target_group", "gone since yesterday");
    let seen = consultant.get(&path).await.ok();
    let details =
        |group: &str, name: &str| json!({"name": name, "target_group": group, "goals": [], "consultant": seen["consultant"]});
    consultant.replace(&path, details("13", "Bo Ny Borger")).await.ok();
    consultant.replace(&path, details("3", "Bo Ny Borger")).await.ok();
    let back = consultant.replace(&path, details("13", "Bo Ny Borger")).await;
    assert_eq!(back.faults()[0].0, "/target_group", "changed back into one that has gone");
    assert_eq!(consultant.get(&path).await.ok()["target_group"], "3");
}

#[tokio::test]
async fn the_served_description_has_the_table_of_the_book_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let text = BUILT_IN.replace("figure = \"weekly_hours_at_most\"\nvalue = 37", "figure = \"weekly_hours_at_most\"\nvalue = 36");
    let house = house(folder.path(), &text).await;
    let served = house.nobody.get("/openapi.json").await.ok();
    let tag = served["tags"].as_array().unwrap().iter().find(|tag| tag["name"] == "rules").unwrap().clone();
    let said = tag["description"].as_str().unwrap();
    assert!(said.contains("`weekly_hours_at_most` 36 hours a week") && said.contains("| `weekly-hours` |"), "{said}");
}

#[tokio::test]
async fn a_gate_that_the_book_switches_off_stands_open() {
    let folder = tempfile::tempdir().unwrap();
    let open = BUILT_IN.replace("figure = \"start_gate\"\nvalue = true", "figure = \"start_gate\"\nvalue = false");
    let house = house(folder.path(), &open).await;
    let stay = house.booked().await;
    house.turn(&stay.first_day);
    assert_eq!(house.see(&stay).await["missing"], json!([]));
    let rules = house.here.consultant.get("/rules").await.ok();
    assert!(!rules["refuse"].as_array().unwrap().contains(&json!("start")), "{}", rules["refuse"]);
    // Nobody has confirmed anything: what was agreed is in force on no day, so the period alone decides.
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
}

#[tokio::test]
async fn the_book_that_a_decision_was_taken_under_can_be_read_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(
        folder.path(),
        &BUILT_IN.replace("figure = \"first_booking_days\"\nvalue = 91", "figure = \"first_booking_days\"\nvalue = 90"),
    )
    .await;
    let stay = house.ready().await;
    let decided_under = house.see(&stay).await["decision"]["rulebook"].as_str().unwrap().to_owned();
    let figure = |rules: &Value, name: &str| {
        let rows = rules["figures"].as_array().unwrap();
        rows.iter().find(|row| row["figure"] == name).map(|row| row["value"].clone())
    };
    // The office changes to another book: the service is opened anew on the same database, twice.
    let changed = || Settings { rules: String::new(), ..house.app.services.settings.clone() };
    let newer = App::open(changed()).unwrap();
    App::open(changed()).unwrap();
    assert_eq!(house.count("rulebooks"), 2);
    for role in [&house.here.liaison, &house.here.consultant] {
        let present = role.get("/rules").await.ok();
        assert_eq!(present["version"], decided_under.as_str());
        assert_eq!(figure(&present, "first_booking_days"), Some(json!(90)));
        let same = role.get(&format!("/rules?version={decided_under}")).await.ok();
        assert_eq!(same, present);
        let other = role.get(&format!("/rules?version={}", newer.services.book.version)).await.ok();
        assert_eq!(other["version"], newer.services.book.version.as_str());
        assert_eq!(figure(&other, "first_booking_days"), Some(json!(91)));
        role.get("/rules?version=0123456789ab").await.problem(404, "not-found");
        let faults = role.get("/rules?version=latest").await.faults();
        assert_eq!(faults, [("version".to_owned(), "version".to_owned())]);
    }
}

#[tokio::test]
async fn after_the_last_day_that_is_known_the_law_runs_on_marked_unconfirmed() {
    let house = House::open().await;
    for (on, unconfirmed) in [("2026-12-31", false), ("2027-01-01", true)] {
        let seen = house.here.consultant.get(&format!("/rules?on={on}")).await.ok();
        let row = |figure: &str| seen["figures"].as_array().unwrap().iter().find(|row| row["figure"] == figure).unwrap().clone();
        assert_eq!(row("first_booking_days")["unconfirmed"], unconfirmed, "{on}");
        assert_eq!(row("long_stay_steps")["unconfirmed"], false, "no law");
    }
}
