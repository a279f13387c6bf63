//! Whose words are read by whom: something of its own is written into every field about a citizen, and everything is asked by everybody.
//! Who looks after companies reads what the companies read, and an administrator nothing of it.

use crate::harness::{Client, House, Stay, every_path::every_path, json, later};
use reqwest::header;
use rettematch::store::schema::TABLES;
use std::collections::BTreeSet;

/// What no liaison and no administrator reads, whichever way they ask.
const KEPT: [&str; 25] = [
    "Znavn",
    "Zadresse",
    "Ztelefon",
    "Zmentornavn",
    "Zmentoradresse",
    "Zmål",
    "Zbehov",
    "Zfunktion",
    "Zspørgsmål",
    "Znyfunktion",
    "Zgrund",
    "Zbegrundelse",
    "Zforlængelse",
    "Zindsigelse",
    "Zfase",
    "Zvirksomhed",
    "Zkolleger",
    "Ztilføjelse",
    "Zhistorie",
    "Zskridt",
    "Zoverdragelse",
    "Zkvittering",
    "Zslut",
    "Znæste",
    "Zfejl",
];

/// A course with something in every field, by the ways that people take.
async fn written(house: &House) -> Stay {
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let (citizen, company) = (house.citizen().await, house.company().await);
    let record = format!("/citizens/{}", citizen.0);
    let patch = json!({"name": "Bo Znavn", "email": "zadresse@post.example", "phone": "Ztelefon", "mentor": "Zmentornavn",
        "mentor_email": "zmentoradresse@post.example",
        "goals": [{"own_words": "Zmål", "occupations": ["office"]}]});
    consultant.change_from(reqwest::Method::PATCH, &record, &consultant.etag(&record).await, patch).await.ok();
    let needs = json!({"needs": [{"kind": "Zbehov", "function": "Zfunktion", "rules_out": ["heavy lifting"]}]});
    let needs = consultant.replace(&format!("{record}/needs"), needs).await.ok();
    let mut body = house.booking(&citizen.0, &company, "2026-01-19");
    body["purpose"] = json!({"kind": "clarification", "questions": ["Zspørgsmål"]});
    body["new_function"] = json!("Znyfunktion");
    body["accommodations"] = json!({"items": [{"function": "Zfunktion", "need": needs["needs"][0]["id"]}]});
    let mut stay = house.book(&citizen, &company, body).await;
    stay.citizen_email = "zadresse@post.example".into();
    let objection = json!({"party": "citizen", "words": "Zindsigelse", "via": "meeting"});
    consultant.post(&stay.at("objections"), objection).await.ok();
    house.live_until("2026-01-14").await;
    let flag = house.flag(&stay, "objection").await;
    let path = format!("/flags/{}", flag["id"].as_str().unwrap());
    leader.change(&format!("{path}/acknowledgement"), json!({"reason": "Zkvittering"})).await.ok();
    house.papers(&stay).await;
    let decision = json!({"reasons": "Zbegrundelse", "complaint_guidance": "Inden fire uger."});
    consultant.replace(&stay.at("decision"), decision).await.ok();
    stay
}

/// Nothing of it stands in the database in the clear.
fn is_sealed(house: &House) {
    let rows = house.dump();
    let (mut table, mut open) = ("", BTreeSet::new());
    for line in rows.lines() {
        // A text of several lines goes on in the table of its first.
        let begun = line.split_once(": ").filter(|(name, _)| TABLES.iter().any(|table| table.name == *name));
        table = begun.map_or(table, |(name, _)| name);
        open.extend(KEPT.iter().filter(|word| is_there(line, word)).map(|word| (table, *word)));
    }
    assert!(open.is_empty(), "in the clear: {open:#?}");
}

