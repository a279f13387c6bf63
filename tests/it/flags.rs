//! Flags: who is told, when and how often; what silences a flag, and what clears it.

use crate::harness::{House, Stay, Value, json};

const CONSULTANT: &str = "consultant@101.example";

fn path(flag: &Value, below: &str) -> String {
    format!("/flags/{}/{below}", flag["id"].as_str().unwrap())
}

async fn level(house: &House, stay: &Stay, rule: &str) -> String {
    let flags = house.flags(stay, rule).await;
    flags.first().map(|flag| flag["level"].as_str().unwrap().to_owned()).unwrap_or_default()
}

/// The company is to decide on Good Friday, 3 April; it has been reminded a fortnight before. Three and seven working days after it
/// are 9 and 15 April.
async fn reminded() -> (House, Stay, Value) {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-03").await;
    house.live_until("2026-03-20").await;
    let flag = house.flags(&stay, "decision-due").await.remove(0);
    assert_eq!(flag["level"], "notice");
    (house, stay, flag)
}

#[tokio::test]
async fn silence_is_escalated_and_each_step_told_once() {
    let (house, stay, _) = reminded().await;
    house.live_until("2026-04-15").await;
    assert_eq!(level(&house, &stay, "decision-due").await, "alarm");
    // A fortnight and a week before, on the day, three and seven working days after.
    let asked = house.letters_to(&stay.company.contact_email);
    assert_eq!(asked.iter().filter(|letter| letter.subject.contains("Kan I ansætte Bo? Svar senest")).count(), 3);
    assert_eq!(asked.iter().filter(|letter| letter.subject.contains("Vi mangler jeres svar")).count(), 2);
    let about = |address: &str, what: &str| {
        let asks = house.letters_to(address);
        asks.iter().filter(|letter| letter.subject.contains(what) && letter.plain.contains("· decision-due")).count()
    };
    for address in [CONSULTANT, "liaison@101.example"] {
        assert_eq!((about(address, "Advarsel: "), about(address, "Alarm: ")), (1, 1), "{address}");
    }
    assert_eq!((about("team-leader@101.example", "Advarsel: "), about("team-leader@101.example", "Alarm: ")), (0, 1));
    assert!(house.letters_to("liaison@851.example").is_empty());
}

#[tokio::test]
async fn acknowledging_silences_its_level_and_no_higher() {
    let (house, stay, flag) = reminded().await;
    let before = house.letters().len();
    let consultant = &house.here.consultant;
    house.turn_to(house.now() + chrono::Duration::minutes(1));
    consultant.change(&path(&flag, "acknowledgement"), json!({"reason": ""})).await.problem(422, "invalid-fields");
    consultant.change(&path(&flag, "acknowledgement"), json!({"reason": "Vi har talt sammen."})).await.ok();
    house.live_until("2026-04-08").await;
    let since: Vec<_> = house.letters().into_iter().skip(before).filter(|letter| letter.plain.contains("decision-due")).collect();
    assert!(since.is_empty(), "nobody here is told: {since:?}");
    let asked = house.letters_to(&stay.company.contact_email);
    assert_eq!(
        asked.iter().filter(|letter| letter.subject.contains("Kan I ansætte Bo? Svar senest")).count(),
        3,
        "what is seen here is no answer"
    );
    house.live_until("2026-04-09").await;
    assert_eq!(level(&house, &stay, "decision-due").await, "warning");
    assert_eq!(house.letters_to(&stay.company.contact_email).iter().filter(|l| l.subject.contains("Vi mangler")).count(), 1);
    let seen = consultant.get(path(&flag, "").trim_end_matches('/')).await.ok();
    let history: Vec<&str> = seen["history"].as_array().unwrap().iter().map(|event| event["what"].as_str().unwrap()).collect();
    assert_eq!(history.iter().filter(|what| **what == "acknowledged").count(), 1);
    assert_eq!(history.first(), Some(&"raised"));
    assert!(history.contains(&"rose"));
}

