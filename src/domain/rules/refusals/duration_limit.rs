//! `duration-limit` (L3–L7): the days of internship at the workplace, both ends included, gaps not counted.
//!
//! Job-ready: 28 days and no extension; a new function, or another workplace, counts from the beginning. Others: 91 days at
//! first, extensions to 182 in all, beyond that 91 at a time with a stated special need. An extension by another name counts as
//! an extension, so that splitting or renaming gains no weeks.

use crate::domain::{
    internships::internship::Internship,
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::{
        day::{Period, danish, days_in, nth_day, plus},
        localized::{Localized, localized},
    },
};
use chrono::NaiveDate;

pub const RULE: RefusalRule =
    RefusalRule { id: RuleId::new("duration-limit"), figure: "duration_limit", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let (figures, period) = (check.figures, check.period());
    // A change cannot move the end later, so only another place or an earlier start makes a stay longer.
    if check.act == Act::Change && !check.moves_place() && !check.starts_earlier() {
        return None;
    }
    let ready = check.course.citizen.is_job_ready(check.book.on(check.today));
    let before = if ready && check.new_function {
        Vec::new()
    } else {
        let after = check.course.followers(check.stay(), period.last, figures);
        let there = after.into_iter().filter(|later| later.standing().terms.place.workplace == *check.stay().workplace);
        let after = there.filter_map(Internship::span);
        check.course.days_before(check.stay(), figures, true).into_iter().chain(after).collect()
    };
    let own_before =
        check.own.filter(|_| check.act == Act::Extension).map(|own| Period { first: period.first, last: own.last_day() });
    let with = |own: Option<Period>| before.iter().copied().chain(own).collect::<Vec<_>>();
    let (already, total) = (days_in(&with(own_before)), days_in(&with(Some(period))));
    let latest = |days: i64| {
        nth_day(&with(Some(Period { first: period.first, last: plus(period.first, 4000) })), days).unwrap_or(period.first)
    };
    let prolongs = check.act == Act::Extension || !before.is_empty();

    if let Some(own) = check.own.filter(|_| check.act == Act::Extension)
        && let Some(found) = window(check, own.last_day())
    {
        return Some(found);
    }
    if ready {
        return if prolongs {
            found(
                "job_ready_days",
                total,
                0,
                localized(
                    "En jobparat borgers praktik kan ikke forlænges.",
                    "The internship of a job-ready citizen cannot be extended.",
                ),
                localized(
                    "Vælg en anden arbejdsplads, eller skriv, hvordan en ny praktik har en anden funktion.",
                    "Choose another workplace, or state how a new internship has another function.",
                ),
            )
        } else {
            (total > figures.job_ready_days)
                .then(|| too_long("job_ready_days", total, figures.job_ready_days, latest(figures.job_ready_days)))?
        };
    }
    // Whatever it follows, one booking is no longer than a first one: what it follows may be cancelled, moved or cut short.
    let booked = if check.act == Act::Extension { 0 } else { period.days() };
    if booked > figures.first_booking_days && check.binds("first_booking_days") {
        let limit = figures.first_booking_days;
        return too_long("first_booking_days", booked, limit, plus(period.first, limit - 1));
    }
    if !prolongs {
        return None;
    }
    if total <= figures.without_special_need_days {
        return None;
    }
    let added = total - already;
    if added > figures.special_need_step_days && check.binds("special_need_step_days") {
        return too_long(
            "special_need_step_days",
            added,
            figures.special_need_step_days,
            latest(already + figures.special_need_step_days),
        );
    }
    if check.papers.special_need || !check.binds("without_special_need_days") {
        return None;
    }
    let free = latest(figures.without_special_need_days);
    found(
        "without_special_need_days",
        total,
        figures.without_special_need_days,
        localized(
            format!(
                "Praktikken ville vare {total} dage i alt. Efter {} dage kræves et ganske særligt behov.",
                figures.without_special_need_days
            ),
            format!(
                "The stay would last {total} days in all. Beyond {} days a quite special need is required.",
                figures.without_special_need_days
            ),
        ),
        if already < figures.without_special_need_days {
            localized(
                format!("Skriv det særlige behov, eller slut senest {}.", danish(free)),
                format!("State the special need, or end on {free} at the latest."),
            )
        } else {
            localized("Skriv det særlige behov.", "State the special need.")
        },
    )
    .map(|mut found| {
        found.missing.push("special-need");
        found.latest_last_day = (already < figures.without_special_need_days).then_some(free);
        found
    })
}

