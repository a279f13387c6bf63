//! A citizen's whole course: all internships and outcomes, whoever booked them (S6), and what follows from
//! them together. *Extension by another name* is found here: a booking soon after a stay at the same
//! workplace, or at another of the same company in the same occupation, with no job between (S5).

use crate::domain::{
    internships::{
        alignment::Place,
        follow_up::{Held, Phase},
        in_error::{InError, Undone},
        internship::Internship,
        outcome::{Outcome, OutcomeStep},
    },
    people::{
        citizen::Citizen,
        consultant_change::ConsultantChange,
        step::{CourseStep, StepKind},
    },
    rules::rulebook::Figures,
    values::{
        day::{Period, danish},
        ids::{CompanyId, InternshipId, WorkplaceId},
        vocabulary::Term,
    },
};
use chrono::NaiveDate;

#[derive(Clone, Debug)]
pub struct Course {
    pub citizen: Citizen,
    /// In the order in which they were booked.
    pub internships: Vec<Internship>,
    /// Bookings that were registered in error.
    pub internships_in_error: Vec<InError<Internship>>,
    /// Starts and ends that were registered in error, where what was believed on former days is asked for; else empty.
    pub undone: Vec<Undone>,
    pub outcomes: Vec<Outcome>,
    pub outcomes_in_error: Vec<InError<Outcome>>,
    /// Changes of consultant, in order of their days.
    pub changes: Vec<ConsultantChange>,
    /// What is planned or awaited without an internship, in the order in which it was recorded.
    pub steps: Vec<CourseStep>,
}

/// The phase in which somebody found the citizen (S14): at a follow-up, or in a conversation.
#[derive(Clone, Copy, Debug)]
pub struct PhaseSeen<'a> {
    pub on: NaiveDate,
    pub recorded_on: NaiveDate,
    pub phase: Phase,
    /// Where it was a follow-up: of which internship.
    pub internship: Option<&'a Internship>,
}

impl PhaseSeen<'_> {
    /// The day and where, as evidence.
    pub fn said(&self) -> String {
        let kind = StepKind::Conversation.label();
        let place = self.internship.map_or_else(|| format!("{} / {}", kind.da, kind.en), |own| own.reference.clone());
        format!("{} ({place})", danish(self.on))
    }
}

/// Where and from when somebody stays or would stay.
#[derive(Clone, Copy, Debug)]
pub struct Stay<'a> {
    pub workplace: &'a WorkplaceId,
    pub company: &'a CompanyId,
    pub occupation: &'a Term,
    pub first: NaiveDate,
    /// The internship itself, where it is on record.
    pub own: Option<&'a InternshipId>,
    /// Today, where bookings that still wait for their start count too (what is asked to be registered); none where only
    /// what has begun counts (flags).
    pub planned: Option<NaiveDate>,
}

impl<'a> Stay<'a> {
    pub fn of(internship: &'a Internship) -> Self {
        let terms = &internship.standing().terms;
        Self {
            workplace: &terms.place.workplace,
            company: &terms.place.company,
            occupation: &terms.occupation,
            first: internship.started_on.unwrap_or(terms.period.first),
            own: Some(&internship.id),
            planned: None,
        }
    }
}

impl Course {
    pub fn internship(&self, id: &InternshipId) -> Option<&Internship> {
        self.internships.iter().find(|internship| internship.id == *id)
    }

    /// Hires that count by a day, see [`Outcome::counts_from`].
    pub fn hires<'c>(&'c self, figures: &'c Figures, today: NaiveDate) -> impl Iterator<Item = &'c Outcome> {
        self.outcomes.iter().filter(move |outcome| outcome.counts_as_hire(figures) && outcome.counts_from(figures) <= today)
    }

    /// Whether the citizen has been hired since an internship began: as its outcome, or elsewhere while it ran; never by a job that
    /// had begun before it.
    pub fn hired_since(&self, internship: &Internship, figures: &Figures, today: NaiveDate) -> bool {
        let Some(started) = internship.started_on else { return false };
        let since = |hire: &Outcome| hire.from.as_ref() == Some(&internship.id) || hire.recorded_on >= started;
        self.hires(figures, today).any(|hire| since(hire) && hire.first_day >= started)
    }

