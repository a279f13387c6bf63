//! Approaches: who turned to a company and when; not too often, and not in writing to a company that does not want it.

use crate::harness::{Company, House, Value, json, later};
use rettematch::{
    domain::{
        people::tenant::Tenant,
        values::{ids::CompanyId, register::Municipality},
    },
    store::{Conn, StoreError, approaches},
};
use std::collections::BTreeMap;

fn path(company: &Company) -> String {
    format!("/workplaces/{}/approaches", company.workplace)
}

fn call() -> Value {
    json!({"via": "telephone", "invited": false})
}

async fn in_month(house: &House, municipality: &str, companies: &[&Company], month: &str) -> BTreeMap<String, i64> {
    let tenant = Tenant::of(Municipality::parse(municipality).unwrap());
    let (month, ids) =
        (month.parse().unwrap(), companies.iter().map(|company| CompanyId::stored(&company.id)).collect::<Vec<_>>());
    let read = move |conn: &mut Conn| -> Result<_, StoreError> {
        approaches::in_month(conn, &tenant, &ids.iter().collect::<Vec<_>>(), month)
    };
    house.app.db.read(read).await.unwrap().into_iter().map(|(id, made)| (id.to_string(), made)).collect()
}

#[tokio::test]
async fn no_more_uninvited_ones_in_a_month_than_the_limit() {
    let house = House::open().await;
    let (company, other) = (house.company().await, house.company().await);
    let (liaison, consultant) = (&house.here.liaison, &house.here.consultant);
    house.turn("2026-01-30");
    let second = json!({"p_number": crate::harness::p_number(), "name": "Butikken"});
    let second = liaison.post(&format!("/companies/{}/workplaces", company.id), second).await.ok()["id"].clone();
    // All workplaces of a company together, whoever it was.
    liaison.post(&path(&company), call()).await.ok();
    consultant.post(&format!("/workplaces/{}/approaches", second.as_str().unwrap()), call()).await.ok();
    let mut earlier = call();
    earlier["made_on"] = json!("2026-01-01");
    let made = consultant.post(&path(&company), earlier).await.ok();
    assert_eq!((&made["made_on"], &made["made_by"]), (&json!("2026-01-01"), &json!(consultant.account)));

    let before = house.dump();
    let refused = consultant.post(&path(&company), call()).await;
    assert_eq!(refused.rules(), ["approach-limit"]);
    let refusal = &refused.body()["refusals"][0];
    let values: Vec<&str> = refusal["compared"].as_array().unwrap().iter().map(|own| own["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["2026-01", "3", "3"]);
    assert!(refusal["passes_if"].as_str().unwrap().contains("2026-02-01"), "{refusal}");
    assert_eq!(consultant.post(&format!("{}?dry_run=true", path(&company)), call()).await.body(), refused.body());
    assert_eq!(house.dump(), before);
    // One that the company asked for is none of them; nor is one of the month before, or to another company.
    for (via, invited, made_on) in [("visit", true, "2026-01-30"), ("telephone", false, "2025-12-31")] {
        let body = json!({"via": via, "invited": invited, "made_on": made_on});
        consultant.post(&path(&company), body).await.ok();
    }
    consultant.post(&path(&other), call()).await.ok();
    let expected =
        |counts: &[(&Company, i64)]| counts.iter().map(|(own, count)| (own.id.clone(), *count)).collect::<BTreeMap<_, _>>();
    assert_eq!(in_month(&house, "101", &[&company, &other], "2026-01-15").await, expected(&[(&company, 3), (&other, 1)]));
    assert_eq!(in_month(&house, "101", &[&company, &other], "2025-12-31").await, expected(&[(&company, 1)]));
    assert!(in_month(&house, "851", &[&company, &other], "2026-01-15").await.is_empty(), "another municipality's");
    assert!(in_month(&house, "101", &[], "2026-01-15").await.is_empty());

    house.turn("2026-02-01");
    consultant.post(&path(&company), call()).await.ok();
    let list = consultant.get(&format!("/companies/{}/approaches", company.id)).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 6);
    let there = consultant.get(&path(&company)).await.ok();
    assert_eq!(there["items"].as_array().unwrap().len(), 5, "but for the one at the other workplace");
    assert!(house.there.consultant.get(&path(&company)).await.status == 404);
}

#[tokio::test]
async fn a_company_may_have_a_limit_of_its_own() {
    let house = House::open().await;
    let company = house.company().await;
    let liaison = &house.here.liaison;
    let limit = async |most: Value| {
        let body =
            json!({"name": "Firma", "advertising_protected": false, "liaison": liaison.account, "approaches_at_most": most});
        liaison.replace(&format!("/companies/{}", company.id), body).await.ok();
    };
    limit(json!(1)).await;
    liaison.post(&path(&company), call()).await.ok();
    assert_eq!(liaison.post(&path(&company), call()).await.rules(), ["approach-limit"]);
    limit(json!(2)).await;
    liaison.post(&path(&company), call()).await.ok();
    assert_eq!(liaison.post(&path(&company), call()).await.rules(), ["approach-limit"]);
    limit(Value::Null).await;
    liaison.post(&path(&company), call()).await.ok();
    assert_eq!(liaison.post(&path(&company), call()).await.rules(), ["approach-limit"]);
}

#[tokio::test]
async fn a_protected_company_is_not_written_to_uninvited() {
    let house = House::open().await;
    let company = house.company().await;
    let liaison = &house.here.liaison;
    let protected = json!({"name": "Firma", "advertising_protected": true, "liaison": liaison.account, "approaches_at_most": 0});
    liaison.replace(&format!("/companies/{}", company.id), protected).await.ok();
    let write = json!({"via": "e-mail", "invited": false});
    assert_eq!(liaison.post(&path(&company), write).await.rules(), ["approach-limit", "advertising-protected"], "all at once");
    liaison.post(&path(&company), json!({"via": "e-mail", "invited": true})).await.ok();
    let rules = house.here.consultant.get("/rules").await.ok();
    for rule in ["approach-limit", "advertising-protected"] {
        assert!(rules["refuse"].as_array().unwrap().contains(&json!(rule)), "{}", rules["refuse"]);
    }
}

#[tokio::test]
async fn what_an_approach_names_is_there_and_its_day_has_been() {
    let house = House::open().await;
    let (company, other) = (house.company().await, house.company().await);
    let consultant = &house.here.consultant;
    let opening = crate::openings::offered(&house, &company, |_| {}).await;
    let mut body = call();
    body["opening"] = json!(opening);
    body["made_on"] = json!(later("2026-01-05", 1));
    assert_eq!(
        consultant.post(&path(&company), body.clone()).await.faults(),
        [("/made_on".to_owned(), "in-the-future".to_owned())]
    );
    body["made_on"] = json!("2026-01-05");
    assert_eq!(consultant.post(&path(&other), body.clone()).await.faults(), [("/opening".to_owned(), "unknown".to_owned())]);
    body["words"] = json!("De vil gerne se to kandidater.");
    let made = consultant.post(&path(&company), body).await.ok();
    assert_eq!((&made["opening"], &made["words"]), (&json!(opening), &json!("De vil gerne se to kandidater.")));
}

#[tokio::test]
async fn eight_at_once_for_the_last_one_of_the_month_make_one() {
    let house = House::open().await;
    let company = house.company().await;
    for _ in 0..2 {
        house.here.liaison.post(&path(&company), call()).await.ok();
    }
    let asked: Vec<_> = (0..8)
        .map(|number| {
            let client = if number % 2 == 0 { house.here.liaison.clone() } else { house.here.consultant.clone() };
            let path = path(&company);
            tokio::spawn(async move { client.post(&path, call()).await })
        })
        .collect();
    let mut made = 0;
    for answer in asked {
        let answer = answer.await.unwrap();
        match answer.status {
            201 => made += 1,
            _ => assert_eq!(answer.rules(), ["approach-limit"], "{}", answer.text),
        }
    }
    assert_eq!((made, house.count("approaches")), (1, 3));
}