/// An extension is registered close to the end, and never after it.
fn window(check: &Check, end: NaiveDate) -> Option<Found> {
    let opens = plus(end, -check.figures.extension_window_days);
    if !check.binds("extension_window_days") || (opens..=end).contains(&check.today) {
        return None;
    }
    found(
        "extension_window_days",
        (end - check.today).num_days(),
        check.figures.extension_window_days,
        if check.today > end {
            localized(
                format!("Praktikken sluttede den {}. Den kan ikke forlænges bagefter.", danish(end)),
                format!("The internship ended on {end}. It cannot be extended afterwards."),
            )
        } else {
            localized(
                format!("Der er mere end {} dage til slutdatoen.", check.figures.extension_window_days),
                format!("There are more than {} days to the end.", check.figures.extension_window_days),
            )
        },
        if check.today > end {
            localized("Book en ny praktik; den tæller som en forlængelse.", "Book a new internship; it counts as an extension.")
        } else {
            localized(
                format!("Registrér forlængelsen fra den {}.", danish(opens)),
                format!("Register the extension from {opens} on."),
            )
        },
    )
}

fn too_long(figure: &'static str, days: i64, limit: i64, latest: NaiveDate) -> Option<Found> {
    found(
        figure,
        days,
        limit,
        localized(
            format!("Det ville blive {days} dage; højst {limit} er lovligt."),
            format!("That would make {days} days; at most {limit} are lawful."),
        ),
        localized(format!("Slut senest den {}.", danish(latest)), format!("End on {latest} at the latest.")),
    )
    .map(|found| Found { latest_last_day: Some(latest), ..found })
}

