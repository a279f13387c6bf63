//! What does not fit in a file.

use crate::replay::{
    tests::{case, recruitment},
    *,
};
use serde_json::{Value, json};

#[test]
fn what_does_not_fit_is_said_with_case_event_and_field() {
    let said = |change: fn(&mut Value)| {
        let mut case = case("prøve", json!([recruitment()]), json!([{"never": "long-stay", "why": ""}]));
        change(&mut case);
        read(&json!({"cases": [case]}).to_string()).unwrap_err().to_string()
    };
    type Spoil = fn(&mut Value);
    let cases: [(Spoil, &str); 10] = [
        (|case| case["events"][0]["start"] = json!("12/1"), "case prøve, event 1 (book on 2015-01-05): start: "),
        (|case| case["events"][0]["hours"] = json!(20.1), "event 1 (book on 2015-01-05): hours: "),
        (|case| case["events"][0]["prospect"]["decision_on"] = json!(7), "event 1 (book on 2015-01-05): prospect: decision_on: "),
        (|case| case["events"][0]["do"] = json!("boook"), "event 1 (boook on 2015-01-05): do: is none of the events"),
        (|case| drop(case["events"][0].as_object_mut().unwrap().remove("on")), "case prøve, event 1: on: is required"),
        (|case| case["citizen"]["cpr"] = json!("1"), "case prøve, citizen: cpr: "),
        (|case| case["companies"][1]["cvr"] = json!("12345678"), "case prøve, company 2: cvr: "),
        (|case| case["companies"][0]["ordinary_fte"] = json!([["January", 1]]), "company 1: ordinary_fte: the month"),
        (|case| case["expected"][0] = json!({"level": "loud"}), "case prøve, expectation 1: must have one of"),
        (|case| case["expected"][0] = json!({"flag": "long-stay", "level": "loud"}), "expectation 1: level: "),
    ];
    for (change, words) in cases {
        let error = said(change);
        assert!(error.contains(words), "{error}");
    }
    assert!(read("[").unwrap_err().to_string().contains("not JSON"));
    let mut more = case("prøve", json!([{"on": "2015-01-05", "do": "nothing", "colour": "red"}]), json!([]));
    more["citizen"]["shoe_size"] = json!(43);
    assert!(read(&json!({"cases": [more], "about": 1}).to_string()).is_ok(), "what nobody knows is let be");
}
