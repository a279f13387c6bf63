//! What happens in the course of an internship and after it.

use crate::{
    domain::people::access::Role,
    replay::{
        tests::{booking, flat, holds, recruitment, refusals},
        *,
    },
};
use serde_json::{Value, json};

#[tokio::test]
async fn more_time_keeps_the_question_and_no_answers_it() {
    let events = json!([
        recruitment(),
        {"on": "2015-03-30", "do": "company-answers", "internship": "a", "answer": "more-time", "text": "Vi mangler et regnskab"},
        {"on": "2015-03-31", "do": "company-answers", "internship": "a", "answer": "more-time", "text": null},
        {"on": "2015-04-10", "do": "company-answers", "internship": "a", "answer": "no"},
    ]);
    let expected = json!([
        {"flag": "decision-due", "about": "a", "level": "notice", "by": "2015-03-30", "told": ["consultant"], "why": "more time tells the consultant"},
        {"flag": "decision-due", "about": "a", "level": "warning", "by": "2015-04-09", "why": "and keeps the date"},
        {"refused": "required", "on": "2015-03-31", "why": "more time needs a reason"},
        {"cleared": "decision-due", "about": "a", "by": "2015-04-10", "why": "answered"},
        {"letters": {"to": "consultant", "rule": "answer", "count": 1}, "why": "the answer no; the other carries the line of the flag"},
    ]);
    holds(events, expected).await;
}

#[tokio::test]
async fn a_job_found_elsewhere_ends_a_series() {
    let three = |n: u32| {
        let name = ["a", "b", "c"][usize::try_from(n).unwrap() - 1];
        let place = if n == 2 { "lager" } else { "butik" };
        let month = |day: u32| format!("2015-{:02}-{day:02}", n * 3 - 2);
        let mut event = booking(&month(5), name, place, &month(12), &month(25));
        event["occupation"] = json!(name); // terms that the list does not know are added
        event["goal_mismatch_reason"] = json!("Et nyt fag");
        [event, json!({"on": month(25), "do": "end", "internship": name, "outcome": "no-job"})]
    };
    let mut events: Vec<Value> = (1..=3).flat_map(three).collect();
    events.push(json!({"on": "2015-08-10", "do": "job", "employer": "Et andet sted", "first_day": "2015-08-17", "weekly_hours": 20, "outcome": "ordinary-part-time"}));
    let expected = json!([
        {"flag": "internship-series", "about": "citizen", "by": "2015-07-12", "not_before": "2015-07-12", "told": ["consultant"], "why": ""},
        {"cleared": "internship-series", "about": "citizen", "by": "2015-08-10", "why": "from the day it is recorded"},
    ]);
    holds(json!(events), expected).await;
}

#[tokio::test]
async fn a_flag_that_is_acknowledged_or_snoozed_is_silent_and_an_alarm_is_the_team_leaders() {
    let events = json!([
        recruitment(),
        {"on": "2015-03-23", "do": "acknowledge", "flag": "decision-due", "about": "a"},
        {"on": "2015-03-24", "do": "acknowledge", "flag": "decision-due", "about": "a", "reason": "Vi har en aftale"},
        {"on": "2015-04-16", "do": "acknowledge", "flag": "decision-due", "about": "a", "reason": "Mig", "by": "consultant"},
        {"on": "2015-04-16", "do": "acknowledge", "flag": "decision-due", "about": "a", "reason": "Jeg ringer selv"},
        {"on": "2015-04-08", "do": "snooze", "flag": "ends-without-plan", "about": "a", "until": "2015-04-20"},
    ]);
    let expected = json!([
        {"refused": "no-flag", "on": "2015-03-23", "why": "it is raised in the evening"},
        {"refused": "forbidden", "on": "2015-04-16", "why": "an alarm only by a team leader"},
        {"letters": {"to": "company-contact", "rule": "decision-due", "count": 5}, "why": "every step: what is seen here is no answer"},
        {"letters": {"to": "consultant", "rule": "ends-without-plan", "count": 3}, "why": "the 7th, and the warning and the alarm after the end: a rise ends the snooze"},
    ]);
    holds(events, expected).await;
}

#[tokio::test]
async fn a_new_consultant_acts_from_then_on_and_reads_the_handover_on_its_day() {
    let events = json!([
        recruitment(),
        {"on": "2015-03-02", "do": "change-consultant", "handover": "Hun vil gerne blive på lageret", "read_on": "2015-03-09"},
        {"on": "2015-03-16", "do": "change-consultant", "handover": null},
        {"on": "2015-03-17", "do": "change", "internship": "a", "hours": 25},
        {"on": "2015-03-18", "do": "change-consultant"},
    ]);
    let expected = json!([
        {"flag": "decision-due", "about": "a", "level": "warning", "by": "2015-04-09", "told": ["former-consultant"], "why": "the third, who is told now"},
        {"letters": {"to": "consultant", "rule": "ends-without-plan", "count": 3}, "why": "told to the third one"},
    ]);
    let played = holds(events, expected).await;
    let text = print(&played);
    for line in [
        "02.03.2015 Ny jobkonsulent, overlevering: Hun vil gerne blive på lageret (læses 09.03.2015)",
        "09.03.2015 Overleveringen er læst",
        "16.03.2015 Ny jobkonsulent, uden overlevering",
        "18.03.2015 Ny jobkonsulent, med overlevering",
    ] {
        assert!(flat(&text).contains(line), "{text}");
    }
    let addresses: Vec<&str> =
        played.players.iter().filter(|player| player.role == Role::Consultant).map(|player| player.email.as_str()).collect();
    let numbered = |who: &str| format!("{who}.proeve@kommune.example");
    assert_eq!(addresses, ["jobkonsulent", "jobkonsulent-2", "jobkonsulent-3", "jobkonsulent-4"].map(numbered));
}

#[tokio::test]
async fn what_an_earlier_event_registered_wrongly_is_put_right_later_by_the_team_leader() {
    let in_error = |on: &str, event: u32| json!({"on": on, "do": "in-error", "event": event, "reason": "Forkert borger"});
    let events = json!([
        booking("2015-01-05", "a", "lager", "2015-01-12", "2015-04-12"),
        {"on": "2015-02-02", "do": "end", "internship": "a", "outcome": "flex-job", "first_day": "2015-02-03", "weekly_hours": 15},
        in_error("2015-02-04", 2),
        {"on": "2015-02-09", "do": "job", "first_day": "2015-02-10", "weekly_hours": 20, "employer": "Havnen"},
        in_error("2015-02-10", 4),
        in_error("2015-02-11", 4),
        {"on": "2015-03-02", "do": "follow-up", "internship": "a", "phase": "stagnation"},
        in_error("2015-03-02", 7),
        in_error("2015-03-20", 1),
    ]);
    let expected = json!([
        {"never": "ends-without-plan", "about": "a", "why": "the booking is as if never made"},
        {"never": "retention-check-due", "why": "neither job is one"},
    ]);
    let played = holds(events, expected).await;
    assert_eq!(refusals(&played), [("2015-02-11".to_owned(), "nothing-registered")], "{}", print(&played));
    assert!(
        played.diary.iter().any(|entry| entry.text.da.starts_with("Registreret ved en fejl: nr. 2, »Praktikken »a« slutter"))
    );
}
