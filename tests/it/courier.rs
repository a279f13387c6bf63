//! The courier and the schedule do not wait for each other.

use crate::harness::House;
use rettematch::{jobs::Bell, settings::Tls};
use std::{net::TcpListener, time::Duration};
use tokio::time::{Instant, sleep};

#[tokio::test]
async fn a_mail_server_that_never_answers_does_not_hold_up_the_evaluation_of_courses() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let house = House::open_with(|settings| {
        settings.mail.host = "127.0.0.1".into();
        settings.mail.port = port;
        settings.mail.tls = Tls::NoneLoopback;
        settings.mail.timeout_seconds = 30;
    })
    .await;
    house.booked().await;
    let bell = Bell::new(house.app.clone());
    bell.ring();
    let held = "letters WHERE claimed_until IS NOT NULL";
    let begun = Instant::now();
    while house.count(held) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(15), "no letter is on its way");
        sleep(Duration::from_millis(50)).await;
    }
    house.turn("2026-01-06");
    while house.count("runs WHERE job = 'look' AND day = '2026-01-06' AND finished_at IS NOT NULL") == 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the schedule waits for the courier");
        // A stroke that finds the one before at work begins nothing.
        bell.ring();
        sleep(Duration::from_millis(200)).await;
    }
    assert!(house.count(held) > 0, "the letter is still on its way");
}
