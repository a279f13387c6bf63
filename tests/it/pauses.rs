//! Pauses of internships and days on which a workplace is closed: shown to all three, told without the reason, and waited for.

use crate::harness::{House, Letter, Stay, Value, json, later};

/// Started, with its follow-ups still planned.
async fn begun(house: &House) -> Stay {
    let stay = house.ready().await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    stay
}

/// The days of the follow-ups that are still to be held, in their order.
async fn due(house: &House, stay: &Stay) -> Vec<String> {
    let found = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    let mut days: Vec<String> =
        found["items"].as_array().unwrap().iter().map(|one| one["due_on"].as_str().unwrap().to_owned()).collect();
    days.sort();
    days
}

async fn pause(house: &House, stay: &Stay, body: Value) -> String {
    let made = house.here.consultant.post(&stay.at("pauses"), body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.header("Location").unwrap().trim_start_matches("/api/v1").to_owned()
}

fn kinds(shown: &Value) -> Vec<&Value> {
    shown["pauses"].as_array().unwrap().iter().map(|pause| &pause["kind"]).collect()
}

#[tokio::test]
async fn a_pause_is_shown_to_all_three_and_no_letter_says_why() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let first = due(&house, &stay).await.remove(0);
    assert_eq!(first, later(&stay.first_day, 4));
    let (from, to) = (later(&stay.first_day, 2), later(&stay.first_day, 8));
    let made = pause(&house, &stay, json!({"kind": "illness", "from": from, "to": to})).await;
    let seen = house.see(&stay).await;
    assert_eq!((kinds(&seen), &seen["pauses"][0]["to"]), (vec![&json!("illness")], &json!(to)));
    assert_eq!(
        (&seen["newest_version"], &seen["last_day"]),
        (&json!(1), &json!(stay.last_day)),
        "nothing that was agreed changes"
    );
    let for_liaison = house.here.liaison.get(&stay.path()).await.ok();
    assert_eq!((kinds(&for_liaison), &for_liaison["pauses"][0]["from"]), (vec![&Value::Null], &json!(from)));
    assert!(!house.dump().contains("illness"), "sealed at rest");
    assert_eq!(due(&house, &stay).await[0], later(&stay.first_day, 9), "the follow-up waits until the day after");
    let timeline = house.here.consultant.get(&format!("/citizens/{}/timeline", stay.citizen)).await.ok();
    assert!(timeline["items"].as_array().unwrap().iter().any(|moment| moment["kind"] == "paused"));
    assert_eq!(house.here.consultant.get(&made).await.ok()["internship"], json!(stay.id));

    house.tick().await;
    house.deliver().await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let letters = house.letters_to(address);
        let told: Vec<&Letter> = letters.iter().filter(|letter| letter.plain.contains("holder pause")).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].plain.contains(&stay.reference));
    }
    for letter in house.letters() {
        for word in ["sygdom", "illness", "syg "] {
            assert!(!letter.plain.to_lowercase().contains(word), "{}", letter.plain);
        }
    }
}

#[tokio::test]
async fn the_link_of_the_citizen_says_why_and_that_of_the_company_does_not() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.deliver().await;
    let link = |address: &str| house.letters_to(address).into_iter().find(Letter::has_link).unwrap().link();
    pause(&house, &stay, json!({"kind": "illness", "from": stay.first_day})).await;
    let own = house.nobody.get(&link(&stay.citizen_email)).await.ok();
    assert_eq!((kinds(&own), &own["pauses"][0]["to"]), (vec![&json!("illness")], &Value::Null));
    let theirs = house.nobody.get(&link(&stay.company.contact_email)).await.ok();
    assert_eq!((kinds(&theirs), &theirs["pauses"][0]["from"]), (vec![&Value::Null], &json!(stay.first_day)));
}

#[tokio::test]
async fn every_day_that_does_not_fit_is_told_at_once() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let day = |days: i64| later(&stay.first_day, days);
    pause(&house, &stay, json!({"kind": "holiday", "from": day(14), "to": day(20)})).await;
    let after = later(&stay.last_day, 1);
    for (body, expected) in [
        (
            json!({"kind": "holiday", "from": day(-1), "to": after}),
            vec![("/from", "outside-the-stay"), ("/from", "overlaps"), ("/to", "outside-the-stay")],
        ),
        (json!({"kind": "holiday", "from": day(5), "to": day(4)}), vec![("/to", "before-from")]),
        (json!({"kind": "illness", "from": day(20), "to": day(22)}), vec![("/from", "overlaps")]),
        (json!({"kind": "illness", "from": day(13)}), vec![("/from", "overlaps")]),
        (json!({"kind": "leave", "to": day(22)}), vec![("/from", "required"), ("/kind", "unknown-word")]),
    ] {
        let mut faults = consultant.post(&stay.at("pauses"), body).await.faults();
        faults.sort();
        let faults: Vec<(&str, &str)> = faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
        assert_eq!(faults, expected);
    }
    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    let late = json!({"kind": "illness", "from": day(0), "to": day(0)});
    consultant.post(&stay.at("pauses"), late).await.conflict("not-open");
}

