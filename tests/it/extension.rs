//! Extensions: each further one requires more, and one that is not confirmed has no effect.

use crate::harness::{House, Stay, Value, json};

const MISSING_OF_THE_THIRD: [&str; 3] = ["hiring-decision-date", "commitment", "team-leader-approval"];

fn commitment() -> Value {
    json!({
        "position": "Kontorassistent", "weekly_hours": 20, "latest_first_day": "2026-08-01",
        "condition": "Når vikaren stopper.", "words": "Vi vil gerne beholde hende.",
    })
}

/// Running from 19 January, extended twice and confirmed: it ends on 7 June.
async fn extended_twice(house: &House) -> Stay {
    let stay = house.started().await;
    house.turn("2026-03-30");
    house.extend(&stay, json!({"to": "2026-05-10", "reason": "Hun er ved at lære arkivet."})).await.ok();
    house.confirm_all(&stay).await;
    house.turn("2026-05-01");
    let second = json!({"to": "2026-06-07", "reason": "Mere tid.", "hiring_decision_on": "2026-05-29"});
    house.extend(&stay, second).await.ok();
    house.confirm_all(&stay).await;
    stay
}

#[tokio::test]
async fn the_first_needs_a_reason_and_the_second_a_date_to_decide_on() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn("2026-03-30");
    let before = house.dump();
    let refused = house.extend(&stay, json!({"to": "2026-05-10"})).await;
    assert_eq!(refused.refusals(), [("extension-reason".to_owned(), vec!["reason".to_owned()])]);
    assert_eq!(house.dump(), before);
    house.extend(&stay, json!({"to": "2026-05-10", "reason": "Hun er ved at lære arkivet."})).await.ok();
    house.confirm_all(&stay).await;
    let seen = house.see(&stay).await;
    assert_eq!((&seen["last_day"], &seen["versions"][1]["cause"]), (&json!("2026-05-10"), &json!("extension")));

    house.turn("2026-05-01");
    let refused = house.extend(&stay, json!({"to": "2026-06-07", "reason": "Mere tid."})).await;
    assert_eq!(refused.refusals(), [("extension-reason".to_owned(), vec!["hiring-decision-date".to_owned()])]);
    let late = json!({"to": "2026-06-07", "reason": "Mere tid.", "hiring_decision_on": "2026-06-08"});
    assert!(house.extend(&stay, late).await.rules().contains(&"extension-reason".to_owned()), "not after the new end");
    let second = json!({"to": "2026-06-07", "reason": "Mere tid.", "hiring_decision_on": "2026-05-29"});
    assert_eq!(house.extend(&stay, second).await.ok()["decision_on"], Value::Null, "only once all have confirmed");
    house.confirm_all(&stay).await;
    assert_eq!(house.see(&stay).await["decision_on"], "2026-05-29");
}

#[tokio::test]
async fn the_third_needs_a_commitment_and_a_team_leader_who_does_not_ask_for_it() {
    let house = House::open().await;
    let stay = extended_twice(&house).await;
    house.turn("2026-06-01");
    let mut body = json!({"to": "2026-07-05", "reason": "Sidste trin."});
    let missing = MISSING_OF_THE_THIRD.map(ToOwned::to_owned).to_vec();
    assert_eq!(house.extend(&stay, body.clone()).await.refusals(), [("extension-reason".to_owned(), missing)]);
    body["hiring_decision_on"] = json!("2026-07-01");
    body["commitment"] = commitment();
    let missing = vec!["team-leader-approval".to_owned()];
    assert_eq!(house.extend(&stay, body.clone()).await.refusals(), [("extension-reason".to_owned(), missing.clone())]);

    let approvals = format!("/citizens/{}/extension-approvals", stay.citizen);
    let approval = json!({"to": "2026-07-05", "reasons": "Virksomheden har givet sit ord."});
    house.here.consultant.post(&approvals, approval.clone()).await.problem(403, "forbidden");
    house.here.team_leader.post(&approvals, approval.clone()).await.ok();
    let leader = &house.here.team_leader;
    let own = leader.change(&stay.at("extensions"), body.clone()).await;
    assert_eq!(own.refusals(), [("extension-reason".to_owned(), missing.clone())], "one's own asking");
    let mut longer = body.clone();
    longer["to"] = json!("2026-07-06");
    assert_eq!(house.extend(&stay, longer).await.refusals(), [("extension-reason".to_owned(), missing)], "another day");
    let extended = house.extend(&stay, body).await.ok();
    assert_eq!(extended["versions"][3]["papers"]["commitment"]["position"], "Kontorassistent");
    assert_eq!(house.texts("SELECT CAST(used_on AS TEXT) AS text FROM approvals"), ["2026-06-01"]);
}

