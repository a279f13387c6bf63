//! A workplace as the rules see it (L10–L14, S2, S8): its ordinary staff month by month, those placed there by us and by others,
//! and what became of them. The ratio counts per workplace, never per company.

use crate::domain::{
    companies::erased::ErasedStays,
    internships::outcome::OutcomeStep,
    rules::rulebook::{Figures, Rounding},
    values::{
        day::{Period, months_back, plus},
        hours::HoursPlan,
        ids::{InternshipId, WorkplaceId},
        text::WeeklyHours,
    },
};
use chrono::{Datelike, NaiveDate};

/// Everything about a workplace that a rule may look at. It holds no citizen's name or number.
#[derive(Clone, Debug)]
pub struct Workplace {
    pub id: WorkplaceId,
    pub p_number: String,
    pub name: String,
    /// First day of the month, and full-time posts in hundredths, in order of months.
    pub staff: Vec<(NaiveDate, i64)>,
    /// In order of their days; a later report takes the place of an earlier one.
    pub others: Vec<PlacedPersons>,
    pub placements: Vec<Placement>,
    /// Hires here, by the day on which they were recorded: those that count.
    pub hires: Vec<Hire>,
    /// Wage subsidies here.
    pub subsidies: Vec<SupportedDays>,
    /// The day on which the account of the company's liaison was closed, where it is.
    pub liaison_closed_on: Option<NaiveDate>,
    /// An opening or a prospect of a job stands there. Asked only where the liaison's account is closed.
    pub is_offered: bool,
    /// What is left of people who were erased.
    pub erased: ErasedStays,
}

/// Persons whom others have placed there, each with so many hours a week.
#[derive(Clone, Copy, Debug)]
pub struct PlacedPersons {
    pub as_of: NaiveDate,
    pub persons: i64,
    pub weekly_hours: WeeklyHours,
}

/// Somebody's days there, with the hours.
#[derive(Clone, Debug)]
pub struct SupportedDays {
    pub days: Period,
    pub hours: HoursPlan,
}

/// An internship there.
#[derive(Clone, Debug)]
pub struct Placement {
    pub internship: InternshipId,
    pub reference: String,
    pub booked_on: NaiveDate,
    /// From the actual start; before it, or where it never began, none.
    pub stay: Option<Period>,
    /// The days on which an extension came into force.
    pub extended_on: Vec<NaiveDate>,
    /// The last day, where its end is recorded.
    pub ended_on: Option<NaiveDate>,
    /// The citizen broke it off.
    pub broken_off_by_citizen: bool,
    /// A person kept at the own workplace (L12): counted nowhere.
    pub kept: bool,
    /// What it takes up of the ratio: in force, booked, and where it is more, waiting for confirmation. None once ended.
    pub takes_up: Vec<SupportedDays>,
}

#[derive(Clone, Debug)]
pub struct Hire {
    pub recorded_on: NaiveDate,
    pub step: OutcomeStep,
    pub from: Option<InternshipId>,
}

/// A share of the ratio on a day, as it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Average ordinary staff in hundredths of full-time posts; none where no figure is known.
    pub ordinary: Option<i64>,
    /// Supported persons at most.
    pub limit: i64,
    /// Weekly minutes of all supported persons on the day.
    pub minutes: i64,
}

impl Ratio {
    /// Whether the supported hours pass what `limit` persons on the full week have.
    pub fn is_exceeded(&self, figures: &Figures) -> bool {
        self.minutes > self.limit * figures.weekly_hours_at_most * 60
    }
}

/// The first day of the month that a day lies in.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

impl Workplace {
    /// Whether somebody here has to keep it in view: an internship there has not ended, an opening or a prospect stands.
    pub fn is_in_use(&self) -> bool {
        let waits = |placement: &Placement| placement.ended_on.is_none() && !placement.takes_up.is_empty();
        self.is_offered || self.placements.iter().any(waits)
    }

    /// The staff of a month; a month without a figure takes the last known one.
    pub fn staff_in(&self, month: NaiveDate) -> Option<i64> {
        self.staff.iter().rev().find(|(reported, _)| *reported <= month).map(|(_, posts)| *posts)
    }

