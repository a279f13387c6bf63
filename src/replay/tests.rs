//! The field study's courses, and small courses of one thing each.

use crate::{domain::people::access::Role, replay::*};
use serde_json::{Value, json};

const CASES: &str = include_str!("../../tests/cases.json");

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
    let refused = played.diary.iter().filter(|entry| entry.what == Came::Refused);
    refused.map(|entry| (entry.on.to_string(), entry.rule.as_deref().unwrap())).collect()
}

#[tokio::test]
async fn the_field_study_holds() {
    let played = replay(&[CASES.to_owned()], None, &quiet).await.unwrap();
    for case in &played {
        assert!(case.holds() && case.not_played.is_empty(), "{}", print(case));
    }
    let text = print(&played[1]);
    assert!(text.contains("09.04.2015  the company has not answered by the decision date\n"), "{text}");
    assert!(text.contains("Fortalt til teamlederen: »a«, decision-due, advarsel (datoen blev ændret uden svar)"), "{text}");
    assert!(!text.contains("0006"), "no CPR number is printed");
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
        {"letters": {"to": "team-leader", "rule": "decision-due", "count": 1}, "why": "the alarm on the 13th"},
    ]);
    let played = holds(events, expected).await;
    let raised = played.diary.iter().filter(|entry| matches!(entry.what, Came::Flagged | Came::Rose));
    let steps: Vec<(String, &str, Came)> =
        raised.map(|entry| (entry.on.to_string(), entry.rule.as_deref().unwrap(), entry.what)).collect();
    assert_eq!(
        steps,
        [
            ("2015-04-10".to_owned(), "decision-due", Came::Flagged),
            ("2015-04-10".to_owned(), "ends-without-plan", Came::Flagged),
            ("2015-04-13".to_owned(), "decision-due", Came::Rose),
            ("2015-04-15".to_owned(), "ends-without-plan", Came::Rose),
        ]
    );
}

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
        {"letters": {"count": 0}, "why": "nobody is told"},
    ]);
    let played = holds(events, expected).await;
    assert_eq!(refusals(&played), [("2015-01-06".to_owned(), "task-ruled-out"), ("2015-01-20".to_owned(), "not-in-force")]);
    assert!(played.diary[1].dry_run && played.diary[1].text.starts_with("Prøve: "));
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
        {"flag": "alignment-missing", "about": "a", "level": "warning", "by": "2015-01-12", "told": ["citizen", "company-contact", "consultant"], "why": ""},
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
    let begun = played.diary.iter().find(|entry| entry.what == Came::Done && entry.text.ends_with("begynder"));
    assert_eq!(begun.unwrap().on.to_string(), "2015-01-14");
}

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
    assert!(!played.diary.iter().any(|entry| entry.text.ends_with("begynder")));
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
        played.diary.iter().filter(|entry| entry.text.ends_with("begynder")).map(|entry| entry.on.to_string()).collect();
    assert_eq!(begun, ["2015-01-19"]);
}

#[tokio::test]
async fn a_flag_that_is_acknowledged_or_snoozed_is_silent_and_an_alarm_is_the_team_leaders() {
    let events = json!([
        recruitment(),
        {"on": "2015-03-23", "do": "acknowledge", "flag": "decision-due", "about": "a"},
        {"on": "2015-03-24", "do": "acknowledge", "flag": "decision-due", "about": "a", "reason": "Vi har en aftale"},
        {"on": "2015-04-14", "do": "acknowledge", "flag": "decision-due", "about": "a", "reason": "Mig", "by": "consultant"},
        {"on": "2015-04-14", "do": "acknowledge", "flag": "decision-due", "about": "a", "reason": "Jeg ringer selv"},
        {"on": "2015-04-08", "do": "snooze", "flag": "ends-without-plan", "about": "a", "until": "2015-04-20"},
    ]);
    let expected = json!([
        {"refused": "no-flag", "on": "2015-03-23", "why": "it is raised in the evening"},
        {"refused": "forbidden", "on": "2015-04-14", "why": "an alarm only by a team leader"},
        {"letters": {"to": "company-contact", "rule": "decision-due", "count": 3}, "why": "the 23rd, then the warning and the alarm"},
        {"letters": {"to": "consultant", "rule": "ends-without-plan", "count": 2}, "why": "the 7th, and when it wakes"},
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
        {"letters": {"to": "consultant", "rule": "ends-without-plan", "count": 2}, "why": "told to the third one"},
    ]);
    let played = holds(events, expected).await;
    let text = print(&played);
    for line in [
        "02.03.2015  Ny jobkonsulent, overlevering: Hun vil gerne blive på lageret (læses 09.03.2015)\n",
        "09.03.2015  Overleveringen er læst\n",
        "16.03.2015  Ny jobkonsulent, uden overlevering\n",
        "18.03.2015  Ny jobkonsulent, med overlevering\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let addresses: Vec<&str> =
        played.players.iter().filter(|player| player.role == Role::Consultant).map(|player| player.email.as_str()).collect();
    let numbered = |who: &str| format!("{who}.proeve@kommune.example");
    assert_eq!(addresses, ["jobkonsulent", "jobkonsulent-2", "jobkonsulent-3", "jobkonsulent-4"].map(numbered));
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
    let came: Vec<Came> =
        played.diary.iter().filter(|entry| entry.rule.as_deref() == Some("goal-mismatch")).map(|entry| entry.what).collect();
    assert_eq!(came, [Came::Asked, Came::Reasoned]);
    let text = print(&played);
    assert!(text.contains("SPURGT: Aftale om praktikken »a«"), "{text}");
    let answered = "Spurgt: goal-mismatch, begrundet af Jobkonsulent (prøve): Ingen lagerplads fundet\n";
    assert!(text.contains(answered), "{text}");
    let file = json!([{"never": "goal-mismatch", "why": ""}]);
    let short = play_one(case("prøve", json!([event("2015-01-06", "b", json!({"goal_mismatch_reason": "x"}))]), file)).await;
    assert_eq!(short.shortfalls[0].found, "spurgt den 06.01.2015");
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
    let cast = Cast { password_hash: "known".into() };
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

/// What stands of each flag at the end of a day: rule, about, level.
fn standing(played: &Played, until: chrono::NaiveDate) -> std::collections::BTreeMap<(String, String), Option<String>> {
    let mut flags = std::collections::BTreeMap::new();
    for entry in played.diary.iter().filter(|entry| entry.on <= until) {
        let (Some(rule), Some(about)) = (entry.rule.clone(), entry.about.clone()) else { continue };
        let level = entry.text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(level, _)| level.to_owned());
        match entry.what {
            Came::Flagged | Came::Rose => flags.insert((rule, about), level),
            Came::Cleared | Came::Closed | Came::Unanswered => flags.remove(&(rule, about)),
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
            played.diary.iter().filter(|entry| entry.what == Came::Flagged || entry.what == Came::Rose).collect();
        let once: std::collections::BTreeSet<_> =
            told.iter().map(|entry| (&entry.rule, &entry.about, &entry.text, entry.on)).collect();
        assert_eq!(once.len(), told.len(), "each is raised once");
    }
    assert!(most >= 2, "at least once several flags stood: {most}");
}
