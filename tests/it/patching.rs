//! Some fields of a record are changed by a merge patch (RFC 7396); everything else stays as it was.

use crate::harness::{Client, House, Value, json};
use reqwest::Method;

async fn patch(who: &Client, path: &str, body: Value) -> crate::harness::Answer {
    who.change_from(Method::PATCH, path, &who.etag(path).await, body).await
}

#[tokio::test]
async fn what_is_left_out_stays_and_null_takes_a_field_away() {
    let house = House::open().await;
    let stay = house.ready().await;
    let (consultant, liaison) = (&house.here.consultant, &house.here.liaison);
    let citizen = format!("/citizens/{}", stay.citizen);
    let profile = format!("{citizen}/search-profile");
    let seeks = json!({"home": {"postcode": "8000", "city": "Aarhus C"}, "farthest_km": 20, "languages": ["da"]});
    consultant.replace(&profile, seeks).await.ok();
    let workplace = format!("/workplaces/{}", stay.company.workplace);
    let placed = json!({"name": "Nærkøb", "address": "Kajen 1", "foresees_vacancy": true,
        "location": {"postcode": "8000", "city": "Aarhus C", "coordinates": {"latitude": 56.15, "longitude": 10.21}}});
    liaison.replace(&workplace, placed).await.ok();
    let offered = json!({"kind": "training", "occupation": "shop", "tasks": [], "hours": {"from": 10, "to": 20}, "places": 1,
        "from": house.today(), "words": "Vi lærer gerne fra os", "times": ["morning"]});
    let opening = liaison.post(&format!("{workplace}/openings"), offered).await.ok();
    let opening = format!("/openings/{}", opening["id"].as_str().unwrap());
    for (who, path, field, value) in [
        (consultant, citizen.as_str(), "phone", json!("+45 12 34 56 78")),
        (consultant, &citizen, "mentor", json!("Bente Holm")),
        (consultant, &profile, "farthest_km", json!(30)),
        (liaison, &format!("/companies/{}", stay.company.id), "approaches_at_most", json!(3)),
        (liaison, &workplace, "address", json!("Kajen 2")),
        (liaison, &format!("/contacts/{}", stay.company.contact), "job", json!("Butikschef")),
        (liaison, &opening, "words", json!("Ring først")),
    ] {
        let before = who.get(path).await.ok();
        assert_eq!(patch(who, path, json!({})).await.ok(), before, "{path}: nothing is patched");
        for (given, becomes) in [(value.clone(), value), (Value::Null, Value::Null)] {
            let mut expected = before.clone();
            expected[field] = becomes;
            assert_eq!(patch(who, path, json!({field: given})).await.ok(), expected, "{path}");
        }
    }
    let moved = patch(liaison, &workplace, json!({"location": {"coordinates": null}})).await.ok();
    assert_eq!((&moved["postcode"], &moved["city"]), (&json!("8000"), &json!("Aarhus C")), "a part of a part");
    assert_ne!(moved["placed_by"], "coordinates");
}

#[tokio::test]
async fn a_patch_is_held_to_what_the_whole_is_held_to() {
    let house = House::open().await;
    let citizen = format!("/citizens/{}", house.citizen().await.0);
    let consultant = &house.here.consultant;
    let before = house.dump();
    patch(consultant, &citizen, json!({"cpr": "010203-0000"})).await.has_fault("/cpr");
    let wrong = patch(consultant, &citizen, json!({"name": null, "email": "ingen"})).await;
    for pointer in ["/name", "/email"] {
        wrong.has_fault(pointer);
    }
    let etag = consultant.etag(&citizen).await;
    assert_eq!(consultant.change_from(Method::PATCH, &citizen, "\"7\"", json!({"phone": null})).await.status, 412);
    let liaison = house.here.liaison.change_from(Method::PATCH, &citizen, &etag, json!({"phone": null})).await;
    assert_eq!(liaison.status, 403);
    let elsewhere = house.there.consultant.change_from(Method::PATCH, &citizen, &etag, json!({"phone": null})).await;
    assert_eq!(elsewhere.status, 404);
    assert_eq!(house.dump(), before, "nothing was written");
}
