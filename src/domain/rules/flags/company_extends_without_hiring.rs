//! `company-extends-without-hiring` (S8): a workplace that uses internships instead of employees. Internships ended or were
//! extended there within a year, and nobody, or hardly anybody, was hired. Those that the citizen broke off are not counted.

use crate::domain::{
    companies::workplace::Workplace,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::{NEVER, two_steps},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{Period, months_back, plus},
        localized::localized,
    },
};
use chrono::{Months, NaiveDate};

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("company-extends-without-hiring"),
    about: About::Workplace,
    basis: Basis::Figure("company_record_without_hire_steps"),
    evaluate: Evaluate::Workplace(evaluate),
    words: Wording {
        what: (
            "Praktikker slutter eller forlænges her, uden at nogen bliver ansat.",
            "Internships end or are extended here, and nobody is hired.",
        ),
        why: (
            "Når praktikker gang på gang ender uden ansættelse, er der risiko for, at de erstatter lønnet arbejde.",
            "Where internships end without a hire time and again, they may be taking the place of paid work.",
        ),
        now: (
            "Tal med virksomheden om, hvad der skal til for at ansætte – og send borgerne derhen, hvor der er job.",
            "Talk with the company about what it takes to hire – and send the citizens to where there are jobs.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let window = Period { first: months_back(today, figures.company_record_months), last: today };
    let counted: Vec<(&str, NaiveDate)> = workplace
        .placements
        .iter()
        .filter(|placement| !placement.kept && !placement.broken_off_by_citizen)
        .filter_map(|placement| {
            let events = placement.extended_on.iter().copied().chain(placement.ended_on);
            Some((placement.reference.as_str(), events.filter(|on| window.holds(*on)).max()?))
        })
        .collect();
    let hires: Vec<NaiveDate> = workplace.hires.iter().map(|hire| hire.recorded_on).filter(|on| window.holds(*on)).collect();
    let (count, hired) = (i64::try_from(counted.len()).unwrap_or(i64::MAX), i64::try_from(hires.len()).unwrap_or(i64::MAX));
    let few = hired * 100 < figures.company_record_share_percent * count;
    let limits = figures.company_record_without_hire_steps.into_iter().zip(figures.company_record_few_hires_steps);
    let mut reached = limits.map(|(none, some)| (hired == 0 && count >= none) || (few && count >= some));
    let mut on = || if reached.next().unwrap_or_default() { today } else { NEVER };
    let steps = [on(), on()];
    if counted.is_empty() {
        return Vec::new();
    }
    use Audience::{Liaison, TeamLeader};
    // A month's last day can stand for several days of a longer month.
    let leaves = |on: NaiveDate| {
        let earliest = on.checked_add_months(Months::new(figures.company_record_months))?;
        (1..5).map(|days| plus(earliest, days)).find(|day| months_back(*day, figures.company_record_months) > on)
    };
    vec![Finding {
        subject: Subject::Workplace(workplace.id.clone()),
        occasion: String::new(),
        steps: two_steps(steps, [&[Liaison], &[Liaison, TeamLeader]]),
        evidence: vec![
            compared(localized("Arbejdsplads", "Workplace"), format!("{} ({})", workplace.name, workplace.p_number)),
            compared(localized("Talt fra", "Counted from"), window.first),
            compared(
                localized("Praktikker afsluttet eller forlænget", "Internships ended or extended"),
                format!("{count}: {}", counted.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")),
            ),
            compared(localized("Ansat", "Hired"), hired),
            compared(
                localized("Grænser: uden ansættelse / for få", "Limits: nobody hired / too few"),
                format!("{:?} / {:?}", figures.company_record_without_hire_steps, figures.company_record_few_hires_steps),
            ),
        ],
        paused: false,
        // What is counted leaves the window by time alone.
        until: counted.iter().map(|(_, on)| *on).chain(hires).filter_map(leaves).filter(|day| *day > today).min(),
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::companies::workplace::Workplace;
    use crate::domain::testing::*;

    fn ended(days: &[&str]) -> Workplace {
        let mut place = with_staff(&[]);
        for (number, last) in days.iter().enumerate() {
            place_intern(&mut place, &format!("i{number}"), "2022-01-03", last, 20.0);
            place.placements[number].ended_on = Some(last.parse().unwrap());
        }
        place
    }

    #[test]
    fn three_within_a_year_and_nobody_hired_then_six() {
        let place = ended(&["2023-02-28", "2023-06-30", "2023-12-31", "2024-01-15", "2024-02-01", "2024-02-10"]);
        expect_levels_at(
            &place,
            "company-extends-without-hiring",
            &[
                ("2023-12-30", ""),
                ("2023-12-31", "notice"),
                ("2024-02-09", "notice"),
                ("2024-02-10", "warning"),
                ("2024-02-28", "warning"),
                // A year back from 29 February is the 28th; from 1 March the first has left the window.
                ("2024-02-29", "warning"),
                ("2024-03-01", "notice"),
            ],
        );
    }

    #[test]
    fn a_hire_clears_it_and_many_with_one_hire_in_ten_do_not_count() {
        let mut place = ended(&["2023-10-02", "2023-11-01", "2023-12-01"]);
        hire_at(&mut place, "2023-12-10");
        expect_levels_at(&place, "company-extends-without-hiring", &[("2023-12-09", "notice"), ("2023-12-10", "")]);
        let days: Vec<String> = (1..=11).map(|day| format!("2023-12-{day:02}")).collect();
        let mut place = ended(&days.iter().map(String::as_str).collect::<Vec<_>>());
        hire_at(&mut place, "2023-12-01");
        // One of ten is not under a tenth, one of eleven is.
        expect_levels_at(&place, "company-extends-without-hiring", &[("2023-12-10", ""), ("2023-12-11", "notice")]);
    }

    #[test]
    fn it_is_looked_at_again_when_something_leaves_the_window_a_hire_too() {
        let mut place = ended(&["2023-02-28", "2023-10-02", "2023-11-01", "2023-12-01"]);
        hire_at(&mut place, "2023-01-31");
        let next = |on: &str| {
            let today = on.parse().unwrap();
            super::evaluate(&place, book().on(today), today)
                .into_iter()
                .filter_map(|found| found.next(today))
                .min()
                .unwrap()
                .to_string()
        };
        assert_eq!(next("2024-01-15"), "2024-02-01", "the hire");
        assert_eq!(next("2024-02-28"), "2024-03-01", "28 February stands for the 29th, too");
        expect_levels_at(&place, "company-extends-without-hiring", &[("2024-01-31", ""), ("2024-02-01", "notice")]);
    }

    #[test]
    fn what_the_citizen_broke_off_is_left_out_and_an_extension_counts_once() {
        let mut place = ended(&["2023-10-02", "2023-11-01", "2023-12-01"]);
        place.placements[0].broken_off_by_citizen = true;
        expect_levels_at(&place, "company-extends-without-hiring", &[("2023-12-01", "")]);
        place.placements[0].broken_off_by_citizen = false;
        place.placements[0].kept = true;
        expect_levels_at(&place, "company-extends-without-hiring", &[("2023-12-01", "")]);
        let mut place = ended(&["2023-10-02", "2023-11-01"]);
        place_intern(&mut place, "runs", "2023-09-01", "2024-03-01", 20.0);
        place.placements[2].extended_on = vec!["2023-11-20".parse().unwrap(), "2023-12-20".parse().unwrap()];
        expect_levels_at(
            &place,
            "company-extends-without-hiring",
            &[("2023-11-19", ""), ("2023-11-20", "notice"), ("2023-12-20", "notice")],
        );
    }
}