    /// The average of the latest months (L14), in hundredths; months before the first figure are left out.
    pub fn ordinary_staff(&self, day: NaiveDate, figures: &Figures) -> Option<i64> {
        let months = (0..figures.ratio_months).map(|back| months_back(month_of(day), back));
        let known: Vec<i64> = months.filter_map(|month| self.staff_in(month)).collect();
        let count = i64::try_from(known.len()).ok().filter(|count| *count > 0)?;
        Some(known.iter().sum::<i64>() / count)
    }

    /// The most supported persons for an average of ordinary staff in hundredths (L11): one for every 5 up to 50, at least 1;
    /// above 50 one for every further 10.
    pub fn limit(hundredths: i64, figures: &Figures) -> i64 {
        let whole = match figures.ratio_rounding {
            Rounding::Down => hundredths / 100,
            Rounding::Nearest => (hundredths + 50) / 100,
            Rounding::Up => (hundredths + 99) / 100,
        };
        let (knee, first, further) = (figures.ratio_knee, figures.ratio_first_step.max(1), figures.ratio_further_step.max(1));
        if whole <= knee { (whole / first).max(1) } else { knee / first + (whole - knee) / further }
    }

    /// Weekly minutes of the supported persons on a day; one internship can be left out, because it is evaluated again.
    pub fn supported_minutes(&self, day: NaiveDate, but: Option<&InternshipId>) -> i64 {
        let ours = self.placements.iter().filter(|placement| !placement.kept && Some(&placement.internship) != but);
        let ours = ours.map(|placement| placement.takes_up.iter().map(|part| part.minutes_on(day)).max().unwrap_or_default());
        let subsidised = self.subsidies.iter().map(|part| part.minutes_on(day));
        let latest = self.others.iter().rev().find(|report| report.as_of <= day).map(|report| report.as_of);
        let others = self.others.iter().filter(|report| Some(report.as_of) == latest);
        ours.chain(subsidised).sum::<i64>() + others.map(|report| report.persons * report.weekly_hours.minutes()).sum::<i64>()
    }

    /// The ratio on a day, by the staff known today.
    pub fn ratio(&self, day: NaiveDate, today: NaiveDate, but: Option<&InternshipId>, figures: &Figures) -> Ratio {
        let ordinary = self.ordinary_staff(today, figures);
        let limit = Self::limit(ordinary.unwrap_or_default(), figures);
        Ratio { ordinary, limit, minutes: self.supported_minutes(day, but) }
    }

    /// The days from which the supported hours may be others than the day before.
    pub fn days_of_change(&self) -> Vec<NaiveDate> {
        let ours = self.placements.iter().filter(|placement| !placement.kept).flat_map(|placement| &placement.takes_up);
        let mut days: Vec<NaiveDate> = self.others.iter().map(|report| report.as_of).collect();
        for part in ours.chain(&self.subsidies) {
            days.extend([part.days.first, plus(part.days.last, 1)]);
            days.extend(part.hours.steps().iter().map(|step| step.from).filter(|day| part.days.holds(*day)));
        }
        days.sort();
        days.dedup();
        days
    }
}

impl SupportedDays {
    fn minutes_on(&self, day: NaiveDate) -> i64 {
        self.hours.on(&self.days, day).minutes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        rules::rulebook::{BUILT_IN, Rulebook},
        testing::{place_intern, plan},
    };

    fn empty() -> Workplace {
        Workplace {
            id: WorkplaceId::stored("here"),
            p_number: "1".into(),
            name: "Her".into(),
            staff: Vec::new(),
            others: Vec::new(),
            placements: Vec::new(),
            hires: Vec::new(),
            subsidies: Vec::new(),
            liaison_closed_on: None,
            is_offered: false,
            erased: ErasedStays::default(),
        }
    }

    #[test]
    fn one_for_every_five_up_to_fifty_and_one_for_every_further_ten() {
        let book = crate::domain::testing::book();
        let figures = book.on("2024-01-01".parse().unwrap());
        for (posts, limit) in [(0, 1), (1, 1), (9, 1), (10, 2), (49, 9), (50, 10), (59, 10), (60, 11), (100, 15)] {
            assert_eq!(Workplace::limit(posts * 100, figures), limit, "{posts}");
        }
        assert_eq!(Workplace::limit(999, figures), 1, "9.99 is not 10 as the book rounds");
        let mut rounded = figures.clone();
        rounded.ratio_rounding = Rounding::Nearest;
        assert_eq!((Workplace::limit(949, &rounded), Workplace::limit(950, &rounded)), (1, 2));
        rounded.ratio_rounding = Rounding::Up;
        assert_eq!((Workplace::limit(900, &rounded), Workplace::limit(901, &rounded)), (1, 2));
    }

