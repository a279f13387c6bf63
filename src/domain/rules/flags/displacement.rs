//! `displacement` (L17, S8): companies that had cut ordinary staff took unpaid interns when busy. Ordinary staff is lower than
//! six months ago, and an intern was there on some day of those months. The flag compares with that earlier month until staff is
//! back.

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
    id: RuleId::new("displacement"),
    about: About::Workplace,
    basis: Basis::Figure("displacement_steps_percent"),
    evaluate: Evaluate::Workplace(evaluate),
    words: Wording {
        what: (
            "De ordinært ansatte er blevet færre, mens der var praktikanter.",
            "Ordinary staff has become fewer while interns were there.",
        ),
        why: (
            "Praktik må ikke træde i stedet for ordinære stillinger.",
            "Internships must not take the place of ordinary posts.",
        ),
        now: (
            "Spørg virksomheden, hvorfor der er færre ansatte, og send ingen nye, før I har et svar.",
            "Ask the company why staff is fewer, and send nobody new before you have an answer.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

/// A fall that stands.
struct Fall {
    /// The month it is counted from, and its staff.
    base: (NaiveDate, i64),
    /// The reported month in which each step was reached.
    reached: [Option<NaiveDate>; 2],
    /// The latest reported month, and its staff.
    now: (NaiveDate, i64),
}

/// Whether staff is at least this percentage, and enough posts, below a base.
fn fallen(base: i64, now: i64, percent: i64, figures: &Figures) -> bool {
    (base - now) * 100 >= base * percent && base - now >= figures.displacement_posts * 100
}

/// Goes through the reported months: a fall is compared with the month before it until staff is back.
fn standing(workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Option<Fall> {
    let [first, second] = figures.displacement_steps_percent;
    let mut fall: Option<Fall> = None;
    for (month, now) in workplace.staff.iter().copied().filter(|(month, _)| *month <= today) {
        fall = fall.filter(|fall| fallen(fall.base.1, now, first, figures));
        if fall.is_none() {
            let before = months_back(month, figures.displacement_months);
            let end = month.checked_add_months(Months::new(1)).map_or(month, |next| plus(next, -1));
            let months = Period { first: before, last: end };
            let interns = workplace.placements.iter().filter(|placement| !placement.kept).filter_map(|placement| placement.stay);
            let were_there = interns.into_iter().any(|stay| stay.shared(&months).is_some());
            fall = workplace.staff_in(before).filter(|base| were_there && fallen(*base, now, first, figures)).map(|base| Fall {
                base: (before, base),
                reached: [Some(month), None],
                now: (month, now),
            });
        }
        if let Some(fall) = &mut fall {
            fall.now = (month, now);
            let [_, deeper] = &mut fall.reached;
            if fallen(fall.base.1, now, second, figures) {
                deeper.get_or_insert(month);
            }
        }
    }
    fall
}

fn evaluate(workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let Some(fall) = standing(workplace, figures, today) else { return Vec::new() };
    let audience: &[Audience] = &[Audience::Liaison, Audience::TeamLeader];
    let posts = |value: i64| format!("{}.{:02}", value / 100, value % 100);
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    let percent = (fall.base.1 - fall.now.1) * 100 / fall.base.1.max(1);
    vec![Finding {
        subject: Subject::Workplace(workplace.id.clone()),
        occasion: month(fall.base.0),
        steps: two_steps(fall.reached.map(|on| on.unwrap_or(NEVER)), [audience, audience]),
        evidence: vec![
            compared(localized("Arbejdsplads", "Workplace"), format!("{} ({})", workplace.name, workplace.p_number)),
            compared(
                localized("Ordinært ansatte før", "Ordinary staff before"),
                format!("{} ({})", posts(fall.base.1), month(fall.base.0)),
            ),
            compared(
                localized("Ordinært ansatte nu", "Ordinary staff now"),
                format!("{} ({})", posts(fall.now.1), month(fall.now.0)),
            ),
            compared(localized("Fald i procent", "Fall in percent"), percent),
        ],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn a_tenth_and_two_posts_below_the_sixth_month_before_with_an_intern_there() {
        for (now, level) in [(1801, ""), (1800, "notice"), (1601, "notice"), (1600, "warning")] {
            let mut place = with_staff(&[("2023-09-01", 2000), ("2024-03-01", now)]);
            place_intern(&mut place, "a", "2023-09-30", "2023-09-30", 20.0);
            expect_levels_at(&place, "displacement", &[("2024-02-29", ""), ("2024-03-01", level), ("2024-03-02", level)]);
        }
        // 10 % of fifteen is one and a half post: too few.
        let mut place = with_staff(&[("2023-09-01", 1500), ("2024-03-01", 1301)]);
        place_intern(&mut place, "a", "2023-10-02", "2023-12-31", 20.0);
        expect_levels_at(&place, "displacement", &[("2024-03-01", "")]);
        place.staff[1].1 = 1300;
        expect_levels_at(&place, "displacement", &[("2024-03-01", "notice")]);
    }

    #[test]
    fn without_an_intern_in_those_months_nothing_is_displaced() {
        for (first, last, level) in [
            ("2023-06-01", "2023-08-31", ""),
            ("2023-06-01", "2023-09-01", "notice"),
            ("2024-03-31", "2024-04-30", "notice"),
            ("2024-04-01", "2024-04-30", ""),
        ] {
            let mut place = with_staff(&[("2023-09-01", 2000), ("2024-03-01", 1700)]);
            place_intern(&mut place, "a", first, last, 20.0);
            expect_levels_at(&place, "displacement", &[("2024-04-01", level)]);
        }
    }

    #[test]
    fn it_stands_until_staff_is_back_however_long_that_takes() {
        let mut place = with_staff(&[("2023-01-01", 2000), ("2023-07-01", 1700), ("2024-03-01", 1700), ("2024-05-01", 1801)]);
        place_intern(&mut place, "a", "2023-02-06", "2023-05-07", 20.0);
        expect_levels_at(
            &place,
            "displacement",
            &[
                ("2023-06-30", ""),
                ("2023-07-01", "notice"),
                ("2024-03-01", "notice"),
                ("2024-04-30", "notice"),
                ("2024-05-01", ""),
            ],
        );
    }
}
