//! The plain columns of an internship equal what the domain says of it, after whatever was done in whatever order; and who spoils a
//! row is found.

use crate::harness::{House, Stay, Value, clarification, json, later, recruitment};
use rettematch::check_data::check_data;

/// What differs; nothing.
async fn differences(house: &House) -> Vec<String> {
    check_data(&house.app, &|_, _| {}).await.unwrap()
}

/// Something that is done to an internship, as a number says; a refusal is as good as anything.
async fn act(house: &House, stay: &Stay, what: u64) {
    let consultant = &house.here.consultant;
    let change = async |path: &str, body: Value| {
        let etag = consultant.etag(&stay.path()).await;
        consultant.change_from(reqwest::Method::POST, &stay.at(path), &etag, body).await
    };
    let replace = async |path: &str, body: Value| {
        let etag = consultant.etag(&stay.path()).await;
        consultant.change_from(reqwest::Method::PUT, &stay.at(path), &etag, body).await
    };
    let today = house.today().to_string();
    match what % 16 {
        0 | 1 => drop(house.confirm(stay, "citizen").await),
        2 | 3 => drop(house.confirm(stay, "consultant").await),
        4 | 5 => drop(house.confirm(stay, "company").await),
        6 => drop(
            consultant.post(&stay.at("objections"), json!({"party": "company", "words": "Ikke sådan", "via": "meeting"})).await,
        ),
        7 => drop(replace("accommodations", json!({"items": [{"function": format!("Pause {what}")}]})).await),
        8 => drop(replace("accommodations", json!({"none_needed": true})).await),
        9 => drop(replace("contact-person", json!({"contact": stay.company.contact})).await),
        10 => {
            let statement = json!({"given_by": "unit", "name": "Tillids Person", "conditions_met": !what.is_multiple_of(3)});
            drop(replace("representative-statement", statement).await);
        }
        11 => {
            let decision = json!({"reasons": "Afklaring.", "complaint_guidance": "Inden fire uger."});
            drop(replace("decision", decision).await);
        }
        12 => {
            if house.today().to_string() < stay.first_day {
                house.turn(&stay.first_day);
            }
            drop(change("start", json!({})).await);
        }
        13 => {
            let hours = json!([{"from": stay.first_day, "weekly_hours": 10 + what % 9}]);
            let purpose = if what.is_multiple_of(2) { clarification() } else { recruitment(&later(&stay.first_day, 60)) };
            drop(change("versions", json!({"hours": hours, "purpose": purpose})).await);
        }
        14 => {
            let body = json!({"to": later(&stay.last_day, 14), "reason": "Der mangler øvelse.",
                "hiring_decision_on": later(&stay.last_day, 7)});
            drop(house.extend(stay, body).await);
        }
        _ => drop(consultant.post(&stay.at("answers"), json!({"answer": "more-time", "via": "telephone", "words": today})).await),
    }
}

#[tokio::test]
async fn after_any_sequence_of_actions_the_columns_equal_what_the_domain_says() {
    for seed in 1..=3_u64 {
        let house = House::open().await;
        let stays = [house.booked().await, house.booked_with(|body| body["accommodations"] = Value::Null).await];
        assert_eq!(differences(&house).await, [""; 0]);
        let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for number in 0..40 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let what = dice >> 33;
            act(&house, &stays[number % 2], what).await;
            assert_eq!(differences(&house).await, [""; 0], "seed {seed}, step {number}, {}", what % 16);
        }
        let numbers = house.texts("SELECT CAST(newest_number AS TEXT) AS text FROM internship_facts");
        assert!(numbers.iter().any(|number| number != "1"), "nothing was done");
    }
}

#[tokio::test]
async fn a_row_that_was_spoiled_is_named() {
    let house = House::open().await;
    let stay = house.ready().await;
    assert_eq!(differences(&house).await, [""; 0]);
    house.database().run("UPDATE internship_facts SET occupation = 'shop'");
    assert_eq!(differences(&house).await, [format!("internship {}: its columns", stay.id)]);
    house.database().run("DELETE FROM internship_facts");
    assert_eq!(differences(&house).await, [format!("internship {}: its columns", stay.id)]);
    // The next start fills what is missing, as after an upgrade.
    house.app.db.catch_up(&house.app.services.keys).unwrap();
    assert_eq!(differences(&house).await, [""; 0]);
    // What was confirmed is still confirmed, but the terms are others.
    house.database().run("UPDATE confirmations SET hash = 'x'");
    house.database().run("UPDATE versions SET hash = 'x'");
    assert_eq!(differences(&house).await, [format!("internship {}: version 1 is not what was signed", stay.id)]);
}
