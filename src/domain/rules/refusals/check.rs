//! What is to be registered, with all that a rule may look at, and the questions that several rules ask of it.

use crate::domain::{
    companies::workplace::Workplace,
    internships::{
        alignment::Terms,
        course::{Course, Stay},
        internship::Internship,
    },
    rules::{
        rule_id::RuleId,
        rulebook::{Figures, Rulebook},
    },
    values::{
        day::{Period, plus},
        text::WeeklyHours,
    },
};
use chrono::NaiveDate;

/// What is being registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Booking,
    Change,
    Extension,
}

/// Which papers an extension has, whatever it is called.
#[derive(Clone, Debug, Default)]
pub struct PapersPresent {
    pub reason: bool,
    pub decision_on: Option<NaiveDate>,
    pub commitment: bool,
    /// A team leader other than the asker has approved it.
    pub approval: bool,
    pub special_need: bool,
    /// Earlier commitments to this citizen that were not kept, in words.
    pub broken_commitments: Vec<String>,
}

/// Written reasons that were given to a rule that asks.
#[derive(Clone, Debug)]
pub struct Reason {
    pub rule: RuleId,
    pub words: String,
    /// Name of who gave them.
    pub given_by: String,
    pub by_leader: bool,
}

/// Everything a rule may look at.
pub struct Check<'a> {
    pub course: &'a Course,
    /// The terms as they would be.
    pub terms: &'a Terms,
    /// The internship they are of, where it is on record.
    pub own: Option<&'a Internship>,
    /// The workplace of the terms.
    pub workplace: &'a Workplace,
    pub reasons: &'a [Reason],
    pub act: Act,
    /// Whether the company foresees a vacancy there; `None`: not asked.
    pub foresees_vacancy: Option<bool>,
    /// Whether a prospect of a job is recorded there and not withdrawn.
    pub open_prospect: bool,
    /// A function that differs from the earlier one is stated (L7).
    pub new_function: bool,
    pub papers: PapersPresent,
    pub figures: &'a Figures,
    pub book: &'a Rulebook,
    pub today: NaiveDate,
}

impl Check<'_> {
    /// Whether a figure binds the citizen.
    pub fn binds(&self, figure: &str) -> bool {
        self.book.binds(figure, self.today, &self.course.citizen.target_group)
    }

    pub fn stay(&self) -> Stay<'_> {
        Stay {
            workplace: &self.terms.place.workplace,
            company: &self.terms.place.company,
            occupation: &self.terms.occupation,
            first: self.own.and_then(|own| own.started_on).unwrap_or(self.terms.period.first),
            own: self.own.map(|own| &own.id),
            planned: Some(self.today),
        }
    }

    /// The period that the stay would have, from its actual start if it has begun.
    pub fn period(&self) -> Period {
        Period::new(self.stay().first, self.terms.period.last).unwrap_or(self.terms.period)
    }

    /// A sick-listed citizen in employment, kept at the own workplace (L12).
    pub fn is_kept(&self) -> bool {
        self.course.citizen.is_kept_at(&self.terms.place.p_number, self.figures)
    }

    pub fn is_sick_listed(&self) -> bool {
        self.figures.sick_listed_groups.contains(&self.course.citizen.target_group)
    }

    /// A change to another workplace.
    pub fn moves_place(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.place.workplace);
        before.is_some_and(|before| *before != self.terms.place.workplace)
    }

    /// A change to an earlier first day.
    pub fn starts_earlier(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| own.standing().terms.period.first);
        before.is_some_and(|before| self.terms.period.first < before)
    }

    /// A change to another occupation.
    pub fn changes_occupation(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.occupation);
        before.is_some_and(|before| *before != self.terms.occupation)
    }

    /// Whether what is registered can take up more of the ratio than before.
    pub fn concerns_ratio(&self) -> bool {
        let old = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms);
        old.is_none_or(|old| self.moves_place() || old.hours != self.terms.hours || old.period.first > self.terms.period.first)
    }

    pub fn others(&self) -> impl Iterator<Item = (&Internship, Period)> {
        let own = self.own.map(|own| &own.id);
        self.course
            .internships
            .iter()
            .filter(move |other| Some(&other.id) != own)
            .filter_map(|other| Some((other, other.span()?)))
    }

    /// The days on which the sum of hours can change: enough to find its highest value.
    pub fn days_that_matter(&self) -> Vec<NaiveDate> {
        let period = self.period();
        let mut days = vec![period.first];
        days.extend(self.terms.hours.steps().iter().map(|step| step.from));
        days.extend(self.course.citizen.capacities.iter().map(|capacity| capacity.from));
        for (other, span) in self.others() {
            days.extend([span.first, plus(span.last, 1)]);
            for version in other.versions() {
                days.push(version.terms.period.first);
                days.extend(version.terms.hours.steps().iter().map(|step| step.from));
            }
        }
        days.retain(|day| period.holds(*day));
        days.sort();
        days.dedup();
        days
    }

    /// Weekly hours of all internships on a day, this one included. A pending version counts if its hours are higher than those
    /// in force.
    pub fn hours_on(&self, day: NaiveDate) -> WeeklyHours {
        let own = self.terms.hours.on(&self.period(), day);
        self.others().filter_map(|(other, span)| hours_of(other, span, day)).fold(own, WeeklyHours::plus)
    }
}

