//! Lists as files: what a workbook unpacks to, and how many are sent and brought in at once.

use crate::harness::{Answer, Client, House, cvr, file};
use reqwest::Method;
use std::{
    fs,
    io::{Cursor, Write},
    time::Duration,
};
use tokio::{io::AsyncWriteExt, net::TcpStream, time::sleep};
use zip::{ZipWriter, write::SimpleFileOptions};

const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn send(client: &Client, kind: &str, list: impl Into<reqwest::Body>) -> Answer {
    client.send(client.ask(Method::POST, "/company-imports?dry_run=true").header("Content-Type", kind).body(list)).await
}

fn book(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_small_workbook_that_unpacks_to_a_large_one_is_refused_and_the_service_stays() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let sheet = |text: Vec<u8>| ("xl/worksheets/sheet1.xml".to_owned(), text);
    let long = book([sheet(
        b"<worksheet><sheetData><row><c t=\"str\"><v>".iter().copied().chain(std::iter::repeat_n(b'a', 3_000_000)).collect(),
    )]);
    assert!(long.len() < 10_000);
    let crowded = book((0..20_000).map(|number| (format!("xl/worksheets/{number}.xml"), Vec::new())));
    for bomb in [long, crowded] {
        let refused = send(liaison, EXCEL, bomb).await;
        assert_eq!(refused.faults(), [(String::new(), "unreadable".to_owned())]);
        assert!(refused.text.contains("too large when it is unpacked"), "{}", refused.text);
    }
    let fine = fs::read(file("tests/data/companies/virksomheder.xlsx")).unwrap();
    send(liaison, EXCEL, fine).await.ok();
}

/// Begins to send a list, and does not end.
async fn unfinished(house: &House, client: &Client) -> TcpStream {
    let mut socket = TcpStream::connect(house.base.trim_start_matches("http://")).await.unwrap();
    let token = client.token.as_deref().unwrap();
    let head = format!(
        "POST /api/v1/company-imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: text/csv\r\n\
         Content-Length: 100000\r\n\r\nCVR;"
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(500)).await;
    socket
}

#[tokio::test]
async fn one_account_sends_two_lists_at_once_and_no_more() {
    let house = House::open().await;
    let (liaison, list) = (&house.here.liaison, format!("CVR;Navn\n{};Bager ApS\n", cvr()));
    let held = [unfinished(&house, liaison).await, unfinished(&house, liaison).await];
    let refused = send(liaison, "text/csv", list.clone()).await;
    refused.problem(429, "too-often");
    assert_eq!(refused.header("Retry-After"), Some("60"));
    send(&house.here.team_leader, "text/csv", list.clone()).await.ok();
    drop(held);
    sleep(Duration::from_secs(1)).await;
    send(liaison, "text/csv", list).await.ok();
}

#[tokio::test]
async fn a_municipality_brings_in_one_list_at_a_time() {
    let house = House::open().await;
    let (liaison, list) = (house.here.liaison.clone(), format!("CVR;Navn\n{};Bager ApS\n", cvr()));
    // Whoever writes waits.
    if house.database_url().starts_with("sqlite:") {
        house.texts("BEGIN IMMEDIATE");
    } else {
        house.texts("BEGIN");
        house.texts("LOCK TABLE companies IN ACCESS EXCLUSIVE MODE");
    }
    let own = list.clone();
    let first = tokio::spawn(async move { send(&liaison, "text/csv", own).await });
    sleep(Duration::from_millis(500)).await;
    let second = send(&house.here.team_leader, "text/csv", list.clone()).await;
    second.conflict("import-at-work");
    house.texts("ROLLBACK");
    // It may have waited too long itself.
    first.await.unwrap();
    send(&house.here.team_leader, "text/csv", list).await.ok();
}
