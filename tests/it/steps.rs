//! Steps without an internship: conversations, what must come first, clarifications that are awaited; and who is forgotten is found.

use crate::harness::{House, Value, json, later};

async fn add(house: &House, citizen: &str, body: Value) -> String {
    let made = house.here.consultant.post(&format!("/citizens/{citizen}/steps"), body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.header("Location").unwrap().trim_start_matches("/api/v1").to_owned()
}

async fn standing(house: &House, citizen: &str) -> Vec<String> {
    let flags = house.here.consultant.get(&format!("/flags?citizen={citizen}&standing=true")).await.ok();
    flags["items"].as_array().unwrap().iter().map(|flag| flag["rule"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_conversation_is_recorded_at_once_and_a_step_is_planned_put_off_and_done() {
    let house = House::open().await;
    let consultant = &house.here.consultant;
    let (citizen, _) = house.citizen().await;
    let path = format!("/citizens/{citizen}/steps");
    let today = house.today().to_string();
    let words = "Vi talte om gælden.";
    let talk = json!({"kind": "conversation", "words": words, "done_on": today, "phase": "stagnation"});
    let talk = consultant.get(&add(&house, &citizen, talk).await).await.ok();
    assert_eq!((&talk["expected_on"], &talk["phase"], &talk["words"]), (&json!(today), &json!("stagnation"), &json!(words)));
    assert!(!house.dump().contains("talte om"), "sealed at rest");
    let day = later(&today, 14);
    let step = add(&house, &citizen, json!({"kind": "step", "words": "Gældsrådgiver", "expected_on": day})).await;
    let put_off = consultant.change(&format!("{step}/move"), json!({"to": later(&day, 7)})).await.ok();
    assert_eq!(put_off["expected_on"], later(&day, 7));
    house.turn(&day);
    let done = consultant.change(&format!("{step}/done"), json!({"result": "Der er en aftale."})).await.ok();
    assert_eq!((&done["done_on"], &done["result"]), (&json!(day), &json!("Der er en aftale.")));
    consultant.change(&format!("{step}/cancellation"), json!({"reason": "Nej"})).await.conflict("not-open");
    let listed = consultant.get(&path).await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    let timeline = consultant.get(&format!("/citizens/{citizen}/timeline")).await.ok();
    assert_eq!(timeline["items"].as_array().unwrap().iter().filter(|moment| moment["kind"] == "step").count(), 2);

    for (body, fault) in [
        (json!({"kind": "step", "words": "x"}), ("/expected_on", "required")),
        (json!({"kind": "step", "words": "x", "expected_on": today}), ("/expected_on", "in-the-past")),
        (json!({"kind": "step", "words": "x", "done_on": later(&day, 1)}), ("/done_on", "in-the-future")),
        (json!({"kind": "step", "words": "x", "done_on": day, "phase": "setback"}), ("/phase", "no-conversation")),
    ] {
        assert_eq!(consultant.post(&path, body).await.faults(), [(fault.0.to_owned(), fault.1.to_owned())]);
    }
}

#[tokio::test]
async fn a_clarification_that_does_not_come_is_flagged_until_it_has_a_new_day_or_comes() {
    let house = House::open().await;
    let consultant = &house.here.consultant;
    let (citizen, _) = house.citizen().await;
    let day = later(&house.today().to_string(), 10);
    let body = json!({"kind": "awaited-clarification", "words": "Speciallæge", "expected_on": day});
    let awaited = add(&house, &citizen, body).await;
    house.live_until(&day).await;
    assert!(standing(&house, &citizen).await.is_empty());
    house.turn(&later(&day, 1));
    house.tick().await;
    assert_eq!(standing(&house, &citizen).await, ["awaited-clarification"]);
    consultant.change(&format!("{awaited}/move"), json!({"to": later(&day, 8)})).await.ok();
    house.tick().await;
    assert!(standing(&house, &citizen).await.is_empty());
    house.turn(&later(&day, 9));
    house.tick().await;
    assert_eq!(standing(&house, &citizen).await, ["awaited-clarification"]);
    consultant.change(&format!("{awaited}/done"), json!({})).await.ok();
    house.tick().await;
    assert!(standing(&house, &citizen).await.is_empty());
}

#[tokio::test]
async fn whoever_is_registered_and_forgotten_is_found_and_a_closed_course_is_left_alone() {
    let house = House::open().await;
    let (forgotten, _) = house.citizen().await;
    let (talked, _) = house.citizen().await;
    let (left, _) = house.citizen().await;
    let began = house.today().to_string();
    let closed = json!({"how": "moved"});
    let step = json!({"kind": "step", "words": "Tandlæge", "expected_on": later(&began, 300)});
    let step = add(&house, &left, step).await;
    house.here.consultant.change(&format!("/citizens/{left}/closing"), closed).await.ok();
    assert!(!house.here.consultant.get(&step).await.ok()["cancelled_on"].is_null());
    house.live_until(&later(&began, 40)).await;
    let talk = json!({"kind": "conversation", "words": "Telefon", "done_on": house.today()});
    add(&house, &talked, talk).await;
    house.live_until(&later(&began, 56)).await;
    assert_eq!(standing(&house, &forgotten).await, ["standstill"]);
    assert!(standing(&house, &talked).await.is_empty() && standing(&house, &left).await.is_empty());
    house.live_until(&later(&began, 97)).await;
    let flags = house.here.team_leader.get("/flags?rule=standstill&standing=true").await.ok();
    let levels: Vec<(&str, &str)> = flags["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flag| (flag["citizen"].as_str().unwrap(), flag["level"].as_str().unwrap()))
        .collect();
    assert_eq!(levels, [(forgotten.as_str(), "warning"), (talked.as_str(), "notice")]);
}
