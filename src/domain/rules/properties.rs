//! Properties that hold for any sequence: whatever is booked, changed, extended, split or renamed, nobody gets more weeks,
//! hours or places out of the rules than the rulebook allows. The limits are counted here by brute force, day by day, and
//! not with the rules' own counting.

use crate::domain::{
    companies::workplace::{PlacedPersons, SupportedDays, Workplace},
    internships::{
        alignment::{Cause, Terms},
        course::Course,
        internship::{Ended, Ending, Internship},
        outcome::OutcomeStep,
    },
    rules::{
        refusals::{
            answers::answers,
            check::{Act, Check, PapersPresent},
        },
        rulebook::Rulebook,
    },
    testing::{book, course, day, internship, outcome, placement, plan, terms, version, workplace},
    values::day::{Period, plus},
};
use chrono::NaiveDate;
use proptest::prelude::*;

/// Two places of one company and one of another.
const PLACES: [(&str, &str); 3] = [("a", "one"), ("b", "one"), ("c", "two")];
const STAFF: i64 = 1200;

/// What somebody tries, in small numbers that a failing case can be shrunk by.
#[derive(Clone, Debug)]
enum Try {
    Wait(u8),
    Book { who: bool, place: u8, in_days: u8, days: u8, hours: u8, occupation: bool },
    Extend { which: u8, days: u8, special_need: bool },
    Change { which: u8, hours: u8, earlier: u8, place: Option<u8> },
    End { which: u8 },
    Hire { who: bool },
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        3 => (1u8..40).prop_map(Try::Wait),
        4 => (any::<bool>(), 0u8..3, 0u8..250, 1u8..100, 1u8..38, any::<bool>())
            .prop_map(|(who, place, in_days, days, hours, occupation)| Try::Book { who, place, in_days, days, hours, occupation }),
        4 => (any::<u8>(), 1u8..100, any::<bool>()).prop_map(|(which, days, special_need)| Try::Extend { which, days, special_need }),
        2 => (any::<u8>(), 1u8..38, 0u8..10, proptest::option::of(0u8..3))
            .prop_map(|(which, hours, earlier, place)| Try::Change { which, hours, earlier, place }),
        1 => any::<u8>().prop_map(|which| Try::End { which }),
        1 => any::<bool>().prop_map(|who| Try::Hire { who }),
    ];
    proptest::collection::vec(one, 1..40)
}

/// Two citizens, a clock, and what was registered with a special need.
struct World {
    book: &'static Rulebook,
    courses: [Course; 2],
    today: NaiveDate,
    made: usize,
    needed: Vec<String>,
}

impl World {
    fn new(group: &str) -> Self {
        let mut courses = [course(), course()];
        for own in &mut courses {
            own.citizen.target_group = crate::domain::values::target_group::TargetGroup::parse(group).unwrap();
        }
        // Over a leap day, and over both changes of the clock.
        Self { book: book(), courses, today: day("2023-12-31"), made: 0, needed: Vec::new() }
    }

    fn place(&self, id: &str) -> Workplace {
        let mut place = workplace(id);
        place.staff = vec![(day("2023-01-01"), STAFF)];
        let weekly_hours = crate::domain::input::read(&serde_json::json!(20)).unwrap();
        place.others = vec![PlacedPersons { as_of: day("2023-01-01"), persons: 1, weekly_hours }];
        for own in self.courses.iter().flat_map(|course| &course.internships) {
            let terms = &own.standing().terms;
            let span = own.span().filter(|_| terms.place.workplace.as_str() == id);
            if let Some(days) = span {
                let takes_up = vec![SupportedDays { days, hours: terms.hours.clone() }];
                place
                    .placements
                    .push(crate::domain::companies::workplace::Placement { takes_up, ..placement(own.id.as_str(), days) });
            }
        }
        place
    }

