//! Faults in delivery: mail servers that refuse, are silent, hang up or are down; a schedule that was off; two schedules at once.

use crate::harness::{
    BEGIN, House, Stay, Value, day, json, later,
    real::{Smtp, read_mail},
};
use chrono::Duration;
use rettematch::{
    app::App,
    domain::values::copenhagen::local,
    jobs,
    settings::{Settings, Tls},
};
use std::{collections::BTreeMap, path::Path};

fn through(port: u16) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.mail.host = "127.0.0.1".into();
        settings.mail.port = port;
        settings.mail.tls = Tls::NoneLoopback;
        settings.mail.timeout_seconds = 20;
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

async fn letters(house: &House, state: &str) -> Vec<Value> {
    house.here.team_leader.get(&format!("/letters?limit=200&state={state}")).await.ok()["items"].as_array().unwrap().clone()
}

fn ids(mail: &[Value]) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for letter in mail {
        *ids.entry(text(&letter["message_id"]).to_owned()).or_default() += 1;
    }
    ids
}

fn minutes_later(house: &House, minutes: i64) {
    house.turn_to(house.now() + Duration::minutes(minutes));
}

#[actix_web::test]
async fn one_address_refused_for_good_fails_alone_and_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &["--refuse", "gone@post.example"]);
    let house = House::open_with(through(server.port)).await;
    let stay = house.booked().await;
    let contact = format!("/contacts/{}", stay.company.contact);
    let body = json!({"name": "Kontakt Person", "email": "gone@post.example"});
    house.here.liaison.replace(&contact, body).await.ok();
    house.here.consultant.change(&stay.at("versions"), json!({"tasks": []})).await.ok();

    let done = house.deliver().await;
    // Version 1 went out of date when version 2 was made: its two letters fall away, and the one to the corrected address.
    assert_eq!((done.sent, done.dropped, done.waiting, done.failed), (1, 3, 0, 1), "{done:?}");
    let failed = letters(&house, "failed").await;
    assert_eq!(failed.len(), 1);
    let to_consultant = house.here.consultant.get("/letters?state=failed").await.ok();
    assert_eq!(to_consultant["items"], json!(failed), "the consultant is shown it too");
    assert_eq!(failed[0]["recipient"], "gone@post.example");
    assert_eq!(failed[0]["last_error"], "the mail server answered 550");
    assert_eq!(failed[0]["state"], "failed");
    let mail = server.mail();
    assert_eq!(mail.len(), 1);
    assert_eq!(mail[0]["rcpt"], stay.citizen_email.as_str());
    minutes_later(&house, 3 * 24 * 60);
    assert_eq!(house.deliver().await, jobs::Delivered::default(), "it is not tried again");
}

/// What the service says of its letters: the state, and the age of the oldest.
async fn told(house: &House) -> (Value, Value) {
    let body = house.nobody.get("/health/ready").await.ok();
    (body["degraded"].clone(), body["letters"]["oldest_due_age_seconds"].clone())
}

#[actix_web::test]
async fn a_night_on_a_list_of_spammers_loses_no_letter_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let flag = folder.path().join("blocked");
    std::fs::write(&flag, "").unwrap();
    let server = Smtp::start(folder.path(), &["--blocked-while", flag.to_str().unwrap()]);
    let house = House::open_with(through(server.port)).await;
    house.booked().await;
    house.tick().await;
    let mut late = Value::Null;
    for hour in 0..12 {
        let done = house.deliver().await;
        assert_eq!((done.sent, done.failed), (0, 0), "hour {hour}");
        minutes_later(&house, 60);
        house.tick().await;
        let (degraded, age) = told(&house).await;
        assert_eq!(degraded, json!(["letters-late"]), "hour {hour}");
        assert!(age.as_i64().unwrap() >= 3600 * (hour + 1), "counted from when it was queued: {age}");
        late = age;
    }
    assert!(late.as_i64().unwrap() >= 12 * 3600, "{late}");
    std::fs::remove_file(&flag).unwrap();
    minutes_later(&house, 60);
    let done = house.deliver().await;
    assert!(done.sent >= 2 && done.failed == 0, "{done:?}");
    assert_eq!(told(&house).await.1, Value::Null);
}

