//! No internship starts before everything is in place, and everything that is missing is reported at once.

use crate::harness::{House, json};

#[tokio::test]
async fn everything_missing_is_named_at_once_and_nothing_changes() {
    let house = House::open().await;
    let stay = house.booked_with(|body| body["accommodations"] = json!(null)).await;
    house.turn(&stay.first_day);
    let before = house.dump();
    let refused = house.here.consultant.change(&stay.at("start"), json!({})).await;
    let all = [
        "citizen-confirmation",
        "consultant-confirmation",
        "company-confirmation",
        "accommodations",
        "contact-person",
        "employer-statement",
        "representative-statement",
        "decision",
    ];
    assert_eq!(refused.refusals(), [("start".to_owned(), all.map(ToOwned::to_owned).to_vec())]);
    assert_eq!(house.dump(), before);
}

#[tokio::test]
async fn with_everything_there_it_starts() {
    let house = House::open().await;
    let stay = house.started().await;
    let seen = house.see(&stay).await;
    assert_eq!(seen["state"], "running");
    assert_eq!(seen["started_on"], stay.first_day.as_str());
    assert_eq!(seen["missing"], json!([]));
}

#[tokio::test]
async fn conditions_that_are_not_met_are_for_a_team_leader_to_decide() {
    let house = House::open().await;
    let stay = house.ready().await;
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    house.turn(&stay.first_day);
    let reasons = json!({"reasons": "Der er ansat to mere siden."});
    let overruling = stay.at("representative-statement/overruling");
    leader.change(&overruling, reasons.clone()).await.conflict("nothing-to-overrule");
    let statement = json!({"given_by": "unit", "name": "Tillids Person", "conditions_met": false});
    consultant.replace(&stay.at("representative-statement"), statement).await.ok();
    let refused = consultant.change(&stay.at("start"), json!({})).await;
    assert_eq!(refused.refusals(), [("start".to_owned(), vec!["team-leader-decision".to_owned()])]);
    consultant.change(&overruling, reasons.clone()).await.problem(403, "forbidden");
    leader.change(&overruling, reasons).await.ok();
    consultant.change(&stay.at("start"), json!({})).await.ok();
}

#[tokio::test]
async fn a_statement_has_a_name_unless_none_is_required() {
    let house = House::open().await;
    let stay = house.booked().await;
    let state = async |given_by: &str, name: Option<&str>| {
        let body = json!({"given_by": given_by, "name": name, "conditions_met": true});
        house.here.consultant.replace(&stay.at("representative-statement"), body).await
    };
    state("unit", None).await.problem(422, "invalid-fields");
    state("none-required", Some("Navn")).await.problem(422, "invalid-fields");
    let trade = json!({"given_by": "trade", "name": "Fagets Repræsentant", "conditions_met": true});
    let at = stay.at("representative-statement");
    let faults = house.here.consultant.replace(&at, trade.clone()).await.faults();
    assert_eq!(faults, [("/given_by".to_owned(), "representative-order".to_owned())]);
    let mut explained = trade;
    explained["absent"] = json!([{"who": "unit", "why": "none-exists"}]);
    house.here.consultant.replace(&at, explained).await.ok();
    state("none-required", None).await.ok();
}

#[tokio::test]
async fn the_contact_person_works_there() {
    let house = House::open().await;
    let (stay, elsewhere) = (house.booked().await, house.company().await);
    let consultant = &house.here.consultant;
    let named = consultant.replace(&stay.at("contact-person"), json!({"contact": elsewhere.contact})).await;
    assert_eq!(named.faults(), [("/contact".to_owned(), "unknown".to_owned())]);
    let left = json!({"name": "Kontakt Person", "left_on": "2026-01-01"});
    house.here.liaison.replace(&format!("/contacts/{}", stay.company.contact), left).await.ok();
    let named = consultant.replace(&stay.at("contact-person"), json!({"contact": stay.company.contact})).await;
    assert_eq!(named.faults(), [("/contact".to_owned(), "unknown".to_owned())]);
}

#[tokio::test]
async fn it_starts_within_its_period_and_not_long_after_its_first_day() {
    let house = House::open().await;
    let stay = house.ready().await;
    let consultant = &house.here.consultant;
    let start = async |body| consultant.change(&stay.at("start"), body).await;
    house.turn("2026-01-18");
    assert_eq!(start(json!({})).await.rules(), ["start"]);
    assert_eq!(start(json!({"first_day": "2026-01-19"})).await.faults()[0].1, "in-the-future");
    house.turn("2026-02-03");
    assert_eq!(start(json!({})).await.rules(), ["start"], "fifteen days late");
    let begun = start(json!({"first_day": "2026-02-02"})).await.ok();
    assert_eq!(begun["started_on"], "2026-02-02");
    start(json!({})).await.conflict("not-waiting");
    consultant.change(&stay.at("cancellation"), json!({"reason": "For sent."})).await.conflict("has-begun");
}

#[tokio::test]
async fn a_start_cannot_be_dated_before_all_had_agreed() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.papers(&stay).await;
    house.turn("2026-01-22");
    house.confirm_all(&stay).await;
    let consultant = &house.here.consultant;
    let early = consultant.change(&stay.at("start"), json!({"first_day": "2026-01-21"})).await;
    assert_eq!(early.rules(), ["start"]);
    consultant.change(&stay.at("start"), json!({"first_day": "2026-01-22"})).await.ok();
}

#[tokio::test]
async fn a_decision_without_guidance_of_its_own_has_the_usual_one_of_the_rulebook() {
    let house = House::open().await;
    let stay = house.booked().await;
    let consultant = &house.here.consultant;
    let decided = consultant.replace(&stay.at("decision"), json!({"reasons": "Borgeren skal afklares."})).await.ok();
    let rules = consultant.get("/rules").await.ok();
    let row = rules["figures"].as_array().unwrap().iter().find(|row| row["figure"] == "complaint_guidance").unwrap();
    assert_eq!(decided["decision"]["complaint_guidance"], row["value"]["da"]);
    assert!(row["value"]["da"].as_str().unwrap().contains("Ankestyrelsen"));
}
