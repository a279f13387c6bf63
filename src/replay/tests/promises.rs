//! *Nobody is forgotten*, through the same actions, schedule and letters as in life: whatever people did, if everybody then does nothing
//! for 60 days, a flag stands of which somebody who works here has been told. The rules alone are tried on far more courses in
//! `domain::rules::promises`.

use crate::{
    domain::{rules::flags::Audience, values::day::plus},
    replay::{
        tests::{case, play_one},
        *,
    },
};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What somebody does, some days after what was done before.
#[derive(Clone, Debug)]
struct Deed {
    after: u8,
    what: u8,
    which: bool,
    how: u8,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let one = (0u8..35, 0u8..14, any::<bool>(), 0u8..6);
    proptest::collection::vec(one.prop_map(|(after, what, which, how)| Deed { after, what, which, how }), 1..14)
}

/// As an event of a course file; one that does not fit what has come before is refused, and leaves nothing.
fn event(deed: &Deed, on: chrono::NaiveDate) -> Value {
    let internship = if deed.which { "a" } else { "b" };
    let party = ["citizen", "company", "consultant"][usize::from(deed.how % 3)];
    let answer = ["hire", "no", "more-time"][usize::from(deed.how % 3)];
    let later = |days: i64| plus(on, days).to_string();
    let mut event = match deed.what {
        0..=2 => json!({"do": "book", "company": if deed.which { "lager" } else { "butik" }, "type": "clarification",
            "occupation": "warehouse", "start": later(i64::from(deed.how) * 5), "end": later(40 + i64::from(deed.how) * 9),
            "hours": 20, "start_recorded": !deed.how.is_multiple_of(3), "goal_mismatch_reason": "s", "series_reason": "s"}),
        3 => json!({"do": "confirm", "by": party}),
        4 => json!({"do": "object", "by": party, "text": "Nej"}),
        5 => json!({"do": "change", "hours": 10 + i64::from(deed.how)}),
        6 => json!({"do": "extend", "to": later(20 + i64::from(deed.how) * 7), "reason": "Mere tid",
            "decision_reasons": if deed.how == 0 { Value::Null } else { json!("Mere øvelse") }}),
        7 => json!({"do": "company-answers", "answer": answer}),
        8 => json!({"do": "end", "outcome": "no-job"}),
        9 => json!({"do": "cancel", "reason": "Ikke aktuel"}),
        10 => json!({"do": "withdraw-version"}),
        11 => json!({"do": "follow-up", "phase": "progression", "answers": ["Ja"]}),
        12 => json!({"do": "acknowledge", "flag": FLAGS[usize::from(deed.how)], "reason": "Set"}),
        _ => json!({"do": "snooze", "flag": FLAGS[usize::from(deed.how)], "reason": "Ferie"}),
    };
    event["on"] = json!(on);
    if deed.what < 12 {
        event["internship"] = json!(internship);
    }
    event
}

const FLAGS: [&str; 6] =
    ["ends-without-plan", "start-not-recorded", "alignment-missing", "follow-up-overdue", "standstill", "objection"];

/// The flags that stand at the end, each with whether somebody who works here was told of it.
fn standing(played: &Played) -> Vec<(String, bool)> {
    let mut flags: BTreeMap<(String, String), (i32, bool)> = BTreeMap::new();
    for entry in &played.diary {
        let (Some(rule), Some(about)) = (&entry.rule, &entry.about) else { continue };
        let flag = flags.entry((rule.clone(), about.clone())).or_default();
        match entry.what {
            EntryKind::Flagged => flag.0 += 1,
            EntryKind::Cleared | EntryKind::Closed | EntryKind::Unanswered => flag.0 -= 1,
            EntryKind::Told => {
                flag.1 |= entry.to.iter().any(|to| !matches!(to, Audience::Citizen | Audience::CompanyContact));
            }
            _ => {}
        }
    }
    flags.into_iter().filter(|(_, (stands, _))| *stands > 0).map(|((rule, _), (_, told))| (rule, told)).collect()
}

#[test]
fn nobody_is_forgotten_whatever_was_done() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 16, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() };
    let tried = TestRunner::new(config).run(&deeds(), |deeds| {
        let mut on = chrono::NaiveDate::from_ymd_opt(2023, 11, 1).unwrap();
        let mut events = Vec::new();
        for deed in &deeds {
            on = plus(on, i64::from(deed.after));
            events.push(event(deed, on));
        }
        let mut course = case("prøve", json!(events), json!([]));
        // Else follow-ups are taken to be held on their days, and that is not nothing.
        course["follow_ups"] = json!("as-given");
        let played = runtime.block_on(play_one(course));
        let told = standing(&played).into_iter().any(|(_, told)| told);
        prop_assert!(told, "{}", print(&played));
        Ok(())
    });
    tried.unwrap();
}
