//! Follow-ups are planned at the start, held with what each party said, moved and cancelled; and the checks whether a job lasts.

use crate::harness::{House, Stay, Value, json, later};

pub async fn open(house: &House, stay: &Stay) -> Vec<Value> {
    let found = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    found["items"].as_array().unwrap().clone()
}

pub fn path(follow_up: &Value) -> String {
    format!("/follow-ups/{}", follow_up["id"].as_str().unwrap())
}

/// Started, with its follow-ups still planned.
pub async fn begun(house: &House) -> Stay {
    let stay = house.ready().await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    stay
}

#[tokio::test]
async fn the_start_plans_them_and_an_extension_plans_anew() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let days = |found: &[Value]| found.iter().map(|one| one["due_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let planned = open(&house, &stay).await;
    assert_eq!(planned[0]["kind"], "first");
    assert_eq!(days(&planned)[0], later(&stay.first_day, 4));
    // Both ends are Sundays, and so are the days a fortnight before them: the Fridays before.
    assert!(days(&planned).contains(&later(&stay.last_day, -16)), "{planned:?}");
    house.turn(&later(&stay.last_day, -20));
    let to = later(&stay.last_day, 28);
    house.extend(&stay, json!({"to": to, "reason": "Mangler øvelse"})).await.ok();
    house.confirm_all(&stay).await;
    let planned = open(&house, &stay).await;
    assert!(days(&planned).contains(&later(&to, -16)) && !days(&planned).contains(&later(&stay.last_day, -16)));
    house.here.consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    assert_eq!(open(&house, &stay).await, Vec::<Value>::new(), "nothing is planned after the end");
}

#[tokio::test]
async fn what_was_said_is_kept_sealed_and_neither_liaison_nor_company_sees_it() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let first = open(&house, &stay).await.remove(0);
    house.turn(first["due_on"].as_str().unwrap());
    let consultant = &house.here.consultant;
    let body = json!({"phase": "stagnation", "motivation": "mastery", "belief": {"citizen": 3, "consultant": 6},
                      "citizen_words": "Jeg keder mig lidt.", "contact_person_there": true});
    let held = consultant.change(&format!("{}/record", path(&first)), body).await.ok();
    assert_eq!((&held["held_on"], &held["record"]["phase"]), (&first["due_on"], &json!("stagnation")));
    assert!(!house.dump().contains("keder mig"), "sealed at rest");
    house.here.liaison.get(&path(&first)).await.problem(403, "forbidden");
    let beliefs = consultant.get(&format!("/citizens/{}/beliefs", stay.citizen)).await.ok();
    assert_eq!(beliefs["follow_ups"][0]["belief"], json!({"citizen": 3, "consultant": 6}));
    assert_eq!(beliefs["advice"].as_array().unwrap().len(), 2, "of the phase and of the motivation");
    consultant.change(&format!("{}/record", path(&first)), json!({})).await.conflict("not-open");
}

#[tokio::test]
async fn everything_that_does_not_fit_the_internship_is_told_at_once() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let body = json!({"held_on": later(&stay.first_day, -1), "skills": [{"skill": "Kasse", "now": 3}],
                      "answers": [{"question": "Noget andet?", "answer": "Ja"}],
                      "accommodations": [{"accommodation": stay.citizen, "kept": false}]});
    let faults = house.here.consultant.post(&stay.at("follow-ups"), body).await.faults();
    let pointers: Vec<&str> = faults.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(pointers, ["/accommodations/0/accommodation", "/answers/0/question", "/held_on", "/skills/0/skill"]);
}

#[tokio::test]
async fn one_that_is_overdue_is_told_until_it_is_moved_or_held() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let first = open(&house, &stay).await.remove(0);
    let due = first["due_on"].as_str().unwrap().to_owned();
    // Due on a Friday: three and ten working days later are a Wednesday and a Friday.
    for (days, level) in [(4, None), (5, Some("notice")), (13, Some("notice")), (14, Some("warning"))] {
        house.turn(&later(&due, days));
        house.tick().await;
        let flags = house.flags(&stay, "follow-up-overdue").await;
        assert_eq!(flags.first().map(|flag| flag["level"].as_str().unwrap()), level, "{days} days late");
    }
    let consultant = &house.here.consultant;
    consultant.change(&format!("{}/move", path(&first)), json!({"to": later(&due, 19)})).await.ok();
    house.tick().await;
    assert_eq!(house.flags(&stay, "follow-up-overdue").await.len(), 0, "moved");
    house.turn(&later(&due, 20));
    let held = consultant.post(&stay.at("follow-ups"), json!({"phase": "progression", "citizen_words": "Det går."})).await;
    assert_eq!((held.status, &held.ok()["id"]), (201, &first["id"]), "it takes the place of the one that was due");
}

#[tokio::test]
async fn a_job_is_checked_and_one_that_did_not_hold_is_told_once() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let first_day = later(&stay.first_day, 7);
    house.turn(&later(&stay.first_day, 6));
    let end = json!({"outcome": "flex-job", "first_day": first_day, "weekly_hours": 12});
    consultant.change(&stay.at("end"), end).await.ok();
    let outcome = house.see(&stay).await["outcomes"][0]["id"].as_str().unwrap().to_owned();
    house.turn(&later(&first_day, 91));
    house.tick().await;
    assert_eq!(house.flags(&stay, "retention-check-due").await.len(), 1);
    let checks = format!("/outcomes/{outcome}/retention-checks");
    let early = json!({"holds": true, "held_on": later(&first_day, -1)});
    let faults = consultant.post(&checks, early).await.faults();
    assert_eq!(faults, [("/held_on".to_owned(), "before-first-day".to_owned())]);
    let checked = consultant.post(&checks, json!({"holds": false, "last_day": later(&first_day, 80)})).await.ok();
    assert_eq!(checked["ended_on"], json!(later(&first_day, 80)));
    house.tick().await;
    assert_eq!(house.flags(&stay, "retention-check-due").await.len(), 0);
    let lost = house.flags(&stay, "job-lost").await.remove(0);
    let at = format!("/flags/{}/acknowledgement", lost["id"].as_str().unwrap());
    consultant.change(&at, json!({"reason": "Vi har talt om det."})).await.ok();
    for _ in 0..2 {
        house.tick().await;
        assert_eq!(house.flags(&stay, "job-lost").await.len(), 0, "seen, and not raised again");
    }
}

