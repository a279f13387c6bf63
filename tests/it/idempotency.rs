//! A request that is sent twice is done once; a key that was used for something else is refused.

use crate::harness::{House, cpr, json, p_number};
use reqwest::Method;

fn citizen() -> serde_json::Value {
    json!({"cpr": cpr(), "name": "Bo Borger", "target_group": "3", "hours_capacity": 20, "goals": []})
}

#[tokio::test]
async fn the_same_key_and_body_get_the_same_answer_and_one_row() {
    let house = House::open().await;
    let body = citizen();
    let first = house.here.consultant.post_once("/citizens", "k-1", &body).await;
    let again = house.here.consultant.post_once("/citizens", "k-1", &body).await;
    first.ok();
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    for header in ["ETag", "Location", "Content-Type"] {
        assert_eq!(again.header(header), first.header(header), "{header}");
    }
    assert_eq!(house.count("citizens"), 1);
    // Without the key it is another request, and the CPR number is taken.
    assert_eq!(house.here.consultant.post("/citizens", body).await.faults(), [("/cpr".to_owned(), "taken".to_owned())]);
}

#[tokio::test]
async fn a_key_is_not_used_for_another_body_or_address() {
    let house = House::open().await;
    let company = house.company().await;
    let liaison = &house.here.liaison;
    let contacts = format!("/workplaces/{}/contacts", company.workplace);
    liaison.post_once(&contacts, "k", &json!({"name": "En"})).await.ok();
    let before = house.dump();
    liaison.post_once(&contacts, "k", &json!({"name": "To"})).await.problem(422, "key-reused");
    let workplaces = format!("/companies/{}/workplaces", company.id);
    let body = json!({"p_number": p_number(), "name": "En"});
    liaison.post_once(&workplaces, "k", &body).await.problem(422, "key-reused");
    assert_eq!(house.dump(), before);
    // Somebody else's key is another key.
    house.here.team_leader.post_once(&contacts, "k", &json!({"name": "To"})).await.ok();
}

#[tokio::test]
async fn a_refused_request_keeps_no_answer_so_that_it_can_be_mended() {
    let house = House::open().await;
    let mut body = citizen();
    body["consultant"] = json!(house.here.liaison.account);
    house.here.consultant.post_once("/citizens", "k", &body).await.problem(422, "invalid-fields");
    body["consultant"] = json!(house.here.consultant.account);
    house.here.consultant.post_once("/citizens", "k", &body).await.ok();
}

#[tokio::test]
async fn eight_at_once_with_one_key_make_one_row() {
    let house = House::open().await;
    for round in 0..4 {
        let (body, key) = (citizen(), format!("race-{round}"));
        let asked: Vec<_> = (0..8)
            .map(|_| {
                let (client, body, key) = (house.here.consultant.clone(), body.clone(), key.clone());
                tokio::spawn(async move { client.post_once("/citizens", &key, &body).await })
            })
            .collect();
        let mut texts = Vec::new();
        for answer in asked {
            let answer = answer.await.unwrap();
            // In flight, somebody may be told to wait; nobody is told anything else.
            if answer.status != 409 {
                answer.ok();
                texts.push(answer.text);
            }
        }
        assert!(!texts.is_empty() && texts.iter().all(|text| *text == texts[0]), "{texts:?}");
        assert_eq!(house.count("citizens"), round + 1);
    }
}

#[tokio::test]
async fn eight_at_once_without_a_key_register_a_company_once() {
    let house = House::open().await;
    let body = json!({"cvr": crate::harness::cvr(), "name": "Firma", "advertising_protected": false});
    let asked: Vec<_> = (0..8)
        .map(|_| {
            let (client, body) = (house.here.liaison.clone(), body.clone());
            tokio::spawn(async move { client.post("/companies", body).await })
        })
        .collect();
    let mut made = 0;
    for answer in asked {
        let answer = answer.await.unwrap();
        match answer.status {
            201 => made += 1,
            _ => assert_eq!(answer.faults(), [("/cvr".to_owned(), "taken".to_owned())]),
        }
    }
    assert_eq!((made, house.count("companies")), (1, 1));
}

#[tokio::test]
async fn a_change_is_answered_again_though_its_tag_is_stale_by_then() {
    let house = House::open().await;
    let stay = house.booked().await;
    let consultant = &house.here.consultant;
    let path = stay.at("cancellation");
    let tag = consultant.etag(&path).await;
    let ask = || {
        let request = consultant.ask(Method::POST, &path).header("If-Match", &tag).header("Idempotency-Key", "k");
        request.json(&json!({"reason": "Borgeren er syg."}))
    };
    let first = consultant.send(ask()).await;
    first.ok();
    let again = consultant.send(ask()).await;
    assert_eq!(again.ok(), first.body());
    assert_eq!(again.header("ETag"), first.header("ETag"));
    consultant.change_from(Method::POST, &path, &tag, json!({"reason": "Igen."})).await.problem(412, "stale");
}

#[tokio::test]
async fn a_rehearsal_uses_no_key_up() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let body = house.booking(&citizen.0, &company, "2026-01-19");
    let before = house.dump();
    house.here.consultant.post_once("/internships?dry_run=true", "k", &body).await.ok();
    assert_eq!(house.dump(), before);
    assert_eq!(house.here.consultant.post_once("/internships", "k", &body).await.status, 201);
}

#[tokio::test]
async fn a_kept_answer_is_forgotten_after_a_week_and_a_key_must_be_visible() {
    let house = House::open().await;
    house.here.consultant.post_once("/citizens", "k", &citizen()).await.ok();
    house.turn("2026-01-11");
    house.tick().await;
    assert_eq!(house.count("replies"), 1);
    house.turn("2026-01-13");
    house.tick().await;
    assert_eq!(house.count("replies"), 0);
    for key in ["", " ", "a b", "æ", &"x".repeat(201)] {
        let answer = house.here.consultant.post_once("/citizens", key, &citizen()).await;
        assert_eq!(answer.faults(), [("Idempotency-Key".to_owned(), "idempotency-key".to_owned())], "{key:?}");
    }
}
