//! The demo: its municipality is at work whatever day it is, and what it prints fits a terminal and works as printed.

use crate::harness::{Answer, House, Value, file};
use rettematch::{
    domain::values::copenhagen::at,
    jobs::quiet,
    replay::{Cast, EntryKind, LiveMunicipality, play_live, print, read_for},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

fn municipality() -> String {
    std::fs::read_to_string(file("src/commands/demo/today.json")).unwrap()
}

/// The demo's municipality as it is at a moment.
async fn played_until(now: &str) -> (House, LiveMunicipality) {
    let house = House::open_with(|settings| settings.letters.on_days_off = false).await;
    let cast = Cast { shared: true, ..Cast::default() };
    let live = play_live(&house.app, &municipality(), &cast, now.parse().unwrap(), &quiet).await.unwrap();
    (house, live)
}

fn items(answer: &Answer) -> Vec<Value> {
    answer.ok()["items"].as_array().unwrap().clone()
}

/// Opens an address as it stands in a letter.
async fn open(house: &House, address: &str) -> Answer {
    house.nobody.execute(reqwest::Request::new(reqwest::Method::GET, address.parse().unwrap())).await
}

/// What the demo promises of any day.
async fn is_at_work(now: &str) {
    let (house, live) = played_until(now).await;
    let today = at(now.parse().unwrap()).today;
    assert_eq!(house.now().to_rfc3339(), now.replace('Z', "+00:00"), "the clock stands at the moment");
    let iso = today.to_string();

    for case in &live.played {
        let is_stopped = |what| matches!(what, EntryKind::Refused | EntryKind::Asked | EntryKind::NotPlayed);
        let stopped = case.diary.iter().find(|entry| is_stopped(entry.what));
        assert!(case.holds() && stopped.is_none(), "{now}: {stopped:?}\n{}", print(case));
        assert!(case.diary.iter().all(|entry| entry.on < today), "{now}: what people do is over");
    }

    let consultant = house.session(&house.here.consultant).await;
    let flags = items(&consultant.get("/flags?standing=true&limit=200").await);
    let levels: BTreeSet<&str> = flags.iter().map(|flag| flag["level"].as_str().unwrap()).collect();
    assert_eq!(levels, BTreeSet::from(["alarm", "notice", "warning"]), "{now}: {flags:#?}");
    assert!(flags.iter().all(|flag| flag["raised_on"].as_str().unwrap() <= iso.as_str()), "{now}: {flags:#?}");

    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = 0;
    for line in items(&consultant.get("/internships?limit=200").await) {
        let internship = consultant.get(&format!("/internships/{}", line["id"].as_str().unwrap())).await.ok();
        let state = internship["state"].as_str().unwrap_or_else(|| panic!("{internship:#}")).to_owned();
        let newest = internship["versions"].as_array().unwrap().last().unwrap().clone();
        waiting += usize::from(state == "running" && newest["confirmations"].as_array().unwrap().len() < 3);
        *states.entry(state).or_default() += 1;
    }
    let wanted = [("booked", 1), ("ended", 2), ("running", 5)].map(|(state, count)| (state.to_owned(), count));
    assert_eq!(states, BTreeMap::from(wanted), "{now}");
    assert_eq!(waiting, 1, "{now}: a new version of one that runs waits for confirmations");

    let due: Vec<String> = items(&consultant.get("/follow-ups?open=true&limit=200").await)
        .iter()
        .map(|follow_up| follow_up["due_on"].as_str().unwrap().to_owned())
        .collect();
    assert!(due.iter().any(|day| *day < iso) && due.iter().any(|day| *day > iso), "{now}: {due:?}");
    assert_eq!((items(&consultant.get("/openings").await).len(), house.count("prospects")), (3, 3), "{now}");

    let flag = live.flag.unwrap();
    assert_eq!(consultant.get(&format!("/flags/{flag}")).await.ok()["level"], "alarm", "{now}");
    let (citizen, company) = live.links.unwrap();
    for (link, to) in [(citizen, "borger.amira@borger.example"), (company, "@virksomhed.example")] {
        let address = house.app.services.link_address(&link);
        let mut letters = house.letters().into_iter().filter(|letter| letter.to.ends_with(to));
        assert!(letters.any(|letter| letter.plain.contains(&address)), "{now}: no letter to {to} has it");
        assert_eq!(open(&house, &address).await.status, 200, "{now}: {to}");
    }
}

#[tokio::test]
async fn on_a_monday_and_on_the_sunday_after() {
    is_at_work("2026-11-30T07:45:00Z").await;
    is_at_work("2026-12-06T20:00:00Z").await;
}

#[tokio::test]
async fn on_christmas_eve_and_when_the_holidays_are_over() {
    is_at_work("2026-12-24T17:00:00Z").await;
    is_at_work("2027-01-04T05:00:00Z").await;
}

#[tokio::test]
async fn on_the_day_that_only_leap_years_have_and_a_minute_into_a_day() {
    is_at_work("2028-02-29T11:00:00Z").await;
    is_at_work("2027-06-04T22:01:00Z").await; // 5 June in Copenhagen, a holiday
}

#[tokio::test]
async fn on_the_days_on_which_the_clocks_change() {
    is_at_work("2027-03-28T00:59:00Z").await; // Easter Sunday besides
    is_at_work("2027-10-31T00:30:00Z").await; // half past two, for the first time
}

#[test]
fn the_file_is_moved_by_whole_weeks_to_every_day_and_nobody_acts_on_it_or_later() {
    let text = municipality();
    let first: chrono::NaiveDate = "2027-12-01".parse().unwrap();
    let weekdays = |today| -> Vec<chrono::Weekday> {
        let cases = read_for(&text, today).unwrap().cases;
        let days: Vec<_> = cases.iter().flat_map(|case| &case.events).map(|event| event.on).collect();
        let last = days.iter().max().unwrap();
        assert!(*last < today && (today - *last).num_days() <= 10, "{today}: {last}");
        days.iter().map(chrono::Datelike::weekday).collect()
    };
    let wanted = weekdays(first);
    for today in first.iter_days().take(400) {
        assert_eq!(weekdays(today), wanted, "{today}");
    }
}

/// The demo of the binary, killed when the test is done with it.
struct RunningDemo {
    child: Child,
    said: Vec<String>,
}

impl Drop for RunningDemo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs it until it listens, with what it said until then.
fn run(folder: &std::path::Path, listening: &str) -> RunningDemo {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rettematch"));
    command.args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--folder"]).arg(folder.join("demo"));
    let child = command.env("RUST_LOG", "error").stdout(Stdio::piped()).spawn().unwrap();
    let mut demo = RunningDemo { child, said: Vec::new() };
    for line in BufReader::new(demo.child.stdout.take().unwrap()).lines() {
        demo.said.push(line.unwrap());
        if demo.said.last().is_some_and(|line| line.starts_with(listening)) {
            return demo;
        }
    }
    panic!("it ended before it listened: {:#?}", demo.said);
}

#[tokio::test]
async fn what_is_printed_fits_a_terminal_is_one_language_and_works() {
    let folder = tempfile::tempdir().unwrap();
    let demo = run(folder.path(), "Tjenesten kører på http://");
    let text = demo.said.join("\n");
    assert!(demo.said.iter().all(|line| line.chars().count() <= 80 || !line.trim().contains(' ')), "{text}");
    for english in ["COURSE", "Letter to", "The internship", " the ", "Sign in"] {
        assert!(!text.contains(english), "{english}: {text}");
    }
    assert!(
        text.contains("Sidst i trediverne") && text.contains("FLAG, NÆSTE TRIN (alarm)") && text.contains("  Amira "),
        "{text}"
    );

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let addresses: Vec<&str> = demo
        .said
        .iter()
        .map(|line| line.trim())
        .filter(|line| line.starts_with("http://") && !line.ends_with("/docs/"))
        .collect();
    assert_eq!(addresses.len(), 3, "one to open as citizen, company and consultant: {text}");
    for link in addresses.iter().take(2) {
        assert_eq!(http.get(*link).send().await.unwrap().status(), 200, "{link}");
    }
    let signed: Vec<&str> =
        demo.said.iter().filter(|line| line.contains("@kommune.example") && !line.contains('{')).map(String::as_str).collect();
    assert_eq!(signed.len(), 4, "one of each role: {text}");
    let home = addresses[0].split("/api/").next().unwrap().split("/l/").next().unwrap();
    for line in signed {
        let body = serde_json::json!({"email": line.split_whitespace().last().unwrap(), "password": "rettematch-demo"});
        let answer = http.post(format!("{home}/api/v1/sessions")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201, "{line}");
    }
    assert_eq!(text.matches("curl ").count(), 2);
}
