//! `extension-reason` (S5, S7): each further extension requires more. The first needs a reason; the second a date on which the
//! company decides; from the third on, the company's written commitment and the approval of a team leader other than the person
//! who extends. An extension by another name counts.

use crate::domain::{
    internships::course::Stay,
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::localized::{Localized, localized},
};

/// The number of the extension that this would be; none if it is none. A change counts as one if it moves the internship to a
/// workplace where another preceded it.
pub fn number(check: &Check) -> Option<i64> {
    let course = check.course;
    // One that is booked in front of another makes that other one the extension.
    let around = |stay: Stay<'_>, last| {
        let after = i64::try_from(course.followers(stay, last, check.figures).len()).unwrap_or(i64::MAX);
        course.extensions_before(stay, check.figures) + after
    };
    let now = around(check.stay(), check.terms.period.last);
    match (check.act, check.own) {
        (Act::Booking, _) => (now > 0).then_some(now),
        (Act::Extension, own) => {
            let own = own.map_or(0, |own| own.extensions().count());
            Some(now + i64::try_from(own).unwrap_or(i64::MAX) + 1)
        }
        (Act::Change, own) => {
            let was = own.map(|own| around(Stay { planned: Some(check.today), ..Stay::of(own) }, own.last_day()));
            was.filter(|was| now > *was).map(|_| now)
        }
    }
}

pub const RULE: RefusalRule =
    RefusalRule { id: RuleId::new("extension-reason"), figure: "extension_papers", about: About::Extension, check };

