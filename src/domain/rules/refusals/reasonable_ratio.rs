//! `reasonable-ratio` (L11–L14): on the busiest day of the period, supported hours / 37, including this internship, stay within
//! the limit of the workplace. Internships, wage subsidies and persons placed by others count; a person kept at the own workplace
//! does not. Without a staff figure, one supported person is allowed; for more, the employer's written figure is required.

use crate::domain::{
    companies::workplace::Ratio,
    rules::{
        about::About,
        evidence::{Comparable, compared, hundredths},
        refusals::{
            check::Check,
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::{day::danish, localized::localized, text::WeeklyHours},
};
use chrono::NaiveDate;

pub const RULE: RefusalRule =
    RefusalRule { id: RuleId::new("reasonable-ratio"), figure: "reasonable_ratio", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    if check.is_kept() || !check.concerns_ratio() {
        return None;
    }
    let (day, ratio) = highest(check)?;
    if !ratio.is_exceeded(check.figures) {
        return None;
    }
    let full_week = check.figures.weekly_hours_at_most * 60;
    let own = check.terms.hours.on(&check.period(), day).minutes();
    let left = (ratio.limit * full_week - (ratio.minutes - own)).max(0);
    let persons = |minutes: i64| hundredths(minutes * 100 / full_week.max(1));
    let mut figures = vec![
        compared(localized("Højeste dag", "Highest day"), day),
        compared(
            localized("Støttede personer (timer / 37) med denne", "Supported persons (hours / 37) with this one"),
            persons(ratio.minutes),
        ),
        compared(localized("Højst", "At most"), ratio.limit),
    ];
    let Some(ordinary) = ratio.ordinary else {
        return Some(Found {
            figure: Some("ratio_first_step"),
            reason: localized(
                "Det vides ikke, hvor mange ordinært ansatte arbejdspladsen har, og der er allerede støttede personer.",
                "It is not known how many ordinary employees the workplace has, and supported persons are there already.",
            ),
            compared: figures,
            passes_if: localized(
                "Bed arbejdsgiveren om det skriftlige antal ordinært ansatte, og registrér det.",
                "Ask the employer for the written number of ordinary employees, and record it.",
            ),
            missing: vec!["staff-figure"],
            ..Found::default()
        });
    };
    figures.push(compared(
        localized("Ordinært ansatte (gennemsnit, fuldtid)", "Ordinary employees (average, full-time)"),
        hundredths(ordinary),
    ));
    let room = if left > 0 {
        let hours = WeeklyHours::from_minutes(left).written();
        localized(format!("Højst {} timer om ugen den dag", hours.da), format!("At most {} hours a week on that day", hours.en))
    } else {
        localized(
            "Der er ikke plads til flere støttede personer den dag",
            "There is no room for more supported persons on that day",
        )
    };
    Some(Found {
        figure: Some("ratio_first_step"),
        reason: localized(
            format!(
                "Den {} ville der være flere støttede personer, end arbejdspladsens ordinært ansatte giver plads til.",
                danish(day)
            ),
            format!("On {day} there would be more supported persons than the ordinary staff of the workplace allows."),
        ),
        compared: figures,
        passes_if: localized(
            format!("{} – eller vælg en anden arbejdsplads eller et andet tidspunkt.", room.da),
            format!("{} – or choose another workplace or time.", room.en),
        ),
        hours_left: (left > 0).then(|| WeeklyHours::from_minutes(left)),
        ..Found::default()
    })
}

/// The day of the period on which the supported hours are highest, this internship included.
fn highest(check: &Check) -> Option<(NaiveDate, Ratio)> {
    let period = check.period();
    let own = check.own.map(|own| &own.id);
    let mut days = check.workplace.days_of_change();
    days.extend(check.terms.hours.steps().iter().map(|step| step.from));
    days.push(period.first.max(check.today.min(period.last)));
    days.retain(|day| period.holds(*day) && (*day >= check.today || period.last < check.today));
    days.sort();
    let ratio = |day: NaiveDate| {
        let mut ratio = check.workplace.ratio(day, check.today, own, check.figures);
        ratio.minutes += check.terms.hours.on(&period, day).minutes();
        (day, ratio)
    };
    // Of several equal days the first is told.
    days.into_iter().rev().map(ratio).max_by_key(|(_, ratio)| ratio.minutes)
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn the_first_is_always_within_and_the_second_only_where_there_are_ten() {
        for (posts, others, hours, refused) in [
            (None, 0, 20.0, false),
            (None, 1, 20.0, true),
            (Some(900), 1, 20.0, true),
            (Some(1000), 1, 37.0, false),
            (Some(1000), 2, 1.0, true),
            (Some(900), 0, 37.0, false),
        ] {
            let mut case = RuleCase::new();
            case.steps(&[("2024-01-08", hours)]);
            case.staff(posts);
            case.placed_by_others(others, 37.0);
            assert_eq!(case.refused("reasonable-ratio"), refused, "{posts:?} posts, {others} others, {hours} hours");
        }
        let mut case = RuleCase::new();
        case.placed_by_others(1, 37.0);
        assert_eq!(case.missing("reasonable-ratio"), ["staff-figure"]);
    }

    #[test]
    fn hours_count_as_shares_of_a_full_week() {
        for (hours, refused) in [(17.0, false), (17.25, true)] {
            let mut case = RuleCase::new();
            case.staff(Some(500));
            case.steps(&[("2024-01-08", hours)]);
            case.placed_by_others(1, 20.0);
            assert_eq!(case.refused("reasonable-ratio"), refused, "{hours}");
        }
    }

    #[test]
    fn the_highest_day_counts_the_day_before_the_day_and_the_day_after() {
        for (first, last, refused) in [
            ("2024-04-08", "2024-05-05", false),
            ("2024-04-07", "2024-05-05", true),
            ("2023-12-01", "2024-01-07", false),
            ("2023-12-01", "2024-01-08", true),
        ] {
            let mut case = RuleCase::new();
            case.staff(Some(500));
            case.steps(&[("2024-01-08", 37.0)]);
            case.intern_there(first, last, 37.0);
            assert_eq!(case.refused("reasonable-ratio"), refused, "{first} to {last}");
        }
    }

    #[test]
    fn whoever_is_kept_at_the_own_workplace_is_not_counted() {
        let mut case = RuleCase::new();
        case.staff(Some(500));
        case.placed_by_others(1, 37.0);
        case.kept();
        assert!(!case.refused("reasonable-ratio"));
    }

    #[test]
    fn the_highest_day_its_persons_and_what_is_left_are_told() {
        // Room for one: 30 hours are taken from February on, and 7 are left.
        let mut case = RuleCase::new();
        case.intern_there("2024-02-01", "2024-04-30", 30.0);
        case.staff(Some(500));
        assert_eq!(case.compared("reasonable-ratio"), ["01.02.2024", "1,35", "1", "5,00"]);
        assert_eq!(case.would_pass("reasonable-ratio").1, Some(7.0));
        let (reason, passes_if) = case.says("reasonable-ratio");
        assert_eq!(
            reason,
            "On 2024-02-01 there would be more supported persons than the ordinary staff of the workplace allows."
        );
        assert_eq!(passes_if, "At most 7 hours a week on that day – or choose another workplace or time.");
        let first_step = book().reference("ratio_first_step", day("2024-01-02"));
        assert_eq!(case.reference("reasonable-ratio"), first_step);
        // Nothing is left where one more is there.
        case.intern_there("2024-02-01", "2024-04-30", 37.0);
        assert_eq!(case.would_pass("reasonable-ratio").1, None);
        // Without a figure the employer is asked for one.
        case.staff(None);
        assert_eq!(case.compared("reasonable-ratio"), ["01.02.2024", "2,35", "1"]);
        assert_eq!(
            (case.missing("reasonable-ratio"), case.reference("reasonable-ratio").as_str()),
            (vec!["staff-figure"], first_step)
        );
    }
}
