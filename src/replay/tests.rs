//! The field study's courses, and small courses of one thing each.

mod bookings;
mod course;
mod expectations;
mod files;
mod outages;
mod promises;
mod reading;
mod summary;

use crate::{jobs::quiet, replay::*};
use serde_json::{Value, json};

/// A citizen who can manage 25 hours, has one need, and two companies, one of which foresees a vacancy.
fn case(name: &str, events: Value, expected: Value) -> Value {
    json!({
        "case": name,
        "citizen": {
            "ref": "T", "cpr": "610379-0002", "name": "Test Prøve", "target_group": "3",
            "goals": [{"own_words": "Et job", "occupations": ["warehouse"]}],
            "hours_capacity": 25,
            "needs": [{"kind": "pace", "function": "Ingen travle timer alene", "rules_out": ["heavy lifting"]}],
        },
        "companies": [
            {"ref": "lager", "cvr": "99073276", "p_number": "1099000005", "name": "Lager og Fragt", "industry": "521000",
             "ordinary_fte": [["2015-01", 18]], "foresees_vacancy": true},
            {"ref": "butik", "cvr": "99023449", "p_number": "1099000009", "name": "Butikken", "industry": "477110",
             "ordinary_fte": [["2015-03", 6.5]], "foresees_vacancy": false},
        ],
        "events": events,
        "expected": expected,
    })
}

fn booking(on: &str, name: &str, company: &str, start: &str, end: &str) -> Value {
    json!({"on": on, "do": "book", "internship": name, "company": company, "type": "clarification", "occupation": "warehouse",
           "questions": ["Kan jeg klare tempoet?"], "start": start, "end": end, "hours": 20})
}

/// A recruitment of 13 weeks from 2015-01-12 to 2015-04-12 whose company decides on 2015-04-06.
fn recruitment() -> Value {
    json!({"on": "2015-01-05", "do": "book", "internship": "a", "company": "lager", "type": "recruitment",
           "occupation": "warehouse", "start": "2015-01-12", "end": "2015-04-12", "hours": 20,
           "prospect": {"position": "Lagermedarbejder", "weekly_hours": 25, "must_be_able_to": ["Plukke efter seddel"],
                        "decision_on": "2015-04-06"}})
}

/// What was printed, on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn play_one(case: Value) -> Played {
    let file = json!({"cases": [case]}).to_string();
    replay(&[file], None, &quiet).await.unwrap().remove(0)
}

/// Plays a course whose expectations all hold.
async fn holds(events: Value, expected: Value) -> Played {
    let played = play_one(case("prøve", events, expected)).await;
    assert!(played.holds(), "{}", print(&played));
    played
}

fn refusals(played: &Played) -> Vec<(String, &str)> {
    let refused = played.diary.iter().filter(|entry| entry.what == EntryKind::Refused);
    refused.map(|entry| (entry.on.to_string(), entry.rule.as_deref().unwrap())).collect()
}
