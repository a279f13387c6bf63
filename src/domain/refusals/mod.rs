//! What is refused at booking, change and extension. What is refused is a registration, never a person:
//! a person decides about people (L21).
//!
//! Each rule is a pure function of facts, figures and a date, in a file of its own with its table of cases.
//! All rules are asked, so that all that stands in the way is said at once; each names its reference, the
//! figures it compared, and what would make it pass.

mod duration_limit;
mod extension_reason;
mod hours;
mod no_prospect;
mod overlap;
mod purpose_incomplete;
mod task_ruled_out;
#[cfg(test)]
pub mod testing;

use crate::domain::{
    alignment::Terms,
    course::{Course, Stay},
    day::{Period, plus},
    gate,
    internship::Internship,
    rulebook::{Figures, Rulebook},
    said::Said,
    values::WeeklyHours,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One figure that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    pub what: Said,
    pub value: String,
}

pub fn compared(what: Said, value: impl ToString) -> Compared {
    Compared { what, value: value.to_string() }
}

/// Why a registration does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub rule: &'static str,
    pub reference: String,
    pub reason: Said,
    pub compared: Vec<Compared>,
    /// What would make it pass.
    pub passes_if: Said,
    /// Codes of what is missing, where that is what is wrong.
    pub missing: Vec<&'static str>,
}

/// What is being registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Booking,
    Change,
    Extension,
}

/// What lies on the table with an extension, under whichever name.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    pub reason: bool,
    pub decision_on: Option<NaiveDate>,
    pub commitment: bool,
    /// A team leader other than the asker has approved it.
    pub approval: bool,
    pub special_need: bool,
    /// Earlier commitments to this citizen that were not kept, in words.
    pub broken_commitments: Vec<String>,
}

/// Everything a rule may look at.
pub struct Check<'a> {
    pub course: &'a Course,
    /// The terms as they would be.
    pub terms: &'a Terms,
    /// The internship they are of, where it is on record.
    pub own: Option<&'a Internship>,
    pub act: Act,
    /// Whether the company foresees a vacancy there; `None`: not asked.
    pub foresees_vacancy: Option<bool>,
    /// Whether a prospect of a job is recorded there and not withdrawn.
    pub open_prospect: bool,
    /// A function that differs from the earlier one is stated (L7).
    pub new_function: bool,
    pub papers: Papers,
    pub figures: &'a Figures,
    pub book: &'a Rulebook,
    pub today: NaiveDate,
}

