use super::*;
use crate::domain::{
    testing::{add_at, book, course, day, extend, held, internship, outcome, running, step, terms},
    values::register::PNumber,
};
use serde_json::json;

fn figures() -> &'static Figures {
    book().on(day("2024-01-01"))
}

fn names<'i>(found: impl IntoIterator<Item = &'i Internship>) -> Vec<&'i str> {
    found.into_iter().map(|internship| internship.id.as_str()).collect()
}

/// A flex job from a first day, recorded on a day.
fn hired(first_day: &str, recorded_on: &str) -> Outcome {
    Outcome { recorded_on: day(recorded_on), ..outcome(None, OutcomeStep::FlexJob, None, first_day) }
}

#[test]
fn a_hire_counts_for_an_internship_that_had_begun_when_it_was_recorded() {
    // It began on 8 January.
    for (hire, today, counts) in [
        (hired("2024-03-01", "2024-02-29"), "2024-02-28", false),
        (hired("2024-03-01", "2024-02-29"), "2024-02-29", true),
        (hired("2024-01-08", "2024-01-08"), "2024-04-01", true),
        // Recorded before, or begun before.
        (hired("2024-02-01", "2024-01-07"), "2024-04-01", false),
        (hired("2024-01-07", "2024-02-29"), "2024-04-01", false),
        // Wage subsidy is no hire.
        (outcome(None, OutcomeStep::WageSubsidy, None, "2024-02-01"), "2024-04-01", false),
        // As its own outcome, even where it was recorded before.
        (Outcome { from: Some(InternshipId::stored("a")), ..hired("2024-02-01", "2024-01-07") }, "2024-04-01", true),
        (Outcome { from: Some(InternshipId::stored("b")), ..hired("2024-02-01", "2024-01-07") }, "2024-04-01", false),
    ] {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.outcomes = vec![hire.clone()];
        assert_eq!(course.hired_since(&course.internships[0], figures(), day(today)), counts, "{hire:?} {today}");
        course.internships[0].started_on = None;
        assert!(!course.hired_since(&course.internships[0], figures(), day(today)), "not begun");
    }
}

#[test]
fn a_hire_agreed_far_ahead_answers_the_decision_at_once_and_counts_from_its_first_day() {
    let mut course = running("a", "2024-01-08", "2024-04-07");
    course.outcomes = vec![hired("2024-09-01", "2024-02-29")];
    assert!(course.hire_agreed_since(&course.internships[0], figures()));
    for (today, counts) in [("2024-02-29", 0), ("2024-08-31", 0), ("2024-09-01", 1)] {
        assert_eq!(course.hires(figures(), day(today)).count(), counts, "{today}");
    }
}

#[test]
fn phases_come_from_follow_ups_and_conversations_in_the_order_of_their_days() {
    let mut course = running("a", "2024-01-08", "2024-04-07");
    course.internships[0].follow_ups =
        vec![held("2024-02-29", json!({"phase": "stagnation"})), held("2024-02-01", json!({"belonging": 5}))];
    let mut talk = step("conversation", "2024-01-15", "2024-02-10");
    (talk.done_on, talk.phase) = (Some(day("2024-02-12")), Phase::parse("progression"));
    let mut told_later = talk.clone();
    (told_later.done_on, told_later.done_recorded_on) = (Some(day("2024-03-04")), Some(day("2024-03-06")));
    let open = CourseStep { done_on: None, ..talk.clone() };
    let silent = CourseStep { phase: None, ..talk.clone() };
    course.steps = vec![told_later, talk, open, silent];
    let seen: Vec<_> = course.phases().iter().map(|seen| (seen.said().da, seen.phase.code(), seen.recorded_on)).collect();
    assert_eq!(
        seen,
        [
            ("12.02.2024 (samtale)".to_owned(), "progression", day("2024-02-12")),
            ("29.02.2024 (A)".to_owned(), "stagnation", day("2024-02-29")),
            ("04.03.2024 (samtale)".to_owned(), "progression", day("2024-03-06")),
        ]
    );
}

#[test]
fn follow_ups_of_all_internships_come_in_the_order_of_their_days() {
    let mut course = running("a", "2024-01-08", "2024-04-07");
    add_at(&mut course, "b", "there", "2024-01-15", "2024-04-07");
    course.internships[0].follow_ups = vec![held("2024-02-29", json!({})), held("2024-01-10", json!({}))];
    course.internships[1].follow_ups = vec![held("2024-02-01", json!({}))];
    let held: Vec<_> = course.held().into_iter().map(|(own, held)| (own.id.as_str(), held.on.to_string())).collect();
    assert_eq!(held, [("a", "2024-01-10".to_owned()), ("b", "2024-02-01".to_owned()), ("a", "2024-02-29".to_owned())]);
}