#[tokio::test]
async fn an_alarm_is_acknowledged_by_a_team_leader_only() {
    let (house, stay, flag) = reminded().await;
    house.live_until("2026-04-15").await;
    assert_eq!(level(&house, &stay, "decision-due").await, "alarm");
    let body = json!({"reason": "De svarer i morgen."});
    let snooze = json!({"reason": "De svarer i morgen.", "until": "2026-04-16"});
    for client in [&house.here.consultant, &house.here.liaison] {
        client.change(&path(&flag, "acknowledgement"), body.clone()).await.problem(403, "forbidden");
        client.change(&path(&flag, "snooze"), snooze.clone()).await.problem(403, "forbidden");
    }
    house.here.team_leader.change(&path(&flag, "acknowledgement"), body).await.ok();
}

#[tokio::test]
async fn a_snooze_is_four_weeks_at_most_and_it_speaks_again_after() {
    let house = House::open().await;
    let stay = house.started().await;
    // It ends on Sunday 12 April: on the working day two weeks before, nothing is planned.
    house.live_until("2026-03-27").await;
    let flag = house.flags(&stay, "ends-without-plan").await.remove(0);
    let consultant = &house.here.consultant;
    let snooze = async |until: &str| consultant.change(&path(&flag, "snooze"), json!({"until": until, "reason": "Ferie."})).await;
    for wrong in ["2026-04-25", "2026-03-26"] {
        assert_eq!(snooze(wrong).await.faults(), [("/until".to_owned(), "snooze".to_owned())], "{wrong}");
    }
    snooze("2026-04-24").await.ok();
    let about = |rule: &str| house.letters_to(CONSULTANT).iter().filter(|letter| letter.plain.contains(rule)).count();
    let before = about("ends-without-plan");
    house.live_until("2026-04-14").await;
    assert_eq!(about("ends-without-plan"), before);
    // Three working days after the end it rises to a warning, and that ends the snooze.
    house.live_until("2026-04-15").await;
    assert_eq!(about("ends-without-plan"), before + 1);
    assert_eq!(level(&house, &stay, "ends-without-plan").await, "warning");
    snooze("2026-04-20").await.ok();
    house.live_until("2026-04-20").await;
    assert_eq!(about("ends-without-plan"), before + 1);
}

#[tokio::test]
async fn a_hire_clears_what_stood_and_what_waits_is_not_sent() {
    let (house, stay, flag) = reminded().await;
    house.live_until("2026-04-08").await;
    house.turn("2026-04-09");
    house.tick().await;
    assert_eq!(level(&house, &stay, "decision-due").await, "warning");
    let before = house.letters().len();
    let end = json!({"outcome": "ordinary-part-time", "first_day": "2026-04-10", "weekly_hours": 20});
    house.here.consultant.change(&stay.at("end"), end).await.ok();
    let delivered = house.deliver().await;
    assert_eq!(delivered.sent, 0, "whoever is hired since gets no warning");
    assert!(delivered.dropped >= 3, "{delivered:?}");
    house.live_until("2026-04-20").await;
    assert_eq!(house.letters().len(), before);
    let seen = house.here.consultant.get(path(&flag, "").trim_end_matches('/')).await.ok();
    assert_eq!((&seen["gone"], &seen["gone_on"]), (&json!("cleared"), &json!("2026-04-09")));
    let gone = house.here.consultant.change(&path(&flag, "snooze"), json!({"until": "2026-04-21", "reason": "x"})).await;
    gone.conflict("gone");
}

#[tokio::test]
async fn a_days_notices_are_one_digest_from_seven_on_however_often_it_ticks() {
    let house = House::open_with(|settings| settings.letters.on_days_off = false).await;
    let first = house.started().await;
    house.turn("2026-01-05");
    let second = house.started().await;
    assert_eq!(first.last_day, second.last_day);
    house.live_until("2026-03-26").await;
    let before = house.letters_to(CONSULTANT).len();
    let day = "2026-03-27".parse().unwrap();
    for hour in [0, 5, 6] {
        house.turn_to(rettematch::domain::values::copenhagen::local(day, hour));
        house.tick().await;
        house.deliver().await;
        assert_eq!(house.letters_to(CONSULTANT).len(), before, "at {hour}");
    }
    for hour in [7, 8, 12, 17] {
        house.turn_to(rettematch::domain::values::copenhagen::local(day, hour));
        for _ in 0..3 {
            house.tick().await;
            house.deliver().await;
        }
    }
    let told = house.letters_to(CONSULTANT);
    assert_eq!(told.len(), before + 1);
    let digest = told.last().unwrap();
    assert!(digest.subject.contains("Dagens beskeder: "), "{}", digest.subject);
    assert_eq!(digest.plain.matches("== Notice: ").count(), 2, "{}", digest.plain);
}

