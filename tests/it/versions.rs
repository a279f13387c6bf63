//! Versions build on the newest one, can be withdrawn, and an extension is a decision of its own.

use crate::harness::{House, Stay, Value, extension_decision, json, later};
use reqwest::Method;

async fn change(house: &House, stay: &Stay, body: Value) -> Value {
    house.here.consultant.change(&stay.at("versions"), body).await.ok()
}

/// Number and cause of each version.
fn versions(seen: &Value) -> Vec<(i64, String)> {
    let all = seen["versions"].as_array().unwrap().iter();
    all.map(|own| (own["number"].as_i64().unwrap(), own["cause"].as_str().unwrap().into())).collect()
}

#[tokio::test]
async fn what_waits_as_an_extension_goes_on_as_one_when_a_task_is_changed() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn(&later(&stay.last_day, -10));
    let end = later(&stay.last_day, 28);
    house.extend(&stay, json!({"to": end, "reason": "Mere øvelse"})).await.ok();
    house.confirm(&stay, "citizen").await.ok();
    let seen = change(&house, &stay, json!({"tasks": ["sitting all day", "stocking shelves"]})).await;
    let newest = seen["versions"].as_array().unwrap().last().unwrap();
    assert_eq!(newest["terms"]["period"]["last"], end.as_str(), "the later end is not lost");
    assert_eq!(newest["papers"]["reason"], "Mere øvelse");
    assert_eq!(versions(&seen).last().unwrap().1, "extension");
    house.confirm_all(&stay).await;
    let seen = house.see(&stay).await;
    assert_eq!((&seen["last_day"], &seen["standing_version"]), (&json!(end), &json!(3)));
    house.tick().await;
    assert_eq!(house.flags(&stay, "extended-without-hire").await.len(), 1, "one extension, not two");
}

#[tokio::test]
async fn going_back_to_what_stands_withdraws_what_waits_and_the_parties_are_told() {
    let house = House::open().await;
    let stay = house.ready().await;
    let hours = |hours: i64| json!({"hours": [{"from": stay.first_day, "weekly_hours": hours}]});
    change(&house, &stay, hours(24)).await;
    let seen = change(&house, &stay, hours(20)).await;
    assert_eq!(versions(&seen), [(1, "booking".into())]);
    assert_eq!(seen["withdrawn_versions"][0]["version"]["number"], 2);
    assert_eq!((&seen["newest_version"], &seen["missing"]), (&json!(1), &json!([])), "confirmed by all, as it was");
    house.deliver().await;
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let letters = house.letters_to(address);
        assert!(letters.iter().any(|letter| letter.plain.contains("trukket tilbage")), "{address}");
    }
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    // A withdrawn number is not used again.
    let seen = change(&house, &stay, hours(24)).await;
    assert_eq!(seen["newest_version"], 3);
}

#[tokio::test]
async fn a_pending_version_is_withdrawn_with_reasons_and_the_first_never_is() {
    let house = House::open().await;
    let stay = house.booked().await;
    let reason = json!({"reason": "Det blev ikke til noget."});
    let consultant = &house.here.consultant;
    consultant.change(&stay.at("versions/withdrawal"), reason.clone()).await.conflict("nothing-pending");
    change(&house, &stay, json!({"tasks": ["stocking shelves"]})).await;
    change(&house, &stay, json!({"tasks": ["sitting all day", "stocking shelves"]})).await;
    consultant.change(&stay.at("versions/withdrawal"), json!({})).await.has_fault("/reason");
    let seen = consultant.change(&stay.at("versions/withdrawal"), reason.clone()).await.ok();
    assert_eq!(seen["newest_version"], 2, "the one before it is the newest again");
    assert_eq!(seen["withdrawn_versions"][0]["withdrawn_because"], "Det blev ikke til noget.");
    house.confirm_all(&stay).await;
    consultant.change(&stay.at("versions/withdrawal"), reason).await.conflict("nothing-pending");
}

#[tokio::test]
async fn before_the_start_the_whole_period_moves_but_gets_no_longer() {
    let house = House::open().await;
    let stay = house.ready().await;
    let moved = |first: i64, last: i64| {
        let first_day = later(&stay.first_day, first);
        json!({"first_day": first_day, "last_day": later(&stay.last_day, last), "hours": [{"from": first_day, "weekly_hours": 20}]})
    };
    let consultant = &house.here.consultant;
    for (first, last) in [(0, 1), (7, 8), (-3, 1)] {
        consultant.change(&stay.at("versions"), moved(first, last)).await.has_fault("/last_day");
    }
    let seen = change(&house, &stay, moved(21, 21)).await;
    assert_eq!(seen["versions"].as_array().unwrap().last().unwrap()["cause"], "change");
    house.confirm_all(&stay).await;
    assert_eq!(house.see(&stay).await["last_day"], later(&stay.last_day, 21).as_str());
    house.turn(&later(&stay.first_day, 21));
    consultant.change(&stay.at("start"), json!({})).await.ok();
    consultant.change(&stay.at("versions"), moved(28, 28)).await.has_fault("/last_day");
}

#[tokio::test]
async fn an_extension_is_in_force_when_it_is_decided_too_and_the_old_end_holds_until_then() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn(&later(&stay.last_day, -10));
    let end = later(&stay.last_day, 28);
    let etag = house.here.consultant.etag(&stay.path()).await;
    let body = json!({"to": end, "reason": "Mere øvelse"});
    house.here.consultant.change_from(Method::POST, &stay.at("extensions"), &etag, body).await.ok();
    house.confirm_all(&stay).await;
    let seen = house.see(&stay).await;
    assert_eq!(seen["last_day"], stay.last_day.as_str(), "nobody has decided it");
    house.live_until(&later(&stay.last_day, -2)).await;
    let stale = house.flag(&stay, "alignment-stale").await;
    assert!(stale["evidence"].to_string().contains("afgørelse"), "{stale:?}");
    let consultant = &house.here.consultant;
    let seen = consultant.replace(&stay.at("extension-decision"), extension_decision()).await.ok();
    assert_eq!(seen["last_day"], end.as_str());
    consultant.replace(&stay.at("extension-decision"), extension_decision()).await.conflict("no-extension");
    house.deliver().await;
    let told = house.letters_to(&stay.citizen_email);
    assert!(told.iter().any(|letter| letter.plain.contains("afgørelse om at forlænge ")));
}