#[test]
fn a_wage_subsidy_runs_from_its_first_day_to_its_last() {
    let mut course = course();
    course.outcomes = vec![outcome(None, OutcomeStep::WageSubsidy, None, "2024-01-01")];
    // 181 days after New Year's Day of a leap year.
    for (on, runs) in [("2023-12-31", false), ("2024-01-01", true), ("2024-06-30", true), ("2024-07-01", false)] {
        assert_eq!(course.in_wage_subsidy(day(on)), runs, "{on}");
    }
}

#[test]
fn a_series_begins_after_the_latest_job_or_education() {
    let mut course = course();
    assert_eq!(course.series_began_after(figures(), day("2024-04-01")), None);
    course.outcomes = vec![
        outcome(None, OutcomeStep::Education, None, "2023-08-14"),
        outcome(None, OutcomeStep::WageSubsidy, None, "2024-01-15"),
        hired("2023-05-01", "2023-05-01"),
    ];
    assert_eq!(course.series_began_after(figures(), day("2024-04-01")), Some(day("2023-08-14")));
    course.outcomes.push(hired("2024-02-01", "2024-02-01"));
    for (today, after) in [("2024-01-31", "2023-08-14"), ("2024-02-01", "2024-02-01")] {
        assert_eq!(course.series_began_after(figures(), day(today)), Some(day(after)), "{today}");
    }
}

/// A stay elsewhere or here, before one from 2024-04-08 at the workplace `here` of the company `one` as `shop`.
fn before(workplace: &str, company: &str, occupation: &str, last: &str) -> (Course, Internship) {
    let mut earlier = internship("earlier", terms(workplace, company, "2024-01-08", last, 20.0));
    earlier.first.terms.occupation = Term::parse(occupation).unwrap();
    let course = Course { internships: vec![earlier], ..course() };
    (course, internship("own", terms("here", "one", "2024-04-08", "2024-05-05", 20.0)))
}

#[test]
fn a_stay_follows_one_at_the_same_place_or_in_the_same_occupation_of_the_company_within_eight_weeks() {
    // 56 days before 8 April 2024 is 12 February.
    for (workplace, company, occupation, last, follows) in [
        ("here", "one", "shop", "2024-04-07", true),
        ("here", "one", "office", "2024-04-07", true),
        ("there", "one", "shop", "2024-04-07", true),
        ("there", "one", "office", "2024-04-07", false),
        ("there", "two", "shop", "2024-04-07", false),
        ("here", "one", "shop", "2024-02-12", true),
        ("here", "one", "shop", "2024-02-11", false),
    ] {
        let (course, own) = before(workplace, company, occupation, last);
        let found = names(course.lineage(Stay::of(&own), figures()));
        assert_eq!(!found.is_empty(), follows, "{workplace} {company} {occupation} {last}");
        // Seen from the earlier one, the later one follows.
        let mut both = course.clone();
        both.internships.push(own.clone());
        let earlier = &both.internships[0];
        let later = names(both.followers(Stay::of(earlier), earlier.last_day(), figures()));
        assert_eq!(later == ["own"], follows, "{workplace} {company} {occupation} {last}");
    }
}

#[test]
fn a_job_between_two_stays_parts_them() {
    // The earlier one from 8 January to 31 March, the later one from 8 April.
    for (first_day, parts) in
        [("2024-01-08", false), ("2024-01-09", true), ("2024-04-03", true), ("2024-04-08", true), ("2024-04-09", false)]
    {
        let (mut course, own) = before("here", "one", "shop", "2024-03-31");
        course.outcomes = vec![hired(first_day, first_day)];
        assert_eq!(course.lineage(Stay::of(&own), figures()).is_empty(), parts, "{first_day}");
    }
}

#[test]
fn only_an_earlier_beginning_is_followed() {
    for (first, follows) in [("2024-04-07", true), ("2024-04-08", false), ("2024-04-09", false)] {
        let mut course = course();
        add_at(&mut course, "other", "here", first, "2024-04-30");
        let own = internship("own", terms("here", "here", "2024-04-08", "2024-05-05", 20.0));
        assert_eq!(!course.lineage(Stay::of(&own), figures()).is_empty(), follows, "{first}");
    }
}

