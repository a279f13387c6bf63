//! Openings: what a workplace offers, for as long as it is valid; and who is reminded before it expires.

use crate::harness::{Client, Company, House, Value, address, employ, json, later};
use rettematch::domain::people::access::Role;
use std::collections::BTreeSet;

const LIAISON: &str = "liaison@101.example";

pub fn offer(house: &House) -> Value {
    json!({
        "kind": "training", "occupation": "shop", "tasks": ["sitting all day"], "hours": {"from": 10, "to": 20.5},
        "times": ["morning"], "languages": ["da"], "from": house.today(), "places": 2, "words": "Roligt tempo.",
    })
}

async fn offered_by(client: &Client, company: &Company, body: Value) -> String {
    let made = client.post(&format!("/workplaces/{}/openings", company.workplace), body).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

pub async fn offered(house: &House, company: &Company, change: impl FnOnce(&mut Value)) -> String {
    let mut body = offer(house);
    change(&mut body);
    offered_by(&house.here.liaison, company, body).await
}

async fn listed(house: &House, query: &str) -> Vec<String> {
    let seen = house.here.consultant.get(&format!("/openings{query}")).await.ok();
    seen["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

fn at(opening: &str) -> String {
    format!("/openings/{opening}")
}

#[tokio::test]
async fn an_opening_is_shown_as_long_as_it_stands() {
    let house = House::open().await;
    let (shop, office) = (house.company().await, house.company().await);
    let liaison = &house.here.liaison;
    let first = offered(&house, &shop, |_| {}).await;
    let seen = house.here.consultant.get(&at(&first)).await.ok();
    let expected = [
        ("kind", json!("training")),
        ("occupation", json!("shop")),
        ("hours", json!({"from": 10.0, "to": 20.5})),
        ("times", json!(["morning"])),
        ("languages", json!(["da"])),
        ("places", json!(2)),
        ("expires_on", json!("2026-04-05")),
        ("kept_by", json!(liaison.account)),
        ("in_force", json!(true)),
        ("placed_by", json!("municipality")),
        ("workplace", json!(shop.workplace)),
        ("company", json!(shop.id)),
    ];
    for (field, value) in expected {
        assert_eq!(seen[field], value, "{field}");
    }
    let second = offered(&house, &office, |body| {
        body["occupation"] = json!("office");
        body["kind"] = json!("clarification");
        body["expires_on"] = json!("2026-01-20");
    })
    .await;
    assert_eq!(listed(&house, "").await, [first.clone(), second.clone()]);
    assert_eq!(listed(&house, "?occupation=office").await, [second.as_str()]);
    assert_eq!(listed(&house, "?kind=training").await, [first.as_str()]);
    assert_eq!(listed(&house, "?kind=training&occupation=office").await, Vec::<String>::new());
    assert_eq!(listed(&house, "?lies_in=101").await.len(), 2);
    assert_eq!(listed(&house, "?lies_in=851").await.len(), 0);
    let pages = house.here.consultant.get("/openings?limit=1").await;
    let next = pages.header("Link").unwrap().split(['<', '>']).nth(1).unwrap().trim_start_matches("/api/v1").to_owned();
    assert_eq!(house.here.consultant.get(&next).await.ok()["items"][0]["id"], second.as_str());

    // The last day on which it stands is inclusive.
    house.turn("2026-01-20");
    assert_eq!(listed(&house, "?occupation=office").await, [second.as_str()]);
    house.turn("2026-01-21");
    assert_eq!(listed(&house, "").await, [first.as_str()]);
    assert_eq!(listed(&house, "?all=true").await.len(), 2);
    let there = format!("/workplaces/{}/openings", office.workplace);
    assert_eq!(liaison.get(&there).await.ok()["items"], json!([]));
    assert_eq!(liaison.get(&format!("{there}?all=true")).await.ok()["items"][0]["in_force"], false);

    // One that has expired stands again; one that is closed does not.
    let renewed = liaison.change(&format!("{}/renewal", at(&second)), json!({})).await.ok();
    assert_eq!((&renewed["expires_on"], &renewed["in_force"]), (&json!("2026-04-21"), &json!(true)));
    liaison.change(&format!("{}/closure", at(&first)), json!({"reason": "Besat."})).await.ok();
    assert_eq!(listed(&house, "").await, [second]);
    for below in ["renewal", "closure"] {
        let body = if below == "closure" { json!({"reason": "Igen."}) } else { json!({}) };
        liaison.change(&format!("{}/{below}", at(&first)), body).await.conflict("closed");
    }
    liaison.replace(&at(&first), offer(&house)).await.conflict("closed");
}

#[tokio::test]
async fn all_that_does_not_fit_is_said_at_once() {
    let house = House::open().await;
    let (company, other) = (house.company().await, house.company().await);
    let mut body = offer(&house);
    body["occupation"] = json!("no such work");
    body["tasks"] = json!(["no such task"]);
    body["accommodations"] = json!(["no such help"]);
    body["hours"] = json!({"from": 40, "to": 38});
    body["contact"] = json!(other.contact);
    body["prospect"] = json!("01a20aa8-6da0-7c1d-a75e-4d2342404171");
    body["kept_by"] = json!(house.here.consultant.account);
    body["expires_on"] = json!(later("2026-01-05", 366));
    let path = format!("/workplaces/{}/openings", company.workplace);
    let faults = house.here.liaison.post(&path, body.clone()).await.faults();
    let expected = [
        ("/accommodations/0", "unknown-term"),
        ("/contact", "unknown"),
        ("/expires_on", "expires-on"),
        ("/hours/to", "less-than-from"),
        ("/hours/to", "too-many-hours"),
        ("/kept_by", "unknown"),
        ("/occupation", "unknown-term"),
        ("/prospect", "unknown"),
        ("/tasks/0", "unknown-term"),
    ];
    assert_eq!(faults, expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
    body["languages"] = json!(["dansk"]);
    body["times"] = json!(["noon"]);
    let faults = house.here.liaison.post(&path, body).await.faults();
    assert_eq!(faults[0], ("/languages/0".to_owned(), "language".to_owned()));
    assert_eq!(faults[1], ("/times/0".to_owned(), "unknown-word".to_owned()));
    for (expires_on, status) in [("2026-01-04", 422), ("2026-01-05", 201), ("2027-01-05", 201)] {
        let mut body = offer(&house);
        body["expires_on"] = json!(expires_on);
        assert_eq!(house.here.liaison.post(&path, body).await.status, status, "{expires_on}");
    }
}

#[tokio::test]
async fn an_opening_is_found_by_its_words_and_the_names_of_its_work() {
    let house = House::open().await;
    let company = house.company().await;
    let quiet = offered(&house, &company, |body| body["words"] = json!("Opfyldning i rolige omgivelser.")).await;
    let lively = offered(&house, &company, |body| {
        body["words"] = json!("Travlt køkken, opvask og anretning.");
        body["occupation"] = json!("kitchen");
        body["tasks"] = json!([]);
    })
    .await;
    for (text, found) in [
        ("opfyldning", vec![&quiet]),
        ("OPFYLDNIN", vec![&quiet]),
        ("opvask", vec![&lively]),
        ("butik", vec![&quiet]),
        ("rolige%20opfyldning", vec![&quiet]),
        ("rolige%20opvask", vec![]),
        ("2026", vec![]),
    ] {
        let found: Vec<String> = found.into_iter().cloned().collect();
        assert_eq!(listed(&house, &format!("?text={text}")).await, found, "{text}");
    }
    assert_eq!(listed(&house, "?text=opfyldning&kind=recruitment").await, Vec::<String>::new());
    assert_eq!(listed(&house, "?text=opfyldning&lies_in=851").await, Vec::<String>::new());
    assert_eq!(listed(&house, "?text=opfyldning&lies_in=101").await.len(), 1);
    let there = house.there.consultant.get("/openings?text=opfyldning").await.ok();
    assert_eq!(there["items"], json!([]));
    // Changed, it is found by its new words only.
    let mut body = offer(&house);
    body["words"] = json!("Kassen.");
    house.here.liaison.replace(&at(&quiet), body).await.ok();
    assert_eq!(listed(&house, "?text=opfyldning").await, Vec::<String>::new());
    assert_eq!(listed(&house, "?text=kassen").await, [quiet.as_str()]);
    house.here.liaison.change(&format!("{}/closure", at(&quiet)), json!({"reason": "Besat."})).await.ok();
    assert_eq!(listed(&house, "?text=kassen").await, Vec::<String>::new());
    assert_eq!(listed(&house, "?text=kassen&all=true").await, [quiet]);
}

#[tokio::test]
async fn a_recruitment_is_offered_only_where_a_job_is_in_sight() {
    let house = House::open().await;
    let company = house.company().await;
    let liaison = &house.here.liaison;
    let place = format!("/workplaces/{}", company.workplace);
    liaison.replace(&place, json!({"name": "Lageret"})).await.ok();
    let mut body = offer(&house);
    body["kind"] = json!("recruitment");
    let before = house.dump();
    let refused = liaison.post(&format!("{place}/openings"), body.clone()).await;
    assert_eq!(refused.rules(), ["no-prospect"]);
    let refusal = &refused.body()["refusals"][0];
    assert_eq!(refusal["reference"], "S2");
    assert!(refusal["compared"][0]["value"].as_str().unwrap().contains("not asked"), "{refusal}");
    assert_eq!(liaison.post(&format!("{place}/openings?dry_run=true"), body.clone()).await.body(), refused.body());
    assert_eq!(house.dump(), before);

    // A training cannot become a recruitment either.
    let opening = offered(&house, &company, |_| {}).await;
    assert_eq!(liaison.replace(&at(&opening), body.clone()).await.rules(), ["no-prospect"]);
    let prospect = json!({"position": "Lager", "weekly_hours": 20, "words": "Vi mangler en til sommer."});
    let prospect = liaison.post(&format!("{place}/prospects"), prospect).await.ok()["id"].clone();
    body["prospect"] = prospect.clone();
    let before = house.dump();
    assert_eq!(liaison.post(&format!("{place}/openings?dry_run=true"), body.clone()).await.status, 200);
    assert_eq!(house.dump(), before, "a rehearsal writes nothing");
    let changed = liaison.replace(&at(&opening), body.clone()).await.ok();
    assert_eq!((&changed["kind"], &changed["prospect"]), (&json!("recruitment"), &prospect));

    liaison.change(&format!("/prospects/{}/withdrawal", prospect.as_str().unwrap()), json!({})).await.ok();
    assert_eq!(liaison.replace(&at(&opening), body.clone()).await.rules(), ["no-prospect"], "it has gone");
    liaison.replace(&place, json!({"name": "Lageret", "foresees_vacancy": true})).await.ok();
    liaison.replace(&at(&opening), body).await.ok();
}

#[tokio::test]
async fn an_opening_lies_where_its_workplace_lies_and_closes_with_it() {
    let house = House::open().await;
    let company = house.company().await;
    let liaison = &house.here.liaison;
    let place = format!("/workplaces/{}", company.workplace);
    let opening = offered(&house, &company, |_| {}).await;
    let located = json!({
        "name": "Lageret", "foresees_vacancy": true,
        "location": {"municipality": "851", "coordinates": {"latitude": 57.048, "longitude": 9.921}},
    });
    liaison.replace(&place, located).await.ok();
    let seen = liaison.get(&at(&opening)).await.ok();
    assert_eq!(
        (&seen["latitude"], &seen["longitude"], &seen["placed_by"]),
        (&json!(57.048), &json!(9.921), &json!("coordinates"))
    );
    let cells = "SELECT CAST(o.cell AS TEXT) || '/' || CAST(w.cell AS TEXT) AS text FROM openings o, workplaces w WHERE w.id = o.workplace_id";
    let cells = house.text(cells);
    let (own, there) = cells.split_once('/').unwrap();
    assert_eq!(own, there);
    assert_eq!(listed(&house, "?lies_in=851").await, [opening.as_str()]);

    // It will close: what is offered ends before, and nothing new goes beyond.
    let closing = |on: &str| json!({"name": "Lageret", "foresees_vacancy": true, "closed_on": on});
    liaison.replace(&place, closing("2026-03-01")).await.ok();
    assert_eq!(liaison.get(&at(&opening)).await.ok()["expires_on"], "2026-02-28");
    let late = liaison.change(&format!("{}/renewal", at(&opening)), json!({"expires_on": "2026-03-01"})).await;
    assert_eq!(late.faults(), [("/expires_on".to_owned(), "expires-on".to_owned())]);
    let newer = offered(&house, &company, |_| {}).await;
    assert_eq!(liaison.get(&at(&newer)).await.ok()["expires_on"], "2026-02-28");

    liaison.replace(&place, closing("2026-01-05")).await.ok();
    let seen = liaison.get(&at(&opening)).await.ok();
    assert_eq!((&seen["closed_on"], &seen["close_reason"]), (&json!("2026-01-05"), &json!("Arbejdspladsen er lukket.")));
    liaison.post(&format!("{place}/openings"), offer(&house)).await.conflict("workplace-closed");

    let company = house.company().await;
    let opening = offered(&house, &company, |_| {}).await;
    let details = |closed_on: &str| json!({"name": "Firma", "advertising_protected": false, "liaison": liaison.account, "closed_on": closed_on});
    liaison.replace(&format!("/companies/{}", company.id), details("2026-01-15")).await.ok();
    assert_eq!(liaison.get(&at(&opening)).await.ok()["expires_on"], "2026-01-14");
    house.turn("2026-01-10");
    liaison.replace(&format!("/companies/{}", company.id), details("2026-01-10")).await.ok();
    let seen = liaison.get(&at(&opening)).await.ok();
    assert_eq!((&seen["closed_on"], &seen["in_force"]), (&json!("2026-01-10"), &json!(false)));
    liaison.post(&format!("/workplaces/{}/openings", company.workplace), offer(&house)).await.conflict("workplace-closed");
    assert_eq!(listed(&house, "").await, Vec::<String>::new());
}

/// Two openings that expire on 10 March, one later; the clock stands on the day before the reminder.
async fn soon(house: &House) -> (Vec<String>, Company) {
    let company = house.company().await;
    let mut openings = Vec::new();
    for expires_on in ["2026-03-10", "2026-03-10", "2026-04-01"] {
        openings.push(offered(house, &company, |body| body["expires_on"] = json!(expires_on)).await);
    }
    house.turn("2026-02-23");
    assert_eq!(house.tick().await.letters, 0, "a day too soon");
    (openings, company)
}

async fn tick(house: &House) {
    house.tick().await;
    house.deliver().await;
}

#[tokio::test]
async fn whoever_keeps_openings_is_reminded_once_in_one_letter() {
    let house = House::open_with(|settings| settings.letters.on_days_off = false).await;
    let (openings, company) = soon(&house).await;
    let hour = |hour| rettematch::domain::values::copenhagen::local("2026-02-24".parse().unwrap(), hour);
    house.turn_to(hour(6));
    tick(&house).await;
    assert!(house.letters().is_empty(), "not at night");
    house.turn_to(hour(7));
    for _ in 0..3 {
        tick(&house).await;
    }
    let letters = house.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.to, LIAISON);
    assert!(letter.subject.contains("jobåbninger udløber snart (2)"), "{}", letter.subject);
    for opening in &openings[..2] {
        assert_eq!(letter.plain.matches(&format!("/openings/{opening}")).count(), 2, "{}", letter.plain);
    }
    assert!(!letter.plain.contains(&openings[2]) && letter.plain.contains("10 March 2026"), "{}", letter.plain);
    house.live_until("2026-03-17").await;
    assert_eq!(house.letters_to(LIAISON).len(), 1, "expired, and said already");
    house.live_until("2026-03-18").await;
    assert_eq!(house.letters_to(LIAISON).len(), 2, "the third, a fortnight before its own day");
    assert!(house.letters_to(&company.contact_email).is_empty(), "no company is written to");

    // Renewed, it is said again, for its new day.
    house.here.liaison.change(&format!("{}/renewal", at(&openings[0])), json!({"expires_on": "2026-04-15"})).await.ok();
    house.live_until("2026-04-02").await;
    let letters = house.letters_to(LIAISON);
    assert_eq!(letters.len(), 3);
    assert!(letters[2].plain.contains(&openings[0]) && letters[2].plain.contains("15 April 2026"), "{}", letters[2].plain);
}

#[tokio::test]
async fn what_was_renewed_or_closed_before_it_was_sent_is_not_told() {
    let house = House::open().await;
    let (openings, _) = soon(&house).await;
    let liaison = &house.here.liaison;
    house.turn("2026-02-24");
    assert_eq!(house.tick().await.letters, 1);
    liaison.change(&format!("{}/renewal", at(&openings[0])), json!({})).await.ok();
    house.deliver().await;
    let letters = house.letters_to(LIAISON);
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].plain.contains(&openings[0]) && letters[0].plain.contains(&openings[1]), "{}", letters[0].plain);
    assert!(letters[0].subject.contains("(1)"), "{}", letters[0].subject);

    house.turn("2026-03-18");
    assert_eq!(house.tick().await.letters, 1);
    liaison.change(&format!("{}/closure", at(&openings[2])), json!({"reason": "Besat."})).await.ok();
    let delivered = house.deliver().await;
    assert_eq!((delivered.sent, delivered.dropped), (0, 1));
    house.live_until("2026-04-10").await;
    assert_eq!(house.letters_to(LIAISON).len(), 1);
}

#[tokio::test]
async fn days_without_a_tick_are_caught_up_and_an_end_that_is_moved_there_and_back_says_nothing_twice() {
    let house = House::open().await;
    let (openings, _) = soon(&house).await;
    house.turn("2026-03-20");
    tick(&house).await;
    let letters = house.letters_to(LIAISON);
    assert_eq!(letters.len(), 1, "all three in one");
    assert!(
        letters[0].plain.contains("expired 10 March 2026") && letters[0].plain.contains("expires 1 April 2026"),
        "{}",
        letters[0].plain
    );
    let move_to = async |day: &str| {
        house.here.liaison.change(&format!("{}/renewal", at(&openings[2])), json!({"expires_on": day})).await.ok();
    };
    move_to("2026-06-01").await;
    move_to("2026-04-01").await;
    house.live_until("2026-03-31").await;
    assert!(house.letters_to(LIAISON).len() <= 2, "at most once more, since it stood in the letter of another");
    let told = house.letters_to(LIAISON).len();
    move_to("2026-06-01").await;
    move_to("2026-04-01").await;
    house.live_until("2026-04-01").await;
    assert_eq!(house.letters_to(LIAISON).len(), told);
}

#[tokio::test]
async fn where_the_keeper_has_left_the_liaison_is_reminded_and_then_the_team_leader() {
    let house = House::open().await;
    let keeper = employ(&house.app, &house.nobody, "101", Role::Liaison, "vikar@101.example").await;
    let (own, other) = (house.company().await, house.company().await);
    offered_by(&keeper, &own, offer(&house)).await;
    offered(&house, &other, |_| {}).await;
    let close = async |account: &str| {
        house.here.administrator.change(&format!("/accounts/{account}/closure"), Value::Null).await.ok();
    };
    close(&keeper.account).await;
    house.turn("2026-03-22");
    tick(&house).await;
    let letters = house.letters_to(LIAISON);
    assert_eq!((letters.len(), house.letters().len()), (1, 1), "one letter, though one was the other's");
    assert!(letters[0].subject.contains("(2)"), "{}", letters[0].subject);

    offered_by(&house.here.team_leader, &own, {
        let mut body = offer(&house);
        body["kept_by"] = json!(house.here.liaison.account);
        body
    })
    .await;
    close(&house.here.liaison.account).await;
    house.turn("2026-06-10");
    tick(&house).await;
    let reminders = house.letters_to(&address(Role::TeamLeader, "101"));
    assert_eq!(reminders.iter().filter(|letter| letter.subject.contains("jobåbninger udløber snart")).count(), 1);
}

#[tokio::test]
async fn two_instances_that_tick_at_once_remind_once() {
    let house = House::open().await;
    soon(&house).await;
    house.turn("2026-02-24");
    let ticks: Vec<_> = (0..4)
        .map(|_| {
            let app = house.app.clone();
            tokio::spawn(async move { rettematch::jobs::tick(&app, &rettematch::jobs::quiet).await.unwrap().letters })
        })
        .collect();
    let mut letters = 0;
    for tick in ticks {
        letters += tick.await.unwrap();
    }
    assert_eq!((letters, house.count("letters")), (1, 1));
}

/// `reklamebeskyttet`: what is sent to a company's contact is about an internship that exists there, whatever else happens. Every
/// kind of letter that there is goes out in this story.
#[tokio::test]
async fn a_protected_company_gets_letters_about_its_internships_and_no_others() {
    let house = House::open().await;
    let purpose = crate::harness::recruitment("2026-04-03");
    let stay = house
        .booked_with(|body| {
            body["purpose"] = purpose;
        })
        .await;
    let company = &stay.company;
    let liaison = &house.here.liaison;
    let protected = json!({"name": "Firma", "advertising_protected": true, "liaison": liaison.account});
    liaison.replace(&format!("/companies/{}", company.id), protected).await.ok();
    offered(&house, company, |body| body["expires_on"] = json!("2026-02-20")).await;
    let quiet = house.company().await;
    liaison
        .replace(
            &format!("/companies/{}", quiet.id),
            json!({"name": "Stille", "advertising_protected": true, "liaison": liaison.account}),
        )
        .await
        .ok();
    offered(&house, &quiet, |body| body["contact"] = json!(quiet.contact)).await;
    for (via, invited) in [("telephone", false), ("visit", false), ("e-mail", true), ("letter", true)] {
        let body = json!({"via": via, "invited": invited});
        liaison.post(&format!("/workplaces/{}/approaches", quiet.workplace), body).await.ok();
    }
    house.live_until("2026-01-18").await;
    house.confirm_all(&stay).await;
    house.papers(&stay).await;
    house.turn("2026-01-19");
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    house.live_until("2026-04-07").await;
    let answer = json!({"answer": "more-time", "words": "Vi venter på en ordre.", "via": "telephone"});
    house.here.consultant.post(&stay.at("answers"), answer).await.ok();
    house.live_until("2026-04-20").await;

    let kinds: BTreeSet<String> = house.texts("SELECT DISTINCT kind AS text FROM letters").into_iter().collect();
    let every = [
        "alignment",
        "alignment-reminder",
        "answer",
        "appointments",
        "decided",
        "decision",
        "digest",
        "openings",
        "questions",
        "receipt",
        "warning",
    ];
    assert_eq!(kinds, every.map(ToOwned::to_owned).into(), "a kind of letter that this story does not know");
    let about = "SELECT coalesce(l.case_reference, '?') AS text FROM letters l WHERE l.audience = 'company-contact'";
    let about: BTreeSet<String> = house.texts(about).into_iter().collect();
    assert_eq!(about, BTreeSet::from([stay.reference.clone()]));
    let company_letters = house.letters_to(&company.contact_email);
    assert!(company_letters.len() > 3 && company_letters.iter().all(|letter| letter.plain.contains(&stay.reference)));
    assert!(house.letters_to(&quiet.contact_email).is_empty());
    // Whatever stands as the recipient, nobody outside but citizen and contact of the internship got anything.
    let inside = |to: &str| to.ends_with("@101.example");
    for letter in house.letters().iter().filter(|letter| !inside(&letter.to)) {
        assert!([&stay.citizen_email, &company.contact_email].contains(&&letter.to), "{}", letter.raw);
    }
}
