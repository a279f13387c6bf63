//! Eight clients compete for what only one can have, a thousand rounds of each: exactly one wins, every time.

use crate::harness::{Answer, Client, Company, House, Value, cpr, json, later};
use std::future::Future;

const ROUNDS: usize = 1_000;
/// What was booked in earlier rounds is read at each booking: people and workplaces are new after so many.
const FRESH_AFTER: usize = 5;
const AT_ONCE: usize = 8;

/// Asks eight times at once.
async fn race<F>(ask: impl Fn(usize) -> F) -> Vec<Answer>
where
    F: Future<Output = Answer> + Send + 'static,
{
    let asked: Vec<_> = (0..AT_ONCE).map(|number| tokio::spawn(ask(number))).collect();
    let mut answers = Vec::new();
    for answer in asked {
        answers.push(answer.await.unwrap());
    }
    answers
}

/// The one that won; all others are refused by a rule.
fn one_won(round: usize, answers: &[Answer], rule: &str) -> Value {
    let (won, lost): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!(won.len(), 1, "round {round}: {answers:#?}");
    for answer in lost {
        assert!(answer.rules().contains(&rule.to_owned()), "round {round}: {}", answer.text);
    }
    won[0].ok()
}

async fn cancel(client: &Client, booked: &Value) {
    let path = format!("/internships/{}/cancellation", booked["id"].as_str().unwrap());
    client.change(&path, json!({"reason": "Aflyst."})).await.ok();
}

/// Others to race against, and a workplace without a staff figure: one supported person may be there.
async fn people(house: &House) -> (Vec<String>, Company) {
    let mut citizens = Vec::new();
    for _ in 0..AT_ONCE {
        citizens.push(house.citizen().await.0);
    }
    (citizens, house.company().await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_place_under_the_ratio_is_given_once() {
    let house = House::open().await;
    let client = &house.here.consultant;
    let (mut citizens, mut company) = people(&house).await;
    for round in 0..ROUNDS {
        if round % FRESH_AFTER == FRESH_AFTER - 1 {
            (citizens, company) = people(&house).await;
        }
        let answers = race(|number| {
            let (client, body) = (client.clone(), house.booking(&citizens[number], &company, "2026-01-19"));
            async move { client.post("/internships", body).await }
        })
        .await;
        cancel(client, &one_won(round, &answers, "reasonable-ratio")).await;
    }
    assert_eq!(house.count("internships"), i64::try_from(ROUNDS).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_citizen_is_booked_once_for_the_same_days() {
    let house = House::open().await;
    let client = &house.here.consultant;
    let (mut citizen, mut company) = (house.citizen().await.0, house.company().await);
    for round in 0..ROUNDS {
        if round % FRESH_AFTER == FRESH_AFTER - 1 {
            (citizen, company) = (house.citizen().await.0, house.company().await);
        }
        let answers = race(|number| {
            // Not the same days, but all of them meet.
            let first = later("2026-01-19", i64::try_from(number).unwrap());
            let (client, body) = (client.clone(), house.booking(&citizen, &company, &first));
            async move { client.post("/internships", body).await }
        })
        .await;
        cancel(client, &one_won(round, &answers, "overlap")).await;
    }
    assert_eq!(house.count("internships"), i64::try_from(ROUNDS).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_does_one_thing() {
    let house = House::open().await;
    for round in 0..ROUNDS {
        let body = json!({"cpr": cpr(), "name": "Bo Borger", "target_group": "3", "hours_capacity": 20, "goals": []});
        let answers = race(|_| {
            let (client, body, key) = (house.here.consultant.clone(), body.clone(), format!("race-{round}"));
            async move { client.post_once("/citizens", &key, &body).await }
        })
        .await;
        let first = answers[0].ok();
        for answer in &answers {
            assert_eq!((answer.status, answer.body()), (201, first.clone()), "round {round}");
        }
    }
    assert_eq!(house.count("citizens"), i64::try_from(ROUNDS).unwrap());
}
