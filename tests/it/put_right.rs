//! What was written down wrongly is put right: what stood before stays to be seen, and counts nowhere; those who had been told are told.

use crate::harness::{Answer, Client, House, Stay, Value, cpr, employ, json, later};
use reqwest::Method;
use rettematch::{
    backtest::backtest,
    domain::{people::access::Role, values::day::Period},
    jobs::quiet,
};

const CONSULTANT: &str = "consultant@101.example";
const TEAM_LEADER: &str = "team-leader@101.example";

fn why() -> Value {
    json!({"reasons": "Det var en anden borger."})
}

async fn wrong(who: &Client, path: &str) -> Answer {
    who.change(&format!("{path}/in-error"), why()).await
}

async fn corrections(house: &House, stay: &Stay) -> Vec<Value> {
    let found = house.here.consultant.get(&format!("/citizens/{}/corrections", stay.citizen)).await.ok();
    found["items"].as_array().unwrap().clone()
}

fn whats(corrections: &[Value]) -> Vec<&str> {
    corrections.iter().map(|own| own["what"].as_str().unwrap()).collect()
}

/// Started, with its follow-ups still planned.
async fn begun(house: &House) -> Stay {
    let stay = house.ready().await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    stay
}

async fn open_follow_ups(house: &House, stay: &Stay) -> Vec<Value> {
    let found = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    found["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_wrong_end_is_put_right_and_the_internship_runs_again() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let planned = open_follow_ups(&house, &stay).await.len();
    let ended = json!({"outcome": "flex-job", "first_day": stay.first_day, "weekly_hours": 15, "note": "Ansat."});
    consultant.change(&stay.at("end"), ended).await.ok();
    assert_eq!(open_follow_ups(&house, &stay).await.len(), 0);
    let outcome = house.see(&stay).await["outcomes"][0]["id"].as_str().unwrap().to_owned();
    consultant.change(&stay.at("end/in-error"), json!({})).await.has_fault("/reasons");
    let made = wrong(consultant, &stay.at("end")).await.ok();
    assert_eq!((&made["what"], &made["before"]["ended"]["how"]), (&json!("end"), &json!("flex-job")));
    assert_eq!((&made["reasons"], &made["on"]), (&json!("Det var en anden borger."), &json!(house.today())));
    let seen = house.see(&stay).await;
    assert_eq!((&seen["state"], &seen["ended"], &seen["outcomes"]), (&json!("running"), &Value::Null, &json!([])));
    assert_eq!(open_follow_ups(&house, &stay).await.len(), planned, "planned again");
    let shown = consultant.get(&format!("/outcomes/{outcome}")).await.ok();
    assert_eq!(shown["in_error_on"], json!(house.today()), "what was recorded with the end is in error too, and still shown");
    wrong(consultant, &format!("/outcomes/{outcome}")).await.conflict("in-error-already");
    assert_eq!(whats(&corrections(&house, &stay).await), ["end", "outcome"]);
    consultant.change(&stay.at("end/in-error"), why()).await.conflict("not-ended");
    // The right end is recorded as any other.
    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    let moments = consultant.get(&format!("/citizens/{}/timeline", stay.citizen)).await.ok();
    let kinds: Vec<&str> = moments["items"].as_array().unwrap().iter().map(|own| own["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "put-right").count(), 2, "{kinds:?}");
    assert!(!house.dump().contains("en anden borger"), "sealed at rest");
}

#[tokio::test]
async fn a_start_waits_for_its_end_to_be_put_right_and_then_for_a_new_start() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    consultant.change(&stay.at("end"), json!({"outcome": "broken-off", "by": "citizen"})).await.ok();
    let stops = wrong(consultant, &stay.at("start")).await;
    stops.conflict("put-right-first");
    assert!(stops.text.contains(&format!("internships/{}/end/in-error", stay.id)), "{}", stops.text);
    wrong(consultant, &stay.at("end")).await.ok();
    wrong(consultant, &stay.at("start")).await.ok();
    let seen = house.see(&stay).await;
    assert_eq!((&seen["state"], &seen["started_on"], &seen["missing"]), (&json!("booked"), &Value::Null, &json!([])));
    assert_eq!(open_follow_ups(&house, &stay).await, Vec::<Value>::new());
    wrong(consultant, &stay.at("start")).await.conflict("not-begun");
    house.turn(&later(&stay.first_day, 2));
    consultant.change(&stay.at("start"), json!({})).await.ok();
    assert_eq!(house.see(&stay).await["started_on"], later(&stay.first_day, 2).as_str());
    assert!(!open_follow_ups(&house, &stay).await.is_empty(), "planned anew");
}

#[tokio::test]
async fn a_backtest_knows_what_was_believed_until_it_was_put_right() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let put_right_on = later(&stay.first_day, 12);
    house.turn(&put_right_on);
    wrong(&house.here.consultant, &stay.at("start")).await.ok();
    house.turn(&later(&stay.first_day, 40));
    let start_not_recorded = async |from: &str, to: &str| {
        let within = Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let book = house.app.services.book.clone();
        let report = backtest(&house.app, book, within, &quiet).await.unwrap();
        report.flagged.get("start-not-recorded").map_or(0, |change| change.before)
    };
    assert_eq!(start_not_recorded(&stay.first_day, &later(&put_right_on, -1)).await, 0, "the start was on record");
    assert!(start_not_recorded(&put_right_on, &later(&stay.first_day, 40)).await > 0, "it is not any more");
}

#[tokio::test]
async fn a_wrong_hire_is_put_right_and_the_flag_that_it_cleared_stands_again() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn(&later(&stay.last_day, -10));
    house.extend(&stay, json!({"to": later(&stay.last_day, 28), "reason": "Mere øvelse"})).await.ok();
    house.confirm_all(&stay).await;
    house.tick().await;
    assert_eq!(house.flags(&stay, "extended-without-hire").await.len(), 1);
    let hired = json!({"outcome": "flex-job", "first_day": house.today(), "weekly_hours": 15});
    let consultant = &house.here.consultant;
    let outcome = consultant.post(&stay.at("outcomes"), hired).await.ok()["id"].as_str().unwrap().to_owned();
    house.tick().await;
    assert_eq!(house.flags(&stay, "extended-without-hire").await.len(), 0);
    let made = wrong(consultant, &format!("/outcomes/{outcome}")).await.ok();
    assert_eq!(made["before"]["step"], "flex-job");
    assert_eq!(house.flags(&stay, "extended-without-hire").await.len(), 1, "the same day");
    assert_eq!(house.see(&stay).await["outcomes"], json!([]));
    let citizen = consultant.get(&format!("/citizens/{}", stay.citizen)).await.ok();
    assert_eq!(citizen["outcomes"], json!([]), "it counts nowhere");
}

