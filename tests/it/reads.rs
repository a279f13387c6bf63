//! Who has looked at whom: every answer that shows a citizen is in the log before it is sent, whoever asks and in whatever form; the log
//! cannot be changed unseen; and who looks at a colleague's citizen says why, where that is required.

use crate::harness::{Client, House, Stay, Value, employ, every_path::every_path, furnished::Furnished, json, later};
use reqwest::{Method, header};
use rettematch::{
    domain::people::{access::Role, read_log::ChainHead, tenant::Tenant},
    domain::values::register::Municipality,
    verify_log::{VerifiedLog, verify_log},
};
use std::collections::{BTreeMap, BTreeSet};

/// Where the log stands.
fn newest(house: &House) -> i64 {
    let newest =
        house.texts("SELECT CAST(number AS TEXT) AS text FROM reads WHERE municipality = '101' ORDER BY number DESC LIMIT 1");
    newest.first().map_or(0, |text| text.parse().unwrap())
}

/// The citizens in the entries after a number: of an account, or of whoever held a link.
fn logged(house: &House, after: i64, account: Option<&str>) -> BTreeSet<String> {
    let reader = account.map_or("account_id IS NULL".to_owned(), |account| format!("account_id = '{account}'"));
    let of = format!("SELECT number FROM reads WHERE municipality = '101' AND number > {after} AND {reader}");
    house.texts(&format!("SELECT citizen_id AS text FROM reads_of_citizens WHERE number IN ({of})")).into_iter().collect()
}

/// What names a citizen in an answer: ids, references and names, of the citizen and of what is the citizen's alone.
fn marks(house: &House) -> BTreeMap<String, String> {
    let mut marks = BTreeMap::new();
    let mut add = |sql: &str| {
        for pair in house.texts(sql) {
            let (mark, citizen) = pair.split_once('|').unwrap();
            marks.insert(mark.to_owned(), citizen.to_owned());
        }
    };
    for column in ["id", "reference"] {
        add(&format!("SELECT {column} || '|' || id AS text FROM citizens WHERE municipality = '101'"));
    }
    add("SELECT reference || '|' || citizen_id AS text FROM internships WHERE municipality = '101'");
    for table in
        ["internships", "follow_ups", "steps", "story", "outcomes", "approval_requests", "consultant_changes", "corrections"]
    {
        add(&format!("SELECT id || '|' || citizen_id AS text FROM {table} WHERE municipality = '101'"));
    }
    marks
}

async fn answered(who: &Client, path: &str, form: &str) -> (u16, String) {
    let answer = who.send(who.ask(Method::GET, path).header(header::ACCEPT, form)).await;
    (answer.status, answer.text)
}

