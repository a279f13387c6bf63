//! What is refused at booking, change and extension. What is refused is a registration, never a person:
//! a person decides about people (L21).
//!
//! Each rule is a pure function of facts, figures and a date, in a file of its own with its table of cases.
//! All rules are asked, so that all that stands in the way is said at once; each names its reference, the
//! figures it compared, and what would make it pass.

mod asks;
mod duration_limit;
mod extension_reason;
mod hours;
mod latest_employer;
mod no_prospect;
mod overlap;
mod purpose_incomplete;
mod reasonable_ratio;
mod task_ruled_out;
#[cfg(test)]
pub mod testing;

pub use asks::AskRule;
pub use no_prospect::of_opening as no_prospect_of_opening;

use crate::domain::{
    companies::{approach, workplace::Workplace},
    internships::{
        alignment::{Asked, Terms},
        course::{Course, Stay},
        gate,
        internship::Internship,
    },
    people::access::Role,
    rules::{
        about::About,
        rulebook::{Effect, Figures, Rulebook},
    },
    values::{
        day::{Period, plus},
        localized::Localized,
        text::WeeklyHours,
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One figure that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    pub what: Localized,
    pub value: String,
}

pub fn compared(what: Localized, value: impl ToString) -> Compared {
    Compared { what, value: value.to_string() }
}

/// Why a registration does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub rule: &'static str,
    /// Whose written reasons would let it happen; none where it is refused.
    pub ask_of: Option<Role>,
    pub reference: String,
    pub reason: Localized,
    pub compared: Vec<Compared>,
    /// What would make it pass.
    pub passes_if: Localized,
    /// Codes of what is missing, where that is what is wrong.
    pub missing: Vec<&'static str>,
    /// The latest last day with which it would pass.
    pub latest_last_day: Option<NaiveDate>,
    /// The most weekly hours with which it would pass.
    pub hours_left: Option<WeeklyHours>,
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

/// Written reasons that lie on the table for a rule that asks.
#[derive(Clone, Debug)]
pub struct Reason {
    pub rule: String,
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

    /// A sick-listed citizen in employment, kept at the own workplace (L12).
    fn is_kept(&self) -> bool {
        self.course.citizen.is_kept_at(&self.terms.place.p_number, self.figures)
    }

    fn is_sick_listed(&self) -> bool {
        self.figures.sick_listed_groups.contains(&self.course.citizen.target_group)
    }

    /// A change to another workplace.
    fn moves_place(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.place.workplace);
        before.is_some_and(|before| *before != self.terms.place.workplace)
    }

    /// A change to an earlier first day.
    fn starts_earlier(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| own.standing().terms.period.first);
        before.is_some_and(|before| self.terms.period.first < before)
    }

    /// A change to another occupation.
    fn changes_occupation(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.occupation);
        before.is_some_and(|before| *before != self.terms.occupation)
    }

    /// Whether what is registered can take up more of the ratio than before.
    fn concerns_ratio(&self) -> bool {
        let old = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms);
        old.is_none_or(|old| self.moves_place() || old.hours != self.terms.hours || old.period.first > self.terms.period.first)
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
    pub about: About,
    check: fn(&Check) -> Option<Found>,
}

/// What a rule found, before its id is put to it.
#[derive(Default)]
struct Found {
    /// The figure that it rests on, where it is not the rule's own.
    figure: Option<&'static str>,
    reason: Localized,
    compared: Vec<Compared>,
    passes_if: Localized,
    missing: Vec<&'static str>,
    /// Whose written reasons are asked for; none where it refuses.
    ask_of: Option<Role>,
    latest_last_day: Option<NaiveDate>,
    hours_left: Option<WeeklyHours>,
}

impl Found {
    fn refusal(self, rule: &Rule, check: &Check, ask_of: Option<Role>) -> Refusal {
        Refusal {
            rule: rule.id,
            ask_of,
            reference: check.book.reference(self.figure.unwrap_or(rule.figure), check.today).to_owned(),
            reason: self.reason,
            compared: self.compared,
            passes_if: self.passes_if,
            missing: self.missing,
            latest_last_day: self.latest_last_day,
            hours_left: self.hours_left,
        }
    }
}