#[tokio::test]
async fn a_hire_recorded_with_the_end_can_be_put_right_alone_and_a_check_of_it_before_it() {
    let house = House::open().await;
    let stay = house.started().await;
    let consultant = &house.here.consultant;
    let hired = json!({"outcome": "flex-job", "first_day": house.today(), "weekly_hours": 15});
    consultant.change(&stay.at("end"), hired).await.ok();
    let outcome = house.see(&stay).await["outcomes"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/outcomes/{outcome}");
    house.turn(&later(&stay.first_day, 10));
    let checked = consultant.post(&format!("{path}/retention-checks"), json!({"holds": false})).await.ok();
    assert_eq!(checked["ended_on"], json!(house.today()));
    house.tick().await;
    assert_eq!(house.flags(&stay, "job-lost").await.len(), 1);
    wrong(consultant, &path).await.conflict("put-right-first");
    let check = checked["checks"][0]["id"].as_str().unwrap();
    let etag = consultant.etag(&path).await;
    let check = format!("/retention-checks/{check}/in-error");
    consultant.change_from(Method::POST, &check, &etag, why()).await.ok();
    let seen = consultant.get(&path).await.ok();
    assert_eq!((&seen["ended_on"], &seen["checks"]), (&Value::Null, &json!([])), "the job goes on");
    assert_eq!(house.flags(&stay, "job-lost").await.len(), 0);
    wrong(consultant, &path).await.ok();
    let seen = house.see(&stay).await;
    assert_eq!((&seen["ended"]["how"], &seen["outcomes"]), (&json!("no-job"), &json!([])));
    assert_eq!(whats(&corrections(&house, &stay).await), ["outcome", "retention-check"]);
}

#[tokio::test]
async fn a_wrong_follow_up_waits_to_be_held_again_and_so_does_what_it_settled() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let planned = open_follow_ups(&house, &stay).await;
    let second = planned[1]["due_on"].as_str().unwrap();
    house.turn(second);
    let held = consultant.post(&stay.at("follow-ups"), json!({"phase": "stagnation", "citizen_words": "Det går."})).await.ok();
    assert_eq!(open_follow_ups(&house, &stay).await.len(), planned.len() - 2, "one held, one settled by it");
    let path = format!("/follow-ups/{}", held["id"].as_str().unwrap());
    wrong(consultant, &path).await.ok();
    let days = |all: &[Value]| all.iter().map(|own| own["due_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let mut again = days(&open_follow_ups(&house, &stay).await);
    again.sort();
    assert_eq!(again, days(&planned));
    let seen = consultant.get(&path).await.ok();
    assert_eq!((&seen["in_error_on"], &seen["held_on"]), (&json!(house.today()), &json!(second)), "still shown, marked");
    let beliefs = consultant.get(&format!("/citizens/{}/beliefs", stay.citizen)).await.ok();
    assert_eq!(beliefs["follow_ups"], json!([]), "and counts nowhere");
    wrong(consultant, &path).await.conflict("in-error-already");
}

#[tokio::test]
async fn a_wrong_answer_opens_the_question_again_and_the_company_is_told() {
    let house = House::open().await;
    let stay = house.recruiting(&later(&house.today().to_string(), 80)).await;
    house.deliver().await;
    let consultant = &house.here.consultant;
    let said = json!({"answer": "no", "via": "telephone"});
    house.here.liaison.post(&stay.at("answers"), said).await.ok();
    let seen = house.see(&stay).await;
    let answer = format!("/answers/{}/in-error", seen["answers"][0]["id"].as_str().unwrap());
    let etag = consultant.etag(&stay.path()).await;
    let made = house.here.liaison.change_from(Method::POST, &answer, &etag, why()).await.ok();
    assert_eq!(made["before"], Value::Null, "what stood before is for those who may see citizens");
    assert_eq!((&made["told"]["company"], &made["told"]["citizen"]), (&json!(true), &json!(true)));
    assert_eq!(house.see(&stay).await["answers"], json!([]));
    let etag = consultant.etag(&stay.path()).await;
    consultant.change_from(Method::POST, &answer, &etag, why()).await.conflict("in-error-already");
    house.deliver().await;
    let told = house.letters_to(&stay.company.contact_email);
    assert!(told.iter().any(|letter| letter.plain.contains("ved en fejl")), "{told:?}");
}

#[tokio::test]
async fn a_booking_for_the_wrong_person_is_as_if_never_booked() {
    let house = House::open().await;
    let stay = house.booked().await;
    let consultant = &house.here.consultant;
    house.deliver().await;
    let letters = house.letters_to(&stay.citizen_email);
    let invited = letters.iter().find(|letter| letter.has_link()).unwrap().link();
    consultant.get(&invited).await.ok();
    house.confirm_all(&stay).await;
    house.papers(&stay).await;
    house.turn(&stay.first_day);
    consultant.change(&stay.at("start"), json!({})).await.ok();
    consultant.post(&stay.at("follow-ups"), json!({"phase": "derailment", "citizen_words": "Det går."})).await.ok();
    let made = wrong(consultant, &stay.path()).await.ok();
    assert_eq!((&made["what"], &made["before"]["reference"]), (&json!("booking"), &json!(stay.reference)));
    let seen = house.see(&stay).await;
    assert_eq!(seen["in_error_on"], json!(house.today()), "it is still shown, marked");
    for path in [format!("/internships?citizen={}", stay.citizen), format!("/follow-ups?citizen={}", stay.citizen)] {
        assert_eq!(consultant.get(&path).await.ok()["items"], json!([]), "{path}");
    }
    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.problem(404, "not-found");
    wrong(consultant, &stay.path()).await.conflict("in-error-already");
    // The place is free again, for the same days and hours.
    let citizen = (stay.citizen.clone(), stay.citizen_email.clone());
    let body = house.booking(&stay.citizen, &stay.company, &later(&stay.first_day, 1));
    house.book(&citizen, &stay.company, body).await;
    house.deliver().await;
    let letters = house.letters_to(&stay.citizen_email);
    let told = letters.iter().filter(|letter| letter.plain.contains("ved en fejl")).count();
    assert_eq!(told, 1);
    consultant.get(&invited).await.problem(404, "not-found");
}

#[tokio::test]
async fn after_14_days_only_the_team_leader_and_before_it_who_recorded_it_or_is_responsible() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn(&later(&stay.first_day, 1));
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    let other = employ(&house.app, &house.nobody, "101", Role::Consultant, "anden@101.example").await;
    wrong(&other, &stay.at("end")).await.conflict("recorded-by-another");
    house.turn(&later(&stay.first_day, 16));
    let late = wrong(consultant, &stay.at("end")).await;
    late.conflict("put-right-late");
    assert!(late.text.contains("team leader"), "it says who can: {}", late.text);
    let made = wrong(leader, &stay.at("end")).await.ok();
    assert_eq!(made["by"], json!(leader.account));
}

#[tokio::test]
async fn whoever_was_told_of_a_flag_that_goes_is_told_that_it_was_an_error() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn(&later(&stay.last_day, -10));
    let outcome = json!({"outcome": "flex-job", "first_day": house.today(), "weekly_hours": 15});
    let consultant = &house.here.consultant;
    let outcome = consultant.post(&stay.at("outcomes"), outcome).await.ok()["id"].as_str().unwrap().to_owned();
    house.turn(&later(&stay.last_day, -8));
    let lost = consultant.post(&format!("/outcomes/{outcome}/retention-checks"), json!({"holds": false})).await.ok();
    house.tick().await;
    house.deliver().await;
    assert!(house.letters_to(CONSULTANT).iter().any(|letter| letter.plain.contains("job-lost")));
    let check = format!("/retention-checks/{}/in-error", lost["checks"][0]["id"].as_str().unwrap());
    let etag = consultant.etag(&format!("/outcomes/{outcome}")).await;
    let made = house.here.team_leader.change_from(Method::POST, &check, &etag, why()).await.ok();
    assert_eq!(made["told"]["accounts"].as_array().unwrap().len(), 2, "consultant and liaison: {made}");
    house.deliver().await;
    let of = |to: &str| house.letters_to(to).iter().filter(|letter| letter.plain.contains("ved en fejl")).count();
    assert_eq!((of(CONSULTANT), of("liaison@101.example"), of(TEAM_LEADER)), (1, 1, 0));
}

