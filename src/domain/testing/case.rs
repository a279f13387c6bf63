//! The registration that the tables of cases vary: one clarification of 13 weeks from 2024-01-08 to 2024-04-07 at 20 hours a
//! week, of a citizen of group 3 with a capacity of 30 hours, booked on 2024-01-02; and what the rules answer to it.

use crate::domain::{
    companies::workplace::{PlacedPersons, Placement, SupportedDays, Workplace},
    input::read,
    internships::{alignment::Terms, course::Course, internship::Internship, outcome::OutcomeStep},
    people::citizen::{Capacity, Need, NeedFacts},
    rules::{
        refusals::{
            answers::{Answers, answers},
            check::{Act, Check, PapersPresent, Reason},
        },
        rule_id::RuleId,
        rulebook::{BUILT_IN, Rulebook},
    },
    testing::{book::book, facts::*},
    values::{day::Period, ids::NeedId, register::PNumber, target_group::TargetGroup, vocabulary::Term},
};
use chrono::NaiveDate;
use serde_json::json;

pub struct RuleCase {
    pub course: Course,
    pub terms: Terms,
    own: Option<Internship>,
    act: Act,
    pub foresees_vacancy: Option<bool>,
    pub open_prospect: bool,
    pub new_function: bool,
    pub papers: PapersPresent,
    pub workplace: Workplace,
    reasons: Vec<Reason>,
    /// The rulebook of the day; the built-in one unless said.
    pub book: Rulebook,
    today: NaiveDate,
}

impl Default for RuleCase {
    fn default() -> Self {
        Self {
            course: course(),
            terms: terms("here", "company", "2024-01-08", "2024-04-07", 20.0),
            own: None,
            act: Act::Booking,
            foresees_vacancy: Some(true),
            open_prospect: false,
            new_function: false,
            papers: PapersPresent::default(),
            workplace: workplace("here"),
            reasons: Vec::new(),
            book: book().clone(),
            today: day("2024-01-02"),
        }
    }
}

impl RuleCase {
    pub fn new() -> Self {
        Self::default()
    }

