//! Erasing: years after a course was closed nothing of the person is left, and the records of the companies say what they said. Who is still
//! with us, and whose data may only be kept, is left alone.

use crate::harness::{Client, House, Stay, Value, furnished::Furnished, json, later};
use crate::record::{hired, tallies};
use rettematch::verify_log::{VerifiedLog, verify_log};

async fn close(house: &House, citizen: &str) {
    let body = json!({"how": "closed", "reasons": "Borgeren er kommet i job."});
    house.here.consultant.change(&format!("/citizens/{citizen}/closing"), body).await.ok();
}

/// Somebody who signs in again so many years later.
async fn years_later(house: &House, years: i64, who: &Client) -> Client {
    house.turn(&later(&house.today().to_string(), years * 366));
    house.session(who).await
}

/// Every name and number of a citizen and of what hangs on one.
fn marks(house: &House, citizen: &str) -> Vec<String> {
    let mut marks = house.texts(&format!("SELECT reference AS text FROM citizens WHERE id = '{citizen}'"));
    for column in ["id", "reference"] {
        marks.extend(house.texts(&format!("SELECT {column} AS text FROM internships WHERE citizen_id = '{citizen}'")));
    }
    for table in ["flags", "follow_ups", "outcomes", "steps", "pauses", "needs", "corrections", "consultant_changes"] {
        marks.extend(house.texts(&format!("SELECT id AS text FROM {table} WHERE citizen_id = '{citizen}'")));
    }
    marks
}

/// What the record of a workplace counts.
async fn counted(who: &Client, workplace: &str) -> Value {
    let record = who.get(&format!("/workplaces/{workplace}/record")).await.ok();
    json!([record["internships"], record["hires"], record["share_hired"], record["decisions"]])
}