#[tokio::test]
async fn every_answer_that_shows_a_citizen_is_in_the_log_before_it_is_sent() {
    let full = Furnished::open().await;
    let house = &full.house;
    let marks = marks(house);
    let mut missing = BTreeSet::new();
    let mut seen = 0;
    for role in Role::ALL {
        let who = house.here.of(*role);
        let mut asked: Vec<(String, &str)> = Vec::new();
        for path in every_path(&|sql| house.texts(sql), "101") {
            // What the log shows of the citizens of older answers is asked for below.
            if path.starts_with("/reads") {
                continue;
            }
            asked.extend([(path.clone(), "application/json"), (path, "text/csv")]);
        }
        for (path, form) in asked {
            let before = newest(house);
            let (status, text) = answered(who, &path, form).await;
            if status != 200 {
                continue;
            }
            let shown: BTreeSet<String> =
                marks.iter().filter(|(mark, _)| text.contains(*mark)).map(|(_, citizen)| citizen.clone()).collect();
            seen += shown.len();
            let kept = logged(house, before, Some(&who.account));
            if !shown.is_subset(&kept) {
                let whom: Vec<_> = marks.iter().filter(|(mark, own)| text.contains(*mark) && !kept.contains(*own)).collect();
                missing.insert(format!("{role} {path} {form}: {whom:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "these show somebody and are not in the log: {missing:#?}");
    assert!(seen > 200, "only {seen} were shown");
    let before = newest(house);
    house.here.auditor.get("/reads?limit=200").await.ok();
    assert!(!logged(house, before, Some(&house.here.auditor.account)).is_empty(), "looking at the log is in the log");
    assert!(logs(house, &[]).await.iter().all(VerifiedLog::is_whole));
}

#[tokio::test]
async fn pages_links_and_changes_are_in_the_log_too() {
    let house = House::open().await;
    let stay = house.booked().await;
    let consultant = &house.here.consultant;
    let entry = |after: i64| {
        let sql = format!(
            "SELECT via || ' ' || what || ' ' || relation AS text \
             FROM reads JOIN reads_of_citizens ON reads.number = reads_of_citizens.number \
             AND reads.municipality = reads_of_citizens.municipality WHERE reads.number > {after} ORDER BY 1"
        );
        house.texts(&sql)
    };
    let before = newest(&house);
    consultant.replace(&stay.at("next-step"), json!({"next_step": "En samtale"})).await.ok();
    assert_eq!(entry(before), ["api internship responsible"], "the state that was seen before");
    let changes = house.here.auditor.get(&format!("/citizens/{}/changes?limit=1", stay.citizen)).await.ok();
    let newest_change = &changes["items"][0];
    assert_eq!((&newest_change["what"], &newest_change["relation"]), (&json!("internship"), &json!("responsible")), "{changes}");
    assert_eq!(newest_change["account"], consultant.account);
    // What is only tried changes nothing, and shows.
    let (before, changed) = (newest(&house), house.count("changes"));
    let body = house.booking(&stay.citizen, &stay.company, "2026-06-01");
    consultant.post("/internships?dry_run=true", body).await;
    assert_eq!(house.count("changes"), changed);
    assert!(entry(before).iter().all(|entry| entry.starts_with("api ")));
    let before = newest(&house);
    let cookie = format!("session={}", house.here.team_leader.token.as_deref().unwrap());
    let path = format!("/citizens/{}/course", stay.citizen);
    let page = house.nobody.browse(Method::GET, &path).header("Cookie", cookie);
    assert_eq!(house.nobody.send(page).await.status, 200);
    assert_eq!(entry(before), ["page course lead"]);
    house.tick().await;
    house.deliver().await;
    let letter = house.letters_to(&stay.citizen_email).pop().expect("the citizen is asked");
    let before = newest(&house);
    assert_eq!(house.nobody.page(&letter.page()).await.status, 200);
    assert_eq!(entry(before), ["page internship link"]);
    let before = newest(&house);
    house.nobody.get(&letter.link()).await.ok();
    assert_eq!(entry(before), ["api internship link"]);
}

async fn logs(house: &House, earlier: &[(Tenant, ChainHead)]) -> Vec<VerifiedLog> {
    verify_log(&house.app, earlier, &|_, _| {}).await.unwrap()
}

fn here() -> Tenant {
    Tenant::of(Municipality::parse("101").unwrap())
}

#[tokio::test]
async fn whatever_is_done_to_the_log_is_found() {
    let house = House::open().await;
    let (citizen, _) = house.citizen().await;
    let path = format!("/citizens/{citizen}");
    for _ in 0..9 {
        house.here.consultant.get(&path).await.ok();
    }
    let whole = logs(&house, &[]).await.pop().unwrap();
    assert!(whole.is_whole() && whole.head.number >= 9, "{whole:?}");
    let last = whole.head.number;
    let kept = [(here(), whole.head.clone())];
    let entries = "CREATE TABLE kept_reads AS SELECT * FROM reads";
    let people = "CREATE TABLE kept_people AS SELECT * FROM reads_of_citizens";
    house.database().run(entries);
    house.database().run(people);
    for (what, sql, found) in [
        ("changed", "UPDATE reads SET network = '192.0.2.9' WHERE number = 4".to_owned(), Some(4)),
        ("when", "UPDATE reads SET read_at = '2026-01-04 08:00:00' WHERE number = 1".to_owned(), Some(1)),
        ("whom", "UPDATE reads_of_citizens SET relation = 'lead' WHERE number = 5".to_owned(), Some(5)),
        ("of whom", "DELETE FROM reads_of_citizens WHERE number = 6".to_owned(), Some(6)),
        ("removed", "DELETE FROM reads WHERE number = 3".to_owned(), Some(3)),
        ("the first", "DELETE FROM reads WHERE number = 1".to_owned(), Some(1)),
        (
            "moved up",
            format!("DELETE FROM reads WHERE number = {last}; UPDATE reads SET number = {last} WHERE number = {last} - 1"),
            Some(last - 1),
        ),
        ("cut off", format!("DELETE FROM reads WHERE number = {last}"), None),
        ("all of it", "DELETE FROM reads".to_owned(), None),
    ] {
        sql.split(';').for_each(|one| house.database().run(one));
        let alone = logs(&house, &[]).await.pop();
        assert_eq!(alone.and_then(|log| log.broken_at), found, "{what}");
        let compared = logs(&house, &kept).await.pop().unwrap();
        assert!(!compared.is_whole(), "{what}: {compared:?}");
        for sql in [
            "DELETE FROM reads",
            "DELETE FROM reads_of_citizens",
            "INSERT INTO reads SELECT * FROM kept_reads",
            "INSERT INTO reads_of_citizens SELECT * FROM kept_people",
        ] {
            house.database().run(sql);
        }
    }
    assert!(logs(&house, &kept).await.pop().unwrap().is_whole());
}

#[tokio::test]
async fn many_who_read_at_once_each_have_an_entry() {
    let house = House::open().await;
    let (citizen, _) = house.citizen().await;
    let before = newest(&house);
    let path = format!("/citizens/{citizen}");
    let readers = [&house.here.consultant, &house.here.team_leader];
    let asked = (0..200).map(|number| readers[number % 2].get(&path));
    for answer in futures_util::future::join_all(asked).await {
        answer.ok();
    }
    assert_eq!(newest(&house) - before, 200);
    assert!(logs(&house, &[]).await.iter().all(VerifiedLog::is_whole));
}

/// A second consultant, in no team.
async fn colleague(house: &House) -> Client {
    employ(&house.app, &house.nobody, "101", Role::Consultant, "kollega@101.example").await
}

async fn is_asked_why(who: &Client, stay: &Stay) {
    for path in [
        format!("/citizens/{}", stay.citizen),
        format!("/citizens/{}/needs", stay.citizen),
        format!("/citizens/{}/timeline", stay.citizen),
        format!("/citizens/{}/steps", stay.citizen),
        stay.path(),
    ] {
        // A list that is empty shows nobody.
        let answer = who.get(&path).await;
        if answer.status != 200 || answer.text.contains(&stay.citizen) {
            answer.problem(403, "reason-required");
        }
    }
}

#[tokio::test]
async fn who_looks_at_a_colleagues_citizen_says_why_where_that_is_required() {
    let house = House::open_with(|settings| settings.access_reasons = true).await;
    let stay = house.booked().await;
    house.live_until("2026-01-09").await;
    let other = colleague(&house).await;
    is_asked_why(&other, &stay).await;
    let record = format!("/citizens/{}", stay.citizen);
    let etag = house.here.consultant.etag(&record).await;
    let patch = json!({"phone": "12345678"});
    other.change_from(Method::PATCH, &record, &etag, patch.clone()).await.problem(403, "reason-required");
    let step = json!({"kind": "step", "words": "Ring", "expected_on": later(&house.today().to_string(), 9)});
    other.post(&format!("{record}/steps"), step).await.problem(403, "reason-required");
    for list in ["/citizens", "/internships", "/flags", "/letters", "/follow-ups", "/approval-requests"] {
        let items = other.get(&format!("{list}?limit=200")).await.ok();
        assert!(!items.to_string().contains(&stay.citizen) && !items.to_string().contains(&stay.reference), "{list}: {items}");
    }
    let kept = house.here.consultant.get(&record).await.ok();
    assert_eq!(kept["phone"], json!(null), "nothing was written");

    other.post(&format!("{record}/access-reasons"), json!({"reason": "Vagt for Mette i dag"})).await.ok();
    other.get(&record).await.ok();
    other.change_from(Method::PATCH, &record, &etag, patch).await.ok();
    assert!(other.get("/citizens").await.ok().to_string().contains(&stay.citizen));
    let told = house.here.consultant.get(&format!("{record}/reads")).await.ok();
    let own = told["items"].as_array().unwrap().iter().filter(|entry| entry["account"] == other.account);
    let reasons: BTreeSet<&str> = own.map(|entry| entry["shown"][0]["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, BTreeSet::from(["Vagt for Mette i dag"]));
    house.turn("2026-01-10");
    other.get(&record).await.problem(403, "reason-required");
}

#[tokio::test]
async fn a_page_about_a_colleagues_citizen_asks_why_and_then_shows_it() {
    let house = House::open_with(|settings| settings.access_reasons = true).await;
    let stay = house.booked().await;
    let other = colleague(&house).await;
    let cookie = format!("session={}", other.token.as_deref().unwrap());
    let path = stay.path();
    let asked = async |request: reqwest::RequestBuilder| house.nobody.send(request.header("Cookie", cookie.clone())).await;
    let page = asked(house.nobody.browse(Method::GET, &path)).await;
    assert_eq!(page.status, 403);
    assert!(page.text.contains("Hvorfor?") && !page.text.contains(&stay.reference), "{}", page.text);
    let csrf = page.text.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let form = format!("/citizens/{}/access-reasons", stay.citizen);
    let send = |csrf: &str, reason: &str, to: &str| {
        let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let body = format!("csrf={}&reason={}&to={}", encoded(csrf), encoded(reason), encoded(to));
        let request = house.nobody.browse(Method::POST, &form).header("Content-Type", "application/x-www-form-urlencoded");
        asked(request.body(body))
    };
    assert_eq!(send("made-up", "Vagt", &path).await.status, 403);
    let again = send(&csrf, " ", &path).await;
    assert!(again.status == 422 && again.text.contains("Hvorfor?"), "{}: {}", again.status, again.text);
    let done = send(&csrf, "Vagt for Mette", &path).await;
    assert_eq!((done.status, done.header("Location")), (303, Some(path.as_str())));
    assert_eq!(send(&csrf, "Vagt for Mette", "//elsewhere.example").await.header("Location"), Some("/"));
    let page = asked(house.nobody.browse(Method::GET, &path)).await;
    assert!(page.status == 200 && page.text.contains(&stay.reference), "{}", page.status);
}

#[tokio::test]
async fn the_team_substitutes_and_leaders_are_not_asked_why() {
    let house = House::open_with(|settings| settings.access_reasons = true).await;
    let stay = house.booked().await;
    let record = format!("/citizens/{}", stay.citizen);
    let other = colleague(&house).await;
    let account = |id: &str| format!("/accounts/{id}");
    let administrator = &house.here.administrator;
    let relation = || house.text("SELECT relation AS text FROM reads_of_citizens ORDER BY number DESC LIMIT 1");

    house.here.team_leader.get(&record).await.ok();
    assert_eq!(relation(), "lead");
    other.get(&record).await.problem(403, "reason-required");
    for id in [&other.account, &house.here.consultant.account] {
        let path = account(id);
        let etag = administrator.etag(&path).await;
        administrator.change_from(Method::PATCH, &path, &etag, json!({"team": "1"})).await.ok();
    }
    other.get(&record).await.ok();
    assert_eq!(relation(), "team");
    let path = account(&other.account);
    let etag = administrator.etag(&path).await;
    administrator.change_from(Method::PATCH, &path, &etag, json!({"team": "2"})).await.ok();
    other.get(&record).await.problem(403, "reason-required");
    let today = house.today().to_string();
    let named = json!({"account": other.account, "from": today, "to": today});
    administrator.replace(&format!("{}/substitute", account(&house.here.consultant.account)), named).await.ok();
    other.get(&record).await.ok();
    assert_eq!(relation(), "substitute");
    house.turn(&later(&today, 1));
    other.get(&record).await.problem(403, "reason-required");
    // The responsible one reads on.
    house.here.consultant.get(&record).await.ok();
    assert_eq!(relation(), "responsible");
}

#[tokio::test]
async fn the_citizen_is_told_who_has_looked_and_of_nobody_else() {
    let house = House::open().await;
    let (stay, (second, _)) = (house.booked().await, house.citizen().await);
    house.here.team_leader.get("/citizens").await.ok();
    let other = colleague(&house).await;
    other.get(&format!("/citizens/{}/needs", stay.citizen)).await.ok();
    let told = house.here.consultant.get(&format!("/citizens/{}/reads", stay.citizen)).await.ok();
    assert!(!told.to_string().contains(&second), "the answer that listed both shows one: {told}");
    let of = |account: &str| told["items"].as_array().unwrap().iter().find(|entry| entry["account"] == account).cloned().unwrap();
    let (leader, colleague) = (of(&house.here.team_leader.account), of(&other.account));
    assert_eq!((&leader["shown"][0]["what"], &leader["role"]), (&json!("listed"), &json!("team-leader")));
    assert_eq!((&colleague["shown"][0]["what"], &colleague["shown"][0]["relation"]), (&json!("needs"), &json!("other")));
    assert_eq!(colleague["shown"][0]["what_in_words"]["da"], "skånebehov");
    assert_eq!(colleague["network"], json!(null), "where a colleague sat is for those who audit");
    let audited = house.here.auditor.get(&format!("/reads?account={}", other.account)).await.ok();
    assert_eq!(audited["items"][0]["network"], "127.0.0.1");
    house.here.liaison.get("/reads").await.problem(403, "forbidden");
    house.there.auditor.get(&format!("/citizens/{}/reads", stay.citizen)).await.problem(404, "not-found");
    assert_eq!(house.there.auditor.get("/reads").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn the_citizen_is_handed_everything_by_route_page_and_command_and_nothing_of_others() {
    let house = House::open().await;
    let (stay, other) = (house.booked().await, house.booked().await);
    house.live_until("2026-01-14").await;
    let consultant = &house.here.consultant;
    let path = format!("/citizens/{}/extract", stay.citizen);
    let extract = consultant.get(&path).await.ok();
    assert_eq!(extract["citizen"]["id"], stay.citizen);
    assert_eq!(extract["internships"][0]["reference"], stay.reference);
    assert!(!extract["letters"].as_array().unwrap().is_empty() && !extract["changes"].as_array().unwrap().is_empty());
    for mark in [&other.citizen, &other.reference, &other.citizen_email] {
        assert!(!extract.to_string().contains(mark), "{mark} is another citizen's: {extract}");
    }
    assert!(!extract.to_string().contains("{{"), "what a letter leaves open is filled in");
    let cookie = format!("session={}", consultant.token.as_deref().unwrap());
    let page = house.nobody.send(house.nobody.browse(Method::GET, &path).header("Cookie", cookie)).await;
    assert_eq!(page.status, 200);
    for text in ["Stamoplysninger", "Breve i sagen", "Hvem har ændret noget?", "Hvem har set noget?", "er ansvarlig for sagen"] {
        assert!(page.text.contains(text), "{text}");
    }
    house.here.liaison.get(&path).await.problem(403, "forbidden");

    let (before, file) = (newest(&house), house.folder.path().join("udskrift.json"));
    let reference = house.text(&format!("SELECT reference AS text FROM citizens WHERE id = '{}'", stay.citizen));
    let address = crate::harness::address(Role::Consultant, "101");
    let run = |arguments: [&str; 7]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rettematch"));
        command.args(arguments).envs(house.environment()).current_dir(house.folder.path()).output().unwrap()
    };
    let done = run(["extract", "--citizen", &reference, "--as", &address, "--to", file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(written["citizen"], extract["citizen"]);
    assert_eq!(logged(&house, before, Some(&consultant.account)), BTreeSet::from([stay.citizen.clone()]));
    assert_eq!(house.text("SELECT via AS text FROM reads ORDER BY number DESC LIMIT 1"), "command");
    let again = run(["extract", "--citizen", &reference, "--as", &address, "--to", file.to_str().unwrap()]);
    assert!(!again.status.success(), "a file that is there is not written over");
}

#[tokio::test]
async fn the_command_follows_the_log_and_compares_it_with_what_it_printed_before() {
    let house = House::open().await;
    let (citizen, _) = house.citizen().await;
    for _ in 0..3 {
        house.here.consultant.get(&format!("/citizens/{citizen}")).await.ok();
    }
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rettematch"));
        command.args(arguments).envs(house.environment()).current_dir(house.folder.path()).output().unwrap()
    };
    let first = run(&["verify-log"]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let printed = String::from_utf8(first.stdout).unwrap();
    assert!(printed.starts_with("101 3 "), "{printed}");
    let kept = house.folder.path().join("heads");
    std::fs::write(&kept, &printed).unwrap();
    let since = ["verify-log", "--since", kept.to_str().unwrap()];
    house.here.consultant.get(&format!("/citizens/{citizen}")).await.ok();
    assert!(run(&since).status.success());
    house.database().run("DELETE FROM reads WHERE number > 2");
    let cut = run(&since);
    let told = String::from_utf8_lossy(&cut.stderr).into_owned();
    assert!(!cut.status.success() && told.contains("entry 3 of the earlier run is gone"), "{told}");
}

/// The newest values that somebody sees changed: thing, field, before and after.
async fn changed(who: &Client, path: &str) -> Vec<(String, String, Value, Value)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = who.get(path).await.ok()["items"].as_array().unwrap().clone();
    items.iter().map(|own| (text(&own["thing"]), text(&own["field"]), own["before"].clone(), own["after"].clone())).collect()
}

#[tokio::test]
async fn what_a_person_changed_is_kept_with_what_stood_there_before() {
    let house = House::open().await;
    let stay = house.started().await;
    let (consultant, leader, auditor) = (&house.here.consultant, &house.here.team_leader, house.here.of(Role::Auditor));
    let record = format!("/citizens/{}", stay.citizen);
    let values = format!("{record}/changed-values");
    let patch = |phone: &str| json!({"phone": phone});
    for phone in ["Zførste", "Zanden"] {
        consultant.change_from(Method::PATCH, &record, &consultant.etag(&record).await, patch(phone)).await.ok();
    }
    let (thing, field, before, after) = changed(consultant, &values).await.remove(0);
    assert_eq!((thing.as_str(), field.as_str()), ("citizens", "person"));
    let phone = |value: &Value| serde_json::from_str::<Value>(value.as_str().unwrap()).unwrap()["phone"].clone();
    assert_eq!((phone(&before), phone(&after)), (json!("Zførste"), json!("Zanden")));
    assert!(!house.dump().contains("Zførste"), "sealed in the journal too");
    let (.., before, after) = changed(auditor, &values).await.remove(0);
    assert_eq!((before, after), (Value::Null, Value::Null), "an auditor sees that it was changed");
    house.here.liaison.get(&values).await.problem(403, "forbidden");

    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    let ended = changed(leader, "/changes?limit=200").await;
    assert!(ended.contains(&("internships".into(), "ending".into(), Value::Null, json!("no-job"))), "{ended:?}");
    let path = format!("/companies/{}", stay.company.id);
    let etag = house.here.liaison.etag(&path).await;
    house.here.liaison.change_from(Method::PATCH, &path, &etag, json!({"name": "Et nyt navn"})).await.ok();
    let newest = leader.get("/changes").await.ok()["items"][0].clone();
    assert_eq!((&newest["thing"], &newest["field"], &newest["citizen"]), (&json!("companies"), &json!("name"), &Value::Null));
    assert_eq!((&newest["after"], &newest["account"]), (&json!("Et nyt navn"), &json!(house.here.liaison.account)));
    // A refused change leaves nothing, and what the schedule does is no person's.
    let count = house.count("changed_values");
    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.conflict("not-running");
    consultant.send(consultant.ask(Method::PATCH, &format!("{record}?dry_run=true")).json(&patch("Ztredje"))).await;
    house.turn(&later(&house.today().to_string(), 30));
    house.tick().await;
    assert_eq!(house.count("changed_values"), count);
    assert_eq!(house.session(&house.there.team_leader).await.get("/changes").await.ok()["items"], json!([]));
}