    fn passes(&self, who: usize, terms: &Terms, own: Option<&Internship>, act: Act, special_need: bool) -> bool {
        let place = self.place(terms.place.workplace.as_str());
        let papers = PapersPresent {
            reason: true,
            decision_on: Some(terms.period.last),
            commitment: true,
            approval: true,
            special_need,
            broken_commitments: Vec::new(),
        };
        let found = answers(&Check {
            course: &self.courses[who],
            terms,
            own,
            workplace: &place,
            reasons: &[],
            act,
            foresees_vacancy: Some(true),
            open_prospect: false,
            new_function: false,
            papers,
            figures: self.book.on(self.today),
            book: self.book,
            today: self.today,
        });
        // What only asks is answered by people: here everybody has good reasons.
        found.stops.iter().all(|stop| stop.ask_of.is_some())
    }

    fn find(&self, which: u8) -> Option<(usize, usize)> {
        let all: Vec<(usize, usize)> =
            (0..2).flat_map(|who| (0..self.courses[who].internships.len()).map(move |index| (who, index))).collect();
        (!all.is_empty()).then(|| all[usize::from(which) % all.len()])
    }

    fn attempt(&mut self, wish: &Try) {
        match wish {
            Try::Wait(days) => {
                self.today = plus(self.today, i64::from(*days));
                for own in self.courses.iter_mut().flat_map(|course| &mut course.internships) {
                    let first = own.standing().terms.period.first;
                    own.started_on = own.started_on.or((first <= self.today).then_some(first));
                }
            }
            Try::Book { who, place, in_days, days, hours, occupation } => {
                let who = usize::from(*who);
                let (place, company) = PLACES[usize::from(*place)];
                let first = plus(self.today, i64::from(*in_days));
                let last = plus(first, i64::from(*days) - 1);
                let mut terms = terms(place, company, &first.to_string(), &last.to_string(), f64::from(*hours));
                if *occupation {
                    terms.occupation = crate::domain::values::vocabulary::Term::parse("office").unwrap();
                }
                if self.passes(who, &terms, None, Act::Booking, false) {
                    let name = format!("i{}", self.made);
                    self.made += 1;
                    let mut own = internship(&name, terms);
                    own.booked_on = self.today;
                    own.started_on = None;
                    self.courses[who].internships.push(own);
                }
            }
            Try::Extend { which, days, special_need } => {
                let Some((who, index)) = self.find(*which) else { return };
                let own = self.courses[who].internships[index].clone();
                if !own.is_open() {
                    return;
                }
                let mut terms = own.standing().terms.clone();
                terms.period.last = plus(terms.period.last, i64::from(*days));
                if self.passes(who, &terms, Some(&own), Act::Extension, *special_need) {
                    let number = own.newest().number + 1;
                    let today = self.today;
                    self.courses[who].internships[index].later.push(version(number, terms, Cause::Extension, today));
                    if *special_need {
                        self.needed.push(own.id.to_string());
                    }
                }
            }
            Try::Change { which, hours, earlier, place } => {
                let Some((who, index)) = self.find(*which) else { return };
                let own = self.courses[who].internships[index].clone();
                if own.started_on.is_some() || !own.awaits_start(self.today) {
                    return;
                }
                let mut changed = own.standing().terms.clone();
                let first = plus(changed.period.first, -i64::from(*earlier)).max(self.today);
                changed.period.first = first;
                changed.hours = plan(&[(&first.to_string(), f64::from(*hours))]);
                if let Some(place) = place {
                    let (id, company) = PLACES[usize::from(*place)];
                    changed.place = terms(id, company, "2024-01-01", "2024-01-01", 1.0).place;
                }
                if self.passes(who, &changed, Some(&own), Act::Change, false) {
                    let number = own.newest().number + 1;
                    let today = self.today;
                    let own = &mut self.courses[who].internships[index];
                    own.later.push(version(number, changed, Cause::Change, today));
                }
            }
            Try::End { which } => {
                let Some((who, index)) = self.find(*which) else { return };
                let today = self.today;
                let own = &mut self.courses[who].internships[index];
                if own.ended.is_none() && own.stay().is_some_and(|stay| stay.holds(today)) {
                    own.ended = Some(Ended { last_day: today, how: Ending::NoJob, by: None, note: None, recorded_on: today });
                }
            }
            Try::Hire { who } => {
                let on = self.today.to_string();
                self.courses[usize::from(*who)].outcomes.push(outcome(None, OutcomeStep::OrdinaryPartTime, None, &on));
            }
        }
    }

