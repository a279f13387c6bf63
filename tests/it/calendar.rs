//! Appointments in people's calendars, as two other readers take them from the mail: the first day, the follow-ups, the date on which the
//! company decides; moved under the same UID, called off, and never told twice.

use crate::harness::{House, Stay, Value, json, later, real::read_calendar};

const CONSULTANT: &str = "consultant@101.example";

/// A day of the schedule: twice, so that a second run would add what a first forgot to note.
async fn run(house: &House) {
    for _ in 0..2 {
        house.tick().await;
        house.deliver().await;
    }
}

/// What came to an address with something for the calendar, eldest first; nothing may be wrong with any.
fn calendar(house: &House, address: &str) -> Vec<Value> {
    let letters = read_calendar(&house.folder.path().join("letters"));
    for letter in &letters {
        assert_eq!(letter["problems"], json!([]), "{letter}");
    }
    letters.into_iter().filter(|own| own["to"] == address && own["entries"] != json!([])).collect()
}

/// Method, sequence and beginning of each entry of a letter.
fn said(letter: &Value) -> Vec<(String, i64, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let entries = letter["entries"].as_array().unwrap().iter();
    entries.map(|own| (text(&own["method"]), own["sequence"].as_i64().unwrap(), text(&own["start"]))).collect()
}

fn one(method: &str, sequence: i64, start: &str) -> Vec<(String, i64, String)> {
    vec![(method.to_owned(), sequence, start.to_owned())]
}

async fn follow_ups(house: &House, stay: &Stay) -> Vec<Value> {
    let open = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    let mut open = open["items"].as_array().unwrap().clone();
    open.sort_by_key(|own| own["due_on"].as_str().unwrap().to_owned());
    open
}

fn path(follow_up: &Value) -> String {
    format!("/follow-ups/{}", follow_up["id"].as_str().unwrap())
}

/// Started on its first day, with only the first follow-up left, and everybody told of both.
async fn begun(house: &House) -> (Stay, Value) {
    let stay = house.ready().await;
    run(house).await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    let open = follow_ups(house, &stay).await;
    for later in &open[1..] {
        house.here.consultant.change(&format!("{}/cancellation", path(later)), json!({"reason": "Aftalt."})).await.ok();
    }
    run(house).await;
    (stay, open[0].clone())
}

#[tokio::test]
async fn once_all_have_confirmed_citizen_and_company_have_the_first_day_and_then_the_follow_ups() {
    let house = House::open().await;
    let meeting = json!({"at": "08:30", "place": "Porten, ved vagten", "ask_for": "Mona"});
    let stay = house.booked_with(|body| body["meeting"] = meeting.clone()).await;
    let signed = house.see(&stay).await["versions"][0]["hash"].clone();
    run(&house).await;
    assert_eq!(calendar(&house, &stay.citizen_email), Vec::<Value>::new(), "nobody has confirmed it");
    house.confirm_all(&stay).await;
    house.papers(&stay).await;
    run(&house).await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let found = calendar(&house, address);
        assert_eq!(found.len(), 1, "{found:#?}");
        let entry = &found[0]["entries"][0];
        assert!(entry["start"].as_str().unwrap().starts_with(&format!("{}T08:30:00", stay.first_day)), "{entry}");
        assert!(entry["summary"].as_str().unwrap().starts_with("Første dag i praktik hos "), "{entry}");
        assert_eq!((&entry["location"], &entry["status"]), (&json!("Porten, ved vagten"), &json!("CONFIRMED")));
        assert_eq!((&entry["attendee"], &entry["rsvp"]), (&json!(address), &json!("FALSE")));
        assert_eq!(entry["organizer"][0], "Københavns Kommune");
        assert!(entry["description"].as_str().unwrap().contains("Spørg efter Mona."), "{entry}");
        assert!(!entry.to_string().contains("Bo Borger"), "{entry}");
        let letter = house.letters_to(address).into_iter().find(|letter| letter.subject.contains("kalender")).unwrap();
        assert!(letter.plain.contains("kl. 08.30") && letter.plain.contains("spørg efter Mona"), "{}", letter.plain);
    }
    // Practical, and no part of what is signed.
    let arranged = house.here.consultant.replace(&stay.at("meeting"), json!({"at": "09:00"})).await.ok();
    assert_eq!((&arranged["meeting"]["at"], &arranged["versions"][0]["hash"]), (&json!("09:00"), &signed));
    run(&house).await;
    let found = calendar(&house, &stay.citizen_email);
    assert_eq!((found.len(), found[1]["entries"][0]["sequence"].as_i64()), (2, Some(1)));
    assert_eq!(found[0]["entries"][0]["uid"], found[1]["entries"][0]["uid"]);

    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    let planned = follow_ups(&house, &stay).await;
    run(&house).await;
    for address in [stay.citizen_email.as_str(), &stay.company.contact_email, CONSULTANT] {
        let found = calendar(&house, address);
        let last = said(found.last().unwrap());
        let days: Vec<&str> = planned.iter().map(|own| own["due_on"].as_str().unwrap()).collect();
        assert_eq!(last.iter().map(|(_, _, start)| start.as_str()).collect::<Vec<_>>(), days, "{address}");
        assert!(last.iter().all(|(method, sequence, _)| method == "REQUEST" && *sequence == 0), "{last:?}");
        // Another person's entry is another's.
        assert_eq!(found.last().unwrap()["entries"][0]["attendee"], address);
    }
    let before = house.letters().len();
    house.live_until(&later(&stay.first_day, 1)).await;
    run(&house).await;
    assert_eq!(calendar(&house, &stay.citizen_email).len(), 3, "{before}");
}

