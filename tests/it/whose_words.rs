//! Whose words are read by whom: something of its own is written into every field about a citizen, and everything is asked by everybody.
//! Who looks after companies reads what the companies read, and an administrator nothing of it.

use crate::harness::{Client, House, Letter, Stay, Value, every_path::every_path, extension_decision, json, later};
use reqwest::header;
use std::collections::BTreeSet;

/// What no liaison and no administrator reads, whichever way they ask.
const KEPT: [&str; 27] = [
    "Znavn",
    "Zadresse",
    "Ztelefon",
    "Zmentor",
    "Zmentoradresse",
    "Zmål",
    "Zbehov",
    "Zfunktion",
    "Zspørgsmål",
    "Znyfunktion",
    "Zgrund",
    "Zsærligt",
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
    "Zsvar",
];

/// A course with something in every field, by the ways that people take.
async fn written(house: &House) -> Stay {
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let (citizen, company) = (house.citizen().await, house.company().await);
    let record = format!("/citizens/{}", citizen.0);
    let patch = json!({"name": "Bo Znavn", "email": "zadresse@post.example", "phone": "Ztelefon", "mentor": "Zmentor",
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
    house.live_until("2026-01-12").await;
    house.papers(&stay).await;
    let decision = json!({"reasons": "Zbegrundelse", "complaint_guidance": "Inden fire uger."});
    consultant.replace(&stay.at("decision"), decision).await.ok();
    // The citizen keeps the accommodation back until the whole of it is talked over.
    let hash = house.see(&stay).await["versions"][0]["hash"].clone();
    let yes = |party: &str, via: &str| json!({"party": party, "via": via, "hash": hash, "agreed_accommodations": []});
    for (party, via) in [("citizen", "telephone"), ("consultant", "account"), ("company", "telephone")] {
        consultant.post(&stay.at("confirmations"), yes(party, via)).await.ok();
    }
    let flag = house.flag(&stay, "objection-open").await;
    let path = format!("/flags/{}", flag["id"].as_str().unwrap());
    let _ = leader.change(&format!("{path}/acknowledgement"), json!({"reason": "Zkvittering"})).await;
    stay
}

async fn lived(house: &House, stay: &Stay) {
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let record = format!("/citizens/{}", stay.citizen);
    let told = json!({"kind": "story", "words": "Zhistorie"});
    consultant.post(&format!("{record}/story"), told).await.ok();
    let step = json!({"kind": "step", "words": "Zskridt", "expected_on": later(&house.today().to_string(), 30)});
    consultant.post(&format!("{record}/steps"), step).await.ok();
    let asking = json!({"what": "extension", "day": later(&stay.last_day, 7), "reasons": "Zgrund"});
    consultant.post(&stay.at("approval-requests"), asking).await.ok();
    let _ = extension_decision();
    let changed = json!({"consultant": leader.account, "handover": "Zoverdragelse"});
    leader.post(&format!("{record}/consultant-changes"), changed).await.ok();
}

fn is_there(text: &str, word: &str) -> bool {
    text.to_lowercase().contains(&word.to_lowercase())
}

/// What of it somebody finds, asking for everything in each form that there is.
async fn found(house: &House, who: &Client) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    for path in every_path(&|sql| house.texts(sql), house.here.municipality) {
        for form in ["application/json", "text/csv"] {
            let request = who.ask(reqwest::Method::GET, &path).header(header::ACCEPT, form);
            let answer = who.send(request).await;
            let words = KEPT.iter().filter(|word| is_there(&answer.text, word));
            found.extend(words.map(|word| (*word, path.clone())));
        }
    }
    found
}

#[tokio::test]
async fn who_looks_after_companies_reads_what_companies_read_and_no_more() {
    let house = House::open().await;
    let stay = written(&house).await;
    lived(&house, &stay).await;
    house.tick().await;
    house.deliver().await;
    let (here, there) = (&house.here, &house.there);
    let all = found(&house, &here.team_leader).await;
    let seen: BTreeSet<&str> = all.iter().map(|(word, _)| *word).collect();
    for word in KEPT {
        let later =
            ["Zsærligt", "Zforlængelse", "Zfase", "Zvirksomhed", "Zkolleger", "Ztilføjelse", "Zslut", "Znæste", "Zfejl", "Zsvar"];
        assert!(seen.contains(word) || later.contains(&word), "{word} is written nowhere, so nobody can be kept from it");
    }
    for who in [&here.liaison, &here.administrator, &there.liaison, &there.consultant, &there.team_leader, &there.administrator] {
        let read = found(&house, who).await;
        assert!(read.is_empty(), "{} reads {read:#?}", who.account);
    }
    let to_company: Vec<Letter> = house.letters_to(&stay.company.contact_email);
    assert!(!to_company.is_empty());
    let _: Value = json!(null);
}