impl Check<'_> {
    /// Whether a figure binds the citizen.
    fn binds(&self, figure: &str) -> bool {
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

    /// The days the stay would have, from its actual start where it has begun.
    pub fn period(&self) -> Period {
        Period::new(self.stay().first, self.terms.period.last).unwrap_or(self.terms.period)
    }

    fn others(&self) -> impl Iterator<Item = (&Internship, Period)> {
        let own = self.own.map(|own| &own.id);
        self.course
            .internships
            .iter()
            .filter(move |other| Some(&other.id) != own)
            .filter_map(|other| Some((other, other.span()?)))
    }

    /// The days on which the sum of hours can change: enough to find its highest value.
    fn days_that_matter(&self) -> Vec<NaiveDate> {
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

    /// Weekly hours of all internships on a day, this one included. A version that waits beside the one in force counts where it is higher.
    fn hours_on(&self, day: NaiveDate) -> WeeklyHours {
        let own = self.terms.hours.on(&self.period(), day);
        self.others().filter_map(|(other, span)| hours_of(other, span, day)).fold(own, WeeklyHours::plus)
    }
}

fn hours_of(other: &Internship, span: Period, day: NaiveDate) -> Option<WeeklyHours> {
    let standing = other.standing();
    let within = span
        .holds(day)
        .then(|| standing.terms.hours.on(&Period { first: standing.terms.period.first.min(span.first), last: span.last }, day));
    let waiting =
        other.pending().filter(|_| other.ended.is_none()).map(|version| version.terms.hours.on(&version.terms.period, day));
    within.max(waiting)
}

/// A rule with its id and the figure of the rulebook that it rests on: its reference, its target groups, its effect.
pub struct Rule {
    pub id: &'static str,
    pub figure: &'static str,
    check: fn(&Check) -> Option<Found>,
}

/// What a rule found, before its id is put to it.
struct Found {
    /// The figure that it rests on, where it is not the rule's own.
    figure: Option<&'static str>,
    reason: Said,
    compared: Vec<Compared>,
    passes_if: Said,
    missing: Vec<&'static str>,
}

impl Found {
    fn refusal(self, rule: &Rule, check: &Check) -> Refusal {
        Refusal {
            rule: rule.id,
            reference: check.book.reference(self.figure.unwrap_or(rule.figure), check.today).to_owned(),
            reason: self.reason,
            compared: self.compared,
            passes_if: self.passes_if,
            missing: self.missing,
        }
    }
}

/// All rules that refuse, in the order in which they are asked.
pub const RULES: &[Rule] = &[
    Rule { id: "purpose-incomplete", figure: "purpose_statement", check: purpose_incomplete::check },
    Rule { id: "no-prospect", figure: "prospect_needed", check: no_prospect::check },
    Rule { id: "duration-limit", figure: "duration_limit", check: duration_limit::check },
    Rule { id: "extension-reason", figure: "extension_papers", check: extension_reason::check },
    Rule { id: "weekly-hours", figure: "weekly_hours_at_most", check: hours::weekly_hours },
    Rule { id: "hours-capacity", figure: "capacity_kept", check: hours::hours_capacity },
    Rule { id: "task-ruled-out", figure: "ruled_out_tasks", check: task_ruled_out::check },
    Rule { id: "overlap", figure: "no_overlap", check: overlap::check },
];

/// The ids of all rules that refuse.
pub fn rule_ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// Every rule that can refuse, the start gate included, with the figure that it rests on.
pub fn with_figures() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.id, rule.figure)).chain([(gate::ID, gate::FIGURE)])
}

/// All that stands in the way. A rule whose row does not bind the citizen's group, is switched off, or does something else
/// than refuse on the day is not asked.
pub fn refusals(check: &Check) -> Vec<Refusal> {
    let group = &check.course.citizen.target_group;
    let refuses = |rule: &&Rule| check.book.refuses(rule.figure, check.today, group);
    RULES.iter().filter(refuses).filter_map(|rule| Some((rule.check)(check)?.refusal(rule, check))).collect()
}

#[cfg(test)]
mod tests {
    use super::{RULES, testing::*};
    use crate::domain::rulebook::{BUILT_IN, Effect, Figures, Rulebook};

