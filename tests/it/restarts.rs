//! PostgreSQL is stopped and started under load: callers are told to come again, nothing that was answered is lost, nothing is
//! done twice, and the service needs no restart. Only where the tests run on PostgreSQL.

use crate::harness::{Answer, Client, House, Value, cluster::Cluster, cpr, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep};

#[derive(Default)]
struct Seen {
    made: AtomicUsize,
    told_later: AtomicUsize,
    over: AtomicBool,
}

/// Somebody who registers citizens one by one, and asks again under the same key when told to.
async fn register(client: Client, me: usize, seen: Arc<Seen>) -> Vec<String> {
    let mut made = Vec::new();
    while !seen.over.load(Ordering::SeqCst) {
        let key = format!("{me}-{}", made.len());
        let body = json!({"cpr": cpr(), "name": "Bo Borger", "target_group": "3", "hours_capacity": 20, "goals": []});
        let answer = until_done(&client, &key, &body, &seen).await;
        made.push(answer.ok()["id"].as_str().unwrap().to_owned());
        seen.made.fetch_add(1, Ordering::SeqCst);
    }
    made
}

async fn until_done(client: &Client, key: &str, body: &Value, seen: &Seen) -> Answer {
    loop {
        let begun = Instant::now();
        let answer = client.post_once("/citizens", key, body).await;
        assert!(begun.elapsed() < Duration::from_secs(20), "a request hung for {:?}", begun.elapsed());
        if answer.status != 503 {
            return answer;
        }
        answer.problem(503, "unavailable");
        assert!(answer.header("Retry-After").is_some());
        seen.told_later.fetch_add(1, Ordering::SeqCst);
        sleep(Duration::from_millis(50)).await;
    }
}

async fn until_more(seen: &Seen) {
    let before = seen.made.load(Ordering::SeqCst);
    let begun = Instant::now();
    while seen.made.load(Ordering::SeqCst) < before + 20 {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not recover");
        sleep(Duration::from_millis(20)).await;
    }
}

async fn goes_and_comes_again(cluster: &Cluster, query: &str) {
    let url = cluster.url("localhost", query);
    let house = House::open_with(|settings| settings.database = url).await;
    let seen = Arc::<Seen>::default();
    let people: Vec<_> = (0..8).map(|me| tokio::spawn(register(house.here.consultant.clone(), me, Arc::clone(&seen)))).collect();
    for _ in 0..3 {
        until_more(&seen).await;
        cluster.stop();
        sleep(Duration::from_millis(1_500)).await;
        let told = seen.told_later.load(Ordering::SeqCst);
        assert!(told > 0, "who asks while there is no database is told");
        house.here.consultant.get("/health/ready").await.problem(503, "unavailable");
        house.nobody.get("/health/live").await.ok();
        cluster.resume();
        until_more(&seen).await;
    }
    // A quick restart that nobody asks into: every connection is dead, and nobody notices.
    seen.over.store(true, Ordering::SeqCst);
    let mut made = Vec::new();
    for each in people {
        made.extend(each.await.unwrap());
    }
    cluster.stop();
    cluster.resume();
    sleep(Duration::from_secs(1)).await;
    for _ in 0..12 {
        house.here.consultant.get("/companies").await.ok();
    }
    for id in made.iter().rev().take(50) {
        house.here.consultant.get(&format!("/citizens/{id}")).await.ok();
    }
    let (all, different) = (made.len(), made.iter().collect::<std::collections::BTreeSet<_>>().len());
    assert_eq!(all, different);
    let counted = crate::harness::cluster::texts(&cluster.url("127.0.0.1", ""), "SELECT count(*)::text AS text FROM citizens");
    assert_eq!(counted, [all.to_string()], "lost, or made twice");
    println!("{all} registered, {} times told to come again", seen.told_later.load(Ordering::SeqCst));
}

#[actix_web::test]
async fn a_database_that_goes_and_comes_again_is_found_again() {
    let Some(cluster) = Cluster::start(false) else { return };
    goes_and_comes_again(&cluster, "").await;
}

#[actix_web::test]
async fn also_over_tls() {
    let Some(cluster) = Cluster::start(true) else { return };
    let query = format!("?sslmode=verify-full&sslrootcert={}", cluster.authority());
    goes_and_comes_again(&cluster, &query).await;
}