/// The table and text of each row that names something.
fn named(house: &House, mark: &str) -> Vec<String> {
    house.dump().lines().filter(|line| line.contains(mark)).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn years_after_the_course_was_closed_nothing_of_the_person_is_left_and_the_records_say_what_they_said() {
    let house = House::open().await;
    let decision_on = later(&house.today().to_string(), 80);
    let stay = house.recruiting(&decision_on).await;
    house.live_until(&later(&stay.first_day, 20)).await;
    let needs = json!({"needs": [{"kind": "Zbehov", "function": "Ro", "rules_out": []}]});
    house.here.consultant.replace(&format!("/citizens/{}/needs", stay.citizen), needs).await.ok();
    house.here.consultant.change(&stay.at("end"), hired(&house, "ordinary-part-time")).await.ok();
    let other = house.started().await;
    close(&house, &stay.citizen).await;
    house.tick().await;
    house.deliver().await;
    let before = counted(&house.here.liaison, &stay.company.workplace).await;
    assert_eq!((&before[0]["ended"], &before[0]["led_to_hire"]), (&json!(1), &json!(1)), "{before}");
    let (short_before, marks) = (tallies(&house, "101", &[&stay.company]).await.0, marks(&house, &stay.citizen));
    assert!(marks.len() > 5, "{marks:?}");

    let early = years_later(&house, 4, &house.here.team_leader).await;
    house.tick().await;
    early.get(&format!("/citizens/{}", stay.citizen)).await.ok();
    let late = years_later(&house, 1, &house.here.team_leader).await;
    let ahead = early.with_token(late.token.as_deref().unwrap()).get("/erasures/ahead").await.ok();
    assert_eq!(ahead["items"][0]["citizen"], json!(stay.citizen), "{ahead}");
    assert_eq!(house.session(&house.there.team_leader).await.get("/erasures/ahead").await.ok()["items"], json!([]));
    house.tick().await;

    late.get(&format!("/citizens/{}", stay.citizen)).await.problem(404, "not-found");
    late.get(&stay.path()).await.problem(404, "not-found");
    for mark in &marks {
        assert_eq!(named(&house, mark), Vec::<String>::new(), "{mark}");
    }
    let of_people = house.texts(&format!("SELECT citizen_id AS text FROM erasures WHERE citizen_id = '{}'", stay.citizen));
    assert_eq!(of_people.len(), 1);
    let told = late.get("/erasures").await.ok();
    assert_eq!((&told["items"][0]["citizen"], &told["items"][0]["internships"]), (&json!(stay.citizen), &json!(1)), "{told}");
    assert!(told["items"][0]["letters"].as_i64().unwrap() > 3, "{told}");
    let there = house.session(&house.there.team_leader).await;
    assert_eq!(there.get("/erasures").await.ok()["items"], json!([]));
    assert_eq!(counted(&late, &stay.company.workplace).await, before);
    assert_eq!(tallies(&house, "101", &[&stay.company]).await.0, short_before);
    late.get(&other.path()).await.ok();
    house.turn(&later(&house.today().to_string(), 1));
    house.tick().await;
    assert_eq!((house.count("erasures"), house.count("erased_stays")), (1, 1), "once");
}

#[tokio::test]
async fn who_is_due_is_erased_in_a_backup_too_and_nothing_of_the_person_is_left_in_the_file() {
    let house = House::open().await;
    if !house.database().is_file() {
        return;
    }
    let stay = house.started().await;
    let needs = json!({"needs": [{"kind": "Zbehov", "function": "Ro", "rules_out": []}]});
    house.here.consultant.replace(&format!("/citizens/{}/needs", stay.citizen), needs).await.ok();
    close(&house, &stay.citizen).await;
    house.tick().await;
    house.deliver().await;
    let mut left = marks(&house, &stay.citizen);
    for (table, column, of) in [
        ("citizens", "person", "id"),
        ("citizens", "cpr_sealed", "id"),
        ("needs", "sealed", "citizen_id"),
        ("internships", "decision", "citizen_id"),
    ] {
        left.extend(house.texts(&format!("SELECT {column} AS text FROM {table} WHERE {of} = '{}'", stay.citizen)));
    }
    left.extend(house.texts("SELECT substr(plain, 1, 60) AS text FROM letters WHERE case_reference IS NOT NULL LIMIT 1"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    let run = |arguments: &[&str], environment: Vec<(String, String)>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rettematch"));
        let done = command.args(arguments).envs(environment).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    run(&["backup", file.to_str().unwrap()], house.environment());
    let holds = |mark: &str| {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.flatten().collect::<Vec<u8>>().windows(mark.len()).any(|bytes| bytes == mark.as_bytes())
    };
    assert!(left.len() > 8 && left.iter().all(|mark| holds(mark)), "{left:?}");

    house.turn(&later(&house.today().to_string(), 6 * 366));
    let mut there = house.environment();
    there.push(("RETTEMATCH__DATABASE".into(), format!("sqlite:{}", file.display())));
    assert_eq!(run(&["erase"], there.clone()), "1 citizens erased\n");
    for mark in &left {
        assert!(!holds(mark), "{mark}");
    }
    assert_eq!(run(&["erase"], there), "0 citizens erased\n");
    // The database that is served is another.
    house.here.consultant.get(&stay.path()).await.ok();
}

#[tokio::test]
async fn nothing_that_hangs_on_a_citizen_keeps_one_from_being_erased() {
    let full = Furnished::open().await;
    let house = &full.house;
    house.tick().await;
    house.deliver().await;
    let people = house
        .texts("SELECT id AS text FROM citizens WHERE municipality = '101' AND merged_into IS NULL AND closed_since IS NULL");
    for citizen in &people {
        close(house, citizen).await;
    }
    house.tick().await;
    house.deliver().await;
    let late = years_later(house, 6, &house.here.team_leader).await;
    house.tick().await;
    assert_eq!(late.get("/citizens").await.ok()["items"], json!([]));
    // Letters of accounts and flags about workplaces are no citizen's.
    for rows in [
        "citizens",
        "internships",
        "versions",
        "letters WHERE case_reference IS NOT NULL",
        "links",
        "flags WHERE citizen_id IS NOT NULL",
        "told WHERE flag_id NOT IN (SELECT id FROM flags WHERE citizen_id IS NULL)",
        "written",
        "access_reasons",
        "hearings",
        "citizen_names",
        "changed_values WHERE citizen_id IS NOT NULL",
    ] {
        assert_eq!(house.count(rows), 0, "{rows}");
    }
}

async fn restricted(house: &House, stay: &Stay) {
    let path = format!("/citizens/{}/restriction", stay.citizen);
    let why = json!({"reasons": "Klagesag i Ankestyrelsen."});
    house.here.consultant.change(&path, why.clone()).await.problem(403, "forbidden");
    let seen = house.here.team_leader.change(&path, why.clone()).await.ok();
    assert_eq!(seen["restrictions"][0]["reasons"], "Klagesag i Ankestyrelsen.");
    house.here.team_leader.change(&path, why).await.conflict("restricted");
    assert!(!house.dump().contains("Klagesag"), "sealed at rest");
}

#[tokio::test]
async fn data_that_may_only_be_kept_is_neither_changed_nor_erased() {
    let house = House::open().await;
    let stay = house.started().await;
    restricted(&house, &stay).await;
    let consultant = &house.here.consultant;
    let record = format!("/citizens/{}", stay.citizen);
    let step = json!({"kind": "step", "words": "Ring", "expected_on": later(&house.today().to_string(), 9)});
    consultant.post(&format!("{record}/steps"), step.clone()).await.conflict("restricted");
    consultant
        .change_from(reqwest::Method::PATCH, &record, &consultant.etag(&record).await, json!({"phone": "12345678"}))
        .await
        .conflict("restricted");
    consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.conflict("restricted");
    let body = house.booking(&stay.citizen, &stay.company, &later(&stay.last_day, 14));
    consultant.post("/internships", body).await.conflict("restricted");
    // Neither is it put right, nor does it go over into another record.
    let wrong = json!({"reasons": "Forkert borger."});
    consultant.change(&stay.at("in-error"), wrong.clone()).await.conflict("restricted");
    let (kept, _) = house.citizen().await;
    let merging = json!({"other": stay.citizen, "reasons": "Samme person."});
    house.here.team_leader.change(&format!("/citizens/{kept}/merge"), merging).await.conflict("restricted");
    consultant.get(&record).await.ok();

    let lift = json!({"reasons": "Afgørelsen er stadfæstet."});
    house.here.team_leader.change(&format!("{record}/restriction/lifting"), lift.clone()).await.ok();
    house.here.team_leader.change(&format!("{record}/restriction/lifting"), lift.clone()).await.conflict("not-restricted");
    consultant.post(&format!("{record}/steps"), step).await.ok();
    close(&house, &stay.citizen).await;
    restricted(&house, &stay).await;
    let leader = years_later(&house, 9, &house.here.team_leader).await;
    house.tick().await;
    assert_eq!(leader.get(&record).await.ok()["erased_from"], Value::Null);
    leader.change(&format!("{record}/restriction/lifting"), lift).await.ok();
    // Lifting it is dealing with the citizen: the years begin anew.
    house.turn(&later(&house.today().to_string(), 1));
    house.tick().await;
    assert!(leader.get(&record).await.ok()["erased_from"].is_string());
    let leader = years_later(&house, 5, &leader).await;
    house.tick().await;
    leader.get(&record).await.problem(404, "not-found");
}

#[tokio::test]
async fn who_was_never_closed_is_not_erased() {
    let house = House::open().await;
    let stay = house.booked().await;
    let leader = years_later(&house, 30, &house.here.team_leader).await;
    house.tick().await;
    let seen = leader.get(&format!("/citizens/{}", stay.citizen)).await.ok();
    assert_eq!((&seen["erased_from"], house.count("erasures")), (&Value::Null, 0));
}

async fn logs(house: &House) -> Vec<VerifiedLog> {
    verify_log(&house.app, &[], &rettematch::jobs::quiet).await.unwrap()
}

#[tokio::test]
async fn the_log_begins_later_once_it_is_no_longer_kept_and_its_chain_holds() {
    let house = House::open().await;
    let (citizen, _) = house.citizen().await;
    let path = format!("/citizens/{citizen}");
    for _ in 0..3 {
        house.here.consultant.get(&path).await.ok();
    }
    let head = logs(&house).await.remove(0).head;
    let leader = years_later(&house, 3, &house.here.team_leader).await;
    leader.get(&path).await.ok();
    years_later(&house, 3, &leader).await;
    house.tick().await;
    assert_eq!(house.count("reads"), 1, "that of three years ago");
    assert_eq!(house.count("changes"), 0);
    let log = logs(&house).await.remove(0);
    assert!(log.is_whole() && log.head.number == head.number + 1, "{log:?}");
    // All of it goes, and the numbers go on.
    let leader = years_later(&house, 6, &leader).await;
    house.tick().await;
    assert_eq!(house.count("reads"), 0);
    leader.get(&path).await.ok();
    let log = logs(&house).await.remove(0);
    assert!(log.is_whole() && log.head.number == head.number + 2, "{log:?}");
    // Whoever cuts off the beginning cannot say that we did.
    house.database().run(&format!("UPDATE read_log_starts SET number = {}", log.head.number));
    assert_eq!(logs(&house).await.remove(0).broken_at, Some(log.head.number));
}