fn check(check: &Check) -> Option<Found> {
    let number = number(check)?;
    let papers = &check.papers;
    let demands_date = number >= check.figures.decision_date_from_extension;
    let demands_commitment = number >= check.figures.commitment_from_extension;
    let decides_in_time = papers.decision_on.is_some_and(|date| check.today < date && date <= check.terms.period.last);
    let demands: [(bool, &'static str, Localized); 4] = [
        (!papers.reason, "reason", localized("en begrundelse", "a reason")),
        (
            demands_date && !decides_in_time,
            "hiring-decision-date",
            localized(
                "en dato, senest på den nye slutdato, hvor virksomheden svarer ansættelse eller nej",
                "a date, not after the new end, on which the company answers hire or no",
            ),
        ),
        (
            demands_commitment && !papers.commitment,
            "commitment",
            localized(
                "virksomhedens skriftlige tilsagn med stilling, timer, seneste første dag og betingelse",
                "the company's written commitment with position, hours, latest first day and condition",
            ),
        ),
        (
            demands_commitment && !papers.approval,
            "team-leader-approval",
            localized(
                "godkendelse fra en teamleder, som ikke selv beder om forlængelsen",
                "the approval of a team leader who does not ask for the extension",
            ),
        ),
    ];
    let missing: Vec<_> = demands.into_iter().filter(|(lacks, ..)| *lacks).collect();
    if missing.is_empty() {
        return None;
    }
    let list =
        |pick: fn(&Localized) -> &String| missing.iter().map(|(_, _, words)| pick(words).clone()).collect::<Vec<_>>().join("; ");
    let (da, en) = (list(|words| &words.da), list(|words| &words.en));
    let mut figures = vec![compared(localized("Forlængelse nummer", "Extension number"), number)];
    if demands_commitment {
        figures.extend(papers.broken_commitments.iter().map(|broken| {
            compared(localized("Tidligere tilsagn, der ikke blev holdt", "Earlier commitment that was not kept"), broken)
        }));
    }
    Some(Found {
        reason: localized(
            format!("Det er forlængelse nummer {number} uden ansættelse. Der mangler: {da}."),
            format!("This is extension number {number} without a hire. Missing: {en}."),
        ),
        compared: figures,
        passes_if: if check.act == Act::Change {
            localized(
                "Aflys praktikken, og book den på ny med det, der mangler.",
                "Cancel it, and book it anew with what is missing.",
            )
        } else {
            localized(
                format!("Tilføj {da} – eller bed virksomheden svare nu: ansættelse eller nej."),
                format!("Add {en} – or ask the company to answer now: hire, or no."),
            )
        },
        missing: missing.into_iter().map(|(_, code, _)| code).collect(),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    type Setup = fn(&mut RuleCase);

    #[test]
    fn each_further_extension_costs_more() {
        let cases: [(usize, Setup, &[&str]); 6] = [
            (0, |_| {}, &["reason"]),
            (0, |s| s.papers.reason = true, &[]),
            (1, |s| s.papers.reason = true, &["hiring-decision-date"]),
            (2, |s| s.papers.reason = true, &["hiring-decision-date", "commitment", "team-leader-approval"]),
            (
                2,
                |s| {
                    s.papers.reason = true;
                    s.papers.commitment = true;
                    s.papers.decision_on = Some(day("2024-05-01"))
                },
                &["team-leader-approval"],
            ),
            (
                2,
                |s| {
                    s.papers.reason = true;
                    s.papers.commitment = true;
                    s.papers.approval = true;
                    s.papers.decision_on = Some(day("2024-05-01"))
                },
                &[],
            ),
        ];
        for (earlier, change, missing) in cases {
            let mut case = RuleCase::new();
            case.extend("2024-04-07", "2024-05-01", "2024-04-01");
            case.earlier_extensions(earlier);
            change(&mut case);
            assert_eq!(case.missing("extension-reason"), missing, "after {earlier}");
        }
    }

    #[test]
    fn the_decision_date_is_still_to_come_and_within_the_extension() {
        for (date, refused) in [("2024-04-01", true), ("2024-04-02", false), ("2024-05-01", false), ("2024-05-02", true)] {
            let mut case = RuleCase::new();
            case.extend("2024-04-07", "2024-05-01", "2024-04-01");
            case.earlier_extensions(1);
            case.papers.reason = true;
            case.papers.decision_on = Some(day(date));
            assert_eq!(case.refused("extension-reason"), refused, "{date}");
        }
    }

    #[test]
    fn a_booking_soon_after_is_an_extension_by_another_name() {
        // The earlier stay ends 2023-11-13: 56 days before 2024-01-08.
        for (end, same_workplace, same_company, hired, refused) in [
            ("2023-11-13", true, true, false, true),
            ("2023-11-12", true, true, false, false),
            ("2023-11-13", false, true, false, true),
            ("2023-11-13", false, false, false, false),
            ("2023-11-13", true, true, true, false),
        ] {
            let mut case = RuleCase::new();
            case.other("2023-09-01", end, 5.0);
            if same_workplace {
                case.other_at_same_workplace();
            }
            if same_company {
                case.other_at_same_company();
            }
            if hired {
                case.hire("2023-12-01");
            }
            assert_eq!(case.refused("extension-reason"), refused, "{end} {same_workplace} {same_company} {hired}");
        }
    }

    #[test]
    fn a_booking_that_still_waits_counts_and_one_that_never_began_does_not() {
        for (today, refused) in [("2023-12-20", true), ("2023-12-31", true), ("2024-01-01", false)] {
            let mut case = RuleCase::new();
            case.other("2023-12-11", "2023-12-31", 5.0);
            case.other_at_same_workplace();
            case.other_never_began(today);
            assert_eq!(case.refused("extension-reason"), refused, "{today}");
        }
    }

    #[test]
    fn a_change_is_an_extension_only_where_it_moves_to_a_place_at_which_another_precedes() {
        for (moved, refused) in [(false, false), (true, true)] {
            let mut case = RuleCase::new();
            // Booked in front of it, and waiting for its start.
            case.other("2023-12-11", "2023-12-31", 5.0);
            case.other_at_same_workplace();
            case.other_never_began("2023-12-05");
            let here = case.terms.place.clone();
            if moved {
                case.terms.place = terms("there", "elsewhere", "2024-01-08", "2024-04-07", 20.0).place;
            }
            case.change();
            case.terms.place = here;
            assert_eq!(case.refused("extension-reason"), refused, "moved {moved}");
        }
    }
}
