//! What became of the internships at a workplace, or at all workplaces of a company (S8): what a consultant looks at before the
//! next booking. Counts and days only: it holds no citizen's name or reference.
//!
//! A person kept at their own workplace (L12) is not counted. An internship that the citizen broke off is shown, but not counted
//! in any share.

use crate::domain::{
    companies::{
        erased::ErasedStays,
        record::Tally,
        workplace::{Placement, Workplace},
    },
    internships::{internship::AnswerKind, outcome::OutcomeStep},
    rules::rulebook::Figures,
    values::{
        day::{Period, months_back},
        text::{FullTime, WeeklyHours},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// How many internships, and how long.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Internships {
    /// Ended; without those that the citizen broke off.
    pub ended: i64,
    /// Of these those that led to a hire here.
    pub led_to_hire: i64,
    /// Ended because the citizen broke it off.
    pub broken_off_by_citizen: i64,
    /// Begun, and the end not recorded.
    pub running: i64,
    /// Days in internship up to today, all internships added up.
    pub days: i64,
    /// The same in weeks of seven days.
    pub weeks: f64,
    /// Extensions that came into force.
    pub extensions: i64,
}

/// Hires of one kind: those that were not lost within 13 weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HiresOfAKind {
    pub step: OutcomeStep,
    pub hires: i64,
}

/// Those supported there today against the ordinary staff (L11–L14).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Supported {
    /// Of all supported persons together.
    #[schema(value_type = f64)]
    pub weekly_hours: WeeklyHours,
    /// The same in persons on the full week: hours / 37.
    pub persons: f64,
    /// Average of the latest months in full-time posts; null where no figure is known.
    #[schema(value_type = Option<f64>)]
    pub ordinary_staff: Option<FullTime>,
    /// Supported persons at most; null for a company of several workplaces, since each has its own.
    pub limit: Option<i64>,
}

/// Ordinary staff in the latest reported month against that of the months before.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StaffChange {
    /// First day of the latest reported month.
    pub month: NaiveDate,
    #[schema(value_type = f64)]
    pub full_time: FullTime,
    /// First day of the month that it is compared with.
    pub before_month: NaiveDate,
    #[schema(value_type = f64)]
    pub before: FullTime,
    /// Negative where staff fell; null where there was none before.
    pub percent: Option<f64>,
}

/// Answers to *do you hire?* (S7): of the dates that stood and have passed, and of those answered before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Decisions {
    /// Answered *hire* or *no*, or hired, on the date or before.
    pub in_time: i64,
    /// Answered or hired after it.
    pub late: i64,
    /// Passed without an answer, though the internship lasted until then.
    pub unanswered: i64,
}

/// Of one internship what decisions are counted from.
#[derive(Clone, Debug, Default)]
pub struct DecisionFacts {
    /// From which day on which decision date stood, in order.
    pub stood: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// What was answered, to which date, on which day.
    pub answers: Vec<(AnswerKind, Option<NaiveDate>, NaiveDate)>,
    /// The day on which a hire here was recorded.
    pub hired_on: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
}

impl DecisionFacts {
    fn standing_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.stood.iter().rev().find(|(since, _)| *since <= day).and_then(|(_, date)| *date)
    }

    /// The decisions of this internship as of a day.
    pub fn decisions(&self, today: NaiveDate) -> Decisions {
        let mut dates: Vec<NaiveDate> = self.stood.iter().filter_map(|(_, date)| *date).collect();
        dates.sort();
        dates.dedup();
        let mut counted = Decisions::default();
        for date in dates {
            let answers = self.answers.iter().filter(|(answer, of, _)| *of == Some(date) && *answer != AnswerKind::MoreTime);
            let hired = self.hired_on.filter(|on| self.standing_on(*on) == Some(date));
            let answered = answers.map(|(_, _, on)| *on).chain(hired).min();
            let passed = date < today && self.standing_on(date) == Some(date) && self.last_day.is_none_or(|last| last >= date);
            match answered {
                Some(on) if on <= date => counted.in_time += 1,
                Some(_) => counted.late += 1,
                None if passed => counted.unanswered += 1,
                None => {}
            }
        }
        counted
    }
}

