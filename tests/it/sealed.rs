//! What is sealed belongs to its row, and the key can change.

use crate::harness::{House, Service, json, random_key};
use rettematch::app::App;

#[tokio::test]
async fn what_is_swapped_between_two_citizens_is_refused_and_not_shown() {
    let house = House::open().await;
    let consultant = &house.here.consultant;
    let (one, _) = house.citizen().await;
    let (other, _) = house.citizen().await;
    for (citizen, kind) in [(&one, "Ryg"), (&other, "Hånd")] {
        let of = format!("/citizens/{citizen}/needs");
        consultant.replace(&of, json!({"needs": [{"kind": kind, "function": "Ingen løft", "rules_out": []}]})).await.ok();
    }
    let ask = async |path: &str| consultant.get(&path.replace("ID", &one)).await.status;
    for (table, column, key, path) in
        [("citizens", "cpr_sealed", "id", "/citizens/ID"), ("needs", "sealed", "citizen_id", "/citizens/ID/needs")]
    {
        assert_eq!(ask(path).await, 200);
        let of = |citizen: &str| house.text(&format!("SELECT {column} AS text FROM {table} WHERE {key} = '{citizen}'"));
        let put = |citizen: &str, sealed: &str| {
            house.database().run(&format!("UPDATE {table} SET {column} = '{sealed}' WHERE {key} = '{citizen}'"));
        };
        let own = [of(&one), of(&other)];
        put(&one, &own[1]);
        put(&other, &own[0]);
        assert_eq!(ask(path).await, 500, "{table}.{column}");
        put(&one, &own[0]);
        put(&other, &own[1]);
        assert_eq!(ask(path).await, 200);
    }
}

#[tokio::test]
async fn a_second_key_seals_from_then_on_and_the_first_still_opens() {
    let house = House::open().await;
    let (citizen, _) = house.citizen().await;
    let mut settings = house.app.services.settings.clone();
    let both = format!("{},{}", settings.key.reveal(), random_key());
    settings.key = serde_json::from_value(json!(both)).unwrap();
    let service = Service::of(App::open(settings).unwrap());
    let consultant = house.here.consultant.at(&service.base);
    let path = format!("/citizens/{citizen}");
    assert_eq!(consultant.get(&path).await.ok(), house.here.consultant.get(&path).await.ok());
    let needs = format!("{path}/needs");
    let body = json!({"needs": [{"kind": "Ryg", "function": "Ingen løft", "rules_out": []}]});
    consultant.replace(&needs, body).await.ok();
    assert_eq!(consultant.get(&needs).await.status, 200);
    assert_eq!(house.here.consultant.get(&needs).await.status, 500, "who has the old key only cannot open it");
}
