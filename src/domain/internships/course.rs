//! A citizen's whole course: all internships and outcomes, whoever booked them (S6), and what follows from
//! them together. *Extension by another name* is found here: a booking soon after a stay at the same
//! workplace, or at another of the same company in the same occupation, with no job between (S5).

use crate::domain::{
    internships::{
        alignment::Place,
        follow_up::{Held, Phase},
        in_error::InError,
        internship::Internship,
        outcome::{Outcome, OutcomeStep},
        put_right_stay::PutRightStay,
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
        localized::{Localized, localized},
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
    pub undone: Vec<PutRightStay>,
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
    pub fn said(&self) -> Localized {
        let place = match self.internship {
            Some(own) => localized(own.reference.clone(), own.reference.clone()),
            None => StepKind::Conversation.label(),
        };
        localized(format!("{} ({})", danish(self.on), place.da), format!("{} ({})", self.on, place.en))
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
mod tests;
