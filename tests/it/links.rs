//! One-time links for those without an account: opening one only shows, a button acts, and an expired one offers a new one.

use crate::harness::{House, Letter, Stay, json};

/// The link in the latest letter to an address.
fn link_to(house: &House, address: &str) -> String {
    house
        .letters_to(address)
        .iter()
        .rfind(|letter| letter.has_link())
        .map(Letter::link)
        .unwrap_or_else(|| panic!("no letter to {address}"))
}

async fn invited() -> (House, Stay) {
    let house = House::open().await;
    let stay = house.booked().await;
    house.deliver().await;
    (house, stay)
}

#[tokio::test]
async fn opening_it_shows_and_changes_nothing_and_the_button_confirms() {
    let (house, stay) = invited().await;
    let link = link_to(&house, &stay.citizen_email);
    let before = house.dump();
    // A mail scanner opens everything, more than once.
    for _ in 0..3 {
        let seen = house.nobody.get(&link).await;
        assert_eq!((seen.header("Cache-Control"), seen.header("Referrer-Policy")), (Some("no-store"), Some("no-referrer")));
        assert_eq!((&seen.ok()["party"], &seen.ok()["confirmed"]), (&json!("citizen"), &json!(false)));
    }
    house.nobody.get(&format!("{link}/confirmation")).await.problem(405, "method-not-allowed");
    assert_eq!(house.dump(), before);

    let hash = house.nobody.get(&link).await.ok()["version"]["hash"].clone();
    let confirm = |hash| json!({"hash": hash, "agreed_accommodations": []});
    house.nobody.post(&format!("{link}/confirmation"), confirm(json!("x"))).await.conflict("not-current");
    let seen = house.nobody.post(&format!("{link}/confirmation"), confirm(hash.clone())).await.ok();
    assert_eq!(seen["confirmed"], true);
    let word = &house.see(&stay).await["versions"][0]["confirmations"];
    assert_eq!(*word, json!([{"party": "citizen", "via": "link", "on": "2026-01-05", "given_by": "Bo Borger"}]));
    house.nobody.post(&format!("{link}/confirmation"), confirm(hash)).await.ok();
    assert_eq!(house.see(&stay).await["versions"][0]["confirmations"], *word, "a second press is answered like the first");
}

#[tokio::test]
async fn its_token_stands_nowhere_in_the_database_only_its_hash() {
    let (house, stay) = invited().await;
    let link = link_to(&house, &stay.citizen_email);
    let token = link.trim_start_matches("/links/");
    assert!(token.len() >= 43);
    assert!(!house.dump().contains(token));
    assert!(house.texts("SELECT token_hash AS text FROM links").contains(&rettematch::crypto::token_hash(token)));
    let leader = &house.here.team_leader;
    for letter in leader.get("/letters").await.ok()["items"].as_array().unwrap() {
        let shown = leader.get(&format!("/letters/{}", letter["id"].as_str().unwrap())).await;
        assert!(!shown.text.contains(token), "shown to those who work here: {}", shown.text);
    }
}

#[tokio::test]
async fn an_expired_one_acts_no_more_and_offers_a_new_one() {
    let (house, stay) = invited().await;
    let link = link_to(&house, &stay.citizen_email);
    let hash = house.nobody.get(&link).await.ok()["version"]["hash"].clone();
    house.nobody.press(&format!("{link}/renewal")).await.conflict("link-works");
    house.turn("2026-01-19");
    house.nobody.get(&link).await.ok();
    house.turn("2026-01-20");
    let seen = house.nobody.get(&link).await.ok();
    assert_eq!((&seen["expired"], &seen["version"], &seen["accommodations"]), (&json!(true), &json!(null), &json!([])));
    let body = json!({"hash": hash, "agreed_accommodations": []});
    house.nobody.post(&format!("{link}/confirmation"), body.clone()).await.conflict("link-expired");
    house.nobody.post(&format!("{link}/objection"), json!({"words": "Nej."})).await.conflict("link-expired");

    let before = house.letters_to(&stay.citizen_email).len();
    for _ in 0..3 {
        house.nobody.press(&format!("{link}/renewal")).await.ok();
    }
    house.deliver().await;
    assert_eq!(house.letters_to(&stay.citizen_email).len(), before + 1, "asked three times, sent once");
    let new = link_to(&house, &stay.citizen_email);
    assert_ne!(new, link);
    house.nobody.post(&format!("{new}/confirmation"), body).await.ok();
}

#[tokio::test]
async fn it_opens_one_thing_for_one_party() {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-03").await;
    house.turn("2026-03-20");
    house.tick().await;
    house.deliver().await;
    let decision = link_to(&house, &stay.company.contact_email);
    let other = house.booked().await;
    house.deliver().await;
    let (citizen, company) = (link_to(&house, &other.citizen_email), link_to(&house, &other.company.contact_email));
    assert_eq!(house.nobody.get(&decision).await.ok()["purpose"], "decision");
    let before = house.dump();
    let answer = json!({"answer": "hire"});
    for link in [&citizen, &company] {
        house.nobody.post(&format!("{link}/answer"), answer.clone()).await.problem(404, "not-found");
    }
    let confirm = json!({"hash": "x", "agreed_accommodations": []});
    house.nobody.post(&format!("{decision}/confirmation"), confirm).await.problem(404, "not-found");
    house.nobody.post(&format!("{decision}/objection"), json!({"words": "Nej."})).await.problem(404, "not-found");
    assert_eq!(house.dump(), before);
    // The company's word is the company's, whatever the citizen's link looks like.
    let hash = house.nobody.get(&company).await.ok()["version"]["hash"].clone();
    let yes = json!({"hash": hash, "agreed_accommodations": [], "conditions_met": true});
    house.nobody.post(&format!("{company}/confirmation"), yes).await.ok();
    assert_eq!(house.nobody.get(&citizen).await.ok()["confirmed"], false);
}

