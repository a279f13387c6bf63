//! Booking: all refusals are reported at once; a dry run reports the same and writes nothing.

use crate::harness::{House, Value, json, later, recruitment};

#[tokio::test]
async fn every_rule_that_refuses_is_told_at_once_with_what_would_make_it_pass() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let consultant = &house.here.consultant;
    let needs = json!({"needs": [{"kind": "Ryg", "function": "Ingen løft", "rules_out": ["heavy lifting"]}]});
    consultant.replace(&format!("/citizens/{}/needs", citizen.0), needs).await.ok();
    let place = json!({"name": "Lageret", "foresees_vacancy": false});
    house.here.liaison.replace(&format!("/workplaces/{}", company.workplace), place).await.ok();
    let mut body = house.booking(&citizen.0, &company, "2026-01-19");
    body["purpose"] = json!({"kind": "recruitment"});
    body["last_day"] = json!(later("2026-01-19", 91));
    body["hours"] = json!([{"from": "2026-01-19", "weekly_hours": 38}]);
    body["tasks"] = json!(["heavy lifting", "sitting all day"]);
    let before = house.dump();
    let refused = consultant.post("/internships", body.clone()).await;
    let rules = [
        "purpose-incomplete",
        "no-prospect",
        "duration-limit",
        "weekly-hours",
        "hours-capacity",
        "task-ruled-out",
        "reasonable-ratio",
    ];
    assert_eq!(refused.rules(), rules);
    assert_eq!(refused.refusals()[0].1, ["prospect"]);
    for refusal in refused.body()["refusals"].as_array().unwrap() {
        for part in ["reference", "reason", "passes_if"] {
            assert!(!refusal[part].as_str().unwrap().is_empty(), "{refusal}");
        }
    }
    assert_eq!(consultant.post("/internships?dry_run=true", body.clone()).await.body(), refused.body());
    assert_eq!(house.dump(), before);

    // In Danish the same, in other words.
    let danish = consultant.ask(reqwest::Method::POST, "/internships").json(&body).build().unwrap();
    let mut danish = danish;
    danish.headers_mut().insert("Accept-Language", "da".parse().unwrap());
    let danish = consultant.execute(danish).await;
    assert_eq!(danish.rules(), rules);
    assert_ne!(danish.body()["refusals"][0]["reason"], refused.body()["refusals"][0]["reason"]);

    // Each mended, it passes.
    body["purpose"] = recruitment("2026-04-01");
    body["last_day"] = json!(later("2026-01-19", 90));
    body["hours"] = json!([{"from": "2026-01-19", "weekly_hours": 20}]);
    body["tasks"] = json!(["sitting all day"]);
    assert_eq!(consultant.post("/internships", body.clone()).await.rules(), ["no-prospect"]);
    let prospect = json!({"position": "Lager", "weekly_hours": 20, "words": "Vi mangler en til sommer."});
    house.here.liaison.post(&format!("/workplaces/{}/prospects", company.workplace), prospect).await.ok();
    assert_eq!(consultant.post("/internships", body).await.status, 201);
}

#[tokio::test]
async fn fields_that_do_not_hold_together_are_told_at_once() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let mut body = house.booking(&citizen.0, &company, "2026-01-04");
    body["last_day"] = json!("2026-01-03");
    body["hours"] = json!([{"from": "2026-01-05", "weekly_hours": 20}]);
    body["occupation"] = json!("no such occupation");
    body["tasks"] = json!(["sitting all day", "no such task"]);
    let faults = house.here.consultant.post("/internships", body).await.faults();
    let pointers: Vec<&str> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/first_day", "/hours/0/from", "/last_day", "/occupation", "/tasks/1"]);
}

/// Without what is new each time: ids, references, hashes.
fn comparable(mut body: Value) -> Value {
    for name in ["id", "reference"] {
        body[name] = json!(null);
    }
    for version in body["versions"].as_array_mut().unwrap() {
        version["hash"] = json!(null);
    }
    for item in body["accommodations"].as_array_mut().unwrap() {
        item["id"] = json!(null);
    }
    body
}

#[tokio::test]
async fn a_rehearsal_answers_the_same_and_writes_nothing() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let consultant = &house.here.consultant;
    let mut body = house.booking(&citizen.0, &company, "2026-01-19");
    body["accommodations"] = json!({"items": [{"function": "Pause hver time"}]});
    let before = house.dump();
    let rehearsed = consultant.post("/internships?dry_run=true", body.clone()).await;
    assert_eq!((rehearsed.status, house.dump()), (200, before.clone()));
    let booked = consultant.post("/internships?dry_run=false", body).await;
    assert_eq!(booked.status, 201);
    assert_ne!(house.dump(), before);
    assert_eq!(comparable(rehearsed.ok()), comparable(booked.ok()));
    house.tick().await;
    assert_eq!(house.deliver().await.sent, 1, "the citizen is asked once: the rehearsal wrote no letter");

    let path = format!("/internships/{}", booked.ok()["id"].as_str().unwrap());
    let before = house.dump();
    let change = json!({"last_day": "2026-03-01"});
    let rehearsed = consultant.change(&format!("{path}/versions?dry_run=true"), change.clone()).await.ok();
    let refused = consultant.change(&format!("{path}/start?dry_run=true"), json!({})).await;
    assert_eq!(refused.rules(), ["start"]);
    assert_eq!(house.dump(), before);
    assert_eq!(comparable(rehearsed), comparable(consultant.change(&format!("{path}/versions"), change).await.ok()));
}

#[tokio::test]
async fn nobody_is_at_one_workplace_twice_on_a_day() {
    let house = House::open().await;
    let stay = house.booked().await;
    let consultant = &house.here.consultant;
    let mut body = house.booking(&stay.citizen, &stay.company, "2026-03-02");
    body["last_day"] = json!("2026-04-01");
    let mut rules = consultant.post("/internships", body.clone()).await.rules();
    rules.retain(|rule| rule == "overlap");
    assert_eq!(rules, ["overlap"]);
    // Cancelled, the first is in nobody's way.
    consultant.change(&stay.at("cancellation"), json!({"reason": "Aflyst."})).await.ok();
    assert_eq!(consultant.post("/internships", body).await.status, 201);
}

#[tokio::test]
async fn eight_bookings_at_once_of_one_citizen_at_one_workplace_make_one() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let body = house.booking(&citizen.0, &company, "2026-01-19");
    let asked: Vec<_> = (0..8)
        .map(|_| {
            let (client, body) = (house.here.consultant.clone(), body.clone());
            tokio::spawn(async move { client.post("/internships", body).await })
        })
        .collect();
    let mut booked = 0;
    for answer in asked {
        let answer = answer.await.unwrap();
        match answer.status {
            201 => booked += 1,
            _ => assert!(answer.rules().contains(&"overlap".to_owned()), "{}", answer.text),
        }
    }
    assert_eq!((booked, house.count("internships")), (1, 1));
}
