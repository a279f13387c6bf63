//! Citizens are found by name though no name can be read in the database, in the words that people type; and a CPR number in a text is asked
//! about.

use crate::harness::{Answer, Client, House, Value, cpr, employ, json};
use reqwest::Method;
use rettematch::domain::people::access::Role;
use std::collections::BTreeSet;

async fn named(house: &House, name: &str) -> String {
    let body = json!({"cpr": cpr(), "name": name, "target_group": "3", "hours_capacity": 20, "goals": []});
    house.here.consultant.post("/citizens", body).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn search(who: &Client, name: &str) -> Answer {
    who.post("/citizens/name-search", json!({"name": name})).await
}

async fn found(who: &Client, name: &str) -> Vec<String> {
    let answer = search(who, name).await.ok();
    assert_eq!(answer["more"], false);
    answer["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn citizens_are_found_by_name_as_people_type_it_and_no_name_is_in_the_database() {
    let house = House::open().await;
    for name in ["Åse Kjærgård-Møller", "Aase Møller", "Bo Åkesson", "Bodil Moller Hansen", "Mohammed Al-Rashid"] {
        named(&house, name).await;
    }
    let consultant = &house.here.consultant;
    for (typed, expected) in [
        ("åse", vec!["Åse Kjærgård-Møller", "Aase Møller"]),
        ("aase moeller", vec!["Åse Kjærgård-Møller", "Aase Møller"]),
        ("MØLLER", vec!["Åse Kjærgård-Møller", "Aase Møller", "Bodil Moller Hansen"]),
        ("kjær", vec!["Åse Kjærgård-Møller"]),
        ("bo", vec!["Bo Åkesson"]),
        ("bod mol", vec!["Bodil Moller Hansen"]),
        ("muhammed", vec!["Mohammed Al-Rashid"]),
        ("rashid mohammed", vec!["Mohammed Al-Rashid"]),
        ("åse hansen", vec![]),
        ("…", vec![]),
    ] {
        assert_eq!(
            BTreeSet::from_iter(found(consultant, typed).await),
            expected.into_iter().map(str::to_owned).collect(),
            "{typed}"
        );
    }
    // As typed comes before what only begins so.
    assert_eq!(found(consultant, "kjærgård").await, ["Åse Kjærgård-Møller"]);
    named(&house, "Mollerup Bent").await;
    assert_eq!(found(consultant, "møller").await.last().unwrap(), "Mollerup Bent");
    let dump = house.dump().to_lowercase();
    for word in ["møller", "moller", "kjær", "bodil", "rashid"] {
        assert!(!dump.contains(word), "{word}");
    }
    search(&house.here.liaison, "bo").await.problem(403, "forbidden");
    assert_eq!(found(&house.there.consultant, "møller").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_name_that_is_changed_is_found_by_the_new_one_alone_and_who_is_shown_is_logged() {
    let house = House::open().await;
    let id = named(&house, "Bodil Hansen").await;
    let consultant = &house.here.consultant;
    let record = format!("/citizens/{id}");
    consultant.change_from(Method::PATCH, &record, &consultant.etag(&record).await, json!({"name": "Bodil Sørensen"})).await.ok();
    assert_eq!(found(consultant, "hansen").await, Vec::<String>::new());
    let before = house.count("reads");
    assert_eq!(found(consultant, "soerensen").await, ["Bodil Sørensen"]);
    assert_eq!(house.count("reads"), before + 1);
    // Those of an earlier release are named at the next start.
    house.database().run("DELETE FROM citizen_names");
    assert_eq!(found(consultant, "bodil").await, Vec::<String>::new());
    house.app.db.catch_up(&house.app.services.keys).unwrap();
    assert_eq!(found(consultant, "bodil").await, ["Bodil Sørensen"]);
}

#[tokio::test]
async fn nobody_finds_a_colleagues_citizen_by_name_where_a_reason_is_asked_for() {
    let house = House::open_with(|settings| settings.access_reasons = true).await;
    named(&house, "Bodil Hansen").await;
    let other = employ(&house.app, &house.nobody, "101", Role::Consultant, "kollega@101.example").await;
    assert_eq!(found(&other, "bodil").await, Vec::<String>::new());
    assert_eq!(found(&house.here.consultant, "bodil").await, ["Bodil Hansen"]);
}

#[tokio::test]
async fn a_cpr_number_in_a_text_is_asked_about_and_nothing_is_kept() {
    let house = House::open().await;
    let stay = house.started().await;
    let consultant = &house.here.consultant;
    for text in ["Ring om 010190-1234", "010190 1234", "Se sag 0101901234."] {
        let step = json!({"kind": "step", "words": text, "expected_on": house.today()});
        let answer = consultant.post(&format!("/citizens/{}/steps", stay.citizen), step).await;
        assert_eq!(answer.faults(), [("/words".to_owned(), "cpr-number".to_owned())], "{text}");
        assert!(!answer.text.contains("1234"), "{}", answer.text);
    }
    let objection = json!({"party": "citizen", "words": "Jeg er 0101901234", "via": "meeting"});
    consultant.post(&stay.at("objections"), objection).await.has_fault("/words");
    let step = json!({"kind": "step", "words": "Ordre B0101901234", "expected_on": house.today()});
    let kept: Value = consultant.post(&format!("/citizens/{}/steps", stay.citizen), step).await.ok();
    assert_eq!(kept["words"], "Ordre B0101901234");
}
