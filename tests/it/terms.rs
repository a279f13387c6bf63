//! The list of terms as a municipality reads it and adds to it.

use crate::harness::{House, Value, json};

fn keys(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().filter_map(|entry| entry["key"].as_str()).collect()
}

#[tokio::test]
async fn a_municipality_adds_terms_of_all_three_kinds_that_nobody_has_classed() {
    let house = House::open().await;
    let leader = &house.here.team_leader;
    let kinds = [("occupation", "occupations"), ("task", "tasks"), ("accommodation", "accommodations")];
    for (kind, _) in kinds {
        let term = json!({"kind": kind, "key": "Hundelufter", "da": "Hundelufter", "en": "Dog walker"});
        assert_eq!(leader.post("/terms", term).await.ok()["kind"], kind);
    }
    let taken = json!({"kind": "accommodation", "key": "pace", "da": "Ro", "en": "Calm"});
    assert_eq!(leader.post("/terms", taken).await.faults()[0].0, "/key");

    let seen = leader.get("/terms").await.ok();
    for (_, list) in kinds {
        let own: Vec<&Value> = seen[list].as_array().unwrap().iter().filter(|entry| entry["key"] == "hundelufter").collect();
        assert_eq!(own, [&json!({"key": "hundelufter", "da": "Hundelufter", "en": "Dog walker", "near": []})], "{list}");
    }
    for key in ["pace", "lifting", "hours", "predictability", "support"] {
        assert!(keys(&seen["accommodations"]).contains(&key), "{key}");
    }
    let office = seen["occupations"].as_array().unwrap().iter().find(|entry| entry["key"] == "office").unwrap();
    assert_eq!((&office["isco"], &office["industries"][0]), (&json!("4110"), &json!("84")));
    let there = house.there.team_leader.get("/terms").await.ok();
    assert!(!keys(&there["accommodations"]).contains(&"hundelufter"), "another municipality's");
}