    #[test]
    fn every_rule_rests_on_a_row_that_refuses() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        for rule in RULES {
            assert!(Figures::NAMES.contains(&rule.figure), "{}", rule.id);
            let row = book.row(rule.figure, day("2024-01-02")).unwrap();
            assert_eq!(row.effect, Effect::Refuse, "{}", rule.id);
            assert!(!row.legal_reference.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_is_asked_only_where_its_row_is_switched_on_refuses_and_binds() {
        let duty = "figure = \"prospect_needed\"\nvalue = true\n";
        let dated = "figure = \"prospect_needed\"\nvalue = true\nvalid_to = \"2024-02-28\"\n";
        let newer = format!(
            "[[row]]\nfigure = \"prospect_needed\"\nvalue = false\nvalid_from = \"2024-02-29\"\n{}\n[[row]]\n{dated}",
            "unit = \"\"\nlegal_reference = \"\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"\"\nen = \"\"\n"
        );
        let newer = newer.trim_start_matches("[[row]]\n");
        let own = "effect = \"refuse\"\nsure = \"Ours\"\nabout = \"booking\"\nda = \"Rekruttering";
        type Changes<'a> = &'a [(&'a str, &'a str)];
        let cases: [(Changes, &str, bool); 7] = [
            (&[], "2024-01-02", true),
            (&[(duty, newer)], "2024-02-28", true),
            (&[(duty, newer)], "2024-02-29", false),
            (&[(own, &own.replace("refuse", "flag"))], "2024-01-02", false),
            (&[(own, &own.replace("refuse", "ask"))], "2024-01-02", false),
            (&[(own, &format!("target_groups = [\"1\", \"2\"]\n{own}"))], "2024-01-02", false),
            (&[(own, &format!("target_groups = [\"1\", \"3\"]\n{own}"))], "2024-01-02", true),
        ];
        for (changes, today, refused) in cases {
            let mut scene = Scene::new();
            scene.rules(changes);
            scene.on(today);
            scene.recruitment("2024-03-25");
            scene.foresees_vacancy = None;
            assert_eq!(scene.refused("no-prospect"), refused, "{changes:?} on {today}");
        }
    }

    #[test]
    fn a_refusal_names_the_reference_that_its_row_has_on_the_day() {
        let mut scene = Scene::new();
        scene.end("2024-04-08");
        assert_eq!(scene.reference("duration-limit"), "LAB § 61(1) no. 2 (L4)", "the figure that was passed");
        scene.rules(&[("LAB § 61(1) no. 2 (L4)", "§ 9")]);
        assert_eq!(scene.reference("duration-limit"), "§ 9");
        scene.steps(&[("2024-01-08", 31.0)]);
        assert_eq!(scene.reference("hours-capacity"), "S10", "the rule's own");
    }

    /// A book in which the first booking may last 91 days and the whole 150, and from 2024-04-01 on 60 and 100.
    fn two_years(scene: &mut Scene) {
        let row = |figure: &str, days: i64, reference: &str, dated: &str| {
            format!("figure = \"{figure}\"\nvalue = {days}\n{dated}\nunit = \"days\"\nlegal_reference = \"{reference}\"\n")
        };
        let rest = "target_groups = [\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]\neffect = \"refuse\"\nsure = \"H\"\nda = \"\"\nen = \"\"\n\n[[row]]\n";
        let two = |figure: &str, days: i64, then: i64| {
            row(figure, then, "new", "valid_from = 2024-04-01") + rest + &row(figure, days, "old", "valid_to = 2024-03-31")
        };
        scene.rules(&[
            (
                "figure = \"first_booking_days\"\nvalue = 91\nunit = \"days\"\nlegal_reference = \"LAB § 61(1) no. 2 (L4)\"\n",
                &two("first_booking_days", 91, 60),
            ),
            (
                "figure = \"without_special_need_days\"\nvalue = 182\nunit = \"days\"\nlegal_reference = \"LAB § 61(2) (L5)\"\n",
                &two("without_special_need_days", 150, 100),
            ),
        ]);
    }

    #[test]
    fn what_is_registered_is_judged_by_the_figures_of_its_day() {
        // A booking whose days lie on both sides of the change: 91 days by the old figures, 60 by the new.
        for (today, last, refused) in [
            ("2024-03-31", "2024-06-22", false),
            ("2024-03-31", "2024-06-23", true),
            ("2024-04-01", "2024-05-22", false),
            ("2024-04-01", "2024-05-23", true),
        ] {
            let mut scene = Scene::new();
            two_years(&mut scene);
            scene.on(today);
            scene.period("2024-03-24", last);
            assert_eq!(scene.refused("duration-limit"), refused, "booked {today} to {last}");
        }
        // The scene's stay began on 2024-01-08 and was booked for 91 days, which stays lawful; extended it is judged by
        // the day on which the extension is registered: day 100 is 2024-04-16, day 150 is 2024-06-05.
        for (today, to, reference) in [
            ("2024-03-31", "2024-06-05", None),
            ("2024-03-31", "2024-06-06", Some("old")),
            ("2024-04-01", "2024-04-16", None),
            ("2024-04-01", "2024-04-17", Some("new")),
        ] {
            let mut scene = Scene::new();
            two_years(&mut scene);
            scene.extend("2024-04-07", to, today);
            assert_eq!(scene.refused("duration-limit"), reference.is_some(), "extended {today} to {to}");
            if let Some(reference) = reference {
                assert_eq!(scene.reference("duration-limit"), reference);
            }
        }
    }
}
