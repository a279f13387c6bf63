//! The citizen: goals in the citizen's own words (S11, S20), capacity, needs, target group.

use crate::domain::{
    people::leaving::Departure,
    rules::rulebook::Figures,
    values::{
        ids::{AccountId, CitizenId, NeedId},
        register::PNumber,
        target_group::TargetGroup,
        text::{Line, Prose, WeeklyHours},
        vocabulary::Term,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::input! {
    /// What the citizen wants, in the citizen's own words and as occupations.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Goal {
        pub own_words: Prose,
        pub occupations: Vec<Term>,
    }
}

crate::input! {
    /// A need for accommodation: health data. `kind` and the cause never reach the company; `function` may.
    #[derive(Serialize)]
    pub struct NeedFacts {
        pub kind: Line,
        /// What is needed, as the company may read it.
        pub function: Line,
        /// Tasks that it rules out.
        pub rules_out: Vec<Term>,
    }
}

#[derive(Clone, Debug)]
pub struct Need {
    pub id: NeedId,
    pub facts: NeedFacts,
}

/// Hours a week agreed with the citizen, from a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Capacity {
    pub from: NaiveDate,
    pub weekly_hours: WeeklyHours,
}

/// What the rules need to know of a citizen: no name, no CPR number.
#[derive(Clone, Debug)]
pub struct Citizen {
    pub id: CitizenId,
    pub reference: String,
    pub target_group: TargetGroup,
    /// Assessed as job-ready; asked of the groups that the rulebook names only.
    pub job_ready: bool,
    /// Of the sick-listed groups: employed, and kept at the own workplace.
    pub in_employment: bool,
    pub goals: Vec<Goal>,
    pub capacities: Vec<Capacity>,
    pub needs: Vec<Need>,
    pub consultant: AccountId,
    /// The day on which the consultant's account was closed, where it is.
    pub consultant_closed_on: Option<NaiveDate>,
    pub latest_employer: Option<PNumber>,
    /// The day on which the citizen was registered here; none on older records.
    pub registered_on: Option<NaiveDate>,
    /// By the CPR number; none where it cannot be read.
    pub born_on: Option<NaiveDate>,
    /// The day on which a closed course was last opened again.
    pub reopened_on: Option<NaiveDate>,
    /// That the course is closed: then no rule finds anything about it.
    pub left: Option<Departure>,
}

/// A sick-listed person in employment, kept at the own workplace (L12): ratio, long stay, series and a company's record do
/// not count them.
pub fn kept_at(group: &str, in_employment: bool, latest_employer: Option<&str>, p_number: &str, figures: &Figures) -> bool {
    let sick_listed = figures.sick_listed_groups.iter().any(|listed| listed.as_str() == group);
    sick_listed && in_employment && latest_employer == Some(p_number)
}

impl Citizen {
    /// Whether the citizen counts as job-ready by the figures of a day.
    pub fn is_job_ready(&self, figures: &Figures) -> bool {
        figures.is_job_ready(&self.target_group, self.job_ready)
    }

    /// Whether the citizen is kept at a workplace of that P-number.
    pub fn is_kept_at(&self, p_number: &str, figures: &Figures) -> bool {
        let latest = self.latest_employer.as_ref().map(PNumber::as_str);
        kept_at(self.target_group.as_str(), self.in_employment, latest, p_number, figures)
    }

    /// Whether an occupation is one of the citizen's goals; with no goals on record nothing is outside them.
    pub fn has_goal(&self, occupation: &Term) -> bool {
        let mut goals = self.goals.iter().flat_map(|goal| &goal.occupations).peekable();
        goals.peek().is_none() || goals.any(|own| own == occupation)
    }

    /// The capacity agreed for a day; none agreed yet.
    pub fn capacity_on(&self, day: NaiveDate) -> Option<WeeklyHours> {
        self.capacities
            .iter()
            .filter(|capacity| capacity.from <= day)
            .max_by_key(|capacity| capacity.from)
            .map(|capacity| capacity.weekly_hours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        input::read,
        testing::{book, citizen, day},
    };
    use serde_json::json;

    #[test]
    fn a_person_is_kept_at_the_own_workplace_who_is_sick_listed_and_employed_there() {
        let figures = book().on(day("2024-01-01"));
        for (group, employed, employer, kept) in [
            ("6", true, Some("1000000001"), true),
            ("7", true, Some("1000000001"), true),
            ("6", false, Some("1000000001"), false),
            ("6", true, Some("1000000002"), false),
            ("6", true, None, false),
            ("3", true, Some("1000000001"), false),
        ] {
            assert_eq!(kept_at(group, employed, employer, "1000000001", figures), kept, "{group} {employed} {employer:?}");
            let mut citizen = citizen();
            citizen.target_group = TargetGroup::parse(group).unwrap();
            citizen.in_employment = employed;
            citizen.latest_employer = employer.and_then(PNumber::parse);
            assert_eq!(citizen.is_kept_at("1000000001", figures), kept, "{group} {employed} {employer:?}");
        }
    }

    #[test]
    fn an_occupation_is_a_goal_where_any_goal_names_it_and_where_none_names_one() {
        let goal = |occupations: &[&str]| read(&json!({"own_words": "Et job", "occupations": occupations})).unwrap();
        let (shop, office) = (Term::parse("shop").unwrap(), Term::parse("office").unwrap());
        for (goals, expected) in [
            (vec![], (true, true)),
            (vec![goal(&[])], (true, true)),
            (vec![goal(&["shop"])], (true, false)),
            (vec![goal(&["warehouse", "shop"]), goal(&["office"])], (true, true)),
            (vec![goal(&["warehouse"])], (false, false)),
        ] {
            let citizen = Citizen { goals, ..citizen() };
            assert_eq!((citizen.has_goal(&shop), citizen.has_goal(&office)), expected, "{:?}", citizen.goals);
        }
    }

    #[test]
    fn the_capacity_of_a_day_is_the_latest_that_was_agreed_for_it() {
        let agreed = |from: &str, hours: i64| Capacity { from: day(from), weekly_hours: WeeklyHours::from_minutes(hours * 60) };
        let capacities = vec![agreed("2024-02-29", 20), agreed("2024-01-08", 10), agreed("2024-04-01", 30)];
        let citizen = Citizen { capacities, ..citizen() };
        for (on, hours) in [
            ("2024-01-07", None),
            ("2024-01-08", Some(10)),
            ("2024-02-28", Some(10)),
            ("2024-02-29", Some(20)),
            ("2024-12-31", Some(30)),
        ] {
            assert_eq!(citizen.capacity_on(day(on)).map(|capacity| capacity.minutes() / 60), hours, "{on}");
        }
    }
}
