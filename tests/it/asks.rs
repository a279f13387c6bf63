//! Refusals that written reasons answer: the registration needs reasons from someone whose role may give them.

use crate::harness::{Company, House, Stay, Value, json, later};

/// A booking in a shop, for a citizen who wants an office.
fn elsewhere(house: &House, citizen: &str, company: &Company, first_day: &str) -> Value {
    let mut body = house.booking(citizen, company, first_day);
    body["occupation"] = json!("shop");
    body
}

fn asked(seen: &Value) -> Value {
    seen["versions"][0]["asked"].clone()
}

#[tokio::test]
async fn outside_the_goals_reasons_are_asked_for_and_stand_with_the_version() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let mut body = elsewhere(&house, &citizen.0, &company, "2026-01-19");
    let consultant = &house.here.consultant;
    let answer = consultant.post("/internships", body.clone()).await;
    assert_eq!(answer.asks(), [("goal-mismatch".to_owned(), vec!["goal-mismatch-reason".to_owned()])]);
    let problem = answer.body();
    assert_eq!(problem["title"], "The registration needs written reasons");
    let ask = &problem["refusals"][0];
    assert_eq!((&ask["strength"], &ask["asks"]), (&json!("ask"), &json!("consultant")));
    let passes = json!({"latest_last_day": null, "weekly_hours": null});
    assert_eq!(ask["would_pass"], passes);

    let reasons = "Der er ingen kontorplads; butikken giver kundekontakt.";
    body["goal_mismatch_reason"] = json!(reasons);
    let stay = house.book(&citizen, &company, body).await;
    let given = json!([{"rule": "goal-mismatch", "reasons": reasons, "given_by": "consultant consultant@101.example"}]);
    assert_eq!(asked(&house.see(&stay).await), given);
    let liaison = house.here.liaison.get(&stay.path()).await;
    assert_eq!(asked(&liaison.ok()), json!([]), "for those who see citizens");
    assert!(!liaison.text.contains("kundekontakt") && !house.dump().contains("kundekontakt"));
}

#[tokio::test]
async fn where_a_rule_refuses_too_reasons_alone_do_not_help_and_what_would_pass_is_told() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let mut body = elsewhere(&house, &citizen.0, &company, "2026-01-19");
    body["last_day"] = json!("2026-04-20");
    body["hours"] = json!([{"from": "2026-01-19", "weekly_hours": 30}]);
    let answer = house.here.consultant.post("/internships?dry_run=true", body).await;
    assert_eq!(answer.rules(), ["duration-limit", "hours-capacity", "goal-mismatch"]);
    let refusals = answer.body()["refusals"].clone();
    let passes: Vec<_> =
        ["latest_last_day", "weekly_hours"].iter().zip([0, 1]).map(|(at, index)| &refusals[index]["would_pass"][at]).collect();
    assert_eq!(passes, [&json!("2026-04-19"), &json!(25.0)]);
    let strengths: Vec<_> = (0..3).map(|index| (&refusals[index]["strength"], &refusals[index]["asks"])).collect();
    let refuse = (&json!("refuse"), &Value::Null);
    assert_eq!(strengths, [refuse, refuse, (&json!("ask"), &json!("consultant"))]);
}

#[tokio::test]
async fn what_only_a_team_leader_may_answer_is_given_beforehand_for_one_booking() {
    let house = House::open().await;
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let citizen = house.citizen().await;
    // Four internships without a job: the series stands at a warning.
    for _ in 0..4 {
        let company = house.company().await;
        let mut body = house.booking(&citizen.0, &company, &later(&house.today().to_string(), 1));
        body["last_day"] = json!(later(&house.today().to_string(), 7));
        body["series_reason"] = json!("Et sidste forsøg.");
        let stay: Stay = house.book(&citizen, &company, body).await;
        house.confirm_all(&stay).await;
        house.papers(&stay).await;
        house.turn(&stay.first_day);
        consultant.change(&stay.at("start"), json!({})).await.ok();
        house.turn(&stay.last_day);
        consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    }
    let company = house.company().await;
    let mut body = house.booking(&citizen.0, &company, &later(&house.today().to_string(), 14));
    body["series_reason"] = json!("Endnu et forsøg.");
    let answer = consultant.post("/internships", body.clone()).await;
    assert_eq!(answer.asks(), [("series".to_owned(), vec!["series-reason".to_owned()])]);
    assert_eq!(answer.body()["refusals"][0]["asks"], "team-leader");

    let path = format!("/citizens/{}/written-reasons", citizen.0);
    let given = json!({"rule": "series", "workplace": company.workplace, "reasons": "De ansætter til april."});
    consultant.post(&path, given.clone()).await.problem(403, "forbidden");
    let there = house.there.team_leader.post(&path, given.clone()).await;
    there.problem(404, "not-found");
    let unknown = json!({"rule": "series", "workplace": citizen.0, "reasons": "x"});
    assert_eq!(leader.post(&path, unknown).await.faults(), [("/workplace".to_owned(), "unknown".to_owned())]);
    assert_eq!(leader.post(&path, given).await.status, 201);
    assert!(!house.dump().contains("ansætter til april"), "sealed at rest");
    let stay = house.book(&citizen, &company, body.clone()).await;
    let reasons =
        json!([{"rule": "series", "reasons": "De ansætter til april.", "given_by": "team-leader team-leader@101.example"}]);
    assert_eq!(asked(&house.see(&stay).await), reasons);

    consultant.change(&stay.at("cancellation"), json!({"reason": "Flyttet"})).await.ok();
    assert_eq!(consultant.post("/internships", body).await.asks().len(), 1, "used up");
}