#[tokio::test]
async fn a_follow_up_that_is_moved_keeps_its_uid_and_one_that_is_cancelled_is_taken_out() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    let (from, to) = (first["due_on"].as_str().unwrap(), later(&stay.first_day, 8));
    let moving = json!({"to": to, "at": "14:00", "place": "Hos virksomheden"});
    let moved = house.here.consultant.change(&format!("{}/move", path(&first)), moving).await.ok();
    assert_eq!((&moved["at"], &moved["place"]), (&json!("14:00"), &json!("Hos virksomheden")));
    run(&house).await;
    house.here.consultant.change(&format!("{}/move", path(&first)), json!({"to": to, "place": "Kantinen"})).await.ok();
    run(&house).await;
    house.here.consultant.change(&format!("{}/cancellation", path(&first)), json!({"reason": "Aftalt."})).await.ok();
    run(&house).await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let found = calendar(&house, address);
        let start = format!("{to}T14:00:00+01:00");
        let expected = [one("REQUEST", 0, from), one("REQUEST", 1, &start), one("REQUEST", 2, &start), one("CANCEL", 3, &start)];
        assert_eq!(found[1..].iter().map(said).collect::<Vec<_>>(), expected, "{address}");
        let uids: Vec<&Value> = found[1..].iter().map(|own| &own["entries"][0]["uid"]).collect();
        assert!(uids.iter().all(|uid| *uid == uids[0]) && uids[0] != &found[0]["entries"][0]["uid"]);
        assert_eq!(found[3]["entries"][0]["location"], "Kantinen");
        assert_eq!(found[4]["entries"][0]["status"], "CANCELLED");
    }
    let words: Vec<String> = house.letters_to(&stay.citizen_email).into_iter().map(|letter| letter.plain).collect();
    assert!(words.iter().any(|text| text.contains("Flyttet: ") && text.contains("kl. 14.00, Hos virksomheden")), "{words:#?}");
    assert!(words.iter().any(|text| text.contains("Ændret: ") && text.contains("Kantinen")), "{words:#?}");
    assert!(words.iter().any(|text| text.contains("Aflyst: ")), "{words:#?}");
}

#[tokio::test]
async fn an_hour_is_the_same_hour_in_summer_and_winter() {
    let house = House::open().await;
    for (begin, days) in [("2026-03-16", ["2026-03-27", "2026-03-30"]), ("2026-10-12", ["2026-10-23", "2026-10-26"])] {
        house.turn(&later(begin, -14));
        let (stay, first) = begun(&house).await;
        for day in days {
            house.here.consultant.change(&format!("{}/move", path(&first)), json!({"to": day, "at": "10:15"})).await.ok();
            run(&house).await;
            let found = calendar(&house, &stay.citizen_email);
            let summer = if ("2026-03-29".."2026-10-25").contains(&day) { "+02:00" } else { "+01:00" };
            assert_eq!(said(found.last().unwrap())[0].2, format!("{day}T10:15:00{summer}"));
        }
    }
}

#[tokio::test]
async fn what_is_cancelled_with_the_internship_or_its_end_is_taken_out() {
    let house = House::open().await;
    let cancelled = house.ready().await;
    run(&house).await;
    house.here.consultant.change(&cancelled.at("cancellation"), json!({"reason": "Syg."})).await.ok();
    run(&house).await;
    let found = calendar(&house, &cancelled.company.contact_email);
    assert_eq!(
        found.iter().map(said).collect::<Vec<_>>(),
        [one("REQUEST", 0, &cancelled.first_day), one("CANCEL", 1, &cancelled.first_day)]
    );

    let (ended, first) = begun(&house).await;
    house.here.consultant.change(&ended.at("end"), json!({"outcome": "no-job"})).await.ok();
    run(&house).await;
    let found = calendar(&house, &ended.citizen_email);
    assert_eq!(said(found.last().unwrap()), one("CANCEL", 1, first["due_on"].as_str().unwrap()));
}

#[tokio::test]
async fn what_has_not_left_when_it_changes_is_said_once_as_it_is_then() {
    let house = House::open().await;
    let stay = house.ready().await;
    house.tick().await;
    house.here.consultant.replace(&stay.at("meeting"), json!({"at": "07:45"})).await.ok();
    house.tick().await;
    house.tick().await;
    house.deliver().await;
    let found = calendar(&house, &stay.citizen_email);
    assert_eq!(found.iter().map(said).collect::<Vec<_>>(), [one("REQUEST", 1, &format!("{}T07:45:00+01:00", stay.first_day))]);
    let told = house.letters_to(&stay.citizen_email);
    assert!(told.iter().all(|letter| !letter.plain.contains("Ændret") && !letter.plain.contains("Flyttet")), "it is news");

    // One of which nobody has heard is taken away without a word.
    let other = house.ready().await;
    house.tick().await;
    house.here.consultant.change(&other.at("cancellation"), json!({"reason": "Syg."})).await.ok();
    run(&house).await;
    assert_eq!(calendar(&house, &other.citizen_email), Vec::<Value>::new());
}

