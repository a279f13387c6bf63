//! A citizen gets another consultant, and what is known about the citizen is not lost (S9, S17, S20).

use crate::harness::{Client, House, Value, employ, json};
use rettematch::domain::people::access::Role;

async fn colleague(house: &House, name: &str) -> Client {
    employ(&house.app, &house.nobody, house.here.municipality, Role::Consultant, &format!("{name}@101.example")).await
}

async fn changes(house: &House, citizen: &str) -> Vec<Value> {
    let path = format!("/citizens/{citizen}/consultant-changes");
    house.here.team_leader.get(&path).await.ok()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_new_consultant_reads_what_the_former_one_wrote_and_nobody_else_can_say_so() {
    let house = House::open().await;
    let (former, new) = (&house.here.consultant, colleague(&house, "ny").await);
    let (citizen, _) = house.citizen().await;
    let path = format!("/citizens/{citizen}/consultant-changes");
    let before = former.etag(&format!("/citizens/{citizen}")).await;
    let words = "Hun vil på kontor og har brug for ro om formiddagen.";
    let made = former.post(&path, json!({"consultant": new.account, "handover": words})).await;
    assert_eq!((made.status, &made.ok()["handover"]), (201, &json!(words)));
    assert_eq!(former.get(&format!("/citizens/{citizen}")).await.ok()["consultant"], json!(new.account));
    assert_ne!(former.etag(&format!("/citizens/{citizen}")).await, before, "who saw the citizen before sees a change");
    let change = made.header("Location").unwrap().trim_start_matches("/api/v1").to_owned();
    let reading = format!("{change}/reading");
    for other in [former, &house.here.team_leader] {
        other.change(&reading, Value::Null).await.conflict("not-responsible");
    }
    house.turn("2026-01-07");
    let read = new.change(&reading, Value::Null).await.ok();
    assert_eq!((&read["on"], &read["read_on"]), (&json!("2026-01-05"), &json!("2026-01-07")));
    new.change(&reading, Value::Null).await.conflict("read-already");
    former.replace(&format!("{change}/handover"), json!({"text": "Noget andet"})).await.conflict("read-already");
    assert_eq!(changes(&house, &citizen).await, [read]);
    assert!(!house.dump().contains("ro om formiddagen"), "sealed at rest");
}

#[tokio::test]
async fn a_handover_can_be_written_later_until_it_is_read() {
    let house = House::open().await;
    let (former, new) = (&house.here.consultant, colleague(&house, "ny").await);
    let (citizen, _) = house.citizen().await;
    let made = former.post(&format!("/citizens/{citizen}/consultant-changes"), json!({"consultant": new.account})).await.ok();
    let change = format!("/consultant-changes/{}", made["id"].as_str().unwrap());
    assert_eq!((&made["handover"], &made["handed_over_on"]), (&Value::Null, &Value::Null));
    new.change(&format!("{change}/reading"), Value::Null).await.conflict("no-handover");
    house.turn("2026-01-12");
    former.replace(&format!("{change}/handover"), json!({"text": "Han mangler øvelse på truck."})).await.ok();
    former.replace(&format!("{change}/handover"), json!({"text": "Han har fået truckcertifikat."})).await.ok();
    let read = new.change(&format!("{change}/reading"), Value::Null).await.ok();
    assert_eq!((&read["handover"], &read["read_on"]), (&json!("Han har fået truckcertifikat."), &json!("2026-01-12")));
}

#[tokio::test]
async fn whichever_way_the_consultant_changes_it_is_on_record() {
    let house = House::open().await;
    let (leader, former, new) = (&house.here.team_leader, &house.here.consultant, colleague(&house, "ny").await);
    let (citizen, _) = house.citizen().await;
    let details = |consultant: &str| json!({"name": "Bo Borger", "target_group": "3", "goals": [], "consultant": consultant});
    former.replace(&format!("/citizens/{citizen}"), details(&former.account)).await.ok();
    assert_eq!(changes(&house, &citizen).await, Vec::<Value>::new(), "the consultant is the same");
    former.replace(&format!("/citizens/{citizen}"), details(&new.account)).await.ok();
    let path = format!("/citizens/{citizen}/consultant-changes");
    let liaison = &house.here.liaison.account;
    for (who, code) in [(&new.account, "unchanged"), (liaison, "unknown")] {
        let faults = leader.post(&path, json!({"consultant": who})).await.faults();
        assert_eq!(faults, [("/consultant".to_owned(), code.to_owned())]);
    }
    leader.post(&path, json!({"consultant": leader.account, "handover": "Alt står i sagen."})).await.ok();
    let found = changes(&house, &citizen).await;
    let steps: Vec<(&str, &str)> =
        found.iter().map(|change| (change["from"].as_str().unwrap(), change["to"].as_str().unwrap())).collect();
    assert_eq!(steps, [(former.account.as_str(), new.account.as_str()), (&new.account, &leader.account)]);
    assert_eq!(house.text("SELECT CAST(look_on AS TEXT) AS text FROM citizens"), "2026-01-05", "the schedule looks today");
}

#[tokio::test]
async fn all_citizens_of_one_consultant_go_to_another_at_once() {
    let house = House::open().await;
    let (leader, former, new) = (&house.here.team_leader, &house.here.consultant, colleague(&house, "ny").await);
    let mut all = Vec::new();
    for _ in 0..3 {
        all.push(house.citizen().await.0);
    }
    let body = json!({"from": former.account, "to": new.account, "handover": "Mettes borgere."});
    former.post("/consultant-changes", body.clone()).await.problem(403, "forbidden");
    let same = json!({"from": former.account, "to": former.account});
    assert_eq!(leader.post("/consultant-changes", same).await.faults(), [("/to".to_owned(), "unchanged".to_owned())]);
    let unknown = json!({"from": house.there.consultant.account, "to": new.account});
    assert_eq!(leader.post("/consultant-changes", unknown).await.faults(), [("/from".to_owned(), "unknown".to_owned())]);
    let first = leader.post_once("/consultant-changes", "k", &body).await;
    let nothing = json!({"citizens": 0, "companies": 0, "openings": 0});
    let three = json!({"citizens": 3, "companies": 0, "openings": 0, "left": nothing});
    assert_eq!((first.status, first.ok()), (201, three.clone()));
    assert_eq!(leader.post_once("/consultant-changes", "k", &body).await.ok(), three, "once");
    for citizen in &all {
        let found = changes(&house, citizen).await;
        assert_eq!((found.len(), &found[0]["handover"]), (1, &json!("Mettes borgere.")));
    }
    assert_eq!(leader.post("/consultant-changes", body).await.ok()["citizens"], 0);
}

#[tokio::test]
async fn the_citizen_is_told_who_is_responsible_now_and_not_what_was_handed_over() {
    let house = House::open().await;
    let stay = house.booked().await;
    let (new, consultant) = (colleague(&house, "nykonsulent").await, &house.here.consultant);
    let path = format!("/citizens/{}/consultant-changes", stay.citizen);
    let body = json!({"consultant": new.account, "handover": "Bo tager bussen kl. 6."});
    let etag = consultant.etag(&format!("/citizens/{}", stay.citizen)).await;
    consultant.change_from(reqwest::Method::POST, &path, &etag, body).await.ok();
    house.deliver().await;
    let told: Vec<_> =
        house.letters_to(&stay.citizen_email).into_iter().filter(|own| own.plain.contains("jobkonsulent fra nu af")).collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].plain.contains("Du skal ikke fortælle det hele igen") && !told[0].plain.contains("bussen"),
        "{}",
        told[0].plain
    );
    assert!(told[0].plain.contains("nykonsulent"), "the new one signs it: {}", told[0].plain);
}