    #[test]
    fn the_average_is_of_four_months_and_a_month_without_a_figure_carries_the_last_known() {
        let book = crate::domain::testing::book();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let figures = book.on(day("2024-01-01"));
        let mut place = empty();
        assert_eq!(place.ordinary_staff(day("2024-03-15"), figures), None);
        place.staff = vec![(day("2023-12-01"), 1000), (day("2024-02-01"), 2000)];
        // December 10, January carried 10, February 20, March carried 20.
        assert_eq!(place.ordinary_staff(day("2024-03-31"), figures), Some(1500));
        assert_eq!(place.ordinary_staff(day("2024-04-01"), figures), Some(1750));
        assert_eq!(place.ordinary_staff(day("2024-01-31"), figures), Some(1000), "months before the first figure are left out");
        assert_eq!(place.ordinary_staff(day("2023-11-30"), figures), None);
    }

    #[test]
    fn the_ratio_is_passed_by_the_first_minute_above_the_full_weeks_of_its_limit() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        let figures = book.on("2024-01-01".parse().unwrap());
        for (limit, minutes, exceeded) in
            [(1, 37 * 60, false), (1, 37 * 60 + 15, true), (3, 3 * 37 * 60, false), (3, 3 * 37 * 60 + 15, true)]
        {
            assert_eq!(Ratio { ordinary: None, limit, minutes }.is_exceeded(figures), exceeded, "{limit} {minutes}");
        }
    }

    #[test]
    fn interns_subsidies_and_the_latest_report_of_others_add_up_but_for_the_kept_and_the_one_left_out() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut place = empty();
        place_intern(&mut place, "a", "2024-01-08", "2024-03-31", 20.0);
        place_intern(&mut place, "kept", "2024-01-08", "2024-03-31", 10.0);
        place.placements[1].kept = true;
        // Two versions of one internship: the higher hours count.
        let waits = SupportedDays { hours: plan(&[("2024-02-12", 25.0)]), ..place.placements[0].takes_up[0].clone() };
        place.placements[0].takes_up.push(waits);
        let days = Period::new(day("2024-02-01"), day("2024-02-29")).unwrap();
        place.subsidies.push(SupportedDays { days, hours: plan(&[("2024-02-01", 37.0)]) });
        let report =
            |as_of: &str, persons| PlacedPersons { as_of: day(as_of), persons, weekly_hours: WeeklyHours::from_minutes(10 * 60) };
        place.others = vec![report("2023-12-01", 3), report("2024-03-04", 1), report("2024-03-04", 1)];
        let own = InternshipId::stored("a");
        for (on, hours, without) in [
            ("2023-11-30", 0, 0),
            ("2024-01-07", 30, 30),
            ("2024-01-08", 50, 30),
            ("2024-02-01", 20 + 37 + 30, 37 + 30),
            ("2024-02-12", 25 + 37 + 30, 37 + 30),
            ("2024-03-01", 25 + 30, 30),
            ("2024-03-04", 25 + 20, 20),
            ("2024-04-01", 20, 20),
        ] {
            assert_eq!(place.supported_minutes(day(on), None), hours * 60, "{on}");
            assert_eq!(place.supported_minutes(day(on), Some(&own)), without * 60, "{on}");
        }
        let days: Vec<String> = place.days_of_change().iter().map(ToString::to_string).collect();
        assert_eq!(
            days,
            ["2023-12-01", "2024-01-08", "2024-02-01", "2024-02-12", "2024-03-01", "2024-03-04", "2024-04-01"],
            "the kept one changes nothing"
        );
    }

    #[test]
    fn a_workplace_is_in_use_while_somebody_is_there_or_something_is_offered() {
        let mut place = empty();
        assert!(!place.is_in_use());
        place.is_offered = true;
        assert!(place.is_in_use());
        place.is_offered = false;
        place_intern(&mut place, "a", "2024-01-08", "2024-03-31", 20.0);
        assert!(place.is_in_use());
        place.placements[0].ended_on = Some("2024-02-29".parse().unwrap());
        assert!(!place.is_in_use());
        place.placements[0].ended_on = None;
        place.placements[0].takes_up.clear();
        assert!(!place.is_in_use(), "cancelled");
    }
}