    /// The same of a hire that is agreed, however far ahead its first day lies: it answers the decision, and is a plan.
    pub fn hire_agreed_since(&self, internship: &Internship, figures: &Figures) -> bool {
        self.hired_since(internship, figures, NaiveDate::MAX)
    }

    /// The follow-ups held with the citizen, at any internship, in order of their days.
    pub fn held(&self) -> Vec<(&Internship, &Held)> {
        let mut held: Vec<_> =
            self.internships.iter().flat_map(|internship| internship.held().map(move |held| (internship, held))).collect();
        held.sort_by_key(|(_, held)| held.on);
        held
    }

    /// The phases seen at follow-ups and in conversations, in order of their days.
    pub fn phases(&self) -> Vec<PhaseSeen<'_>> {
        let at = |(internship, held): (_, &Held)| {
            let (on, recorded_on) = (held.on, held.recorded_on);
            held.record.phase.map(|phase| PhaseSeen { on, recorded_on, phase, internship: Some(internship) })
        };
        let talked = self.steps.iter().filter_map(|step| {
            let on = step.done_on?;
            let recorded_on = step.done_recorded_on.unwrap_or(on);
            Some(PhaseSeen { on, recorded_on, phase: step.phase?, internship: None })
        });
        let mut seen: Vec<PhaseSeen<'_>> = self.held().into_iter().filter_map(at).chain(talked).collect();
        seen.sort_by_key(|seen| seen.on);
        seen
    }

    /// Whether a wage subsidy runs on a day: it pauses what counts time (long stay, series).
    pub fn in_wage_subsidy(&self, day: NaiveDate) -> bool {
        self.outcomes.iter().any(|outcome| outcome.subsidy().is_some_and(|days| days.holds(day)))
    }

    /// The first day of the latest hire or education: a series counts what began after it. By its first day, so that a job of years
    /// ago that is recorded as history ends no series of today.
    pub fn series_began_after(&self, figures: &Figures, today: NaiveDate) -> Option<NaiveDate> {
        let education = self.outcomes.iter().filter(|outcome| outcome.step == OutcomeStep::Education);
        education.chain(self.hires(figures, today)).map(|outcome| outcome.first_day).max()
    }

    /// Whether a stay is an extension by another name of an earlier one: soon after it, at the same workplace or in the same
    /// occupation at another workplace of the company, with no job between.
    fn follows(&self, stay: Stay<'_>, earlier: Stay<'_>, span: Period, figures: &Figures) -> bool {
        let same_place =
            earlier.workplace == stay.workplace || (earlier.company == stay.company && earlier.occupation == stay.occupation);
        let soon = (stay.first - span.last).num_days() <= figures.another_name_days;
        let job_between =
            || self.hires(figures, NaiveDate::MAX).any(|hire| span.first < hire.first_day && hire.first_day <= stay.first);
        same_place && span.first < stay.first && soon && !job_between()
    }

    /// The other stays that count: those that have begun and, if planned ones count too, those that wait for their start.
    fn others(&self, stay: Stay<'_>) -> Vec<(&Internship, Period)> {
        let counts = |other: &&Internship| {
            stay.own != Some(&other.id)
                && (other.started_on.is_some() || stay.planned.is_some_and(|today| other.awaits_start(today)))
        };
        self.internships.iter().filter(counts).filter_map(|other| Some((other, other.span()?))).collect()
    }

    /// The internships that count as one stay together with this one, latest first, without this one: all that it follows, and
    /// all that those follow. A detour by another workplace or occupation does not break the chain.
    pub fn lineage(&self, stay: Stay<'_>, figures: &Figures) -> Vec<&Internship> {
        let mut found: Vec<&Internship> = Vec::new();
        let mut open = vec![stay];
        while let Some(stay) = open.pop() {
            for (earlier, span) in self.others(stay) {
                let known = found.iter().any(|known| known.id == earlier.id);
                if !known && self.follows(stay, Stay::of(earlier), span, figures) {
                    found.push(earlier);
                    open.push(Stay { planned: stay.planned, ..Stay::of(earlier) });
                }
            }
        }
        found.sort_by_key(|earlier| std::cmp::Reverse((earlier.last_day(), earlier.booked_on)));
        found
    }

    /// The recorded internships that would count as one stay with this one because they come after it: booking backwards in time
    /// gains nothing over booking forwards.
    pub fn followers(&self, stay: Stay<'_>, last: NaiveDate, figures: &Figures) -> Vec<&Internship> {
        let mut found: Vec<&Internship> = Vec::new();
        let mut open: Vec<(Stay<'_>, Option<Period>)> = vec![(stay, Period::new(stay.first, last))];
        while let Some((stay, Some(span))) = open.pop() {
            for (later, its) in self.others(stay) {
                let known = found.iter().any(|known| known.id == later.id);
                if !known && self.follows(Stay::of(later), stay, span, figures) {
                    found.push(later);
                    open.push((Stay { planned: stay.planned, ..Stay::of(later) }, Some(its)));
                }
            }
        }
        found
    }

    /// How many extensions precede this stay: those of each internship that it continues, and each continuation itself.
    pub fn extensions_before(&self, stay: Stay<'_>, figures: &Figures) -> i64 {
        let lineage = self.lineage(stay, figures);
        let own: usize = lineage.iter().map(|internship| internship.extensions().count()).sum();
        i64::try_from(own + lineage.len()).unwrap_or(i64::MAX)
    }

    /// The days of the lineage, those at another workplace left out where `same_workplace`.
    pub fn days_before(&self, stay: Stay<'_>, figures: &Figures, same_workplace: bool) -> Vec<Period> {
        let lineage = self.lineage(stay, figures);
        let counted = lineage
            .into_iter()
            .filter(|internship| !same_workplace || internship.standing().terms.place.workplace == *stay.workplace);
        counted.filter_map(Internship::span).collect()
    }

    /// Whether a workplace is the citizen's latest employer on a day (L8): the latest job or wage subsidy recorded here, from
    /// its first day on; where there is none, what the citizen's record says.
    pub fn is_latest_employer(&self, place: &Place, day: NaiveDate) -> bool {
        let jobs = self.outcomes.iter().filter(|outcome| outcome.step != OutcomeStep::Education && outcome.first_day <= day);
        match jobs.max_by_key(|job| (job.first_day, job.recorded_on)) {
            Some(job) => job.workplace.as_ref() == Some(&place.workplace),
            None => self.citizen.latest_employer.as_ref().is_some_and(|own| own.as_str() == place.p_number),
        }
    }

    /// A sick-listed person in employment, kept at the own workplace: most flags do not apply.
    pub fn kept_at_own_workplace(&self, internship: &Internship, figures: &Figures) -> bool {
        self.citizen.is_kept_at(&internship.standing().terms.place.p_number, figures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        testing::{add_at, book, course, day, extend, held, internship, outcome, running, step, terms},
        values::register::PNumber,
    };
    use serde_json::json;

    fn figures() -> &'static Figures {
        book().on(day("2024-01-01"))
    }

    fn names<'i>(found: impl IntoIterator<Item = &'i Internship>) -> Vec<&'i str> {
        found.into_iter().map(|internship| internship.id.as_str()).collect()
    }

    /// A flex job from a first day, recorded on a day.
    fn hired(first_day: &str, recorded_on: &str) -> Outcome {
        Outcome { recorded_on: day(recorded_on), ..outcome(None, OutcomeStep::FlexJob, None, first_day) }
    }

    #[test]
    fn a_hire_counts_for_an_internship_that_had_begun_when_it_was_recorded() {
        // It began on 8 January.
        for (hire, today, counts) in [
            (hired("2024-03-01", "2024-02-29"), "2024-02-28", false),
            (hired("2024-03-01", "2024-02-29"), "2024-02-29", true),
            (hired("2024-01-08", "2024-01-08"), "2024-04-01", true),
            // Recorded before, or begun before.
            (hired("2024-02-01", "2024-01-07"), "2024-04-01", false),
            (hired("2024-01-07", "2024-02-29"), "2024-04-01", false),
            // Wage subsidy is no hire.
            (outcome(None, OutcomeStep::WageSubsidy, None, "2024-02-01"), "2024-04-01", false),
            // As its own outcome, even where it was recorded before.
            (Outcome { from: Some(InternshipId::stored("a")), ..hired("2024-02-01", "2024-01-07") }, "2024-04-01", true),
            (Outcome { from: Some(InternshipId::stored("b")), ..hired("2024-02-01", "2024-01-07") }, "2024-04-01", false),
        ] {
            let mut course = running("a", "2024-01-08", "2024-04-07");
            course.outcomes = vec![hire.clone()];
            assert_eq!(course.hired_since(&course.internships[0], figures(), day(today)), counts, "{hire:?} {today}");
            course.internships[0].started_on = None;
            assert!(!course.hired_since(&course.internships[0], figures(), day(today)), "not begun");
        }
    }

    #[test]
    fn a_hire_agreed_far_ahead_answers_the_decision_at_once_and_counts_from_its_first_day() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.outcomes = vec![hired("2024-09-01", "2024-02-29")];
        assert!(course.hire_agreed_since(&course.internships[0], figures()));
        for (today, counts) in [("2024-02-29", 0), ("2024-08-31", 0), ("2024-09-01", 1)] {
            assert_eq!(course.hires(figures(), day(today)).count(), counts, "{today}");
        }
    }

    #[test]
    fn phases_come_from_follow_ups_and_conversations_in_the_order_of_their_days() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.internships[0].follow_ups =
            vec![held("2024-02-29", json!({"phase": "stagnation"})), held("2024-02-01", json!({"belonging": 5}))];
        let mut talk = step("conversation", "2024-01-15", "2024-02-10");
        (talk.done_on, talk.phase) = (Some(day("2024-02-12")), Phase::parse("progression"));
        let mut told_later = talk.clone();
        (told_later.done_on, told_later.done_recorded_on) = (Some(day("2024-03-04")), Some(day("2024-03-06")));
        let open = CourseStep { done_on: None, ..talk.clone() };
        let silent = CourseStep { phase: None, ..talk.clone() };
        course.steps = vec![told_later, talk, open, silent];
        let seen: Vec<_> = course.phases().iter().map(|seen| (seen.said(), seen.phase.code(), seen.recorded_on)).collect();
        assert_eq!(
            seen,
            [
                ("12.02.2024 (samtale / conversation)".to_owned(), "progression", day("2024-02-12")),
                ("29.02.2024 (A)".to_owned(), "stagnation", day("2024-02-29")),
                ("04.03.2024 (samtale / conversation)".to_owned(), "progression", day("2024-03-06")),
            ]
        );
    }

    #[test]
    fn follow_ups_of_all_internships_come_in_the_order_of_their_days() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        add_at(&mut course, "b", "there", "2024-01-15", "2024-04-07");
        course.internships[0].follow_ups = vec![held("2024-02-29", json!({})), held("2024-01-10", json!({}))];
        course.internships[1].follow_ups = vec![held("2024-02-01", json!({}))];
        let held: Vec<_> = course.held().into_iter().map(|(own, held)| (own.id.as_str(), held.on.to_string())).collect();
        assert_eq!(held, [("a", "2024-01-10".to_owned()), ("b", "2024-02-01".to_owned()), ("a", "2024-02-29".to_owned())]);
    }

    #[test]
    fn a_wage_subsidy_runs_from_its_first_day_to_its_last() {
        let mut course = course();
        course.outcomes = vec![outcome(None, OutcomeStep::WageSubsidy, None, "2024-01-01")];
        // 181 days after New Year's Day of a leap year.
        for (on, runs) in [("2023-12-31", false), ("2024-01-01", true), ("2024-06-30", true), ("2024-07-01", false)] {
            assert_eq!(course.in_wage_subsidy(day(on)), runs, "{on}");
        }
    }

    #[test]
    fn a_series_begins_after_the_latest_job_or_education() {
        let mut course = course();
        assert_eq!(course.series_began_after(figures(), day("2024-04-01")), None);
        course.outcomes = vec![
            outcome(None, OutcomeStep::Education, None, "2023-08-14"),
            outcome(None, OutcomeStep::WageSubsidy, None, "2024-01-15"),
            hired("2023-05-01", "2023-05-01"),
        ];
        assert_eq!(course.series_began_after(figures(), day("2024-04-01")), Some(day("2023-08-14")));
        course.outcomes.push(hired("2024-02-01", "2024-02-01"));
        for (today, after) in [("2024-01-31", "2023-08-14"), ("2024-02-01", "2024-02-01")] {
            assert_eq!(course.series_began_after(figures(), day(today)), Some(day(after)), "{today}");
        }
    }

    /// A stay elsewhere or here, before one from 2024-04-08 at the workplace `here` of the company `one` as `shop`.
    fn before(workplace: &str, company: &str, occupation: &str, last: &str) -> (Course, Internship) {
        let mut earlier = internship("earlier", terms(workplace, company, "2024-01-08", last, 20.0));
        earlier.first.terms.occupation = Term::parse(occupation).unwrap();
        let course = Course { internships: vec![earlier], ..course() };
        (course, internship("own", terms("here", "one", "2024-04-08", "2024-05-05", 20.0)))
    }

    #[test]
    fn a_stay_follows_one_at_the_same_place_or_in_the_same_occupation_of_the_company_within_eight_weeks() {
        // 56 days before 8 April 2024 is 12 February.
        for (workplace, company, occupation, last, follows) in [
            ("here", "one", "shop", "2024-04-07", true),
            ("here", "one", "office", "2024-04-07", true),
            ("there", "one", "shop", "2024-04-07", true),
            ("there", "one", "office", "2024-04-07", false),
            ("there", "two", "shop", "2024-04-07", false),
            ("here", "one", "shop", "2024-02-12", true),
            ("here", "one", "shop", "2024-02-11", false),
        ] {
            let (course, own) = before(workplace, company, occupation, last);
            let found = names(course.lineage(Stay::of(&own), figures()));
            assert_eq!(!found.is_empty(), follows, "{workplace} {company} {occupation} {last}");
            // Seen from the earlier one, the later one follows.
            let mut both = course.clone();
            both.internships.push(own.clone());
            let earlier = &both.internships[0];
            let later = names(both.followers(Stay::of(earlier), earlier.last_day(), figures()));
            assert_eq!(later == ["own"], follows, "{workplace} {company} {occupation} {last}");
        }
    }

    #[test]
    fn a_job_between_two_stays_parts_them() {
        // The earlier one from 8 January to 31 March, the later one from 8 April.
        for (first_day, parts) in
            [("2024-01-08", false), ("2024-01-09", true), ("2024-04-03", true), ("2024-04-08", true), ("2024-04-09", false)]
        {
            let (mut course, own) = before("here", "one", "shop", "2024-03-31");
            course.outcomes = vec![hired(first_day, first_day)];
            assert_eq!(course.lineage(Stay::of(&own), figures()).is_empty(), parts, "{first_day}");
        }
    }

    #[test]
    fn only_an_earlier_beginning_is_followed() {
        for (first, follows) in [("2024-04-07", true), ("2024-04-08", false), ("2024-04-09", false)] {
            let mut course = course();
            add_at(&mut course, "other", "here", first, "2024-04-30");
            let own = internship("own", terms("here", "here", "2024-04-08", "2024-05-05", 20.0));
            assert_eq!(!course.lineage(Stay::of(&own), figures()).is_empty(), follows, "{first}");
        }
    }

    #[test]
    fn the_chain_goes_on_through_a_detour_and_each_link_is_an_extension() {
        let mut course = course();
        add_at(&mut course, "a", "here", "2023-09-04", "2023-10-29");
        add_at(&mut course, "b", "there", "2023-10-30", "2023-12-31");
        add_at(&mut course, "c", "here", "2024-01-01", "2024-02-25");
        add_at(&mut course, "elsewhere", "elsewhere", "2024-01-01", "2024-02-25");
        // All of one company, in one occupation.
        for own in &mut course.internships[..3] {
            own.first.terms.place.company = CompanyId::stored("one");
        }
        extend(&mut course.internships[0], "2023-10-01", "2023-10-29");
        let mut own = internship("own", terms("here", "one", "2024-02-26", "2024-04-07", 20.0));
        own.first.terms.occupation = Term::parse("office").unwrap();
        let stay = Stay::of(&own);
        assert_eq!(names(course.lineage(stay, figures())), ["c", "b", "a"], "latest first");
        assert_eq!(course.extensions_before(stay, figures()), 4, "three continuations, and one extension of the first");
        let days = |same_workplace| {
            let days = course.days_before(stay, figures(), same_workplace);
            days.iter().map(|period| (period.first.to_string(), period.days())).collect::<Vec<_>>()
        };
        let (a, b, c) = (("2023-09-04".to_owned(), 56), ("2023-10-30".to_owned(), 63), ("2024-01-01".to_owned(), 56));
        assert_eq!(days(true), [c.clone(), a.clone()]);
        assert_eq!(days(false), [c, b, a]);
        let first = &course.internships[0];
        assert_eq!(names(course.followers(Stay::of(first), first.last_day(), figures())), ["b", "c"]);
    }

    #[test]
    fn a_booking_counts_where_planned_stays_are_asked_for_and_a_cancelled_or_lapsed_one_never() {
        let chain = || {
            let mut course = course();
            // Each so long that the one before it and the one after it are linked by it alone.
            add_at(&mut course, "a", "here", "2024-01-08", "2024-03-17");
            add_at(&mut course, "b", "here", "2024-03-18", "2024-06-09");
            course.internships.iter_mut().for_each(|own| own.started_on = None);
            course
        };
        let own = internship("own", terms("here", "here", "2024-06-10", "2024-07-07", 20.0));
        let asked = |today: &str| Stay { planned: Some(day(today)), ..Stay::of(&own) };
        assert_eq!(names(chain().lineage(asked("2024-01-02"), figures())), ["b", "a"]);
        assert_eq!(names(chain().lineage(asked("2024-03-18"), figures())), ["b"], "the first has lapsed");
        assert!(chain().lineage(Stay::of(&own), figures()).is_empty(), "flags look at what has begun");
        let mut cancelled = chain();
        cancelled.internships[1].cancelled_on = Some(day("2024-01-02"));
        assert!(cancelled.lineage(asked("2024-01-02"), figures()).is_empty());
        let first = terms("here", "here", "2023-12-11", "2024-01-07", 20.0);
        let first = internship("own", first);
        let stay = Stay { planned: Some(day("2024-01-02")), ..Stay::of(&first) };
        assert_eq!(names(chain().followers(stay, first.last_day(), figures())), ["a", "b"]);
    }

    #[test]
    fn the_latest_employer_is_the_workplace_of_the_latest_job_and_else_what_the_citizens_record_says() {
        let place = |course: &Course, id: &str, on: &str| {
            course.is_latest_employer(&terms(id, id, "2024-01-08", "2024-04-07", 20.0).place, day(on))
        };
        let mut course = course();
        assert!(!place(&course, "here", "2024-04-01"));
        course.citizen.latest_employer = PNumber::parse("1000000001");
        let mut known = terms("here", "here", "2024-01-08", "2024-04-07", 20.0).place;
        assert!(!course.is_latest_employer(&known, day("2024-04-01")));
        known.p_number = "1000000001".into();
        assert!(course.is_latest_employer(&known, day("2024-04-01")));
        let job = |workplace: &str, first_day: &str| outcome(None, OutcomeStep::WageSubsidy, Some(workplace), first_day);
        let education = outcome(None, OutcomeStep::Education, Some("school"), "2024-03-01");
        course.outcomes = vec![job("there", "2024-02-29"), job("here", "2024-01-15"), education];
        for (on, here, there) in [
            ("2024-01-14", false, false),
            ("2024-01-15", true, false),
            ("2024-02-28", true, false),
            ("2024-02-29", false, true),
            ("2024-03-04", false, true),
        ] {
            assert_eq!((place(&course, "here", on), place(&course, "there", on)), (here, there), "{on}");
        }
        assert!(!course.is_latest_employer(&known, day("2024-03-04")), "a job recorded here goes before the record");
    }
}
