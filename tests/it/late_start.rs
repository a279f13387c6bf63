//! What happened can be written down late: marked so, with reasons, and told to whoever must know. Nobody dates anything back.

use crate::harness::{House, json, later};
use reqwest::Method;

const CONSULTANT: &str = "consultant@101.example";
const TEAM_LEADER: &str = "team-leader@101.example";

#[tokio::test]
async fn a_start_after_the_gate_is_recorded_late_simply_and_far_back_with_reasons() {
    let house = House::open().await;
    let stay = house.ready().await;
    house.turn(&later(&stay.first_day, 60));
    let first = json!({"first_day": stay.first_day});
    house.here.consultant.change(&stay.at("start"), first).await.has_fault("/reasons");
    let late = json!({"first_day": stay.first_day, "reasons": "Glemt over sommeren."});
    let seen = house.here.consultant.change(&stay.at("start"), late).await.ok();
    assert_eq!(seen["started_on"], stay.first_day.as_str());
    let recorded = &seen["start_recorded"];
    assert_eq!((&recorded["recorded_on"], &recorded["before_gate"]), (&json!(later(&stay.first_day, 60)), &json!(false)));
    house.tick().await;
    assert!(house.flags(&stay, "began-before-gate").await.is_empty());
}

#[tokio::test]
async fn a_start_before_the_gate_needs_reasons_and_a_team_leader_and_is_flagged() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.turn(&later(&stay.first_day, 5));
    // The papers come five days late: they cannot be dated back.
    house.confirm_all(&stay).await;
    house.papers(&stay).await;
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let begun = json!({"first_day": stay.first_day, "reasons": "Hun mødte, før alle havde sagt ja."});
    assert_eq!(consultant.change(&stay.at("start"), begun.clone()).await.refusals(), [("start".to_owned(), Vec::new())]);
    let asking = json!({"what": "early-start", "day": stay.first_day, "reasons": "Hun er der allerede."});
    let asked = consultant.post(&stay.at("approval-requests"), asking).await.ok();
    let path = format!("/approval-requests/{}", asked["id"].as_str().unwrap());
    house.deliver().await;
    assert!(house.letters_to(TEAM_LEADER).iter().any(|letter| letter.plain.contains("godkendelse")), "the leader is told");
    let waiting = leader.get("/approval-requests?waiting=true").await.ok();
    assert_eq!(waiting["items"][0]["id"], asked["id"]);
    let answer = json!({"granted": true, "reasons": "Det skete, og det skal stå der."});
    consultant.change(&format!("{path}/answer"), answer.clone()).await.problem(403, "forbidden");
    let etag = leader.etag(&path).await;
    leader.change_from(Method::POST, &format!("{path}/answer"), &etag, answer.clone()).await.ok();
    let etag = leader.etag(&path).await;
    leader.change_from(Method::POST, &format!("{path}/answer"), &etag, answer).await.conflict("answered");
    let seen = consultant.change(&stay.at("start"), begun).await.ok();
    assert_eq!(seen["start_recorded"]["before_gate"], true);
    house.tick().await;
    let flag = house.flags(&stay, "began-before-gate").await.remove(0);
    let told = leader.get(&format!("/flags/{}", flag["id"].as_str().unwrap())).await.ok();
    assert_eq!(told["told"][0]["audience"], "team-leader", "{told}");
    let used = leader.get(&path).await.ok();
    assert_eq!(used["used_on"], house.today().to_string(), "it serves once");
}

#[tokio::test]
async fn an_extension_is_asked_for_and_approved_on_the_internship() {
    let house = House::open().await;
    let stay = house.started().await;
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let day = later(&stay.last_day, 28);
    let asking = json!({"what": "extension", "day": day, "reasons": "Der er et tilsagn."});
    consultant
        .post(&stay.at("approval-requests"), json!({"what": "extension", "day": stay.last_day, "reasons": "x"}))
        .await
        .has_fault("/day");
    let asked = consultant.post(&stay.at("approval-requests"), asking).await.ok();
    let path = format!("/approval-requests/{}", asked["id"].as_str().unwrap());
    let etag = leader.etag(&path).await;
    let answer = json!({"granted": true, "reasons": "Datoen er fast."});
    leader.change_from(Method::POST, &format!("{path}/answer"), &etag, answer).await.ok();
    assert_eq!(house.count("approvals"), 1, "the extension finds it");
    house.deliver().await;
    assert!(house.letters_to(CONSULTANT).iter().any(|letter| letter.plain.contains("Godkendt: ")));
    let waiting = leader.get(&format!("/approval-requests?waiting=true&internship={}", stay.id)).await.ok();
    assert_eq!(waiting["items"], json!([]));
}

#[tokio::test]
async fn what_is_asked_about_an_internship_that_is_over_waits_for_nobody() {
    let house = House::open().await;
    let leader = &house.here.team_leader;
    for (over, how) in [("end", json!({"outcome": "no-job"})), ("in-error", json!({"reasons": "En anden borger."}))] {
        let stay = house.started().await;
        let asking = json!({"what": "extension", "day": later(&stay.last_day, 28), "reasons": "Der er et tilsagn."});
        house.here.consultant.post(&stay.at("approval-requests"), asking).await.ok();
        let waiting = async || leader.get("/approval-requests?waiting=true").await.ok()["items"].as_array().unwrap().len();
        assert_eq!(waiting().await, 1, "{over}");
        house.here.consultant.change(&stay.at(over), how).await.ok();
        assert_eq!(waiting().await, 0, "{over}");
    }
}
