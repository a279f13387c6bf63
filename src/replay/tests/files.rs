//! Whole files: the field study's courses, several cases in a database, a rulebook of one's own.

use crate::{
    app::App,
    domain::values::localized::Lang,
    jobs::quiet,
    replay::{
        folder::Folder,
        tests::{booking, case, flat, holds, recruitment},
        *,
    },
};
use serde_json::json;
use std::collections::BTreeSet;

const CASES: &str = include_str!("../../../tests/cases.json");
const EDGES: &str = include_str!("../../../tests/edges.json");

#[tokio::test]
async fn the_field_study_holds() {
    let played = replay(&[CASES.to_owned()], None, &quiet).await.unwrap();
    for case in &played {
        assert!(case.holds() && case.not_played.is_empty(), "{}", print(case));
    }
    let text = print(&played[1]);
    assert!(text.contains("09.04.2015  Virksomheden har ikke svaret på dagen for sit svar\n"), "{text}");
    let told = "Fortalt til teamlederen: »a«, decision-due, advarsel (datoen blev ændret uden svar)";
    assert!(flat(&text).contains(told), "{text}");
    let english = print_diary(&played[0], Lang::En);
    for diary in [&text, &english] {
        assert!(diary.lines().all(|line| line.chars().count() <= WIDTH), "{diary}");
    }
    assert!(english.contains("2014-04-13  FLAG (notice), the citizen at Supermarked Nord: "), "{english}");
    assert!(english.contains("Told the consultant and the liaison: "), "{english}");
    for danish in ["Praktikken", "Fortalt", "Brev til", "besked", "forløb"] {
        assert!(!english.contains(danish), "{english}");
    }
    assert!(!text.contains("0006"), "no CPR number is printed");
}

#[tokio::test]
async fn the_edges_hold() {
    for case in &replay(&[EDGES.to_owned()], None, &quiet).await.unwrap() {
        assert!(case.holds() && case.not_played.is_empty(), "{}", print(case));
    }
}

#[tokio::test]
async fn the_same_file_gives_the_same_diary() {
    let events =
        json!([recruitment(), {"on": "2015-04-10", "do": "extend", "internship": "a", "to": "2015-07-12", "reason": "Mere tid"}]);
    let (one, other) = tokio::join!(holds(events.clone(), json!([])), holds(events, json!([])));
    assert_eq!(serde_json::to_value(&one.diary).unwrap(), serde_json::to_value(&other.diary).unwrap());
    let data = serde_json::to_value(&one).unwrap();
    assert_eq!(data["case"], "prøve");
    assert!(data["diary"].is_array() && data["shortfalls"] == json!([]) && data["not_played"] == json!([]));
}

#[tokio::test]
async fn a_changed_rulebook_is_tried_on_the_same_course() {
    let folder = Folder::make().unwrap();
    let rules = folder.0.join("rules.toml");
    let book = crate::domain::rules::rulebook::BUILT_IN.replace("value = [-14, -7, 0, 3, 7]", "value = [-21, -7, 0, 3, 7]");
    std::fs::write(&rules, book).unwrap();
    let expected = json!([{"flag": "decision-due", "about": "a", "by": "2015-03-16", "not_before": "2015-03-16"}]);
    let file = json!({"cases": [case("prøve", json!([recruitment()]), expected)]}).to_string();
    let days = std::sync::Mutex::new(Vec::new());
    let progress = |day: u64, of: u64| days.lock().unwrap().push((day, of));
    let played = replay(std::slice::from_ref(&file), Some(rules.to_str().unwrap()), &progress).await.unwrap();
    assert!(played[0].holds(), "{}", print(&played[0]));
    let played = replay(&[file], None, &quiet).await.unwrap();
    assert_eq!(played[0].shortfalls[0].found, "rejst den 23.03.2015");
    let days = days.into_inner().unwrap();
    // From 2015-01-05 to 60 days after 2015-03-16.
    assert_eq!((days.first(), days.last(), days.len()), (Some(&(1, 131)), Some(&(131, 131)), 131));
}

#[tokio::test]
async fn several_cases_share_a_database() {
    let mut other = case("prøve", json!([booking("2015-01-05", "a", "lager", "2015-01-12", "2015-04-12")]), json!([]));
    other["citizen"]["cpr"] = json!("650682-0006");
    other["companies"] =
        json!([{"ref": "lager", "cvr": "99073276", "p_number": "1099000006", "name": "Lager Vest", "foresees_vacancy": null}]);
    let first = case("prøve", json!([recruitment()]), json!([]));
    let file = read(&json!({"cases": [first, other]}).to_string()).unwrap();
    let folder = Folder::make().unwrap();
    let app = App::open(folder.settings(&file.cases[0], None).unwrap()).unwrap();
    let cast = Cast { password_hash: "known".into(), ..Cast::default() };
    let mut addresses = BTreeSet::new();
    for case in &file.cases {
        let played = play(&app, case, &cast, &quiet).await.unwrap();
        addresses.extend(played.players.into_iter().map(|player| player.email));
    }
    assert_eq!(addresses.len(), 8);
    assert!(addresses.contains("jobkonsulent.proeve-2@kommune.example"));
    let again = play(&app, &file.cases[0], &cast, &quiet).await.unwrap_err().to_string();
    assert!(again.contains("case prøve: ") && again.contains("cpr"), "{again}");
    let mut settings = folder.settings(&file.cases[0], None).unwrap();
    settings.clock = String::new();
    assert!(
        play(&App::open(settings).unwrap(), &file.cases[0], &cast, &quiet).await.is_err(),
        "the machine's clock cannot be set"
    );
}