#[test]
fn the_chain_goes_on_through_a_detour_and_each_link_is_an_extension() {
    let mut course = course();
    add_at(&mut course, "a", "here", "2023-09-04", "2023-10-29");
    add_at(&mut course, "b", "there", "2023-10-30", "2023-12-31");
    add_at(&mut course, "c", "here", "2024-01-01", "2024-02-25");
    add_at(&mut course, "elsewhere", "elsewhere", "2024-01-01", "2024-02-25");
    // All of one company, in one occupation.
    for own in &mut course.internships[..3] {
        own.first.terms.place.company = CompanyId::stored("one");
    }
    extend(&mut course.internships[0], "2023-10-01", "2023-10-29");
    let mut own = internship("own", terms("here", "one", "2024-02-26", "2024-04-07", 20.0));
    own.first.terms.occupation = Term::parse("office").unwrap();
    let stay = Stay::of(&own);
    assert_eq!(names(course.lineage(stay, figures())), ["c", "b", "a"], "latest first");
    assert_eq!(course.extensions_before(stay, figures()), 4, "three continuations, and one extension of the first");
    let days = |same_workplace| {
        let days = course.days_before(stay, figures(), same_workplace);
        days.iter().map(|period| (period.first.to_string(), period.days())).collect::<Vec<_>>()
    };
    let (a, b, c) = (("2023-09-04".to_owned(), 56), ("2023-10-30".to_owned(), 63), ("2024-01-01".to_owned(), 56));
    assert_eq!(days(true), [c.clone(), a.clone()]);
    assert_eq!(days(false), [c, b, a]);
    let first = &course.internships[0];
    assert_eq!(names(course.followers(Stay::of(first), first.last_day(), figures())), ["b", "c"]);
}

#[test]
fn a_booking_counts_where_planned_stays_are_asked_for_and_a_cancelled_or_lapsed_one_never() {
    let chain = || {
        let mut course = course();
        // Each so long that the one before it and the one after it are linked by it alone.
        add_at(&mut course, "a", "here", "2024-01-08", "2024-03-17");
        add_at(&mut course, "b", "here", "2024-03-18", "2024-06-09");
        course.internships.iter_mut().for_each(|own| own.started_on = None);
        course
    };
    let own = internship("own", terms("here", "here", "2024-06-10", "2024-07-07", 20.0));
    let asked = |today: &str| Stay { planned: Some(day(today)), ..Stay::of(&own) };
    assert_eq!(names(chain().lineage(asked("2024-01-02"), figures())), ["b", "a"]);
    assert_eq!(names(chain().lineage(asked("2024-03-18"), figures())), ["b"], "the first has lapsed");
    assert!(chain().lineage(Stay::of(&own), figures()).is_empty(), "flags look at what has begun");
    let mut cancelled = chain();
    cancelled.internships[1].cancelled_on = Some(day("2024-01-02"));
    assert!(cancelled.lineage(asked("2024-01-02"), figures()).is_empty());
    let first = terms("here", "here", "2023-12-11", "2024-01-07", 20.0);
    let first = internship("own", first);
    let stay = Stay { planned: Some(day("2024-01-02")), ..Stay::of(&first) };
    assert_eq!(names(chain().followers(stay, first.last_day(), figures())), ["a", "b"]);
}

#[test]
fn the_latest_employer_is_the_workplace_of_the_latest_job_and_else_what_the_citizens_record_says() {
    let place = |course: &Course, id: &str, on: &str| {
        course.is_latest_employer(&terms(id, id, "2024-01-08", "2024-04-07", 20.0).place, day(on))
    };
    let mut course = course();
    assert!(!place(&course, "here", "2024-04-01"));
    course.citizen.latest_employer = PNumber::parse("1000000001");
    let mut known = terms("here", "here", "2024-01-08", "2024-04-07", 20.0).place;
    assert!(!course.is_latest_employer(&known, day("2024-04-01")));
    known.p_number = "1000000001".into();
    assert!(course.is_latest_employer(&known, day("2024-04-01")));
    let job = |workplace: &str, first_day: &str| outcome(None, OutcomeStep::WageSubsidy, Some(workplace), first_day);
    let education = outcome(None, OutcomeStep::Education, Some("school"), "2024-03-01");
    course.outcomes = vec![job("there", "2024-02-29"), job("here", "2024-01-15"), education];
    for (on, here, there) in [
        ("2024-01-14", false, false),
        ("2024-01-15", true, false),
        ("2024-02-28", true, false),
        ("2024-02-29", false, true),
        ("2024-03-04", false, true),
    ] {
        assert_eq!((place(&course, "here", on), place(&course, "there", on)), (here, there), "{on}");
    }
    assert!(!course.is_latest_employer(&known, day("2024-03-04")), "a job recorded here goes before the record");
}