#[actix_web::test]
async fn a_letter_that_failed_is_sent_again_by_whoever_mends_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &["--tempfail-first", "2"]);
    let house = House::open_with(|settings| {
        through(server.port)(settings);
        settings.mail.retry_minutes = vec![24 * 60];
        settings.mail.give_up_after_days = 0;
    })
    .await;
    house.booked().await;
    minutes_later(&house, 1);
    assert_eq!(house.deliver().await.failed, 2);
    let failed = letters(&house, "failed").await;
    let path = format!("/letters/{}/resending", text(&failed[0]["id"]));
    for who in [&house.here.consultant, &house.here.liaison] {
        who.press(&path).await.problem(403, "forbidden");
    }
    house.there.administrator.press(&path).await.problem(404, "not-found");
    let again = house.here.administrator.press(&path).await.ok();
    assert_eq!((&again["state"], &again["attempts"], &again["subject"]), (&json!("waiting"), &json!(0), &json!(null)));
    house.here.team_leader.press(&path).await.conflict("not-failed");
    assert_eq!(house.deliver().await.sent, 1);
    assert_eq!(server.mail().len(), 1);
    house.here.team_leader.press(&path).await.conflict("not-failed");
}

#[actix_web::test]
async fn a_server_that_says_later_is_asked_again_at_the_times_in_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &["--tempfail-first", "7"]);
    let house = House::open_with(|settings| {
        through(server.port)(settings);
        settings.mail.retry_minutes = vec![1, 5, 15];
    })
    .await;
    house.booked().await;
    // Two letters, refused three times each, and one of them once more.
    let mut tries = 2;
    for minutes in [1, 5, 15] {
        assert_eq!(house.deliver().await.waiting, tries);
        let waiting = letters(&house, "waiting").await;
        assert!(waiting.iter().all(|letter| letter["last_error"] == "the mail server answered 451"));
        minutes_later(&house, minutes - 1);
        assert_eq!(house.deliver().await, jobs::Delivered::default(), "{minutes} minutes have not passed");
        minutes_later(&house, 1);
        tries = 2;
    }
    let done = house.deliver().await;
    assert_eq!((done.sent, done.waiting), (1, 1));
    minutes_later(&house, 14);
    assert_eq!(house.deliver().await, jobs::Delivered::default(), "the last waiting time is repeated");
    minutes_later(&house, 1);
    assert_eq!(house.deliver().await.sent, 1);
    assert_eq!(ids(&server.mail()).len(), 2);
    assert_eq!(server.mail().len(), 2);
}

#[actix_web::test]
async fn a_server_that_was_down_for_a_day_gets_everything_afterwards_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &[]);
    let port = server.port;
    server.stop();
    let house = House::open_with(through(port)).await;
    for _ in 0..4 {
        house.booked().await;
    }
    let begun = house.now();
    while house.now() < begun + Duration::days(1) {
        house.tick().await;
        let done = house.deliver().await;
        assert_eq!((done.sent, done.failed), (0, 0));
        minutes_later(&house, 30);
    }
    let server = Smtp::start_at(folder.path(), port, &[]);
    for _ in 0..3 {
        minutes_later(&house, 60);
        house.tick().await;
        house.deliver().await;
    }
    let mail = server.mail();
    assert_eq!((mail.len(), ids(&mail).len()), (8, 8), "each letter, each once");
    assert!(letters(&house, "waiting").await.is_empty());
}

#[actix_web::test]
async fn a_letter_that_nobody_takes_for_days_is_shown_as_failed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &[]);
    let port = server.port;
    server.stop();
    let house = House::open_with(through(port)).await;
    house.booked().await;
    for _ in 0..=5 {
        assert_eq!(house.deliver().await.failed, 0);
        minutes_later(&house, 24 * 60);
    }
    assert_eq!(house.deliver().await.failed, 2);
    assert_eq!(letters(&house, "failed").await.len(), 2);
}

/// A server that leaves a try without an end: the time limit holds, and the letter waits.
async fn leaves_it_open(argument: &str, why: &str) {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &[argument]);
    let house = House::open_with(|settings| {
        through(server.port)(settings);
        settings.mail.timeout_seconds = 1;
    })
    .await;
    house.booked().await;
    let delivered = tokio::time::timeout(std::time::Duration::from_secs(60), house.deliver()).await.expect("delivery hangs");
    assert_eq!((delivered.sent, delivered.waiting, delivered.failed), (0, 2, 0));
    let waiting = letters(&house, "waiting").await;
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|letter| letter["last_error"] == why), "{waiting:#?}");
    // The next server at the same place gets them.
    let port = server.port;
    server.stop();
    let server = Smtp::start_at(folder.path(), port, &[]);
    minutes_later(&house, 1);
    assert_eq!(house.deliver().await.sent, 2);
    assert_eq!(server.mail().len(), 2);
}