    /// What the rules answer; whatever they stop says why, by which figures, and what would make it pass.
    fn answers(&self) -> Answers {
        let found = self.found();
        for stop in &found.stops {
            for text in [&stop.reason.da, &stop.reason.en, &stop.passes_if.da, &stop.passes_if.en, &stop.reference] {
                assert!(!text.is_empty(), "{stop:?}");
            }
            // What is missing in a purpose is no figure.
            assert!(!stop.compared.is_empty() || stop.rule == *"purpose-incomplete", "{stop:?}");
            assert!(stop.ask_of.is_none() || !stop.missing.is_empty(), "{stop:?}");
        }
        found
    }
    fn found(&self) -> Answers {
        answers(&Check {
            course: &self.course,
            terms: &self.terms,
            own: self.own.as_ref(),
            workplace: &self.workplace,
            reasons: &self.reasons,
            act: self.act,
            foresees_vacancy: self.foresees_vacancy,
            open_prospect: self.open_prospect,
            new_function: self.new_function,
            papers: self.papers.clone(),
            figures: self.book.on(self.today),
            book: &self.book,
            today: self.today,
        })
    }
    pub fn refused(&self, rule: &str) -> bool {
        self.answers().stops.iter().any(|refusal| refusal.rule == *rule && refusal.ask_of.is_none())
    }
    /// Asked, and not answered by somebody whose role may.
    pub fn asked(&self, rule: &str) -> bool {
        self.answers().stops.iter().any(|refusal| refusal.rule == *rule && refusal.ask_of.is_some())
    }
    pub fn reference(&self, rule: &str) -> String {
        self.answers().stops.into_iter().find(|refusal| refusal.rule == *rule).unwrap().reference
    }
    /// The latest last day and the most hours with which a rule would pass.
    pub fn would_pass(&self, rule: &str) -> (Option<String>, Option<f64>) {
        let refusal = self.answers().stops.into_iter().find(|refusal| refusal.rule == *rule).unwrap();
        let hours = refusal.hours_left.map(|left| f64::from(u32::try_from(left.minutes()).unwrap()) / 60.0);
        (refusal.latest_last_day.map(|day| day.to_string()), hours)
    }
    /// Why a rule stops it, and what would make it pass.
    pub fn says(&self, rule: &str) -> (String, String) {
        let refusal = self.answers().stops.into_iter().find(|refusal| refusal.rule == *rule).unwrap();
        (refusal.reason.en, refusal.passes_if.en)
    }
    /// The figures that a rule compared.
    pub fn compared(&self, rule: &str) -> Vec<String> {
        let refusal = self.answers().stops.into_iter().find(|refusal| refusal.rule == *rule).unwrap();
        refusal.compared.into_iter().map(|compared| compared.value).collect()
    }
    pub fn missing(&self, rule: &str) -> Vec<&'static str> {
        self.answers().stops.into_iter().filter(|refusal| refusal.rule == *rule).flat_map(|refusal| refusal.missing).collect()
    }

    pub fn staff(&mut self, hundredths: Option<i64>) {
        self.workplace.staff = hundredths.map(|posts| (day("2023-01-01"), posts)).into_iter().collect();
    }
    pub fn placed_by_others(&mut self, persons: i64, hours: f64) {
        let weekly_hours = read(&json!(hours)).unwrap();
        self.workplace.others = vec![PlacedPersons { as_of: day("2023-01-01"), persons, weekly_hours }];
    }
    /// Somebody else's internship at the same workplace.
    pub fn intern_there(&mut self, first: &str, last: &str, hours: f64) {
        let days = Period::new(day(first), day(last)).unwrap();
        self.workplace.placements.push(Placement {
            takes_up: vec![SupportedDays { days, hours: plan(&[(first, hours)]) }],
            ..placement("somebody", days)
        });
    }
    pub fn kept(&mut self) {
        self.group("6");
        self.latest_employer_here();
        self.course.citizen.in_employment = true;
    }
    pub fn latest_employer_here(&mut self) {
        self.terms.place.p_number = "1000000001".into();
        self.course.citizen.latest_employer = PNumber::parse("1000000001");
    }
    pub fn reason(&mut self, rule: &str, by_leader: bool) {
        self.reasons.push(Reason {
            rule: RuleId::parse(rule).unwrap(),
            words: "Fordi".into(),
            given_by: "Nogen".into(),
            by_leader,
        });
    }
    pub fn goals(&mut self, occupations: &[&str]) {
        self.course.citizen.goals = vec![read(&json!({"own_words": "Et job", "occupations": occupations})).unwrap()];
    }
    pub fn occupation(&mut self, occupation: &str) {
        self.terms.occupation = Term::parse(occupation).unwrap();
    }
    /// A follow-up at the first internship on record.
    pub fn phase(&mut self, on: &str, phase: &str) {
        self.course.internships[0].follow_ups.push(held(on, json!({"phase": phase})));
    }
    /// So many one-day internships elsewhere before.
    pub fn earlier_internships(&mut self, count: usize) {
        for (number, first) in ["2023-02-01", "2023-04-03", "2023-06-05", "2023-08-07"].iter().take(count).enumerate() {
            let name = format!("e{number}");
            self.course.internships.push(internship(&name, terms(&name, &name, first, first, 10.0)));
        }
    }
    pub fn on(&mut self, today: &str) {
        self.today = day(today);
    }
    /// The built-in book with each text replaced by another.
    pub fn rules(&mut self, changes: &[(&str, &str)]) {
        let text = changes.iter().fold(BUILT_IN.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        });
        self.book = Rulebook::read(&text).unwrap();
    }
    pub fn kind(&mut self, kind: &str) {
        self.terms.purpose = read(&json!({"kind": kind})).unwrap();
    }
    pub fn training(&mut self, now: i64, target: i64) {
        self.terms.purpose =
            read(&json!({"kind": "training", "skills": [{"skill": "Kasse", "now": now, "target": target}]})).unwrap();
    }
    pub fn recruitment(&mut self, decision_on: &str) {
        self.terms.purpose = read(&json!({"kind": "recruitment", "prospect": {"position": "Sælger", "weekly_hours": 25, "must_be_able_to": ["Sælge"], "decision_on": decision_on}})).unwrap();
        self.terms.decision_on = Some(day(decision_on));
    }
    pub fn group(&mut self, group: &str) {
        self.course.citizen.target_group = TargetGroup::parse(group).unwrap();
    }
    pub fn period(&mut self, first: &str, last: &str) {
        self.terms.period = Period::new(day(first), day(last)).unwrap();
        self.terms.hours = plan(&[(first, 20.0)]);
    }
    pub fn end(&mut self, last: &str) {
        self.terms.period.last = day(last);
    }
    pub fn steps(&mut self, steps: &[(&str, f64)]) {
        self.terms.hours = plan(steps);
    }
    pub fn capacity(&mut self, from: &str, hours: f64) {
        self.course.citizen.capacities.push(Capacity { from: day(from), weekly_hours: read(&json!(hours)).unwrap() });
    }
    pub fn need_ruling_out(&mut self, task: &str) {
        let facts: NeedFacts = read(&json!({"kind": "lifting", "function": "No lifting", "rules_out": [task]})).unwrap();
        self.course.citizen.needs.push(Need { id: NeedId::stored("need"), facts });
    }
    pub fn task(&mut self, task: &str) {
        self.terms.tasks.push(Term::parse(task).unwrap());
    }
    /// Another internship, elsewhere.
    pub fn other(&mut self, first: &str, last: &str, hours: f64) {
        self.course.internships.push(internship("other", terms("there", "elsewhere", first, last, hours)));
    }
    pub fn other_at_same_workplace(&mut self) {
        let place = self.terms.place.clone();
        self.course.internships.iter_mut().for_each(|other| other.first.terms.place = place.clone());
    }
    pub fn other_at_same_company(&mut self) {
        let company = self.terms.place.company.clone();
        self.course.internships.iter_mut().for_each(|other| other.first.terms.place.company = company.clone());
    }
    pub fn cancel_other(&mut self) {
        let today = self.today;
        self.course.internships.iter_mut().for_each(|other| {
            other.cancelled_on = Some(today);
            other.started_on = None;
        });
    }
    /// The other one is booked only, and it is a later day.
    pub fn other_never_began(&mut self, today: &str) {
        self.today = day(today);
        self.course.internships.iter_mut().for_each(|other| other.started_on = None);
    }
    pub fn hire(&mut self, first_day: &str) {
        self.course.outcomes.push(outcome(None, OutcomeStep::OrdinaryFullTime, None, first_day));
    }
    /// Asks to extend the case's internship, which runs to `old_end`, on a day.
    pub fn extend(&mut self, old_end: &str, new_end: &str, today: &str) {
        self.end(old_end);
        let own = internship("own", self.terms.clone());
        self.course.internships.push(own.clone());
        self.own = Some(own);
        self.act = Act::Extension;
        self.today = day(today);
        self.end(new_end);
    }
    pub fn earlier_extensions(&mut self, count: usize) {
        let own = self.own.as_mut().unwrap();
        let end = own.last_day().to_string();
        for _ in 0..count {
            extend(own, "2024-02-01", &end);
        }
    }
    /// Asks to change the case's internship; what is set afterwards is the change.
    pub fn change(&mut self) {
        let own = internship("own", self.terms.clone());
        self.course.internships.push(own.clone());
        self.own = Some(own);
        self.act = Act::Change;
    }
}