#[tokio::test]
async fn a_prospect_that_goes_is_told_the_consultant_until_there_is_another() {
    let house = House::open().await;
    let decision_on = later(&house.today().to_string(), 80);
    let stay = house.recruiting(&decision_on).await;
    let liaison = &house.here.liaison;
    liaison.change(&stay.at("prospect-withdrawal"), Value::Null).await.ok();
    house.tick().await;
    assert_eq!(house.flags(&stay, "prospect-withdrawn").await.len(), 1);
    let prospect = json!({"position": "Lager", "weekly_hours": 20, "words": "Vi mangler en til sommer."});
    liaison.post(&format!("/workplaces/{}/prospects", stay.company.workplace), prospect).await.ok();
    house.tick().await;
    assert_eq!(house.flags(&stay, "prospect-withdrawn").await.len(), 0);
}

#[tokio::test]
async fn those_placed_by_others_count_for_the_ratio_and_a_workplace_is_flagged_when_its_staff_falls() {
    let house = House::open().await;
    let stay = house.started().await;
    let (liaison, place) = (&house.here.liaison, format!("/workplaces/{}", stay.company.workplace));
    let month = &house.today().to_string()[..7];
    let staff = async |posts: i64| {
        liaison.put(&format!("{place}/staff/{month}"), json!({"full_time": posts})).await.ok();
    };
    staff(10).await;
    let body = json!({"as_of": house.today().to_string(), "groups": [{"persons": 1, "weekly_hours": 37}]});
    let put = liaison.post(&format!("{place}/placed-by-others"), body).await.ok();
    assert_eq!(put["items"][0]["persons"], 1);
    let flags = async || {
        let path = format!("/flags?workplace={}&standing=true", stay.company.workplace);
        house.here.liaison.get(&path).await.ok()["items"].as_array().unwrap().clone()
    };
    house.tick().await;
    assert_eq!(flags().await.len(), 0, "two may be there");
    staff(9).await;
    house.tick().await;
    let flag = flags().await.remove(0);
    assert_eq!((&flag["rule"], &flag["citizen"]), (&json!("ratio-exceeded"), &Value::Null));
    house.deliver().await;
    let letters = house.letters_to("liaison@101.example");
    assert!(letters.iter().any(|letter| letter.plain.contains("ratio-exceeded")), "{}", letters.len());
    staff(12).await;
    house.tick().await;
    assert_eq!(flags().await.len(), 0);
}

#[tokio::test]
async fn at_a_follow_up_something_was_said_and_who_stays_away_is_seen() {
    let house = House::open().await;
    let stay = house.started().await;
    let consultant = &house.here.consultant;
    let faults = consultant.post(&stay.at("follow-ups"), json!({"contact_person_there": null})).await.faults();
    assert_eq!(faults, [("/answers".to_owned(), "no-answer".to_owned())]);
    let too_little = consultant.post(&stay.at("follow-ups"), json!({"phase": "progression"})).await;
    assert_eq!(too_little.faults(), [("/answers".to_owned(), "no-answer".to_owned())]);
    assert!(too_little.text.contains("If there is none yet"), "it says what would make it pass: {}", too_little.text);
    house.turn(&later(&house.today().to_string(), 10));
    let body = json!({"phase": "progression", "days_absent": 3, "belonging": 4, "heard": 6, "colleagues": "Han er sjov."});
    let held = consultant.post(&stay.at("follow-ups"), body.clone()).await.ok();
    for field in ["days_absent", "belonging", "heard", "colleagues"] {
        assert_eq!(held["record"][field], body[field], "{field}");
    }
    assert!(!house.dump().contains("Han er sjov"), "sealed at rest");
    house.tick().await;
    assert_eq!(house.flags(&stay, "absence").await[0]["level"], "notice");
}

#[tokio::test]
async fn what_is_added_to_a_follow_up_stands_beside_what_was_said() {
    let house = House::open().await;
    let stay = house.started().await;
    let consultant = &house.here.consultant;
    let held = consultant.post(&stay.at("follow-ups"), json!({"phase": "progression", "citizen_words": "Det går."})).await.ok();
    let path = format!("/follow-ups/{}", held["id"].as_str().unwrap());
    assert_eq!(held["addenda"], json!([]));
    house.turn(&later(&house.today().to_string(), 3));
    let added = consultant.post(&format!("{path}/addenda"), json!({"words": "Chefen ringede bagefter."})).await.ok();
    let addendum = json!({"words": "Chefen ringede bagefter.", "added_on": house.today(), "added_by": consultant.account});
    assert_eq!((&added["addenda"], &added["record"]), (&json!([addendum]), &held["record"]));
    let listed = consultant.get(&format!("/follow-ups?internship={}&open=false", stay.id)).await.ok();
    assert!(listed["items"].as_array().unwrap().iter().any(|item| item["addenda"] == added["addenda"]));
    assert!(!house.dump().contains("Chefen ringede"), "sealed at rest");
}
