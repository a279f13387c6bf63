//! The scene that the tables of cases vary: one clarification of 13 weeks from 2024-01-08 to 2024-04-07 at 20 hours a
//! week, a citizen of group 3 with a capacity of 30 hours.

use crate::domain::{
    companies::workplace::{PlacedByOthers, Placement, Supported, Workplace},
    input::read,
    internships::{
        alignment::{Accommodations, Cause, Confirmation, Party, Place, Terms, Version, Via},
        course::Course,
        follow_up::{FollowUp, Held, Planned},
        internship::Internship,
        outcome::{Outcome, OutcomeStep},
    },
    people::citizen::{Capacity, Citizen, Need, NeedFacts, TargetGroup},
    rules::{
        refusals::{Act, Answers, Check, Papers, Reason, answers},
        rulebook::{BUILT_IN, Rulebook},
    },
    values::{
        day::Period,
        hours::HoursPlan,
        ids::{AccountId, CitizenId, CompanyId, FollowUpId, InternshipId, NeedId, OutcomeId, WorkplaceId},
        register::PNumber,
        vocabulary::Term,
    },
};
use chrono::NaiveDate;
use serde_json::json;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn plan(steps: &[(&str, f64)]) -> HoursPlan {
    let steps: Vec<_> = steps.iter().map(|(from, hours)| json!({"from": from, "weekly_hours": hours})).collect();
    read(&json!(steps)).unwrap()
}

pub fn terms(workplace: &str, company: &str, first: &str, last: &str, hours: f64) -> Terms {
    Terms {
        purpose: read(&json!({"kind": "clarification", "questions": ["Kan jeg klare det?"]})).unwrap(),
        occupation: Term::parse("shop").unwrap(),
        tasks: Vec::new(),
        place: Place {
            workplace: WorkplaceId::stored(workplace),
            company: CompanyId::stored(company),
            p_number: format!("P-{workplace}"),
            name: workplace.into(),
        },
        period: Period::new(day(first), day(last)).unwrap(),
        hours: plan(&[(first, hours)]),
        decision_on: None,
        accommodations: Accommodations::NoneNeeded,
    }
}

pub fn version(number: i32, terms: Terms, cause: Cause, on: NaiveDate) -> Version {
    let confirmations = Party::ALL.iter().map(|party| Confirmation { party: *party, via: Via::Paper, on }).collect();
    Version {
        number,
        hash: terms.hash("i", number),
        terms,
        cause,
        papers: None,
        asked: None,
        made_on: on,
        confirmations,
        objections: Vec::new(),
    }
}

pub fn extension() -> Cause {
    Cause::Extension
}

/// An internship that all three confirmed on the day of booking, a week before it began as agreed.
pub fn internship(id: &str, terms: Terms) -> Internship {
    let booked_on = crate::domain::values::day::plus(terms.period.first, -7);
    Internship {
        id: InternshipId::stored(id),
        reference: id.to_uppercase(),
        booked_on,
        road: None,
        new_function: None,
        started_on: Some(terms.period.first),
        first: version(1, terms, Cause::Booking, booked_on),
        later: Vec::new(),
        accommodations: Vec::new(),
        none_needed: Some(booked_on),
        contact: None,
        contact_name: None,
        statement: None,
        decision: None,
        ended: None,
        cancelled_on: None,
        answers: Vec::new(),
        next_step: None,
        follow_ups: Vec::new(),
        prospect_gone_on: None,
    }
}

/// Adds an extension in force from a day to a new end.
pub fn extend(internship: &mut Internship, on: &str, to: &str) {
    let mut terms = internship.standing().terms.clone();
    terms.period.last = day(to);
    let number = internship.newest().number + 1;
    internship.later.push(version(number, terms, extension(), day(on)));
}

pub fn citizen() -> Citizen {
    Citizen {
        id: CitizenId::stored("citizen"),
        reference: "B-1".into(),
        target_group: TargetGroup::parse("3").unwrap(),
        job_ready: false,
        in_employment: false,
        goals: Vec::new(),
        capacities: vec![Capacity { from: day("2000-01-01"), weekly_hours: read(&json!(30)).unwrap() }],
        needs: Vec::new(),
        consultant: AccountId::stored("consultant"),
        latest_employer: None,
        registered_on: None,
    }
}

pub fn course() -> Course {
    Course { citizen: citizen(), internships: Vec::new(), outcomes: Vec::new(), changes: Vec::new() }
}

pub fn outcome(from: Option<&str>, step: OutcomeStep, workplace: Option<&str>, first_day: &str) -> Outcome {
    Outcome {
        id: OutcomeId::stored("outcome"),
        from: from.map(InternshipId::stored),
        step,
        workplace: workplace.map(WorkplaceId::stored),
        employer: None,
        first_day: day(first_day),
        weekly_hours: None,
        until: (step == OutcomeStep::WageSubsidy).then(|| crate::domain::values::day::plus(day(first_day), 181)),
        recorded_on: day(first_day),
        ended_on: None,
        next_step: None,
        checks: Vec::new(),
    }
}