    /// The days of an internship, each with its weekly minutes.
    fn days_of(own: &Internship) -> Vec<(NaiveDate, i64)> {
        let Some(span) = own.span() else { return Vec::new() };
        let hours = &own.standing().terms.hours;
        span.first.iter_days().take_while(|on| *on <= span.last).map(|on| (on, hours.on(&span, on).minutes())).collect()
    }

    fn check_hours(&self) {
        for own in &self.courses {
            let mut sums = std::collections::BTreeMap::<NaiveDate, i64>::new();
            for (on, minutes) in own.internships.iter().flat_map(Self::days_of) {
                *sums.entry(on).or_default() += minutes;
            }
            for (on, minutes) in sums {
                // The citizen's capacity is 30 hours, below the law's 37.
                assert!(minutes <= 30 * 60, "{minutes} minutes on {on}");
            }
        }
    }

    fn check_ratio(&self) {
        for (place, _) in PLACES {
            let mut sums = std::collections::BTreeMap::<NaiveDate, i64>::new();
            let there = self.courses.iter().flat_map(|course| &course.internships);
            let there = there.filter(|own| own.standing().terms.place.workplace.as_str() == place);
            for (on, minutes) in there.flat_map(Self::days_of) {
                *sums.entry(on).or_insert(20 * 60) += minutes;
            }
            for (on, minutes) in sums {
                // Twelve ordinary employees give two places of 37 hours.
                assert!(minutes <= 2 * 37 * 60, "{minutes} minutes at {place} on {on}");
            }
        }
    }

    /// Stays at one place that follow each other within 56 days with no job between are one stay.
    fn check_weeks(&self, job_ready: bool) {
        for own in &self.courses {
            for (place, _) in PLACES {
                let mut stays: Vec<(&Internship, Period)> = own
                    .internships
                    .iter()
                    .filter(|own| own.standing().terms.place.workplace.as_str() == place)
                    .filter_map(|own| Some((own, own.span()?)))
                    .collect();
                stays.sort_by_key(|(_, span)| (span.first, span.last));
                if let [(only, _)] = stays.as_slice() {
                    let days = only.first.terms.period.days();
                    assert!(days <= if job_ready { 28 } else { 91 }, "a first booking of {days} days");
                }
                let mut together: Vec<(&Internship, Period)> = Vec::new();
                for (next, span) in stays {
                    let job =
                        |from: NaiveDate| own.outcomes.iter().any(|job| from < job.first_day && job.first_day <= span.first);
                    let follows =
                        together.last().is_some_and(|(_, last)| (span.first - last.last).num_days() <= 56 && !job(last.first));
                    if !follows {
                        together.clear();
                    }
                    together.push((next, span));
                    let total: i64 = together.iter().map(|(_, span)| span.days()).sum();
                    let needed = together.iter().any(|(own, _)| self.needed.contains(&own.id.to_string()));
                    if job_ready {
                        assert!(together.len() == 1 && total <= 28, "{total} days at {place} of the job-ready");
                    } else {
                        assert!(needed || total <= 182, "{total} days at {place} without a special need");
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_gets_more_out_of_the_rules_than_they_allow(wishes in tries(), job_ready in any::<bool>()) {
        let mut world = World::new(if job_ready { "2" } else { "3" });
        for wish in &wishes {
            world.attempt(wish);
        }
        world.check_hours();
        world.check_ratio();
        world.check_weeks(job_ready);
    }
}
