//! Pages by cursor: nothing is lost or shown twice while others add rows; the cursor is opaque, and nothing else is accepted as
//! one.

use crate::harness::{Answer, Client, House, json};
use std::collections::BTreeSet;

async fn companies_in(house: &House, count: usize) {
    for _ in 0..count {
        house.company().await;
    }
}

/// The address in `Link`, under `/api/v1`.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.header("Link")?;
    let (address, kind) = link.split_once('>').unwrap();
    assert_eq!(kind, "; rel=\"next\"");
    Some(address.trim_start_matches('<').to_owned())
}

fn ids(answer: &Answer) -> Vec<String> {
    answer.ok()["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// All pages from a path on; between pages something happens.
async fn all<F: AsyncFnMut()>(client: &Client, path: &str, mut between: F) -> Vec<Vec<String>> {
    let (mut pages, mut path) = (Vec::new(), Some(path.to_owned()));
    while let Some(here) = path {
        let answer = client.get(&here).await;
        pages.push(ids(&answer));
        path = next(&answer);
        between().await;
    }
    pages
}

#[tokio::test]
async fn pages_follow_each_other_without_loss_or_doubling_while_rows_are_added() {
    let house = House::open().await;
    companies_in(&house, 7).await;
    let client = &house.here.liaison;
    let there_from_the_start: BTreeSet<String> = ids(&client.get("/companies").await).into_iter().collect();
    assert_eq!(there_from_the_start.len(), 7);
    let mut added = 0;
    let pages = all(client, "/companies?limit=3", async || {
        if added < 2 {
            added += 1;
            // A later moment: ids are sorted by time.
            house.turn_to(house.now() + chrono::Duration::seconds(1));
            house.company().await;
        }
    })
    .await;
    let seen: Vec<String> = pages.concat();
    let once: BTreeSet<String> = seen.iter().cloned().collect();
    assert_eq!(once.len(), seen.len(), "shown twice: {pages:?}");
    assert!(there_from_the_start.is_subset(&once));
    assert_eq!(once.len(), 9, "what came later stands at the end");
    assert!(pages.iter().rev().skip(1).all(|page| page.len() == 3), "{pages:?}");
    assert!(seen.is_sorted());
}

#[tokio::test]
async fn the_last_page_has_no_link_even_when_it_is_full() {
    let house = House::open().await;
    companies_in(&house, 4).await;
    let pages = all(&house.here.liaison, "/companies?limit=2", async || {}).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    let whole = house.here.liaison.get("/companies?limit=4").await;
    assert_eq!((ids(&whole).len(), next(&whole)), (4, None));
}

#[tokio::test]
async fn what_a_list_was_narrowed_to_stands_in_its_link() {
    let house = House::open().await;
    for _ in 0..3 {
        house.booked().await;
    }
    let stay = house.booked().await;
    for name in ["citizen", "workplace"] {
        let id = if name == "citizen" { &stay.citizen } else { &stay.company.workplace };
        let found = house.here.consultant.get(&format!("/internships?{name}={id}")).await;
        assert_eq!(ids(&found), [stay.id.as_str()]);
    }
    let consultant = &house.here.consultant.account;
    let mut other = 0;
    for page in all(&house.here.team_leader, &format!("/citizens?consultant={consultant}&limit=1"), async || {}).await {
        other += page.len();
    }
    assert_eq!(other, 4);
    let link = next(&house.here.team_leader.get(&format!("/citizens?consultant={consultant}&limit=1")).await).unwrap();
    assert!(link.contains(&format!("consultant={consultant}")) && link.contains("limit=1"), "{link}");
    let nobody = house.here.liaison.account.clone();
    assert_eq!(ids(&house.here.team_leader.get(&format!("/citizens?consultant={nobody}")).await), Vec::<String>::new());
}

#[tokio::test]
async fn a_limit_is_from_one_to_two_hundred() {
    let house = House::open().await;
    let client = &house.here.administrator;
    for right in ["1", "200"] {
        client.get(&format!("/accounts?limit={right}")).await.ok();
    }
    for wrong in ["0", "201", "-1", "x", "", "1.5", "99999999999999999999", "true"] {
        let faults = client.get(&format!("/accounts?limit={wrong}")).await.faults();
        assert_eq!(faults, [("limit".to_owned(), "whole-number".to_owned())], "{wrong}");
    }
}

#[tokio::test]
async fn what_is_no_cursor_of_ours_is_told() {
    let house = House::open().await;
    companies_in(&house, 2).await;
    let link = next(&house.here.liaison.get("/companies?limit=1").await).unwrap();
    let cursor = link.split_once("cursor=").unwrap().1;
    let id = ids(&house.here.liaison.get("/companies?limit=1").await).remove(0);
    assert!(!cursor.contains(&id), "opaque");
    for wrong in ["", "x", "1", "true", &id, "AAAA", &cursor[1..], &format!("{cursor}A"), "%00", "'%20OR%201=1", "%FF"] {
        let answer = house.here.liaison.get(&format!("/companies?cursor={wrong}")).await;
        answer.problem(422, "invalid-fields");
        assert!(answer.text.contains("cursor") || answer.text.contains("address"), "{wrong}: {}", answer.text);
    }
}

#[tokio::test]
async fn flags_and_letters_can_be_narrowed_to_what_stands_and_waits() {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-10").await;
    house.turn("2026-03-27");
    house.tick().await;
    let leader = &house.here.team_leader;
    let count = async |path: &str| ids(&leader.get(path).await).len();
    assert_eq!(count("/flags?standing=true&rule=decision-due&level=notice").await, 1);
    assert_eq!(count(&format!("/flags?citizen={}&rule=decision-due", stay.citizen)).await, 1);
    assert_eq!(count("/flags?level=alarm").await, 0);
    assert_eq!(count("/flags?standing=false").await, 0);
    let waiting = count("/letters?state=waiting").await;
    assert!(waiting > 0 && count("/letters?state=sent").await == 0);
    let delivered = house.deliver().await;
    // Those that asked to confirm have been overtaken by the confirmations.
    assert_eq!(delivered.sent + delivered.dropped, waiting);
    assert_eq!(count("/letters?state=sent").await, delivered.sent);
    assert_eq!(count("/letters?state=dropped").await, delivered.dropped);
    assert_eq!(leader.get("/flags?level=loud").await.faults(), [("level".to_owned(), "unknown-word".to_owned())]);
}

#[tokio::test]
async fn what_one_has_already_is_not_sent_again() {
    let house = House::open().await;
    let company = house.company().await;
    let path = format!("/companies/{}", company.id);
    let liaison = &house.here.liaison;
    let tag = liaison.etag(&path).await;
    let ask = |tag: &str| liaison.ask(reqwest::Method::GET, &path).header("If-None-Match", tag);
    let same = liaison.send(ask(&tag)).await;
    assert_eq!((same.status, same.text.as_str(), same.header("ETag")), (304, "", Some(tag.as_str())));
    assert_eq!(liaison.send(ask("\"7-x\"")).await.status, 200);
    let body = json!({"name": "Nyt navn", "advertising_protected": true, "liaison": liaison.account});
    liaison.replace(&path, body).await.ok();
    assert_eq!(liaison.send(ask(&tag)).await.status, 200);
}