#[actix_web::test]
async fn a_server_that_falls_silent_holds_nothing_up() {
    leaves_it_open("--silent-after-data", "the mail server was silent for 1 seconds").await;
}

/// No request waits for a letter: while the mail server holds every letter that is on its way, people read, book and confirm,
/// and are answered before the first of those letters is.
#[actix_web::test]
async fn while_the_mail_server_is_silent_people_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &["--silent-after-data"]);
    // So long that no letter comes to an end in this story, unless the server goes.
    let house = House::open_with(|settings| {
        through(server.port)(settings);
        settings.mail.timeout_seconds = 600;
    })
    .await;
    for _ in 0..3 {
        house.booked().await;
    }
    let app = house.app.clone();
    let delivery = tokio::spawn(async move { jobs::deliver(&app, &jobs::quiet).await.unwrap() });
    // Until as many as go at once are held.
    let held = || house.text("SELECT CAST(count(*) AS TEXT) AS text FROM letters WHERE claimed_by IS NOT NULL");
    while held() != "4" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    for _ in 0..5 {
        let stay = house.booked().await;
        house.see(&stay).await;
        house.confirm_all(&stay).await;
    }
    house.tick().await;
    // Two invitations each, and of five two receipts and the first day for two calendars.
    assert_eq!(letters(&house, "waiting").await.len(), 36);
    assert!(!delivery.is_finished(), "the letters came to an end before the requests did");
    assert_eq!((held(), letters(&house, "sent").await.len()), ("4".to_owned(), 0));
    // The next server at the same place gets what still has a cause.
    let port = server.port;
    server.stop();
    let server = Smtp::start_at(folder.path(), port, &[]);
    let done = delivery.await.unwrap();
    assert_eq!(done.failed, 0);
    minutes_later(&house, 1);
    house.deliver().await;
    assert_eq!((server.mail().len(), letters(&house, "waiting").await.len()), (26, 0));
}

#[actix_web::test]
async fn a_server_that_hangs_up_is_asked_again() {
    leaves_it_open("--hangup-in-data", "the mail server cannot be reached, or hung up").await;
}

#[actix_web::test]
async fn what_was_taken_but_not_acknowledged_comes_once_more_under_the_same_message_id() {
    let folder = tempfile::tempdir().unwrap();
    let flag = folder.path().join("drop");
    std::fs::write(&flag, "").unwrap();
    let server = Smtp::start(&folder.path().join("mail"), &["--drop-after-accept-file", &flag.display().to_string()]);
    let house = House::open_with(through(server.port)).await;
    house.booked().await;
    assert_eq!(house.deliver().await.waiting, 2);
    std::fs::remove_file(&flag).unwrap();
    minutes_later(&house, 1);
    assert_eq!(house.deliver().await.sent, 2);
    minutes_later(&house, 24 * 60);
    assert_eq!(house.deliver().await, jobs::Delivered::default());
    let mail = server.mail();
    assert_eq!(mail.len(), 4);
    assert_eq!(ids(&mail).into_values().collect::<Vec<_>>(), [2, 2]);
    for letter in &mail {
        let twin: Vec<&Value> = mail.iter().filter(|other| other["message_id"] == letter["message_id"]).collect();
        for part in ["date", "subject", "text", "html", "rcpt"] {
            assert_eq!(twin[0][part], twin[1][part], "the same letter in every part");
        }
    }
}

