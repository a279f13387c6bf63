//! What an expectation that does not hold says.

use crate::replay::tests::{case, play_one, recruitment};
use serde_json::json;

#[tokio::test]
async fn what_falls_short_says_what_was_found_and_whether_it_waits_for_a_rule() {
    let expected = json!([
        {"flag": "decision-due", "about": "a", "by": "2015-03-22", "why": "one day too early"},
        {"flag": "decision-due", "about": "a", "level": "warning", "by": "2015-04-09", "not_before": "2015-04-10", "why": ""},
        {"flag": "decision-due", "about": "a", "by": "2015-03-23", "told": ["company-contact", "mentor"], "why": ""},
        {"cleared": "decision-due", "about": "a", "by": "2015-04-11", "why": ""},
        {"cleared": "long-stay", "by": "2015-04-11", "why": ""},
        {"refused": "duration-limit", "on": "2015-01-05", "why": ""},
        {"never": "ends-without-plan", "about": "a", "why": ""},
        {"asked": "goal-mismatch", "on": "2015-01-05", "why": ""},
        {"letters": {"to": "company-contact", "rule": "decision-due", "count": 4}, "why": ""},
        {"flag": "no-such-rule", "about": "citizen", "by": "2015-04-11", "why": ""},
    ]);
    let played = play_one(case("prøve", json!([recruitment()]), expected)).await;
    let found: Vec<(&str, Option<&str>)> =
        played.shortfalls.iter().map(|shortfall| (shortfall.found.as_str(), shortfall.waits_for.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("rejst den 23.03.2015", None),
            ("rejst den 09.04.2015", None),
            ("rejst, men ikke fortalt til mentor", None),
            ("rejst den 23.03.2015, og står endnu", None),
            ("aldrig rejst inden da", None),
            ("ikke afvist", None),
            ("rejst den 07.04.2015", None),
            ("ikke afvist", None),
            ("5", None),
            ("aldrig rejst", Some("no-such-rule")),
        ]
    );
}
