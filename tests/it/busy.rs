//! Overload: no request hangs, a request that is not served is answered with 503 and `Retry-After`, and nothing of it is done.

use crate::harness::{Answer, House, cpr, json};
use std::time::Duration;
use tokio::time::Instant;

fn citizen() -> serde_json::Value {
    json!({"cpr": cpr(), "name": "Bo Borger", "target_group": "3", "hours_capacity": 20, "goals": []})
}

/// Somebody else holds what every write needs.
fn hold(house: &House) {
    if house.database_url().starts_with("sqlite:") {
        house.texts("BEGIN IMMEDIATE");
    } else {
        house.texts("BEGIN");
        house.texts("LOCK TABLE citizens IN ACCESS EXCLUSIVE MODE");
    }
}

#[actix_web::test]
async fn who_cannot_be_served_is_told_when_to_come_again_and_nothing_is_done_for_them() {
    let house = House::open().await;
    hold(&house);
    let begun = Instant::now();
    let asked: Vec<_> = (0..700)
        .map(|_| {
            let client = house.here.consultant.clone();
            tokio::spawn(async move {
                let answer = client.post("/citizens", citizen()).await;
                (answer, begun.elapsed())
            })
        })
        .collect();
    let mut answers: Vec<(Answer, Duration)> = Vec::new();
    for answer in asked {
        answers.push(answer.await.unwrap());
    }
    for (answer, _) in &answers {
        answer.problem(503, "unavailable");
        let seconds: u32 = answer.header("Retry-After").expect("no word on when to come again").parse().unwrap();
        assert!((1..=10).contains(&seconds));
    }
    let last = answers.iter().map(|answer| answer.1).max().unwrap();
    // A guard against hangs, not a measurement.
    assert!(last < Duration::from_secs(120), "somebody hung: {last:?}");
    // Who only reads is not held up.
    house.here.consultant.get("/companies").await.ok();
    house.texts("ROLLBACK");
    house.here.consultant.post("/citizens", citizen()).await.ok();
    assert_eq!(house.count("citizens"), 1, "done for somebody who was told that it is not");
}

#[actix_web::test]
async fn the_schedule_and_people_take_turns() {
    let house = House::open().await;
    for _ in 0..3 {
        house.booked().await;
    }
    // People write without a pause; the schedule comes to its end all the same, and people are answered meanwhile.
    let app = house.app.clone();
    let tick = tokio::spawn(async move { rettematch::jobs::tick(&app, &rettematch::jobs::quiet).await.unwrap() });
    let people: Vec<_> = (0..8)
        .map(|_| {
            let client = house.here.consultant.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    client.post("/citizens", citizen()).await.ok();
                }
            })
        })
        .collect();
    tick.await.unwrap();
    for each in people {
        each.await.unwrap();
    }
    assert_eq!(house.count("citizens"), 163);
}