#[tokio::test]
async fn a_mistyped_number_is_replaced_and_both_find_the_citizen() {
    let house = House::open().await;
    let (wrong, right, other) = (cpr(), cpr(), cpr());
    let consultant = &house.here.consultant;
    let register = |number: &str| json!({"cpr": number, "name": "Bo", "target_group": "3", "hours_capacity": 20, "goals": []});
    let citizen = consultant.post("/citizens", register(&wrong)).await.ok()["id"].as_str().unwrap().to_owned();
    consultant.post("/citizens", register(&other)).await.ok();
    let path = format!("/citizens/{citizen}");
    let to = |number: &str| json!({"cpr": number, "reasons": "To cifre var byttet om."});
    consultant.change(&format!("{path}/cpr"), to(&wrong)).await.conflict("same-number");
    consultant.change(&format!("{path}/cpr"), to(&other)).await.conflict("number-of-another");
    let made = consultant.change(&format!("{path}/cpr"), to(&right)).await.ok();
    assert_eq!(made["what"], "cpr");
    // No number is shown whole, not even to whoever may see what was changed.
    for seen in [format!("{path}/changed-values"), format!("{path}/extract"), format!("{path}/changes"), "/changes".into()] {
        let text = house.here.team_leader.get(&seen).await;
        assert_eq!(text.status, 200, "{seen}");
        for number in [&wrong, &right] {
            assert!(
                !text.text.contains(number.as_str()) && !text.text.contains(&number.replace('-', "")),
                "{seen}: {}",
                text.text
            );
        }
    }
    for number in [&wrong, &right] {
        let found = consultant.post("/citizens/search", json!({"cpr": number})).await.ok();
        assert_eq!(found["id"], citizen.as_str());
        assert_eq!(found["former_numbers"].as_array().unwrap().len(), 1);
    }
    let mut details = json!({"name": "Bo Ny", "target_group": "3", "goals": [], "consultant": consultant.account});
    consultant.replace(&path, details.clone()).await.ok();
    details["phone"] = json!("11 22 33 44");
    consultant.replace(&path, details).await.ok();
    let kept = consultant.get(&format!("{path}/corrections")).await.ok();
    let kept = kept["items"].as_array().unwrap();
    assert_eq!(whats(kept), ["name", "cpr"], "the newest first");
    assert_eq!(kept[0]["before"], json!({"name": "Bo"}));
    for number in [&wrong, &right] {
        assert!(!house.dump().contains(number.as_str()) && !kept[1].to_string().contains(number.as_str()));
    }
}