#[tokio::test]
async fn an_open_pause_is_asked_about_after_four_weeks_until_its_last_day_is_recorded() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let from = later(&stay.first_day, 1);
    let made = pause(&house, &stay, json!({"kind": "illness", "from": from})).await;
    assert!(due(&house, &stay).await[0] > later(&from, 27), "follow-ups wait, and no longer than four weeks");
    house.live_until(&later(&from, 27)).await;
    assert!(house.flags(&stay, "pause-open").await.is_empty());
    house.turn(&later(&from, 28));
    house.tick().await;
    let flag = house.flag(&stay, "pause-open").await;
    assert!(flag["level"] == "notice" && !flag.to_string().contains("illness") && !flag.to_string().contains("sygdom"), "{flag}");
    let last = later(&from, 30);
    consultant.change(&format!("{made}/end"), json!({"on": later(&from, -1)})).await.has_fault("/on");
    let ended = consultant.change(&format!("{made}/end"), json!({"on": last})).await.ok();
    assert_eq!((&ended["to"], &ended["to_recorded_on"]), (&json!(last), &json!(house.today())));
    assert!(due(&house, &stay).await[0] > last, "they wait for the day after");
    consultant.change(&format!("{made}/end"), json!({"on": last})).await.conflict("has-an-end");
    house.tick().await;
    house.deliver().await;
    assert!(house.flags(&stay, "pause-open").await.is_empty());
    let letters = house.letters_to(&stay.citizen_email);
    assert!(letters.iter().any(|letter| letter.plain.contains("har sidste dag")), "{letters:?}");
    // Beside it another can follow.
    pause(&house, &stay, json!({"kind": "holiday", "from": later(&last, 1), "to": later(&last, 3)})).await;
    assert_eq!(consultant.get(&stay.at("pauses")).await.ok()["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_wrong_pause_is_put_right_and_what_waited_for_it_comes_back() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let planned = due(&house, &stay).await;
    let (from, to) = (later(&stay.first_day, 2), later(&stay.first_day, 40));
    let made = pause(&house, &stay, json!({"kind": "holiday", "from": from, "to": to})).await;
    assert_ne!(due(&house, &stay).await, planned);
    house.tick().await;
    house.deliver().await;
    consultant.change(&format!("{made}/in-error"), json!({})).await.has_fault("/reasons");
    let why = json!({"reasons": "Det var en anden borger."});
    let righted = consultant.change(&format!("{made}/in-error"), why.clone()).await.ok();
    assert_eq!(
        (&righted["what"], &righted["before"]["kind"], &righted["before"]["to"]),
        (&json!("pause"), &json!("holiday"), &json!(to))
    );
    assert_eq!((&righted["told"]["citizen"], &righted["told"]["company"]), (&json!(true), &json!(true)));
    assert_eq!(due(&house, &stay).await, planned);
    assert_eq!(house.see(&stay).await["pauses"], json!([]));
    let shown = consultant.get(&made).await.ok();
    assert_eq!((&shown["in_error_on"], &shown["to"]), (&json!(house.today()), &json!(to)), "still shown as what it is");
    consultant.change(&format!("{made}/in-error"), why.clone()).await.conflict("in-error-already");
    let listed = consultant.get(&format!("/citizens/{}/corrections", stay.citizen)).await.ok();
    assert_eq!(listed["items"][0]["what"], "pause");
    // Later a team leader does it.
    let made = pause(&house, &stay, json!({"kind": "holiday", "from": from, "to": to})).await;
    house.turn(&later(&stay.first_day, 15));
    consultant.change(&format!("{made}/in-error"), why.clone()).await.conflict("put-right-late");
    house.here.team_leader.change(&format!("{made}/in-error"), why).await.ok();
}

#[tokio::test]
async fn follow_ups_wait_while_the_workplace_is_closed_and_no_internship_is_paused() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let (liaison, planned) = (&house.here.liaison, due(&house, &stay).await);
    let path = format!("/workplaces/{}/closures", stay.company.workplace);
    let (from, to) = (later(&stay.first_day, 2), later(&stay.first_day, 8));
    liaison.post(&path, json!({"from": to, "to": from})).await.has_fault("/to");
    liaison.post(&path, json!({"from": from, "to": later(&from, 400)})).await.has_fault("/to");
    let made = liaison.post(&path, json!({"from": from, "to": to})).await.ok();
    let made = format!("/closures/{}", made["id"].as_str().unwrap());
    assert_eq!(due(&house, &stay).await[0], later(&stay.first_day, 9));
    assert_eq!(house.see(&stay).await["pauses"], json!([]));
    liaison.post(&path, json!({"from": to, "to": later(&to, 2)})).await.has_fault("/from");
    assert_eq!(liaison.get(&path).await.ok()["items"].as_array().unwrap().len(), 1);
    house.there.liaison.get(&made).await.problem(404, "not-found");
    let wrong = liaison.change(&format!("{made}/in-error"), json!({"reasons": "De holder åbent."})).await.ok();
    assert_eq!(wrong["in_error_because"], "De holder åbent.");
    assert_eq!(due(&house, &stay).await, planned);
    assert_eq!(liaison.get(&path).await.ok()["items"], json!([]));
    liaison.change(&format!("{made}/in-error"), json!({"reasons": "Igen"})).await.conflict("in-error-already");
}

#[tokio::test]
async fn what_somebody_moved_stays_on_its_day_unless_that_falls_into_the_pause() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let consultant = &house.here.consultant;
    let found = consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    let first = format!("/follow-ups/{}", found["items"][0]["id"].as_str().unwrap());
    let moved = later(&stay.first_day, 10);
    consultant.change(&format!("{first}/move"), json!({"to": moved})).await.ok();
    let before = json!({"kind": "holiday", "from": later(&stay.first_day, 2), "to": later(&stay.first_day, 8)});
    pause(&house, &stay, before).await;
    assert_eq!(consultant.get(&first).await.ok()["due_on"], json!(moved));
    pause(&house, &stay, json!({"kind": "holiday", "from": moved, "to": later(&moved, 3)})).await;
    assert_eq!(consultant.get(&first).await.ok()["due_on"], json!(later(&stay.first_day, 14)));
}