fn found(figure: &'static str, days: i64, limit: i64, reason: Localized, passes_if: Localized) -> Option<Found> {
    Some(Found {
        figure: Some(figure),
        reason,
        compared: vec![compared(localized("Dage", "Days"), days), compared(localized("Højst", "At most"), limit)],
        passes_if,
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn a_first_booking_ends_at_the_latest_on_its_ninety_first_day() {
        for (group, end, refused) in [
            ("3", "2024-04-07", false),
            ("3", "2024-04-08", true),
            ("2", "2024-02-04", false),
            ("2", "2024-02-05", true),
            ("13", "2024-04-07", false),
        ] {
            let mut case = RuleCase::new();
            case.group(group);
            case.end(end);
            assert_eq!(case.refused("duration-limit"), refused, "group {group}, end {end}");
        }
    }

    #[test]
    fn beyond_the_twenty_sixth_week_each_step_is_thirteen_weeks_with_a_special_need() {
        // Begun 2024-01-08: day 91 is 2024-04-07, day 182 is 2024-07-07, day 273 is 2024-10-06.
        for (old_end, new_end, need, refused) in [
            ("2024-04-07", "2024-07-07", false, false),
            ("2024-04-07", "2024-07-08", false, true),
            ("2024-07-07", "2024-07-08", false, true),
            ("2024-07-07", "2024-10-06", true, false),
            ("2024-07-07", "2024-10-07", true, true),
        ] {
            let mut case = RuleCase::new();
            case.extend(old_end, new_end, old_end);
            case.papers.special_need = need;
            assert_eq!(case.refused("duration-limit"), refused, "{old_end} → {new_end}, need {need}");
        }
    }

    #[test]
    fn an_extension_is_registered_close_to_the_end_and_never_after_it() {
        for (today, refused) in [("2024-03-09", true), ("2024-03-10", false), ("2024-04-07", false), ("2024-04-08", true)] {
            let mut case = RuleCase::new();
            case.extend("2024-04-07", "2024-05-01", today);
            assert_eq!(case.refused("duration-limit"), refused, "{today}");
        }
    }

    #[test]
    fn an_extension_by_another_name_counts_the_earlier_days() {
        // Earlier stay of 91 days ends 2023-12-31; the new one would make 91 + 91 = 182 days.
        for (earlier, start, end, refused) in [
            (("2023-10-02", "2023-12-31"), "2024-01-08", "2024-04-07", false),
            (("2023-10-01", "2023-12-31"), "2024-01-08", "2024-04-07", true),
            (("2023-10-01", "2023-12-31"), "2024-02-25", "2024-05-25", true),
            (("2023-10-01", "2023-12-31"), "2024-02-26", "2024-05-26", false),
        ] {
            let mut case = RuleCase::new();
            case.other(earlier.0, earlier.1, 5.0);
            case.other_at_same_workplace();
            case.period(start, end);
            assert_eq!(case.refused("duration-limit"), refused, "{earlier:?} then {start}");
        }
    }

    #[test]
    fn a_job_ready_citizen_starts_afresh_in_a_new_function_only() {
        for (new_function, refused) in [(false, true), (true, false)] {
            let mut case = RuleCase::new();
            case.group("2");
            case.other("2023-12-11", "2024-01-07", 5.0);
            case.other_at_same_workplace();
            case.end("2024-02-04");
            case.new_function = new_function;
            assert_eq!(case.refused("duration-limit"), refused, "new function {new_function}");
        }
        let mut case = RuleCase::new();
        case.group("2");
        case.extend("2024-02-04", "2024-02-05", "2024-02-01");
        assert!(case.refused("duration-limit"), "no extension");
    }

    #[test]
    fn a_limit_binds_only_the_target_groups_of_its_row() {
        let others = "target_groups = [\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]";
        let limit = |figure: &str, days: i64, reference: &str| {
            format!("figure = \"{figure}\"\nvalue = {days}\nunit = \"days\"\nlegal_reference = \"{reference}\"\n")
        };
        let (need, step) = (
            limit("without_special_need_days", 182, "LAB § 61(2) (L5)"),
            limit("special_need_step_days", 91, "LAB § 61(2) (L6)"),
        );
        for (rows, end, refused) in [
            (vec![], "2024-07-08", true),
            (vec![&need], "2024-07-08", true),
            (vec![&need], "2024-07-07", false),
            (vec![&step], "2024-07-08", true),
            (vec![&need, &step], "2024-07-08", false),
        ] {
            let mut case = RuleCase::new();
            let old: Vec<String> = rows.iter().map(|row| format!("{row}{others}")).collect();
            let new: Vec<String> = rows.iter().map(|row| format!("{row}target_groups = [\"5\"]")).collect();
            let changes: Vec<(&str, &str)> = old.iter().map(String::as_str).zip(new.iter().map(String::as_str)).collect();
            case.rules(&changes);
            case.extend("2024-04-07", end, "2024-04-07");
            assert_eq!(case.refused("duration-limit"), refused, "{end}, {} rows do not bind", rows.len());
        }
    }

    #[test]
    fn whom_the_shorter_limit_binds_is_job_ready_and_one_who_was_not_regrouped_is_bound_by_the_longer() {
        for (group, marked, end, refused) in [
            ("12", false, "2024-04-07", false),
            ("12", true, "2024-02-04", false),
            ("12", true, "2024-02-05", true),
            ("gone", false, "2024-04-07", false),
            ("gone", false, "2024-04-08", true),
        ] {
            let mut case = RuleCase::new();
            case.group(group);
            case.course.citizen.job_ready = marked;
            case.end(end);
            assert_eq!(case.refused("duration-limit"), refused, "group {group}, marked {marked}, end {end}");
        }
    }

    #[test]
    fn what_would_pass_is_told_by_what_the_stay_has_used_already() {
        // Begun 2024-01-08: day 182 is 2024-07-07, day 273 is 2024-10-06.
        for (old_end, new_end, need, says, latest) in [
            (
                "2024-04-08",
                "2024-07-08",
                false,
                "State the special need, or end on 2024-07-07 at the latest.",
                Some("2024-07-07"),
            ),
            (
                "2024-07-06",
                "2024-07-08",
                false,
                "State the special need, or end on 2024-07-07 at the latest.",
                Some("2024-07-07"),
            ),
            ("2024-07-07", "2024-07-08", false, "State the special need.", None),
            ("2024-07-07", "2024-10-07", true, "End on 2024-10-06 at the latest.", Some("2024-10-06")),
        ] {
            let mut case = RuleCase::new();
            case.extend(old_end, new_end, old_end);
            case.papers.special_need = need;
            assert_eq!(case.says("duration-limit").1, says, "{old_end} → {new_end}");
            assert_eq!(case.would_pass("duration-limit").0.as_deref(), latest, "{old_end} → {new_end}");
        }
    }

    #[test]
    fn an_extension_outside_its_window_is_told_when_it_opens_or_that_it_is_over() {
        for (today, reason, passes_if) in [
            ("2024-03-09", "There are more than 28 days to the end.", "Register the extension from 2024-03-10 on."),
            (
                "2024-04-08",
                "The internship ended on 2024-04-07. It cannot be extended afterwards.",
                "Book a new internship; it counts as an extension.",
            ),
        ] {
            let mut case = RuleCase::new();
            case.extend("2024-04-07", "2024-05-01", today);
            assert_eq!(case.says("duration-limit"), (reason.to_owned(), passes_if.to_owned()));
        }
    }
}
