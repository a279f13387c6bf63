//! `overlap` (S1): no second internship at the same workplace on the same day, nor one with which the hours of a shared day
//! exceed the legal maximum.

use crate::domain::{
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            check::Check,
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::{
        day::{Period, danish},
        localized::localized,
        text::WeeklyHours,
    },
};

pub const RULE: RefusalRule = RefusalRule { id: RuleId::new("overlap"), figure: "no_overlap", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let period = check.period();
    let most = WeeklyHours::from_minutes(check.figures.weekly_hours_at_most * 60);
    let clash = |shared: Period, same_workplace: bool| {
        same_workplace || check.days_that_matter().into_iter().any(|day| shared.holds(day) && check.hours_on(day) > most)
    };
    let (other, shared) = check.others().find_map(|(other, span)| {
        let shared = period.shared(&span)?;
        clash(shared, other.standing().terms.place.workplace == check.terms.place.workplace).then_some((other, shared))
    })?;
    Some(Found {
        reason: localized(
            format!("Praktik {} ligger de samme dage ({} – {}).", other.reference, danish(shared.first), danish(shared.last)),
            format!("Internship {} is on the same days ({} to {}).", other.reference, shared.first, shared.last),
        ),
        compared: vec![compared(localized("Fælles dage", "Shared days"), shared.days())],
        passes_if: localized(
            "Begynd efter den anden praktik, eller afslut den først.",
            "Begin after the other internship, or end that one first.",
        ),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn the_same_workplace_never_twice_on_a_day_and_another_only_within_the_hours() {
        for (same, from, to, hours, refused) in [
            (true, "2023-12-01", "2024-01-07", 5.0, false),
            (true, "2023-12-01", "2024-01-08", 5.0, true),
            (true, "2024-04-08", "2024-05-01", 5.0, false),
            (false, "2024-04-07", "2024-05-01", 17.0, false),
            (false, "2024-04-07", "2024-05-01", 17.25, true),
        ] {
            let mut case = RuleCase::new();
            case.other(from, to, hours);
            if same {
                case.other_at_same_workplace();
            }
            assert_eq!(case.refused("overlap"), refused, "same {same}, {from}–{to}, {hours}");
        }
    }

    #[test]
    fn a_cancelled_one_does_not_count() {
        let mut case = RuleCase::new();
        case.other("2024-01-08", "2024-04-07", 30.0);
        case.cancel_other();
        assert!(!case.refused("overlap"));
    }
}