pub fn workplace(id: &str) -> Workplace {
    Workplace {
        id: WorkplaceId::stored(id),
        p_number: format!("P-{id}"),
        name: id.into(),
        staff: Vec::new(),
        others: Vec::new(),
        placements: Vec::new(),
        hires: Vec::new(),
        subsidies: Vec::new(),
    }
}

/// An internship at a workplace, from its first day to its last.
pub fn placement(id: &str, stay: Period) -> Placement {
    Placement {
        internship: InternshipId::stored(id),
        reference: id.to_uppercase(),
        booked_on: crate::domain::values::day::plus(stay.first, -7),
        stay: Some(stay),
        extended_on: Vec::new(),
        ended_on: None,
        broken_off_by_citizen: false,
        kept: false,
        takes_up: Vec::new(),
    }
}

/// A follow-up held on a day.
pub fn held(on: &str, record: serde_json::Value) -> FollowUp {
    FollowUp {
        id: FollowUpId::stored(on),
        internship: InternshipId::stored("a"),
        kind: Planned::Regular,
        planned_on: day(on),
        due_on: day(on),
        held: Some(Held { on: day(on), recorded_on: day(on), record: read(&record).unwrap() }),
        cancelled_on: None,
    }
}

pub struct Scene {
    pub course: Course,
    pub terms: Terms,
    own: Option<Internship>,
    act: Act,
    pub foresees_vacancy: Option<bool>,
    pub open_prospect: bool,
    pub new_function: bool,
    pub papers: Papers,
    pub workplace: Workplace,
    reasons: Vec<Reason>,
    /// The rulebook of the day; the built-in one unless said.
    pub book: Rulebook,
    today: NaiveDate,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            course: course(),
            terms: terms("here", "company", "2024-01-08", "2024-04-07", 20.0),
            own: None,
            act: Act::Booking,
            foresees_vacancy: Some(true),
            open_prospect: false,
            new_function: false,
            papers: Papers::default(),
            workplace: workplace("here"),
            reasons: Vec::new(),
            book: Rulebook::read(BUILT_IN).unwrap(),
            today: day("2024-01-02"),
        }
    }
}

impl Scene {
    pub fn new() -> Self {
        Self::default()
    }

    fn answers(&self) -> Answers {
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
        self.answers().stops.iter().any(|refusal| refusal.rule == rule && refusal.ask_of.is_none())
    }
    /// Asked, and not answered by somebody whose role may.
    pub fn asked(&self, rule: &str) -> bool {
        self.answers().stops.iter().any(|refusal| refusal.rule == rule && refusal.ask_of.is_some())
    }
    pub fn reference(&self, rule: &str) -> String {
        self.answers().stops.into_iter().find(|refusal| refusal.rule == rule).unwrap().reference
    }
    /// The latest last day and the most hours with which a rule would pass.
    pub fn would_pass(&self, rule: &str) -> (Option<String>, Option<f64>) {
        let refusal = self.answers().stops.into_iter().find(|refusal| refusal.rule == rule).unwrap();
        let hours = refusal.hours_left.map(|left| f64::from(u32::try_from(left.minutes()).unwrap()) / 60.0);
        (refusal.latest_last_day.map(|day| day.to_string()), hours)
    }
    pub fn missing(&self, rule: &str) -> Vec<&'static str> {
        self.answers().stops.into_iter().filter(|refusal| refusal.rule == rule).flat_map(|refusal| refusal.missing).collect()
    }

    pub fn staff(&mut self, hundredths: Option<i64>) {
        self.workplace.staff = hundredths.map(|posts| (day("2023-01-01"), posts)).into_iter().collect();
    }
    pub fn placed_by_others(&mut self, persons: i64, hours: f64) {
        let weekly_hours = read(&json!(hours)).unwrap();
        self.workplace.others = vec![PlacedByOthers { as_of: day("2023-01-01"), persons, weekly_hours }];
    }
    /// Somebody else's internship at the same workplace.
    pub fn intern_there(&mut self, first: &str, last: &str, hours: f64) {
        let days = Period::new(day(first), day(last)).unwrap();
        self.workplace.placements.push(Placement {
            takes_up: vec![Supported { days, hours: plan(&[(first, hours)]) }],
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
        self.reasons.push(Reason { rule: rule.into(), words: "Fordi".into(), given_by: "Nogen".into(), by_leader });
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
    /// Asks to extend the scene's internship, which runs to `old_end`, on a day.
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
}