#[tokio::test]
async fn a_corrected_address_is_told_anew_and_another_contact_person_takes_over() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    let due = first["due_on"].as_str().unwrap();
    let before = calendar(&house, &stay.citizen_email);
    let patch = json!({"email": "ret@ny.example"});
    house
        .here
        .consultant
        .change_from(
            reqwest::Method::PATCH,
            &format!("/citizens/{}", stay.citizen),
            &house.here.consultant.etag(&format!("/citizens/{}", stay.citizen)).await,
            patch,
        )
        .await
        .ok();
    let contact = json!({"name": "Ny Kontakt", "email": "kontakt@ny.example"});
    let contact = house.here.team_leader.post(&format!("/workplaces/{}/contacts", stay.company.workplace), contact).await.ok();
    house.here.consultant.replace(&stay.at("contact-person"), json!({"contact": contact["id"]})).await.ok();
    run(&house).await;
    // Nothing more to the wrong address, and under a UID of its own to the right one.
    assert_eq!(calendar(&house, &stay.citizen_email).len(), before.len());
    let now = calendar(&house, "ret@ny.example");
    let days = [one("REQUEST", 0, &stay.first_day), one("REQUEST", 0, due)].concat();
    assert_eq!(now.iter().map(said).collect::<Vec<_>>(), std::slice::from_ref(&days));
    assert_ne!(now[0]["entries"][0]["uid"], before[0]["entries"][0]["uid"]);
    // Whoever was the contact person need not come.
    let gone = calendar(&house, &stay.company.contact_email);
    assert!(said(gone.last().unwrap()).iter().all(|(method, sequence, _)| method == "CANCEL" && *sequence == 1), "{gone:#?}");
    assert_eq!(calendar(&house, "kontakt@ny.example").iter().map(said).collect::<Vec<_>>(), [days]);
}

#[tokio::test]
async fn nobody_is_told_anything_when_a_course_is_closed_but_who_is_named() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    let before = house.letters_to(&stay.citizen_email).len();
    let closing = json!({"how": "died", "write_to": ["company"]});
    house.here.consultant.change(&format!("/citizens/{}/closing", stay.citizen), closing).await.ok();
    run(&house).await;
    assert_eq!(house.letters_to(&stay.citizen_email).len(), before);
    let told = calendar(&house, &stay.company.contact_email);
    assert_eq!(said(told.last().unwrap()), one("CANCEL", 1, first["due_on"].as_str().unwrap()));
    // The consultant's own calendar is kept in order; the day's mail had left, so it is the next one.
    house.live_until(&later(&stay.first_day, 1)).await;
    assert!(said(calendar(&house, CONSULTANT).last().unwrap()).iter().any(|(method, ..)| method == "CANCEL"));
}

#[tokio::test]
async fn whoever_stands_in_has_the_follow_ups_of_those_days() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    let (due, leader) = (first["due_on"].as_str().unwrap(), "team-leader@101.example");
    let consultant = &house.here.consultant;
    let account = format!("/accounts/{}", consultant.account);
    let standing_in = json!({"account": house.here.team_leader.account, "from": due, "to": due});
    consultant.replace(&format!("{account}/substitute"), standing_in).await.ok();
    house.live_until(&later(&stay.first_day, 1)).await;
    assert_eq!(calendar(&house, leader).iter().map(said).collect::<Vec<_>>(), [one("REQUEST", 0, due)]);
    assert_eq!(said(calendar(&house, CONSULTANT).last().unwrap()), one("CANCEL", 1, due));
}

#[tokio::test]
async fn the_company_has_the_date_on_which_it_decides_until_it_answers() {
    let house = House::open().await;
    let decision_on = later(&house.today().to_string(), 80);
    let stay = house.recruiting(&decision_on).await;
    run(&house).await;
    let found = calendar(&house, &stay.company.contact_email);
    let entries = found.iter().flat_map(|own| own["entries"].as_array().unwrap());
    let deadline: Vec<&Value> = entries.filter(|own| own["summary"] == "Frist: kan I ansætte?").collect();
    assert_eq!(deadline.len(), 1, "{found:#?}");
    assert_eq!((&deadline[0]["start"], &deadline[0]["location"]), (&json!(decision_on), &Value::Null));
    let citizens = calendar(&house, &stay.citizen_email);
    assert!(!citizens.iter().any(|own| own.to_string().contains("Frist")), "it is the company's");
    let answer = json!({"answer": "no", "words": "Desværre.", "via": "telephone"});
    house.here.consultant.post(&stay.at("answers"), answer).await.ok();
    run(&house).await;
    assert_eq!(calendar(&house, &stay.company.contact_email).len(), found.len(), "it is answered: nothing to do");
}
