//! Expectation alignment: the versions that the three parties confirm. A confirmation is bound to one version and never carried
//! over.

use crate::harness::{House, Stay, Value, json};
use reqwest::Method;

fn newest(seen: &Value) -> &Value {
    seen["versions"].as_array().unwrap().last().unwrap()
}

async fn lacks(house: &House, stay: &Stay) -> Vec<String> {
    let missing = house.see(stay).await["missing"].clone();
    missing.as_array().unwrap().iter().map(|lack| lack["what"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_contacts_new_address_asks_nobody_to_sign_again() {
    let house = House::open().await;
    let stay = house.ready().await;
    house.deliver().await;
    let before = house.see(&stay).await;
    let asked = || {
        house.letters().iter().filter(|letter| letter.subject.starts_with("Læs") || letter.subject.starts_with("Husk")).count()
    };
    let written = asked();
    let details = json!({"name": "Kontakt Person", "email": "ny@kontakt.example", "phone": "44 33 22 11"});
    house.here.liaison.replace(&format!("/contacts/{}", stay.company.contact), details).await.ok();
    house.tick().await;
    house.deliver().await;
    assert_eq!(house.see(&stay).await, before);
    assert_eq!(asked(), written);
    assert_eq!(lacks(&house, &stay).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_material_change_is_a_new_version_without_confirmations_and_the_old_one_stands() {
    let house = House::open().await;
    let stay = house.ready().await;
    house.deliver().await;
    let hours = json!({"hours": [{"from": stay.first_day, "weekly_hours": 15}]});
    let changed = house.here.consultant.change(&stay.at("versions"), hours).await.ok();
    assert_eq!((&changed["standing_version"], &changed["newest_version"]), (&json!(1), &json!(2)));
    assert_eq!(changed["versions"][0]["confirmations"].as_array().unwrap().len(), 3, "what was signed stays signed");
    assert_eq!(newest(&changed)["confirmations"], json!([]));
    assert_eq!(newest(&changed)["in_force_since"], Value::Null);
    assert_ne!(changed["versions"][0]["hash"], newest(&changed)["hash"]);
    house.turn(&stay.first_day);
    let refused = house.here.consultant.change(&stay.at("start"), json!({})).await;
    assert_eq!(
        refused.refusals()[0].1,
        ["citizen-confirmation", "consultant-confirmation", "company-confirmation"],
        "nothing starts between two versions"
    );
    house.deliver().await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let asked = house.letters_to(address).into_iter().filter(|letter| letter.subject.starts_with("Læs")).count();
        assert_eq!(asked, 1, "the first letter's cause had gone, the second asks for version 2");
    }
    house.confirm_all(&stay).await;
    let seen = house.see(&stay).await;
    assert_eq!((&seen["standing_version"], &seen["missing"]), (&json!(2), &json!([])));
}

#[tokio::test]
async fn a_confirmation_of_what_was_read_before_a_change_is_no_confirmation() {
    let house = House::open().await;
    let stay = house.booked().await;
    let old = newest(&house.see(&stay).await)["hash"].clone();
    house.here.consultant.change(&stay.at("versions"), json!({"tasks": ["repetitive work"]})).await.ok();
    let other = house.booked().await;
    let others = newest(&house.see(&other).await)["hash"].clone();
    let before = house.dump();
    for hash in [old, json!("x"), others] {
        let body = json!({"party": "citizen", "via": "meeting", "hash": hash});
        house.here.consultant.post(&stay.at("confirmations"), body).await.conflict("not-current");
    }
    assert_eq!(house.dump(), before);
    house.confirm(&stay, "citizen").await.ok();
    house.confirm(&stay, "citizen").await.conflict("already-confirmed");
}

#[tokio::test]
async fn two_people_who_edit_do_not_overwrite_each_other() {
    let house = House::open().await;
    let stay = house.booked().await;
    let consultant = &house.here.consultant;
    let tag = consultant.etag(&stay.path()).await;
    let path = stay.at("versions");
    consultant.change_from(Method::POST, &path, &tag, json!({"tasks": ["stairs"]})).await.ok();
    let late = consultant.change_from(Method::POST, &path, &tag, json!({"tasks": ["heights"]})).await;
    late.problem(412, "stale");
    assert_eq!(newest(&house.see(&stay).await)["terms"]["tasks"], json!(["stairs"]));
    consultant.change(&path, json!({"tasks": ["stairs"]})).await.conflict("nothing-changed");
}

#[tokio::test]
async fn the_consultant_confirms_as_oneself_and_records_the_others_as_what_they_were() {
    let house = House::open().await;
    let stay = house.booked().await;
    let hash = newest(&house.see(&stay).await)["hash"].clone();
    for (party, via) in [("consultant", "paper"), ("citizen", "account"), ("company", "link")] {
        let body = json!({"party": party, "via": via, "hash": hash});
        let faults = house.here.consultant.post(&stay.at("confirmations"), body).await.faults();
        assert_eq!(faults, [("/via".to_owned(), "via".to_owned())], "{party} by {via}");
    }
    let body = json!({"party": "citizen", "via": "paper", "hash": hash});
    let seen = house.here.consultant.post(&stay.at("confirmations"), body).await.ok();
    assert_eq!(
        newest(&seen)["confirmations"],
        json!([{"party": "citizen", "via": "paper", "on": "2026-01-05", "given_by": "Bo Borger"}])
    );
}

#[tokio::test]
async fn an_objection_stops_the_start_until_it_is_taken_back_or_answered_by_a_confirmation() {
    let house = House::open().await;
    let stay = house.ready().await;
    let consultant = &house.here.consultant;
    let objection = json!({"party": "company", "words": "Vi har ikke plads på fredage.", "via": "meeting"});
    consultant.post(&stay.at("objections"), objection.clone()).await.ok();
    assert_eq!(lacks(&house, &stay).await, ["objection"]);
    consultant
        .post(&stay.at("objections/withdrawal"), json!({"party": "citizen", "via": "telephone"}))
        .await
        .conflict("no-objection");
    consultant.post(&stay.at("objections/withdrawal"), json!({"party": "company", "via": "telephone"})).await.ok();
    assert_eq!(lacks(&house, &stay).await, Vec::<String>::new());

    let stay = house.booked().await;
    consultant.post(&stay.at("objections"), objection).await.ok();
    assert!(lacks(&house, &stay).await.contains(&"objection".to_owned()));
    house.confirm(&stay, "company").await.ok();
    assert!(!lacks(&house, &stay).await.contains(&"objection".to_owned()));
    assert_eq!(newest(&house.see(&stay).await)["objections"][0]["withdrawn_on"], "2026-01-05", "history stays");
}

#[tokio::test]
async fn accommodations_are_agreed_item_by_item_and_another_set_is_a_new_version() {
    let house = House::open().await;
    let items = json!({"items": [{"function": "Pause hver time"}, {"function": "Ingen løft"}]});
    let stay = house.booked_with(|body| body["accommodations"] = items).await;
    let consultant = &house.here.consultant;
    let seen = house.see(&stay).await;
    let ids: Vec<Value> = (0..2).map(|index| seen["accommodations"][index]["id"].clone()).collect();
    let agree = async |party: &str, items: &[Value]| {
        let body = json!({"party": party, "via": "meeting", "accommodations": items});
        consultant.post(&stay.at("agreements"), body).await.ok();
        lacks(&house, &stay).await.contains(&"accommodations".to_owned())
    };
    assert!(agree("citizen", &ids).await && agree("company", &ids[..1]).await, "one item of one party is open");
    assert!(!agree("company", &ids).await);
    house.confirm_all(&stay).await;
    let settled = consultant.replace(&stay.at("accommodations"), json!({"items": [{"function": "Kørsel"}]})).await.ok();
    assert_eq!(settled["newest_version"], 2);
    let lacks = lacks(&house, &stay).await;
    assert!(lacks.contains(&"accommodations".to_owned()) && lacks.contains(&"citizen-confirmation".to_owned()));
    let both = json!({"items": [{"function": "Kørsel"}], "none_needed": true});
    for wrong in [both, json!({}), json!({"items": []}), json!({"none_needed": false})] {
        let faults = consultant.replace(&stay.at("accommodations"), wrong).await.faults();
        assert_eq!(faults, [("/items".to_owned(), "items-or-none".to_owned())]);
    }
}