#[tokio::test]
async fn a_warning_waits_for_no_morning() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.live_until("2026-01-18").await;
    let before = house.letters_to(CONSULTANT).len();
    house.turn_to(rettematch::domain::values::copenhagen::local("2026-01-19".parse().unwrap(), 1));
    for _ in 0..3 {
        house.tick().await;
        house.deliver().await;
    }
    let told = house.letters_to(CONSULTANT);
    assert_eq!(told.len(), before + 1);
    assert!(told.last().unwrap().subject.contains("Advarsel: "), "{}", told.last().unwrap().subject);
    assert_eq!(level(&house, &stay, "alignment-missing").await, "warning");
}

#[tokio::test]
async fn days_without_a_tick_are_caught_up_once() {
    let (house, stay, _) = reminded().await;
    let asked = house.letters_to(&stay.company.contact_email).len();
    house.turn("2026-04-10");
    house.tick().await;
    house.tick().await;
    house.deliver().await;
    assert_eq!(level(&house, &stay, "decision-due").await, "warning");
    let letters = house.letters_to(&stay.company.contact_email);
    assert_eq!(letters.len(), asked + 1, "the question as it stands now, not those that were missed");
    assert!(
        letters.last().unwrap().plain.contains("Vi mangler stadig jeres svar, som vi aftalte til den 3. april 2026"),
        "{}",
        letters.last().unwrap().plain
    );
}

#[tokio::test]
async fn whom_no_letter_reaches_the_consultant_is_told_of() {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-03").await;
    let silent = json!({"name": "Kontakt Person", "phone": "11 22 33 44"});
    house.here.liaison.replace(&format!("/contacts/{}", stay.company.contact), silent).await.ok();
    house.live_until("2026-03-20").await;
    let told = house.letters_to(CONSULTANT);
    assert!(told.last().unwrap().plain.contains("giv beskeden selv"), "{}", told.last().unwrap().plain);
}

#[tokio::test]
async fn one_click_in_the_mail_program_stops_the_digests_and_no_warning() {
    let house = House::open().await;
    let first = house.started_with(|body| body["last_day"] = json!("2026-02-15")).await;
    let second = house.started_with(|body| body["last_day"] = json!("2026-02-24")).await;
    // A short stay: on the working day a week before its end.
    house.live_until("2026-02-06").await;
    let digests = house.letters_to(CONSULTANT);
    let digest = digests.last().unwrap();
    assert!(digest.subject.contains("Dagens beskeder"), "{}", digest.subject);
    let unfolded = digest.raw.replace("\r\n ", "");
    assert!(unfolded.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{unfolded}");
    let address = unfolded.split_once("List-Unsubscribe: <").unwrap().1.split('>').next().unwrap();
    let path = address.split_once("/api/v1").unwrap().1.to_owned();

    let forged = path.replace(".", ".x");
    house.nobody.post(&forged, json!({})).await.problem(404, "not-found");
    let clicked = house.nobody.post(&path, json!({})).await;
    assert_eq!(clicked.status, 204, "{}", clicked.text);

    house.live_until("2026-02-17").await;
    assert_eq!(level(&house, &second, "ends-without-plan").await, "notice");
    assert_eq!(house.letters_to(CONSULTANT).len(), digests.len(), "the notice is on record, and not mailed");
    house.live_until("2026-02-18").await;
    assert_eq!(level(&house, &first, "ends-without-plan").await, "warning");
    let letters = house.letters_to(CONSULTANT);
    assert_eq!(letters.len(), digests.len() + 1);
    assert!(!letters.last().unwrap().raw.contains("List-Unsubscribe"));
}
