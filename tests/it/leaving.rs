//! A citizen leaves: everything open is closed with the course, nobody is written to but who is named, and nothing more is done
//! until it is opened again.

use crate::harness::{House, Stay, Value, clarification, json, later};

async fn close(house: &House, citizen: &str, body: Value) -> crate::harness::Answer {
    house.here.consultant.change(&format!("/citizens/{citizen}/closing"), body).await
}

async fn reopen(house: &House, citizen: &str, in_error: bool) -> crate::harness::Answer {
    let body = json!({"reasons": "Hun er her stadig.", "registered_in_error": in_error});
    house.here.consultant.change(&format!("/citizens/{citizen}/reopening"), body).await
}

/// A stay that runs, and another one of the same citizen that is booked for after it.
async fn two(house: &House) -> (Stay, Stay) {
    let running = house.started().await;
    let company = house.company().await;
    let body = house.booking(&running.citizen, &company, &later(&running.last_day, 14));
    let citizen = (running.citizen.clone(), running.citizen_email.clone());
    let booked = house.book(&citizen, &company, body).await;
    (running, booked)
}

#[tokio::test]
async fn everything_open_is_closed_and_nobody_is_written_to() {
    let house = House::open().await;
    let (running, booked) = two(&house).await;
    let consultant = &house.here.consultant;
    let link = house.texts("SELECT token_hash AS text FROM links").len();
    assert!(link > 0);
    let today = house.today().to_string();
    let closed = close(&house, &running.citizen, json!({"how": "died", "reasons": "Besked fra CPR."})).await.ok();
    assert_eq!((&closed["closed_since"], &closed["closings"][0]["how"]), (&json!(today), &json!("died")));
    assert_eq!(closed["closings"][0]["extract"], format!("/api/v1/citizens/{}/timeline", running.citizen));
    assert!(!house.dump().contains("Besked fra CPR"), "sealed at rest");
    let seen = house.see(&running).await;
    assert_eq!((&seen["ended"]["how"], &seen["ended"]["by"], &seen["state"]), (&json!("left"), &Value::Null, &json!("ended")));
    assert_eq!(house.see(&booked).await["state"], "cancelled");
    let open = consultant.get(&format!("/follow-ups?citizen={}&open=true", running.citizen)).await.ok();
    assert_eq!(open["items"], json!([]));
    // The invitation to the second stay waits: it is dropped.
    house.deliver().await;
    assert!(house.letters_to(&booked.company.contact_email).is_empty());
    house.live_until(&later(&booked.last_day, 30)).await;
    assert!(house.letters_to(&booked.company.contact_email).is_empty());
    assert_eq!(house.flags(&running, "ends-without-plan").await, Vec::<Value>::new());
    assert_eq!(house.flags(&booked, "alignment-missing").await, Vec::<Value>::new());
    assert_eq!(house.text("SELECT coalesce(CAST(look_on AS TEXT), 'never') AS text FROM citizens"), "never");
    let timeline = consultant.get(&format!("/citizens/{}/timeline", running.citizen)).await.ok();
    let closed = timeline["items"].as_array().unwrap().iter().filter(|moment| moment["kind"] == "closed").count();
    assert_eq!(closed, 1);
    let listed =
        async |filter: &str| consultant.get(&format!("/citizens?{filter}")).await.ok()["items"].as_array().unwrap().len();
    assert_eq!((listed("closed=true").await, listed("closed=false").await, listed("").await), (1, 0, 1));
}