/// It begins, and goes on to its end; the accommodation that the citizen kept back until then is agreed.
async fn lived(house: &House, stay: &Stay) {
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let record = format!("/citizens/{}", stay.citizen);
    let told = json!({"kind": "story", "words": "Zhistorie"});
    consultant.post(&format!("{record}/story"), told).await.ok();
    let step = json!({"kind": "step", "words": "Zskridt", "expected_on": later(&house.today().to_string(), 30)});
    consultant.post(&format!("{record}/steps"), step).await.ok();
    house.confirm_all(stay).await;
    house.turn(&stay.first_day);
    consultant.change(&stay.at("start"), json!({})).await.ok();
    let held =
        json!({"phase": "progression", "citizen_words": "Zfase", "company_words": "Zvirksomhed", "colleagues": "Zkolleger"});
    let held = consultant.post(&stay.at("follow-ups"), held).await.ok();
    let path = format!("/follow-ups/{}", held["id"].as_str().unwrap());
    consultant.post(&format!("{path}/addenda"), json!({"words": "Ztilføjelse"})).await.ok();
    let asking = json!({"what": "extension", "day": later(&stay.last_day, 7), "reasons": "Zgrund"});
    consultant.post(&stay.at("approval-requests"), asking).await.ok();
    house.turn(&later(&stay.last_day, -14));
    house.extend(stay, json!({"to": later(&stay.last_day, 7), "reason": "Zforlængelse"})).await.ok();
    consultant.replace(&stay.at("next-step"), json!({"next_step": "Znæste"})).await.ok();
    let end = json!({"outcome": "no-job", "note": "Zslut"});
    consultant.change(&stay.at("end"), end).await.ok();
    consultant.change(&stay.at("end/in-error"), json!({"reasons": "Zfejl"})).await.ok();
    let changed = json!({"consultant": leader.account, "handover": "Zoverdragelse"});
    leader.post(&format!("{record}/consultant-changes"), changed).await.ok();
}

fn is_there(text: &str, word: &str) -> bool {
    text.to_lowercase().contains(&word.to_lowercase())
}

/// What of it somebody finds, asking for everything in each form that there is.
async fn found(house: &House, who: &Client) -> BTreeSet<(&'static str, String)> {
    let (mut found, mut pages) = (BTreeSet::new(), BTreeSet::new());
    for id in house.texts("SELECT id AS text FROM citizens") {
        pages.extend([format!("/citizens/{id}/course"), format!("/citizens/{id}/extract")]);
    }
    for path in every_path(&|sql| house.texts(sql), house.here.municipality) {
        for form in ["application/json", "text/csv"] {
            let request = who.ask(reqwest::Method::GET, &path).header(header::ACCEPT, form);
            let answer = who.send(request).await;
            note(&mut found, &path, &answer.text);
        }
        pages.insert(path.replace("/approval-requests/", "/approvals/"));
    }
    for path in pages {
        let cookie = format!("session={}", who.token.as_deref().unwrap());
        let answer = house.nobody.send(house.nobody.browse(reqwest::Method::GET, &path).header("Cookie", cookie)).await;
        note(&mut found, &format!("page {path}"), &answer.text);
    }
    found
}

fn note(found: &mut BTreeSet<(&'static str, String)>, path: &str, text: &str) {
    found.extend(KEPT.iter().filter(|word| is_there(text, word)).map(|word| (*word, path.to_owned())));
}

#[tokio::test]
async fn who_looks_after_companies_reads_what_companies_read_and_no_more() {
    let house = House::open().await;
    let stay = written(&house).await;
    let (here, there) = (&house.here, &house.there);
    let others = [
        &here.liaison,
        &here.administrator,
        &here.auditor,
        &there.liaison,
        &there.consultant,
        &there.team_leader,
        &there.administrator,
    ];
    for who in others {
        let read = found(&house, who).await;
        assert!(read.is_empty(), "{} reads {read:#?}", who.account);
    }
    lived(&house, &stay).await;
    house.tick().await;
    house.deliver().await;
    is_sealed(&house);
    let all = found(&house, &here.team_leader).await;
    let seen: BTreeSet<&str> = all.iter().map(|(word, _)| *word).collect();
    for word in KEPT {
        assert!(seen.contains(word), "{word} is written nowhere, so nobody can be kept from it");
    }
    let extract = here.team_leader.get(&format!("/citizens/{}/extract", stay.citizen)).await;
    for word in KEPT {
        assert!(is_there(&extract.text, word), "{word} is kept of the citizen, and is not in what the citizen is handed");
    }
    for who in others {
        let mut read = found(&house, who).await;
        // Agreed by citizen and company at last: whoever looks after the company reads what it does for the citizen.
        read.retain(|(word, _)| *word != "Zfunktion" || who.account != here.liaison.account);
        assert!(read.is_empty(), "{} reads {read:#?}", who.account);
    }
}
