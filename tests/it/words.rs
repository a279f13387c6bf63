//! A person's word stands with who gave it and how, and what is recorded on somebody's behalf is told that person. Whoever must answer is
//! reached at the address that is on record now.

use crate::harness::{House, Value, json, later};

#[tokio::test]
async fn a_word_recorded_for_a_party_has_a_name_a_way_and_a_receipt() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.confirm(&stay, "citizen").await.ok();
    let consultant = &house.here.consultant;
    let objection = json!({"party": "company", "words": "Vi har ikke plads.", "via": "meeting", "given_by": "Tove Lund"});
    consultant.post(&stay.at("objections"), json!({"party": "company", "words": "x", "via": "link"})).await.has_fault("/via");
    consultant.post(&stay.at("objections"), objection).await.ok();
    consultant.post(&stay.at("objections/withdrawal"), json!({"party": "company"})).await.has_fault("/via");
    consultant.post(&stay.at("objections/withdrawal"), json!({"party": "company", "via": "telephone"})).await.ok();
    let seen = house.see(&stay).await;
    let version = &seen["versions"][0];
    assert_eq!(version["confirmations"][0]["given_by"], "Bo Borger");
    let objection = &version["objections"][0];
    assert_eq!(
        (&objection["given_by"], &objection["via"], &objection["withdrawn_via"]),
        (&json!("Tove Lund"), &json!("meeting"), &json!("telephone"))
    );
    // A liaison sees no citizen's name.
    let shown = house.here.liaison.get(&stay.path()).await.ok();
    assert!(!shown.to_string().contains("Bo Borger") && shown.to_string().contains("Tove Lund"));
    house.deliver().await;
    let to_citizen = house.letters_to(&stay.citizen_email);
    assert!(to_citizen.iter().any(|letter| letter.plain.contains("at du har sagt ja til aftalen")), "{}", to_citizen.len());
    let to_company = house.letters_to(&stay.company.contact_email);
    for said in ["en indsigelse mod aftalen", "I har trukket indsigelsen mod aftalen"] {
        assert!(to_company.iter().any(|letter| letter.plain.contains(said)), "{said}");
    }
    house.deliver().await;
    assert_eq!(house.letters_to(&stay.citizen_email).len(), to_citizen.len(), "once");
}

#[tokio::test]
async fn cancelling_is_told_to_citizen_and_company() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.here.consultant.change(&stay.at("cancellation"), json!({"reason": "Har fået arbejde."})).await.ok();
    house.deliver().await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let letters = house.letters_to(address);
        assert_eq!(letters.len(), 1, "the invitation is no longer sent");
        assert!(letters[0].plain.contains("er aflyst") && !letters[0].plain.contains("Har fået arbejde"), "{}", letters[0].plain);
    }
}

/// A citizen's record as it can be put again.
async fn body_of(house: &House, path: &str) -> Value {
    let mut citizen = house.here.consultant.get(path).await.ok();
    let known = [
        "name",
        "email",
        "phone",
        "target_group",
        "job_ready",
        "in_employment",
        "goals",
        "consultant",
        "mentor",
        "latest_employer",
    ];
    citizen.as_object_mut().unwrap().retain(|key, value| known.contains(&key.as_str()) && !value.is_null());
    citizen
}

#[tokio::test]
async fn a_corrected_address_is_asked_anew_and_the_old_link_is_dead() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.deliver().await;
    let link = house.letters_to(&stay.citizen_email)[0].link();
    let path = format!("/citizens/{}", stay.citizen);
    let mut citizen = body_of(&house, &path).await;
    citizen["email"] = json!("rettet@post.example");
    house.here.consultant.replace(&path, citizen).await.ok();
    house.deliver().await;
    let anew = house.letters_to("rettet@post.example");
    assert_eq!(anew.len(), 1);
    assert_ne!(anew[0].link(), link);
    assert_eq!(house.nobody.get(&link).await.ok()["expired"], true, "whoever has the old mailbox");
    assert_eq!(house.nobody.get(&anew[0].link()).await.ok()["expired"], false);
    // Corrected once more, and again, on the same day.
    for address in ["igen@post.example", "rettet@post.example"] {
        let mut again = body_of(&house, &path).await;
        again["email"] = json!(address);
        house.here.consultant.replace(&path, again).await.ok();
    }
    house.deliver().await;
    let last = house.letters_to("rettet@post.example").pop().unwrap();
    assert_eq!(house.nobody.get(&last.link()).await.ok()["expired"], false);
    assert_eq!(house.nobody.get(&anew[0].link()).await.ok()["expired"], true);
}

