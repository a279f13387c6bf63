//! Bookings, starts and changes, and what they are refused.

use crate::replay::{
    tests::{booking, case, flat, holds, play_one, refusals},
    *,
};
use serde_json::{Value, json};

#[tokio::test]
async fn a_dry_run_answers_and_leaves_nothing() {
    let mut fits = booking("2015-01-05", "a", "lager", "2015-01-12", "2015-04-12");
    fits["dry_run"] = json!(true);
    let mut refused = booking("2015-01-06", "b", "lager", "2015-01-12", "2015-04-12");
    refused["tasks"] = json!(["heavy lifting"]);
    refused["dry_run"] = json!(true);
    let events = json!([fits, refused, {"on": "2015-01-20", "do": "end", "internship": "a", "outcome": "no-job"}]);
    let expected = json!([
        {"refused": "task-ruled-out", "on": "2015-01-06", "why": "a dry run answers the same"},
        {"letters": {"to": "company-contact", "count": 0}, "why": "nobody is told"},
    ]);
    let played = holds(events, expected).await;
    assert_eq!(refusals(&played), [("2015-01-06".to_owned(), "task-ruled-out"), ("2015-01-20".to_owned(), "not-in-force")]);
    assert!(played.diary[1].dry_run && played.diary[1].text.da.starts_with("Prøve: "));
}