/// All rules that refuse or ask, in the order in which they are asked.
pub const RULES: &[Rule] = &[
    Rule { id: "purpose-incomplete", figure: "purpose_statement", about: About::Booking, check: purpose_incomplete::check },
    Rule { id: no_prospect::ID, figure: no_prospect::FIGURE, about: About::Booking, check: no_prospect::check },
    Rule { id: "duration-limit", figure: "duration_limit", about: About::Booking, check: duration_limit::check },
    Rule { id: "extension-reason", figure: "extension_papers", about: About::Extension, check: extension_reason::check },
    Rule { id: "weekly-hours", figure: "weekly_hours_at_most", about: About::Booking, check: hours::weekly_hours },
    Rule { id: "hours-capacity", figure: "capacity_kept", about: About::Booking, check: hours::hours_capacity },
    Rule { id: "task-ruled-out", figure: "ruled_out_tasks", about: About::Booking, check: task_ruled_out::check },
    Rule { id: "overlap", figure: "no_overlap", about: About::Booking, check: overlap::check },
    Rule { id: "reasonable-ratio", figure: "reasonable_ratio", about: About::Booking, check: reasonable_ratio::check },
    Rule { id: AskRule::LatestEmployer.code(), figure: "latest_employer", about: About::Booking, check: latest_employer::check },
    Rule { id: AskRule::CompanyRecord.code(), figure: "company_record", about: About::Booking, check: asks::company_record },
    Rule { id: AskRule::GoalMismatch.code(), figure: "goal_mismatch", about: About::Booking, check: asks::goal_mismatch },
    Rule { id: AskRule::Derailed.code(), figure: "derailed", about: About::Booking, check: asks::derailed },
    Rule { id: AskRule::Series.code(), figure: "series", about: About::Booking, check: asks::series },
];

/// The ids of all rules that refuse.
pub fn rule_ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// Every rule that can refuse or ask, the start gate and those about approaches included, with the figure that it rests on.
pub fn with_figures() -> impl Iterator<Item = (&'static str, &'static str, About)> {
    RULES
        .iter()
        .map(|rule| (rule.id, rule.figure, rule.about))
        .chain([(gate::ID, gate::FIGURE, About::Start)])
        .chain(approach::RULES)
}

/// What the rules say of a registration.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// What stands in its way: refusals, and asks without reasons from someone whose role may give them.
    pub stops: Vec<Refusal>,
    /// Asks that have been answered.
    pub asked: Vec<Asked>,
}

/// Asks every rule. One whose row does not bind the citizen's group, or is switched off on the day, is not asked; whether it
/// refuses or asks for reasons is the row's effect.
pub fn answers(check: &Check) -> Answers {
    let group = &check.course.citizen.target_group;
    let mut answers = Answers::default();
    for rule in RULES.iter().filter(|rule| check.book.is_on(rule.figure, check.today)) {
        let Some(found) = (rule.check)(check) else { continue };
        let figure = found.figure.unwrap_or(rule.figure);
        let ask_of = match check.book.effect(figure, check.today) {
            Some(Effect::Refuse) => None,
            Some(Effect::Ask) if found.ask_of.is_some() => found.ask_of,
            _ => continue,
        };
        if !check.book.binds(figure, check.today, group) {
            continue;
        }
        match ask_of.and_then(|of| reasons_for(check, rule.id, of)) {
            Some(reason) => answers.asked.push(Asked {
                rule: rule.id.into(),
                reasons: reason.words.clone(),
                given_by: reason.given_by.clone(),
            }),
            None => answers.stops.push(found.refusal(rule, check, ask_of)),
        }
    }
    answers
}

fn reasons_for<'a>(check: &Check<'a>, rule: &str, of: Role) -> Option<&'a Reason> {
    check.reasons.iter().find(|reason| reason.rule == rule && (of != Role::TeamLeader || reason.by_leader))
}

#[cfg(test)]
mod tests {
    use super::{RULES, testing::*};
    use crate::domain::rules::rulebook::{BUILT_IN, Effect, Figures, Rulebook};

    #[test]
    fn every_rule_rests_on_a_row_that_refuses_or_asks() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        for rule in RULES {
            assert!(Figures::NAMES.contains(&rule.figure), "{}", rule.id);
            let row = book.row(rule.figure, day("2024-01-02")).unwrap();
            assert!(matches!(row.effect, Effect::Refuse | Effect::Ask), "{}", rule.id);
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
        let own = "effect = \"refuse\"\nsure = \"Ours\"\nda = \"Rekruttering";
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
    fn a_refusal_says_with_which_figure_it_would_pass() {
        let mut scene = Scene::new();
        scene.end("2024-06-30");
        assert_eq!(scene.would_pass("duration-limit").0.as_deref(), Some("2024-04-07"));
        scene.steps(&[("2024-01-08", 36.0)]);
        scene.other("2024-02-01", "2024-03-01", 12.0);
        assert_eq!(scene.would_pass("weekly-hours").1, Some(25.0), "37 less 12");
        assert_eq!(scene.would_pass("hours-capacity").1, Some(18.0), "30 less 12");
        scene.staff(Some(500));
        scene.placed_by_others(1, 20.0);
        assert_eq!(scene.would_pass("reasonable-ratio").1, Some(17.0), "37 less 20");
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