#[tokio::test]
async fn a_party_without_an_address_is_flagged_and_asked_when_it_has_one() {
    let house = House::open().await;
    let company = house.company().await;
    let contact = format!("/contacts/{}", company.contact);
    house.here.liaison.replace(&contact, json!({"name": "Kontakt Person"})).await.ok();
    let citizen = house.citizen().await;
    let body = house.booking(&citizen.0, &company, &later(&house.today().to_string(), 14));
    let stay = house.book(&citizen, &company, body).await;
    house.tick().await;
    let flag = house.flag(&stay, "not-reached").await;
    assert!(flag["evidence"].to_string().contains("ingen e-mailadresse"), "{flag}");
    house.here.consultant.post(&stay.at("invitations"), json!({"party": "company"})).await.conflict("no-address");
    house.here.liaison.replace(&contact, json!({"name": "Kontakt Person", "email": "ny@firma.example"})).await.ok();
    house.tick().await;
    house.deliver().await;
    assert!(house.flags(&stay, "not-reached").await.is_empty());
    assert_eq!(house.letters_to("ny@firma.example").len(), 1, "the invitation that nobody could send");
    let again = json!({"party": "company"});
    house.here.consultant.post(&stay.at("invitations"), again.clone()).await.ok();
    house.here.consultant.post(&stay.at("invitations"), again).await.conflict("asked-today");
    house.here.consultant.post(&stay.at("invitations"), json!({"party": "consultant"})).await.has_fault("/party");
    house.deliver().await;
    assert_eq!(house.letters_to("ny@firma.example").len(), 2);
}

#[tokio::test]
async fn who_is_named_for_an_internship_is_not_asked_again_when_a_colleague_changes() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.here.consultant.replace(&stay.at("contact-person"), json!({"contact": stay.company.contact})).await.ok();
    house.deliver().await;
    let link = house.letters_to(&stay.company.contact_email)[0].link();
    let there = format!("/workplaces/{}/contacts", stay.company.workplace);
    let colleague = house.here.liaison.post(&there, json!({"name": "En Kollega", "email": "en@firma.example"})).await.ok();
    let path = format!("/contacts/{}", colleague["id"].as_str().unwrap());
    house.here.liaison.replace(&path, json!({"name": "En Kollega", "email": "anden@firma.example"})).await.ok();
    house.deliver().await;
    assert_eq!(house.letters_to(&stay.company.contact_email).len(), 1);
    assert!(house.letters_to("anden@firma.example").is_empty());
    assert_eq!(house.nobody.get(&link).await.ok()["expired"], false);
}

#[tokio::test]
async fn letters_leave_on_working_days_within_the_hours_but_a_link_that_somebody_asks_for_at_once() {
    let house = House::open_with(|settings| settings.letters.on_days_off = false).await;
    // A Saturday.
    house.turn("2026-01-10");
    let stay = house.booked().await;
    assert_eq!(house.deliver().await.sent, 0);
    house.turn_to("2026-01-12T05:59:00Z".parse().unwrap());
    assert_eq!(house.deliver().await.sent, 0, "a minute to seven");
    house.turn_to("2026-01-12T06:00:00Z".parse().unwrap());
    assert_eq!(house.deliver().await.sent, 2);
    let link = house.letters_to(&stay.citizen_email)[0].link();
    // The link has expired, and somebody asks for another on a Sunday.
    house.turn("2026-04-19");
    house.nobody.press(&format!("{link}/renewal")).await.ok();
    assert_eq!(house.deliver().await.sent, 1);
}