#[actix_web::test]
async fn a_cause_that_went_before_the_letter_did_drops_it() {
    let house = House::open().await;
    // Confirmed, and cancelled.
    let (confirmed, cancelled) = (house.booked().await, house.booked().await);
    house.confirm(&confirmed, "citizen").await.ok();
    house.confirm(&confirmed, "company").await.ok();
    house.here.consultant.change(&cancelled.at("cancellation"), json!({"reason": "Syg."})).await.ok();
    let done = house.deliver().await;
    // What is sent are two receipts, and the news of the cancelling to two.
    assert_eq!((done.sent, done.dropped), (4, 4), "{:#?}", house.letters());
    assert_eq!(letters(&house, "dropped").await.len(), 4);

    // Hired: the letter of a flag that was raised this morning, to the company and to people here.
    let hired = house.recruiting(&later(BEGIN, 84)).await;
    house.deliver().await;
    // Three working days after 30 March; Easter lies between.
    house.turn(&later(BEGIN, 92));
    house.tick().await;
    let waiting = letters(&house, "waiting").await;
    let kinds: Vec<&str> = waiting.iter().map(|letter| text(&letter["kind"])).collect();
    assert!(kinds.contains(&"decision") && kinds.contains(&"warning"), "{kinds:?}");
    let job = json!({"outcome": "flex-job", "first_day": later(BEGIN, 93), "weekly_hours": 10});
    house.here.consultant.change(&hired.at("end"), job).await.ok();
    let before = house.letters().len();
    let done = house.deliver().await;
    // The consultant's letter told of the other internship too: that part of it goes, and nothing of the one hired.
    assert_eq!(done.sent + done.dropped, waiting.len());
    assert!(done.dropped >= 2, "the question to the company, and the letter that told of nothing else: {done:?}");
    let told: Vec<_> = house.letters().into_iter().skip(before).collect();
    assert!(!told.is_empty() && told.iter().all(|letter| !letter.plain.contains(&hired.reference)), "{told:#?}");
    assert!(told.iter().any(|letter| letter.plain.contains(&confirmed.reference)), "{told:#?}");
    let sent = letters(&house, "sent").await;
    let shown = house.here.team_leader.get(&format!("/letters/{}", text(&sent.last().unwrap()["id"]))).await.ok();
    assert!(!text(&shown["plain"]).contains(&hired.reference), "what was sent is what is shown");
}

#[actix_web::test]
async fn a_notice_whose_flag_has_come_to_rest_stands_in_no_digest() {
    let house = House::open_with(|settings| settings.letters.on_days_off = false).await;
    let (planned, open) = (house.started().await, house.started().await);
    house.deliver().await;
    let before = house.letters().len();
    // Raised early in the morning, before digests are written.
    // The end is a Sunday, and so is the day a fortnight before it: the Friday before.
    let morning = local(day(&later(&open.last_day, -16)), 5);
    house.turn_to(morning);
    house.tick().await;
    house.turn_to(local(morning.date_naive(), 6));
    house.here.consultant.replace(&planned.at("next-step"), json!({"next_step": "Et kursus."})).await.ok();
    house.turn_to(local(morning.date_naive(), 8));
    house.tick().await;
    house.deliver().await;
    let letters = house.letters();
    let digest: Vec<_> = letters.iter().skip(before).collect();
    assert_eq!(digest.len(), 1, "{digest:#?}");
    assert!(digest[0].plain.contains(&open.reference) && !digest[0].plain.contains(&planned.reference), "{}", digest[0].plain);
    // And with nothing left to tell none is written, that day or later.
    house.here.consultant.change(&open.at("end"), json!({"outcome": "no-job"})).await.ok();
    let last = house.started().await;
    house.deliver().await;
    let morning = local(day(&later(&last.last_day, -16)), 5);
    house.turn_to(morning);
    house.tick().await;
    house.here.consultant.replace(&last.at("next-step"), json!({"next_step": "Et kursus."})).await.ok();
    house.turn_to(local(morning.date_naive(), 8));
    house.tick().await;
    let before = house.letters().len();
    let done = house.deliver().await;
    assert_eq!(done.dropped, 0, "not even written");
    assert!(house.letters().iter().skip(before).all(|letter| !letter.plain.contains(&last.reference)));
}

#[actix_web::test]
async fn a_schedule_that_was_off_for_weeks_tells_each_flag_once_at_the_level_it_has_now() {
    let house = House::open().await;
    let stay = house.recruiting(&later(BEGIN, 80)).await;
    house.deliver().await;
    let to = |address: &str| house.letters_to(address).len();
    let addresses = ["consultant@101.example", "liaison@101.example", "team-leader@101.example", &stay.company.contact_email];
    let before = addresses.map(to);
    // Five steps of the decision date, and all of the end, have come meanwhile.
    house.turn(&later(&stay.last_day, 20));
    house.tick().await;
    house.deliver().await;
    let flags = house.here.team_leader.get(&format!("/flags?citizen={}", stay.citizen)).await.ok();
    let seen: Vec<(&str, &str)> =
        flags["items"].as_array().unwrap().iter().map(|flag| (text(&flag["rule"]), text(&flag["level"]))).collect();
    assert_eq!(seen.len(), 3, "{seen:?}");
    let expected = [("decision-due", "alarm"), ("ends-without-plan", "alarm"), ("standstill", "warning")];
    assert!(expected.iter().all(|flag| seen.contains(flag)), "{seen:?}");
    for (number, address) in addresses.iter().enumerate() {
        assert_eq!(to(address), before[number] + 1, "{address}");
    }
    house.tick().await;
    let done = house.deliver().await;
    assert_eq!(done, jobs::Delivered::default(), "and nothing more");
}

