//! Looking somebody up by CPR number: counted before it is done, so that no number is found by trying.

use crate::harness::{Answer, Client, House, cpr, json};
use chrono::Duration;
use futures_util::future::join_all;

async fn look_up(client: &Client, number: &str) -> Answer {
    client.post("/citizens/search", json!({"cpr": number})).await
}

#[tokio::test]
async fn an_account_looks_up_thirty_numbers_an_hour_however_many_it_asks_at_once() {
    let house = House::open().await;
    let (consultant, citizen) = (&house.here.consultant, house.citizen().await);
    let numbers: Vec<String> = (0..120).map(|_| cpr()).collect();
    let answers = join_all(numbers.iter().map(|number| look_up(consultant, number))).await;
    let times = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((times(404), times(429)), (30, 90));
    let refused = look_up(consultant, &numbers[0]).await;
    assert!(refused.problem(429, "too-often")["detail"].as_str().unwrap().contains("by name"), "{}", refused.text);
    let again: i64 = refused.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=3_600).contains(&again));
    // Others look up, and what is known is read as before.
    look_up(&house.here.team_leader, &numbers[0]).await.problem(404, "not-found");
    consultant.get(&format!("/citizens/{}", citizen.0)).await.ok();
    let liaison = look_up(&house.here.liaison, &numbers[0]).await;
    liaison.problem(403, "forbidden");
    house.turn_to(house.now() + Duration::minutes(61));
    look_up(consultant, &numbers[0]).await.problem(404, "not-found");
}

#[tokio::test]
async fn an_account_looks_up_two_hundred_numbers_a_day() {
    let house = House::open().await;
    let consultant = &house.here.consultant;
    for _ in 0..7 {
        for _ in 0..29 {
            if look_up(consultant, &cpr()).await.status == 429 {
                assert_eq!(look_up(consultant, &cpr()).await.header("Retry-After"), Some("86400"));
                return;
            }
        }
        house.turn_to(house.now() + Duration::minutes(61));
    }
    panic!("there is no limit for a day");
}