#[tokio::test]
async fn wishes_and_story_stand_in_one_place_and_the_timeline_tells_the_whole_course() {
    let house = House::open().await;
    let stay = house.started().await;
    let consultant = &house.here.consultant;
    let path = format!("/citizens/{}", stay.citizen);
    let words = "Mødte en gammel kollega, der mangler folk.";
    let told = consultant.post(&format!("{path}/story"), json!({"kind": "turning-point", "words": words})).await;
    assert_eq!((told.status, &told.ok()["words"]), (201, &json!(words)));
    let tomorrow = crate::harness::later(&house.today().to_string(), 1);
    let early = json!({"kind": "wish", "words": "x", "happened_on": tomorrow});
    let faults = consultant.post(&format!("{path}/story"), early).await.faults();
    assert_eq!(faults, [("/happened_on".to_owned(), "in-the-future".to_owned())]);
    assert!(!house.dump().contains("gammel kollega"), "sealed at rest");
    assert_eq!(consultant.get(&format!("{path}/story")).await.ok()["items"][0]["words"], words);
    let timeline = consultant.get(&format!("{path}/timeline")).await.ok();
    let kinds: Vec<&str> = timeline["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["registered", "booked", "story", "started"]);
    house.here.liaison.get(&format!("{path}/timeline")).await.problem(403, "forbidden");
    house.there.consultant.get(&format!("{path}/timeline")).await.problem(404, "not-found");
}