#[tokio::test]
async fn nothing_is_done_in_a_closed_course_and_its_links_are_dead() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.deliver().await;
    let link = house.letters_to(&stay.citizen_email)[0].link();
    let consultant = &house.here.consultant;
    house.nobody.get(&link).await.ok();
    close(&house, &stay.citizen, json!({"how": "moved"})).await.ok();
    close(&house, &stay.citizen, json!({"how": "moved"})).await.conflict("course-closed");
    house.nobody.get(&link).await.conflict("course-closed");
    house.nobody.press(&format!("{link}/renewal")).await.conflict("course-closed");
    let company = house.company().await;
    let booking = house.booking(&stay.citizen, &company, &later(&house.today().to_string(), 14));
    consultant.post("/internships", booking).await.conflict("course-closed");
    house.confirm(&stay, "company").await.conflict("course-closed");
    let citizen = format!("/citizens/{}", stay.citizen);
    let capacity = json!({"from": house.today(), "weekly_hours": 10, "via": "meeting"});
    consultant.change(&format!("{citizen}/capacities"), capacity).await.conflict("course-closed");
    consultant.replace(&format!("{citizen}/needs"), json!({"needs": []})).await.conflict("course-closed");
    let job = json!({"outcome": "flex-job", "first_day": house.today(), "weekly_hours": 10});
    consultant.post(&format!("{citizen}/outcomes"), job).await.conflict("course-closed");
    house.here.liaison.get(&stay.path()).await.ok();
    let details = json!({"name": "Bo Borger", "target_group": "3", "goals": [], "consultant": consultant.account});
    consultant.replace(&citizen, details).await.conflict("course-closed");
}

#[tokio::test]
async fn who_is_named_is_written_to_without_the_reason() {
    let house = House::open().await;
    let stay = house.started().await;
    let faults = close(&house, &stay.citizen, json!({"how": "closed"})).await.faults();
    assert_eq!(faults, [("/reasons".to_owned(), "required".to_owned())]);
    let faults = close(&house, &stay.citizen, json!({"how": "died", "write_to": ["citizen"]})).await.faults();
    assert_eq!(faults, [("/write_to".to_owned(), "citizen-died".to_owned())]);
    let tomorrow = later(&house.today().to_string(), 1);
    let faults = close(&house, &stay.citizen, json!({"how": "moved", "on": tomorrow})).await.faults();
    assert_eq!(faults, [("/on".to_owned(), "in-the-future".to_owned())]);
    let body = json!({"how": "closed", "reasons": "Har fået barsel.", "write_to": ["citizen", "company"]});
    close(&house, &stay.citizen, body).await.ok();
    house.deliver().await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let letter = house.letters_to(address).pop().unwrap();
        assert!(
            !letter.plain.contains("barsel") && letter.plain.contains("lukket") | letter.plain.contains("afsluttet"),
            "{}",
            letter.plain
        );
    }
    let job = json!({"outcome": "left"});
    let other = house.started().await;
    let faults = house.here.consultant.change(&other.at("end"), job).await.faults();
    assert_eq!(faults, [("/outcome".to_owned(), "left".to_owned())]);
}

#[tokio::test]
async fn a_closing_in_error_is_taken_back_and_who_comes_back_begins_anew() {
    let house = House::open().await;
    let (running, booked) = two(&house).await;
    reopen(&house, &running.citizen, true).await.conflict("not-closed");
    let before = house.see(&running).await;
    close(&house, &running.citizen, json!({"how": "died"})).await.ok();
    let reopened = reopen(&house, &running.citizen, true).await.ok();
    let closing = &reopened["closings"][0];
    assert_eq!((&reopened["closed_since"], &closing["was_in_error"]), (&Value::Null, &json!(true)));
    assert_eq!(closing["reopening_reasons"], "Hun er her stadig.");
    let after = house.see(&running).await;
    assert_eq!((&after["state"], &after["ended"]), (&before["state"], &Value::Null));
    assert_eq!(house.see(&booked).await["state"], "booked");

    close(&house, &running.citizen, json!({"how": "moved"})).await.ok();
    house.turn(&later(&house.today().to_string(), 30));
    reopen(&house, &running.citizen, true).await.conflict("late");
    reopen(&house, &running.citizen, false).await.ok();
    assert_eq!(house.see(&running).await["state"], "ended", "the citizen has come back");
    let company = house.company().await;
    let mut body = house.booking(&running.citizen, &company, &later(&house.today().to_string(), 14));
    body["purpose"] = clarification();
    assert_eq!(house.here.consultant.post("/internships", body).await.status, 201);
}
