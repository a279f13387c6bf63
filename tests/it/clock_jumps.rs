//! A clock that jumps, forwards by weeks and back: what was judged under it is judged again, nothing fails for good, nothing is skipped.

use crate::harness::{House, Value, json};
use chrono::Duration;

async fn ready(house: &House) -> Value {
    house.nobody.get("/health/ready").await.ok()
}

fn degraded(ready: &Value, why: &str) -> bool {
    ready["degraded"].as_array().unwrap().iter().any(|one| one == why)
}

#[tokio::test]
async fn what_was_judged_under_a_clock_far_ahead_is_judged_again_when_it_is_put_right() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.tick().await;
    let before = house.flags(&stay, "alignment-missing").await;
    house.turn("2026-06-01");
    house.tick().await;
    assert!(
        !house.flags(&stay, "alignment-missing").await.is_empty() || !house.flags(&stay, "start-not-recorded").await.is_empty()
    );
    assert!(!degraded(&ready(&house).await, "clock-behind"));

    house.turn("2026-01-05");
    assert!(degraded(&ready(&house).await, "clock-behind"));
    let done = house.tick().await;
    assert!(done.evaluated > 0, "{done:?}");
    assert!(!degraded(&ready(&house).await, "clock-behind"));
    assert_eq!(house.flags(&stay, "start-not-recorded").await.len(), 0);
    assert_eq!(house.flags(&stay, "alignment-missing").await.len(), before.len());
    assert_eq!(house.count("runs WHERE day > '2026-01-05'"), 0);
    // Once is enough.
    assert_eq!(house.tick().await.evaluated, 0);
    // Its days come as if nothing had been.
    house.live_until("2026-01-20").await;
    assert!(
        !house.flags(&stay, "start-not-recorded").await.is_empty() || !house.flags(&stay, "alignment-missing").await.is_empty()
    );
}

#[tokio::test]
async fn a_letter_that_failed_under_a_clock_far_ahead_is_sent_when_it_is_put_right_and_tries_are_forgotten() {
    // No mail server listens there.
    let house = House::open_with(|settings| {
        settings.mail.host = "127.0.0.1".into();
        settings.mail.port = 9;
        settings.mail.tls = rettematch::settings::Tls::NoneLoopback;
    })
    .await;
    house.booked().await;
    house.turn("2026-06-01");
    // The first try is not the last one.
    let first = house.deliver().await;
    assert!(first.failed == 0 && first.waiting > 0, "{first:?}");
    house.turn_to(house.now() + Duration::hours(2));
    house.deliver().await;
    house.tick().await;
    assert!(house.count("letters WHERE failed_at IS NOT NULL") > 0);
    let wrong = json!({"email": "consultant@101.example", "password": "en helt anden kode"});
    for _ in 0..6 {
        house.nobody.post("/sessions", wrong.clone()).await;
    }
    house.turn("2026-01-06");
    house.tick().await;
    assert_eq!(house.count("letters WHERE failed_at IS NOT NULL"), 0);
    assert!(house.deliver().await.waiting > 0, "they are tried again");
    house.nobody.post("/sessions", wrong).await.problem(401, "wrong-credentials");
}