#[tokio::test]
async fn the_company_answers_and_the_consultant_is_told_at_once() {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-03").await;
    house.turn("2026-03-20");
    house.tick().await;
    house.deliver().await;
    let link = link_to(&house, &stay.company.contact_email);
    let answer = async |body| house.nobody.post(&format!("{link}/answer"), body).await;
    assert_eq!(answer(json!({"answer": "more-time"})).await.faults(), [("/words".to_owned(), "required".to_owned())]);
    answer(json!({"answer": "more-time", "words": "Vi venter på budgettet."})).await.ok();
    let seen = answer(json!({"answer": "no", "words": "Budgettet kom ikke."})).await.ok();
    assert_eq!(seen["answers"].as_array().unwrap().len(), 2);
    house.deliver().await;
    let told = house.letters_to("consultant@101.example");
    assert_eq!(told.iter().filter(|letter| letter.plain.contains(&stay.reference)).count(), 2);
    house.tick().await;
    assert!(house.flags(&stay, "decision-due").await.is_empty(), "an answer closes it");
}

#[tokio::test]
async fn a_party_sees_what_is_agreed_and_nobodys_name_number_or_need() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let needs = json!({"needs": [{"kind": "Slidgigt", "function": "Ingen tunge løft", "rules_out": ["heavy lifting"]}]});
    let needs = house.here.consultant.replace(&format!("/citizens/{}/needs", citizen.0), needs).await.ok();
    let mut body = house.booking(&citizen.0, &company, "2026-01-19");
    body["accommodations"] = json!({"items": [{"function": "Ingen tunge løft", "need": needs["needs"][0]["id"]}]});
    let stay = house.book(&citizen, &company, body).await;
    house.confirm(&stay, "citizen").await.ok();
    house.deliver().await;
    let link = link_to(&house, &company.contact_email);
    let seen = house.nobody.get(&link).await;
    assert_eq!(seen.ok()["accommodations"][0]["function"], "Ingen tunge løft");
    for hidden in ["Slidgigt", "Borger", needs["needs"][0]["id"].as_str().unwrap(), &citizen.0, &citizen.1] {
        assert!(!seen.text.contains(hidden), "{hidden} shows in {}", seen.text);
    }
    let item = seen.ok()["accommodations"][0]["id"].clone();
    let body = json!({"hash": seen.ok()["version"]["hash"], "agreed_accommodations": [item], "conditions_met": true});
    let seen = house.nobody.post(&format!("{link}/confirmation"), body).await.ok();
    assert_eq!(seen["accommodations"][0]["agreed"], true);
    assert_eq!(house.see(&stay).await["accommodations"][0]["agreements"][1]["party"], "company");
}

#[tokio::test]
async fn a_party_reads_neither_the_papers_of_an_extension_nor_the_other_partys_words() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn("2026-03-30");
    let papers = json!({"to": "2026-05-10", "reason": "Fortroligt 1", "special_need": "Fortroligt 2"});
    house.extend(&stay, papers).await.ok();
    let objection = json!({"party": "citizen", "words": "Mine egne ord", "via": "meeting"});
    house.here.consultant.post(&stay.at("objections"), objection).await.ok();
    house.deliver().await;
    let [citizen, company] = [&stay.citizen_email, &stay.company.contact_email].map(|address| link_to(&house, address));
    let (citizen, company) = (house.nobody.get(&citizen).await, house.nobody.get(&company).await);
    for seen in [&citizen, &company] {
        assert_eq!(seen.ok()["version"]["number"], 2);
        assert!(!seen.text.contains("Fortroligt 2"), "{}", seen.text);
    }
    assert!(citizen.text.contains("Fortroligt 1"), "the citizen reads why: {}", citizen.text);
    assert!(!company.text.contains("Fortroligt 1"), "{}", company.text);
    assert!(citizen.text.contains("Mine egne ord") && !company.text.contains("Mine egne ord"), "{}", company.text);
    assert!(house.see(&stay).await.to_string().contains("Fortroligt 2"), "the municipality reads it");
}

#[tokio::test]
async fn a_link_of_a_former_contact_person_opens_nothing_and_the_new_one_is_asked() {
    let (house, stay) = invited().await;
    let former = link_to(&house, &stay.company.contact_email);
    let path = format!("/workplaces/{}/contacts", stay.company.workplace);
    let new = json!({"name": "Ny Kontakt", "email": "ny@virksomhed.example"});
    let new = house.here.liaison.post(&path, new).await.ok()["id"].clone();
    let name = |contact| json!({"contact": contact});
    let consultant = &house.here.consultant;
    consultant.replace(&stay.at("contact-person"), name(json!(stay.company.contact))).await.ok();
    assert_eq!(house.nobody.get(&former).await.ok()["expired"], false, "the same person was named");
    consultant.replace(&stay.at("contact-person"), name(new)).await.ok();
    let seen = house.nobody.get(&former).await.ok();
    assert_eq!((&seen["expired"], &seen["agreement"]), (&json!(true), &json!(null)));
    house.deliver().await;
    let theirs = link_to(&house, "ny@virksomhed.example");
    assert_eq!(house.nobody.get(&theirs).await.ok()["party"], "company");
    // The former one asks for a new link: it goes to whoever is the contact now.
    house.nobody.press(&format!("{former}/renewal")).await.ok();
    let before = house.letters_to(&stay.company.contact_email).len();
    house.deliver().await;
    assert_eq!(house.letters_to(&stay.company.contact_email).len(), before);
}
