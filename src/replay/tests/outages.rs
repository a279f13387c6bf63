//! Days on which the schedule does not run.

use crate::replay::{
    tests::{case, holds, play_one, recruitment},
    *,
};
use serde_json::json;

#[tokio::test]
async fn after_an_outage_each_flag_comes_once_at_the_level_it_has_now() {
    let events = json!([
        recruitment(),
        {"on": "2015-03-20", "do": "schedule-off"},
        {"on": "2015-04-10", "do": "schedule-on"},
    ]);
    let expected = json!([
        {"flag": "decision-due", "about": "a", "level": "notice", "by": "2015-04-10", "not_before": "2015-04-10", "why": "down until then"},
        {"flag": "decision-due", "about": "a", "level": "warning", "by": "2015-04-10", "told": ["company-contact", "consultant", "liaison"], "why": ""},
        {"letters": {"to": "company-contact", "rule": "decision-due", "count": 2}, "why": "one after the outage, one at the alarm"},
        {"letters": {"to": "team-leader", "rule": "decision-due", "count": 1}, "why": "the alarm on the 15th"},
    ]);
    let played = holds(events, expected).await;
    let raised = played.diary.iter().filter(|entry| matches!(entry.what, EntryKind::Flagged | EntryKind::Rose));
    let steps: Vec<(String, &str, EntryKind)> =
        raised.map(|entry| (entry.on.to_string(), entry.rule.as_deref().unwrap(), entry.what)).collect();
    assert_eq!(
        steps,
        [
            ("2015-04-10".to_owned(), "decision-due", EntryKind::Flagged),
            ("2015-04-10".to_owned(), "ends-without-plan", EntryKind::Flagged),
            ("2015-04-15".to_owned(), "decision-due", EntryKind::Rose),
            ("2015-04-15".to_owned(), "ends-without-plan", EntryKind::Rose),
            ("2015-04-24".to_owned(), "ends-without-plan", EntryKind::Rose),
            ("2015-05-27".to_owned(), "standstill", EntryKind::Flagged),
        ]
    );
}

/// What stands of each flag at the end of a day: rule, about, level.
fn standing(played: &Played, until: chrono::NaiveDate) -> std::collections::BTreeMap<(String, String), Option<String>> {
    let mut flags = std::collections::BTreeMap::new();
    for entry in played.diary.iter().filter(|entry| entry.on <= until) {
        let (Some(rule), Some(about)) = (entry.rule.clone(), entry.about.clone()) else { continue };
        let level = entry.text.da.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(level, _)| level.to_owned());
        match entry.what {
            EntryKind::Flagged | EntryKind::Rose => flags.insert((rule, about), level),
            EntryKind::Cleared | EntryKind::Closed | EntryKind::Unanswered => flags.remove(&(rule, about)),
            _ => None,
        };
    }
    flags
}

#[tokio::test]
async fn after_an_outage_of_any_length_the_flags_stand_as_if_the_schedule_had_run_every_day() {
    let events = json!([
        recruitment(),
        {"on": "2015-03-02", "do": "follow-up", "internship": "a", "phase": "stagnation"},
        {"on": "2015-03-30", "do": "follow-up", "internship": "a", "phase": "setback"},
        {"on": "2015-04-10", "do": "extend", "internship": "a", "to": "2015-07-12", "reason": "Mere tid", "hiring_decision_on": "2015-07-06"},
        {"on": "2015-04-13", "do": "change-consultant", "handover": null},
        {"on": "2015-07-12", "do": "end", "internship": "a", "outcome": "no-job"},
        {"on": "2015-08-03", "do": "nothing"},
    ]);
    let daily = play_one(case("prøve", events.clone(), json!([]))).await;
    let mut most = 0;
    // Off from a day on, back at the latest when the story ends.
    let outages = [("2015-01-06", 1), ("2015-03-20", 10), ("2015-01-10", 170), ("2015-06-20", 20)];
    for (off, days) in outages {
        let back = crate::domain::values::day::plus(off.parse().unwrap(), days);
        let on = back.to_string();
        let mut disturbed = events.as_array().unwrap().clone();
        disturbed.push(json!({"on": off, "do": "schedule-off"}));
        disturbed.push(json!({"on": on, "do": "schedule-on"}));
        let played = play_one(case("prøve", json!(disturbed), json!([]))).await;
        let expected = standing(&daily, back);
        most = most.max(expected.len());
        assert_eq!(standing(&played, back), expected, "off from {off} for {days} days\n{}", print(&played));
        let told: Vec<&DiaryEntry> =
            played.diary.iter().filter(|entry| entry.what == EntryKind::Flagged || entry.what == EntryKind::Rose).collect();
        let once: std::collections::BTreeSet<_> =
            told.iter().map(|entry| (&entry.rule, &entry.about, &entry.text.da, entry.on)).collect();
        assert_eq!(once.len(), told.len(), "each is raised once");
    }
    assert!(most >= 2, "at least once several flags stood: {most}");
}