/// The weekly hours of another internship on a day: those of the version in force or, if higher, of the pending one.
fn hours_of(other: &Internship, span: Period, day: NaiveDate) -> Option<WeeklyHours> {
    let standing = other.standing();
    let within = span
        .holds(day)
        .then(|| standing.terms.hours.on(&Period { first: standing.terms.period.first.min(span.first), last: span.last }, day));
    let waiting =
        other.pending().filter(|_| other.ended.is_none()).map(|version| version.terms.hours.on(&version.terms.period, day));
    within.max(waiting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        people::citizen::Capacity,
        testing::{add, add_at, book, course, day, end, extend, internship, plan, terms, workplace},
        values::{register::PNumber, target_group::TargetGroup, vocabulary::Term},
    };

    /// Terms from 8 January to 7 April at `here` with 20 hours a week, of an internship on record or not.
    struct Asked {
        course: Course,
        terms: Terms,
        own: Option<Internship>,
        act: Act,
    }

    impl Asked {
        fn booking() -> Self {
            let terms = terms("here", "here", "2024-01-08", "2024-04-07", 20.0);
            Self { course: course(), terms, own: None, act: Act::Booking }
        }
        /// A change of the terms that stand.
        fn change(change: impl FnOnce(&mut Terms)) -> Self {
            let mut asked = Self::booking();
            asked.act = Act::Change;
            asked.own = Some(internship("own", asked.terms.clone()));
            asked.course.internships = asked.own.clone().into_iter().collect();
            change(&mut asked.terms);
            asked
        }
        fn ask<T>(&self, question: impl FnOnce(&Check) -> T) -> T {
            let (here, today) = (workplace("here"), day("2024-01-02"));
            question(&Check {
                course: &self.course,
                terms: &self.terms,
                own: self.own.as_ref(),
                workplace: &here,
                reasons: &[],
                act: self.act,
                foresees_vacancy: None,
                open_prospect: false,
                new_function: false,
                papers: PapersPresent::default(),
                figures: book().on(today),
                book: book(),
                today,
            })
        }
    }

    #[test]
    fn a_change_is_told_by_what_it_changes_and_concerns_the_ratio_where_it_can_take_up_more() {
        let elsewhere = terms("there", "there", "2024-01-08", "2024-04-07", 20.0).place;
        let moved = |terms: &mut Terms| terms.place = elsewhere.clone();
        let occupation = |terms: &mut Terms| terms.occupation = Term::parse("office").unwrap();
        let hours = |terms: &mut Terms| terms.hours = plan(&[("2024-01-08", 10.0)]);
        let earlier = |terms: &mut Terms| terms.period.first = day("2024-01-07");
        let later = |terms: &mut Terms| terms.period.first = day("2024-01-09");
        let longer = |terms: &mut Terms| terms.period.last = day("2024-05-05");
        let told = |asked: &Asked| {
            asked.ask(|check| [check.moves_place(), check.changes_occupation(), check.starts_earlier(), check.concerns_ratio()])
        };
        let nothing: &dyn Fn(&mut Terms) = &|_| {};
        for (change, expected) in [
            (nothing, [false, false, false, false]),
            (&moved, [true, false, false, true]),
            (&occupation, [false, true, false, false]),
            (&hours, [false, false, false, true]),
            (&earlier, [false, false, true, true]),
            (&later, [false, false, false, false]),
            (&longer, [false, false, false, false]),
        ] {
            let mut asked = Asked::change(change);
            assert_eq!(told(&asked), expected, "{:?}", asked.terms);
            // Under another name it is no change, and asked about the ratio in any case.
            asked.act = Act::Extension;
            assert_eq!(told(&asked), [false, false, false, true]);
        }
        assert_eq!(told(&Asked::booking()), [false, false, false, true]);
    }

    #[test]
    fn a_stay_runs_from_its_actual_start_where_it_has_begun() {
        let mut asked = Asked::change(|_| {});
        asked.own.as_mut().unwrap().started_on = Some(day("2024-01-15"));
        assert_eq!(asked.ask(|check| (check.stay().first, check.period().first)), (day("2024-01-15"), day("2024-01-15")));
        assert_eq!(asked.ask(|check| check.period().last), day("2024-04-07"));
        assert_eq!(asked.ask(|check| check.others().count()), 0, "it is no other one");
        asked.own = None;
        assert_eq!(asked.ask(|check| (check.stay().first, check.others().count())), (day("2024-01-08"), 1));
    }

    #[test]
    fn the_sick_listed_are_of_certain_groups_and_kept_only_where_they_are_employed() {
        let mut asked = Asked::booking();
        asked.terms.place.p_number = "1000000001".into();
        for (group, employed, employer, sick_listed, kept) in [
            ("6", true, "1000000001", true, true),
            ("7", true, "1000000001", true, true),
            ("6", false, "1000000001", true, false),
            ("6", true, "1000000002", true, false),
            ("3", true, "1000000001", false, false),
        ] {
            asked.course.citizen.target_group = TargetGroup::parse(group).unwrap();
            asked.course.citizen.in_employment = employed;
            asked.course.citizen.latest_employer = PNumber::parse(employer);
            assert_eq!(asked.ask(|check| (check.is_sick_listed(), check.is_kept())), (sick_listed, kept), "{group} {employer}");
        }
        asked.course.citizen.target_group = TargetGroup::parse("2").unwrap();
        assert!(asked.ask(|check| check.binds("job_ready_days") && !check.binds("first_booking_days")));
    }

    #[test]
    fn the_sum_of_hours_can_change_where_something_in_the_period_begins_or_the_day_after_it_ended() {
        let mut asked = Asked::booking();
        asked.terms.hours = plan(&[("2024-01-08", 15.0), ("2024-02-05", 20.0)]);
        let weekly_hours = WeeklyHours::from_minutes(25 * 60);
        asked.course.citizen.capacities.push(Capacity { from: day("2024-02-29"), weekly_hours });
        asked.course.citizen.capacities.push(Capacity { from: day("2024-04-08"), weekly_hours });
        add_at(&mut asked.course, "b", "there", "2024-03-04", "2024-03-10");
        add_at(&mut asked.course, "before", "there", "2023-12-01", "2024-01-07");
        asked.course.internships[0].first.terms.hours = plan(&[("2024-03-04", 5.0), ("2024-03-06", 10.0)]);
        let days: Vec<String> = asked.ask(|check| check.days_that_matter()).iter().map(ToString::to_string).collect();
        assert_eq!(days, ["2024-01-08", "2024-02-05", "2024-02-29", "2024-03-04", "2024-03-06", "2024-03-11"]);
    }

    #[test]
    fn hours_add_up_over_all_internships_with_the_higher_of_what_is_in_force_and_what_waits() {
        let mut asked = Asked::booking();
        add(&mut asked.course, "b", "2024-02-05", "2024-03-03");
        let hours = |asked: &Asked| {
            ["2024-02-04", "2024-02-05", "2024-03-03", "2024-03-04", "2024-03-31", "2024-04-08"]
                .map(|on| asked.ask(|check| check.hours_on(day(on)).minutes() / 60))
        };
        assert_eq!(hours(&asked), [20, 40, 40, 20, 20, 0]);
        // An extension that waits: as long as it would be, and with more hours from the beginning.
        extend(&mut asked.course.internships[0], "2024-02-12", "2024-03-31");
        asked.course.internships[0].later[0].confirmations.clear();
        assert_eq!(hours(&asked), [20, 40, 40, 40, 40, 0]);
        asked.course.internships[0].later[0].terms.hours = plan(&[("2024-02-05", 25.0)]);
        assert_eq!(hours(&asked), [20, 45, 45, 45, 45, 0]);
        asked.course.internships[0].later[0].terms.hours = plan(&[("2024-02-05", 15.0)]);
        assert_eq!(hours(&asked), [20, 40, 40, 35, 35, 0]);
        // Once it has ended nothing waits any more; what began early counts from then on.
        end(&mut asked.course, "b", "2024-03-03");
        assert_eq!(hours(&asked), [20, 40, 40, 20, 20, 0]);
        asked.course.internships[0].started_on = Some(day("2024-02-12"));
        assert_eq!(hours(&asked), [20, 20, 40, 20, 20, 0]);
    }
}