#[tokio::test]
async fn beyond_the_twenty_sixth_week_a_special_need_is_stated() {
    let house = House::open().await;
    let stay = extended_twice(&house).await;
    house.turn("2026-06-01");
    let approvals = format!("/citizens/{}/extension-approvals", stay.citizen);
    house.here.team_leader.post(&approvals, json!({"to": "2026-07-20", "reasons": "Ja."})).await.ok();
    let mut body = json!({
        "to": "2026-07-20", "reason": "Sidste trin.", "hiring_decision_on": "2026-07-01", "commitment": commitment(),
    });
    let refused = house.extend(&stay, body.clone()).await;
    assert_eq!(refused.refusals(), [("duration-limit".to_owned(), vec!["special-need".to_owned()])]);
    assert_eq!(refused.body()["refusals"][0]["compared"][0]["value"], "183", "the 183rd day is one too many");
    body["special_need"] = json!("Ganske særligt behov for at lære langsomt.");
    house.extend(&stay, body).await.ok();
}

#[tokio::test]
async fn what_nobody_confirmed_lets_the_stay_end_on_the_old_day() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn("2026-04-01");
    house.extend(&stay, json!({"to": "2026-05-10", "reason": "Mere tid."})).await.ok();
    house.confirm(&stay, "consultant").await.ok();
    house.confirm(&stay, "company").await.ok();
    let seen = house.see(&stay).await;
    assert_eq!((&seen["last_day"], &seen["standing_version"]), (&json!("2026-04-12"), &json!(1)));
    house.turn("2026-04-12");
    assert_eq!(house.see(&stay).await["state"], "running");
    house.turn("2026-04-13");
    assert_eq!(house.see(&stay).await["state"], "over");
    house.confirm(&stay, "citizen").await.conflict("too-late");
    let outside = house.extend(&stay, json!({"to": "2026-05-10", "reason": "Mere tid."})).await;
    assert_eq!(outside.rules()[0], "duration-limit", "it ended: it cannot be extended afterwards");
    let ended = house.here.consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    assert_eq!(ended["ended"]["last_day"], "2026-04-12");
}

#[tokio::test]
async fn a_booking_soon_after_is_an_extension_by_another_name() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn("2026-04-12");
    house.here.consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    let mut body = house.booking(&stay.citizen, &stay.company, "2026-04-20");
    body["last_day"] = json!("2026-05-31");
    let refused = house.here.consultant.post("/internships", body.clone()).await;
    assert_eq!(refused.refusals(), [("extension-reason".to_owned(), vec!["reason".to_owned()])]);
    body["reason"] = json!("Der var en pause i påsken.");
    assert_eq!(house.here.consultant.post("/internships", body).await.status, 201);
}

#[tokio::test]
async fn it_is_registered_in_the_last_four_weeks_and_only_while_it_runs() {
    let house = House::open().await;
    let stay = house.booked().await;
    let body = json!({"to": "2026-05-10", "reason": "Mere tid."});
    house.extend(&stay, body.clone()).await.conflict("not-running");
    let stay = house.started().await;
    house.turn("2026-03-14");
    assert_eq!(house.extend(&stay, body.clone()).await.rules(), ["duration-limit"], "29 days before");
    house.turn("2026-03-15");
    let back = house.extend(&stay, json!({"to": "2026-04-12", "reason": "x"})).await;
    assert_eq!(back.faults(), [("/to".to_owned(), "not-later".to_owned())]);
    house.extend(&stay, body).await.ok();
}