#[tokio::test]
async fn a_refused_event_leaves_nothing_but_the_refusal() {
    // The third extension lacks the commitment: the team leader's approval goes with it, so the next try lacks it.
    let extend = |on: &str, to: &str, more: Value| {
        let mut event = json!({"on": on, "do": "extend", "internship": "a", "to": to, "reason": "Mere tid"});
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let events = json!([
        booking("2015-01-05", "a", "lager", "2015-01-12", "2015-02-08"),
        extend("2015-02-02", "2015-03-08", json!({})),
        extend("2015-03-02", "2015-04-05", json!({"hiring_decision_on": "2015-03-30"})),
        extend("2015-03-30", "2015-05-03", json!({"hiring_decision_on": "2015-04-27", "approved_by": "team-leader"})),
        extend("2015-03-31", "2015-05-03", json!({"hiring_decision_on": "2015-04-27", "commitment": "Vi ansætter til maj"})),
        extend(
            "2015-04-01",
            "2015-05-03",
            json!({"hiring_decision_on": "2015-04-27", "commitment": "Vi ansætter til maj", "approved_by": "team-leader"})
        ),
    ]);
    let expected = json!([
        {"refused": "extension-reason", "on": "2015-03-30", "missing": ["commitment"], "why": ""},
        {"refused": "extension-reason", "on": "2015-03-31", "missing": ["team-leader-approval"], "why": "the approval went with the refusal"},
        {"flag": "extended-without-hire", "about": "a", "level": "alarm", "by": "2015-04-01", "not_before": "2015-04-01", "told": ["liaison"], "why": ""},
    ]);
    let played = holds(events, expected).await;
    assert_eq!(refusals(&played).len(), 2);
}

#[tokio::test]
async fn a_start_says_all_that_is_missing_and_what_was_recorded_stays() {
    let start = |on: &str, more: Value| {
        let mut event = json!({"on": on, "do": "start", "internship": "a"});
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let all = [
        "citizen's confirmation",
        "consultant's confirmation",
        "company's confirmation",
        "accommodations",
        "contact person",
        "representative's statement",
        "decision",
    ];
    let nothing = json!({"confirmed_by": null, "accommodations": null, "contact_person": null, "representative": null, "decision_reasons": null});
    let events = json!([
        booking("2015-01-05", "a", "lager", "2015-01-12", "2015-04-12"),
        start("2015-01-12", nothing),
        start("2015-01-13", json!({"confirmed_by": ["company", "consultant"], "contact_person": null, "accommodations": null})),
        start("2015-01-14", json!({"confirmed_by": ["citizen"], "accommodations": "agreed", "contact_person": "Gitte", "representative": "none-required"})),
        {"on": "2015-01-20", "do": "start", "internship": "a"},
    ]);
    let expected = json!([
        {"refused": "start", "on": "2015-01-12", "missing": all, "why": "nothing is there"},
        {"refused": "start", "on": "2015-01-13", "missing": ["citizen's confirmation", "accommodations", "contact person"], "why": ""},
        {"refused": "not-waiting", "on": "2015-01-20", "why": "begun on the 14th"},
        {"flag": "alignment-missing", "about": "a", "level": "warning", "by": "2015-01-12", "told": ["citizen", "consultant"], "why": "the company reads it when the citizen agrees to what it is told"},
        {"cleared": "alignment-missing", "about": "a", "by": "2015-01-14", "why": ""},
        // The 7th, after booking; the 12th, when it was to begin.
        {"letters": {"to": "citizen", "rule": "alignment-missing", "count": 2}, "why": "a reminder at each step"},
        {"letters": {"to": "citizen", "rule": "alignment", "count": 1}, "why": "one invitation: agreeing made no new version"},
    ]);
    holds(events, expected).await;
}

#[tokio::test]
async fn an_objection_holds_the_start_up_until_it_is_taken_back() {
    let events = json!([
        booking("2015-01-05", "a", "lager", "2015-01-12", "2015-04-12"),
        {"on": "2015-01-08", "do": "object", "internship": "a", "by": "citizen", "text": "Jeg vil hellere være i butik"},
        {"on": "2015-01-14", "do": "confirm", "internship": "a", "by": "citizen"},
    ]);
    let played = holds(events, json!([{"refused": "start", "on": "2015-01-12", "why": "an objection is open"}])).await;
    let begun = played.diary.iter().find(|entry| entry.what == EntryKind::Done && entry.text.da.ends_with("begynder"));
    assert_eq!(begun.unwrap().on.to_string(), "2015-01-14");
}

#[tokio::test]
async fn a_cancelled_internship_never_begins() {
    let events = json!([
        booking("2015-01-05", "a", "lager", "2015-02-02", "2015-04-12"),
        {"on": "2015-01-20", "do": "cancel", "internship": "a", "reason": "Virksomheden har lukket afdelingen"},
        {"on": "2015-01-21", "do": "cancel", "internship": "a"},
    ]);
    let expected = json!([
        {"never": "ends-without-plan", "about": "a", "why": ""},
        {"refused": "has-begun", "on": "2015-01-21", "why": "cancelled already"},
    ]);
    let played = holds(events, expected).await;
    assert!(!played.diary.iter().any(|entry| entry.text.da.ends_with("begynder")));
}

#[tokio::test]
async fn a_change_moves_the_implied_start_and_takes_the_papers_along() {
    let events = json!([
        booking("2015-01-05", "a", "lager", "2015-01-12", "2015-04-12"),
        {"on": "2015-01-09", "do": "change", "internship": "a", "company": "butik", "start": "2015-01-19"},
        {"on": "2015-02-16", "do": "change", "internship": "a", "hours": 25},
        {"on": "2015-03-02", "do": "change", "internship": "a", "end": "2015-04-19"},
        {"on": "2015-04-12", "do": "end", "internship": "a", "outcome": "education", "first_day": "2015-05-01"},
    ]);
    let played = holds(events, json!([{"refused": "end-moved-later", "on": "2015-03-02", "why": ""}])).await;
    let begun: Vec<String> =
        played.diary.iter().filter(|entry| entry.text.da.ends_with("begynder")).map(|entry| entry.on.to_string()).collect();
    assert_eq!(begun, ["2015-01-19"]);
}

#[tokio::test]
async fn what_a_rule_asked_is_told_whether_it_was_answered_or_not() {
    let event = |on: &str, name: &str, more: Value| {
        let mut event = booking(on, name, "lager", "2015-01-12", "2015-02-08");
        event["occupation"] = json!("office");
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let events = json!([
        event("2015-01-05", "a", json!({})),
        event("2015-01-06", "b", json!({"goal_mismatch_reason": "Ingen lagerplads fundet"})),
    ]);
    let expected = json!([
        {"asked": "goal-mismatch", "on": "2015-01-05", "missing": ["goal-mismatch-reason"], "why": "no reasons, no booking"},
        {"asked": "goal-mismatch", "on": "2015-01-06", "why": "asked, and answered"},
    ]);
    let played = holds(events, expected).await;
    let came: Vec<EntryKind> =
        played.diary.iter().filter(|entry| entry.rule.as_deref() == Some("goal-mismatch")).map(|entry| entry.what).collect();
    assert_eq!(came, [EntryKind::Asked, EntryKind::Reasoned]);
    let text = print(&played);
    assert!(text.contains("SPURGT: Aftale om praktikken »a«"), "{text}");
    let answered = "Spurgt: goal-mismatch, begrundet af Jobkonsulent (prøve): Ingen lagerplads fundet";
    assert!(flat(&text).contains(answered), "{text}");
    let file = json!([{"never": "goal-mismatch", "why": ""}]);
    let short = play_one(case("prøve", json!([event("2015-01-06", "b", json!({"goal_mismatch_reason": "x"}))]), file)).await;
    assert_eq!(short.shortfalls[0].found, "spurgt den 06.01.2015");
}