#[actix_web::test]
async fn a_letter_whose_cause_cannot_be_read_holds_up_no_other() {
    let house = House::open().await;
    let (broken, whole) = (house.booked().await, house.booked().await);
    let torn = "UPDATE versions SET terms = 'torn' WHERE internship_id =";
    house.texts(&format!("{torn} '{}' RETURNING terms AS text", broken.id));
    let done = house.deliver().await;
    assert_eq!((done.sent, done.waiting), (2, 2), "{done:?}");
    assert_eq!(house.letters_to(&whole.citizen_email).len(), 1);
    for letter in letters(&house, "waiting").await {
        assert_eq!(letter["last_error"], "its cause could not be asked");
    }
    minutes_later(&house, 6 * 24 * 60);
    assert_eq!(house.deliver().await.failed, 2, "it fails in the end, where it is seen");
}

#[actix_web::test]
async fn one_person_in_three_roles_gets_one_letter() {
    let house = House::open().await;
    let stay = house.recruiting(&later(BEGIN, 80)).await;
    let (client, me) = (&house.here.team_leader, &house.here.team_leader.account);
    let (citizen, company) = (format!("/citizens/{}", stay.citizen), format!("/companies/{}", stay.company.id));
    let seen = client.get(&citizen).await.ok();
    let body = json!({
        "name": "Bo", "email": stay.citizen_email, "target_group": "3", "goals": seen["goals"], "consultant": me,
    });
    client.replace(&citizen, body).await.ok();
    client.replace(&company, json!({"name": "Firmaet", "advertising_protected": false, "liaison": me})).await.ok();
    // Seven working days after 26 March; Easter lies between.
    house.turn(&later(BEGIN, 94));
    house.tick().await;
    house.deliver().await;
    let letters = house.letters_to("team-leader@101.example");
    assert_eq!(letters.len(), 1, "{letters:#?}");
    // Once in Danish, once in English.
    assert_eq!(letters[0].plain.matches("decision-due").count(), 2, "{}", letters[0].plain);
    assert!(letters[0].subject.starts_with("Alarm: "), "{}", letters[0].subject);
}

#[actix_web::test]
async fn two_services_on_one_database_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &[]);
    let house = House::open_with(through(server.port)).await;
    let other =
        App::open(Settings { mail: house.app.services.settings.mail.clone(), ..house.app.services.settings.clone() }).unwrap();
    let mut stays: Vec<Stay> = Vec::new();
    for number in 0..8 {
        stays.push(if number % 2 == 0 { house.booked().await } else { house.recruiting(&later(BEGIN, 60)).await });
        house.turn(BEGIN);
    }
    for days in (0..=100).step_by(5) {
        house.turn(&later(BEGIN, days));
        other.clock.turn(house.now());
        let round = |app: &App| {
            let app = app.clone();
            tokio::spawn(async move {
                jobs::tick(&app, &jobs::quiet).await.unwrap();
                jobs::deliver(&app, &jobs::quiet).await.unwrap();
                jobs::tick(&app, &jobs::quiet).await.unwrap();
                jobs::deliver(&app, &jobs::quiet).await.unwrap();
            })
        };
        let at_once = [round(&house.app), round(&other), round(&other), round(&house.app)];
        for each in at_once {
            each.await.unwrap();
        }
    }
    let mail = read_mail(Path::new(&server.folder));
    let ids = ids(&mail);
    assert!(mail.len() > 40, "{}", mail.len());
    assert_eq!(ids.len(), mail.len(), "a letter came twice");
    // Nor were two written for the same thing.
    let told = house.texts("SELECT told_key AS text FROM told");
    assert!(told.len() > 40);
    let mut same: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for letter in &mail {
        let part = |name: &str| text(&letter[name]).to_owned();
        *same.entry((part("rcpt"), part("text"), part("date"))).or_default() += 1;
    }
    assert!(same.values().all(|count| *count == 1), "{same:#?}");
    assert!(letters(&house, "waiting").await.is_empty());
}