impl From<&ErasedStays> for Decisions {
    fn from(stays: &ErasedStays) -> Self {
        Self { in_time: stays.decided_in_time, late: stays.decided_late, unanswered: stays.undecided }
    }
}

impl std::iter::Sum for Decisions {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, own| Self {
            in_time: sum.in_time + own.in_time,
            late: sum.late + own.late,
            unanswered: sum.unanswered + own.unanswered,
        })
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> i64 {
    i64::try_from(all.count()).unwrap_or(i64::MAX)
}

fn number(count: i64) -> f64 {
    i32::try_from(count).map_or(f64::from(i32::MAX), f64::from)
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

fn counted(place: &Workplace) -> impl Iterator<Item = &Placement> {
    place.placements.iter().filter(|placement| !placement.kept)
}

fn ended(place: &Workplace, today: NaiveDate) -> impl Iterator<Item = &Placement> {
    counted(place).filter(move |own| !own.broken_off_by_citizen && own.ended_on.is_some_and(|last| last <= today))
}

fn led_to_hire(place: &Workplace, own: &Placement) -> bool {
    place.hires.iter().any(|hire| hire.from.as_ref() == Some(&own.internship))
}

/// What ended there and what led to a hire there.
pub fn tally(places: &[Workplace], today: NaiveDate) -> Tally {
    let of = |place: &Workplace| Tally {
        ended: count(ended(place, today)) + place.erased.ended,
        hired: count(ended(place, today).filter(|own| led_to_hire(place, own))) + place.erased.led_to_hire,
    };
    places.iter().map(of).sum()
}

/// How many internships there were, and how long.
pub fn internships(places: &[Workplace], today: NaiveDate) -> Internships {
    let Tally { ended, hired } = tally(places, today);
    let all = || places.iter().flat_map(counted);
    let until_today = |own: &Placement| own.stay.and_then(|stay| Period::new(stay.first, stay.last.min(today)));
    let erased = |of: fn(&ErasedStays) -> i64| places.iter().map(|place| of(&place.erased)).sum::<i64>();
    let days = all().filter_map(until_today).map(|stay| stay.days()).sum::<i64>() + erased(|stays| stays.days);
    Internships {
        ended,
        led_to_hire: hired,
        broken_off_by_citizen: count(all().filter(|own| own.broken_off_by_citizen)) + erased(|stays| stays.broken_off),
        running: count(all().filter(|own| own.ended_on.is_none() && until_today(own).is_some())),
        days,
        weeks: rounded(number(days) / 7.0, 1),
        extensions: count(all().flat_map(|own| &own.extended_on).filter(|on| **on <= today)) + erased(|stays| stays.extensions),
    }
}

/// Hires there by kind, whether from an internship or not.
pub fn hires(places: &[Workplace]) -> Vec<HiresOfAKind> {
    let all = || places.iter().flat_map(|place| &place.hires);
    let erased = || places.iter().flat_map(|place| &place.erased.hires);
    let of = |step: &OutcomeStep| {
        let left: i64 = erased().filter(|(of, _)| of == step).map(|(_, hires)| hires).sum();
        HiresOfAKind { step: *step, hires: count(all().filter(|hire| hire.step == *step)) + left }
    };
    OutcomeStep::ALL.iter().map(of).filter(|kind| kind.hires > 0).collect()
}

/// Those supported there today against the ordinary staff.
pub fn supported(places: &[Workplace], today: NaiveDate, figures: &Figures) -> Supported {
    let ratios: Vec<_> = places.iter().map(|place| place.ratio(today, today, None, figures)).collect();
    let minutes = ratios.iter().map(|ratio| ratio.minutes).sum();
    let known: Vec<i64> = ratios.iter().filter_map(|ratio| ratio.ordinary).collect();
    Supported {
        weekly_hours: WeeklyHours::from_minutes(minutes),
        persons: rounded(number(minutes) / number(figures.weekly_hours_at_most.max(1) * 60), 2),
        ordinary_staff: (!known.is_empty()).then(|| FullTime::from_hundredths(known.iter().sum())),
        limit: match ratios.as_slice() {
            [only] => Some(only.limit),
            _ => None,
        },
    }
}

/// Ordinary staff in the latest reported month against the sixth month before (as `displacement` compares it); of a company those
/// workplaces of which both are known.
pub fn staff_change(places: &[Workplace], today: NaiveDate, figures: &Figures) -> Option<StaffChange> {
    let reported = places.iter().flat_map(|place| &place.staff).map(|(month, _)| *month).filter(|month| *month <= today);
    let month = reported.max()?;
    let before_month = months_back(month, figures.displacement_months);
    let both = places.iter().filter_map(|place| place.staff_in(month).zip(place.staff_in(before_month)));
    let both: Vec<(i64, i64)> = both.collect();
    if both.is_empty() {
        return None;
    }
    let (now, before) = both.into_iter().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    Some(StaffChange {
        month,
        full_time: FullTime::from_hundredths(now),
        before_month,
        before: FullTime::from_hundredths(before),
        percent: (before > 0).then(|| rounded(number(now - before) * 100.0 / number(before), 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{book, hire_at, place_intern, with_staff};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn figures() -> Figures {
        book().on(day("2024-01-01")).clone()
    }

    #[test]
    fn days_run_up_to_today_and_an_internship_to_come_is_none_yet() {
        let mut place = with_staff(&[]);
        place_intern(&mut place, "a", "2024-01-01", "2024-01-14", 20.0);
        place.placements[0].ended_on = Some(day("2024-01-14"));
        place_intern(&mut place, "b", "2024-02-01", "2024-04-30", 20.0);
        place_intern(&mut place, "c", "2024-03-01", "2024-04-30", 20.0);
        place_intern(&mut place, "kept", "2024-01-01", "2024-04-30", 20.0);
        place.placements[3].kept = true;
        place_intern(&mut place, "gone", "2024-01-01", "2024-01-07", 20.0);
        place.placements[4].ended_on = Some(day("2024-01-07"));
        place.placements[4].broken_off_by_citizen = true;
        hire_at(&mut place, "2024-01-20");
        place.hires[0].from = Some(place.placements[0].internship.clone());
        place.placements[1].extended_on = vec![day("2024-02-20"), day("2024-03-20")];
        let seen = internships(std::slice::from_ref(&place), day("2024-02-29"));
        assert_eq!(
            seen,
            Internships {
                ended: 1,
                led_to_hire: 1,
                broken_off_by_citizen: 1,
                running: 1,
                days: 14 + 29 + 7,
                weeks: 7.1,
                extensions: 1,
            }
        );
        assert_eq!(tally(&[place.clone(), place], day("2024-02-29")), Tally { ended: 2, hired: 2 });
    }

    #[test]
    fn persons_are_hours_by_thirty_seven_and_the_limit_is_the_workplaces_own() {
        let figures = figures();
        let mut place = with_staff(&[("2024-01-01", 2500)]);
        place_intern(&mut place, "a", "2024-01-01", "2024-04-30", 18.5);
        place_intern(&mut place, "b", "2024-01-01", "2024-04-30", 20.0);
        let seen = supported(std::slice::from_ref(&place), day("2024-02-29"), &figures);
        assert_eq!((seen.weekly_hours.to_string().as_str(), seen.persons, seen.limit), ("38.5", 1.04, Some(5)));
        let both = supported(&[place.clone(), place], day("2024-02-29"), &figures);
        assert_eq!((both.persons, both.limit, both.ordinary_staff.map(FullTime::hundredths)), (2.08, None, Some(5000)));
    }

    #[test]
    fn staff_is_compared_with_the_sixth_month_before() {
        let figures = figures();
        let place = with_staff(&[("2023-08-01", 2000), ("2024-02-01", 1500)]);
        let seen = staff_change(std::slice::from_ref(&place), day("2024-02-29"), &figures).unwrap();
        assert_eq!((seen.before_month, seen.before.hundredths(), seen.full_time.hundredths()), (day("2023-08-01"), 2000, 1500));
        assert_eq!(seen.percent, Some(-25.0));
        // A workplace of which the earlier month is not known is left out.
        let newer = with_staff(&[("2024-01-01", 9000)]);
        assert_eq!(staff_change(&[place, newer.clone()], day("2024-02-29"), &figures).unwrap().percent, Some(-25.0));
        assert_eq!(staff_change(&[newer], day("2024-02-29"), &figures), None);
    }

    /// Decision dates with the day from which each stood; answers to a date on a day; hired; last day.
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [(AnswerKind, &'a str, &'a str)], &'a str, &'a str);

    #[test]
    fn a_decision_counts_where_it_stood_when_it_passed_or_was_answered() {
        use AnswerKind::{Hire, MoreTime, No};
        let maybe = |text: &str| (!text.is_empty()).then(|| day(text));
        let cases: [(Case, [i64; 3]); 13] = [
            ((&[("2024-01-01", "2024-02-01")], &[], "", ""), [0, 0, 1]),
            ((&[("2024-01-01", "2024-02-29")], &[], "", ""), [0, 0, 0]),
            ((&[("2024-01-01", "2024-02-01")], &[(No, "2024-02-01", "2024-02-01")], "", ""), [1, 0, 0]),
            ((&[("2024-01-01", "2024-02-01")], &[(Hire, "2024-02-01", "2024-02-02")], "", ""), [0, 1, 0]),
            // Answered before its day, though that is still to come.
            ((&[("2024-01-01", "2024-03-20")], &[(Hire, "2024-03-20", "2024-02-02")], "", ""), [1, 0, 0]),
            // More time is no answer.
            ((&[("2024-01-01", "2024-02-01")], &[(MoreTime, "2024-02-01", "2024-01-20")], "", ""), [0, 0, 1]),
            // Replaced before it passed, and after.
            ((&[("2024-01-01", "2024-02-01"), ("2024-01-31", "2024-03-01")], &[], "", ""), [0, 0, 0]),
            ((&[("2024-01-01", "2024-02-01"), ("2024-02-02", "2024-03-01")], &[], "", ""), [0, 0, 1]),
            (
                (&[("2024-01-01", "2024-02-01"), ("2024-02-02", "2024-02-20")], &[(No, "2024-02-20", "2024-02-19")], "", ""),
                [1, 0, 1],
            ),
            // Hired without a word; late; and after the date was replaced.
            ((&[("2024-01-01", "2024-02-01")], &[], "2024-01-20", "2024-01-20"), [1, 0, 0]),
            ((&[("2024-01-01", "2024-02-01")], &[], "2024-02-05", "2024-02-05"), [0, 1, 0]),
            ((&[("2024-01-01", "2024-02-01"), ("2024-02-02", "2024-03-01")], &[], "2024-02-20", "2024-02-20"), [1, 0, 1]),
            // It ended before.
            ((&[("2024-01-01", "2024-02-01")], &[], "", "2024-01-31"), [0, 0, 0]),
        ];
        for ((stood, answers, hired_on, last_day), expected) in cases {
            let own = DecisionFacts {
                stood: stood.iter().map(|(since, date)| (day(since), Some(day(date)))).collect(),
                answers: answers.iter().map(|(answer, of, on)| (*answer, Some(day(of)), day(on))).collect(),
                hired_on: maybe(hired_on),
                last_day: maybe(last_day),
            };
            let Decisions { in_time, late, unanswered } = own.decisions(day("2024-02-29"));
            assert_eq!([in_time, late, unanswered], expected, "{own:?}");
        }
    }

    #[test]
    fn decisions_of_all_internships_add_up() {
        let one = |in_time, late, unanswered| Decisions { in_time, late, unanswered };
        assert_eq!([one(1, 3, 5), one(2, 4, 6), one(1, 1, 1)].into_iter().sum::<Decisions>(), one(4, 8, 12));
        assert_eq!(std::iter::empty::<Decisions>().sum::<Decisions>(), one(0, 0, 0));
    }
}
