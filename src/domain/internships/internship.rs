//! An internship (virksomhedspraktik): its versions, its stay, its end. All here is computed from recorded facts.

use crate::domain::{
    companies::closed_days::ClosedDays,
    internships::{
        alignment::{Party, Version, Via},
        decision::Decision,
        follow_up::{FollowUp, Held},
        in_error::InError,
        meeting::Meeting,
        outcome::OutcomeStep,
        pause::Pause,
        statements::{EmployerStatement, Statement},
    },
    values::{
        day::{Period, plus},
        ids::{AccommodationId, AnswerId, ContactId, InternshipId, NeedId},
        text::WeeklyHours,
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::code_enum! {
    /// The road by which the match came about (S13).
    pub enum Road {
        Jobcentre = "jobcentre" ("gennem jobcentret", "through the jobcentre"),
        Network = "network" ("gennem netværk", "through the citizen's network"),
        Elsewhere = "elsewhere" ("på anden vis", "elsewhere"),
        /// At a place that the citizen found (LAB § 57(3), L22).
        SelfFound = "self-found" ("fundet af borgeren selv", "found by the citizen"),
    }
}

crate::code_enum! {
    /// How an internship ended.
    pub enum Ending {
        NoJob = "no-job" ("uden job", "without a job"),
        BrokenOff = "broken-off" ("afbrudt", "broken off"),
        OrdinaryFullTime = "ordinary-full-time" ("ordinært job på fuld tid", "ordinary full-time job"),
        OrdinaryPartTime = "ordinary-part-time" ("ordinært job på deltid", "ordinary part-time job"),
        FlexJob = "flex-job" ("fleksjob", "flex job"),
        WageSubsidy = "wage-subsidy" ("løntilskud", "wage subsidy"),
        Education = "education" ("uddannelse", "education"),
        /// The citizen's course was closed; nobody records it of an internship by itself.
        Left = "left" ("forløbet blev lukket", "the course was closed"),
    }
}

impl Ending {
    /// Whether an end, as recorded, is the citizen's breaking off, or came with the closing of the course: that says nothing about
    /// the company (S8).
    pub fn broken_off_by_citizen(how: Option<Self>, by: Option<Party>) -> bool {
        how == Some(Self::Left) || (how == Some(Self::BrokenOff) && by == Some(Party::Citizen))
    }

    /// The step it is, where it is one.
    pub fn step(self) -> Option<OutcomeStep> {
        OutcomeStep::parse(self.code())
    }
}

crate::code_enum! {
    /// What the company's contact answers to "hire, or no?" (S7).
    pub enum AnswerKind {
        Hire = "hire" ("vi ansætter", "we hire"),
        No = "no" ("vi ansætter ikke", "we do not hire"),
        MoreTime = "more-time" ("vi beder om mere tid", "we ask for more time"),
    }
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Answer {
    pub id: AnswerId,
    pub answer: AnswerKind,
    /// The company's own words.
    pub words: Option<String>,
    pub on: NaiveDate,
    /// The decision date it answers.
    pub decision_on: Option<NaiveDate>,
    /// Name of who gave it, as it was then; not kept of the eldest.
    pub given_by: Option<String>,
    /// With *hire*: the first day of the job.
    pub first_day: Option<NaiveDate>,
    /// With *hire*: its hours a week.
    pub weekly_hours: Option<WeeklyHours>,
}

/// Whether the company may read what is agreed: the citizen has said of each accommodation that the company may be told (S3).
pub fn company_may_read(mut agreed_by_citizen: impl Iterator<Item = bool>) -> bool {
    agreed_by_citizen.all(|agreed| agreed)
}

/// One accommodation, agreed by citizen and company apart (S3).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Accommodation {
    pub id: AccommodationId,
    /// The need behind it; only the municipality sees which.
    pub need: Option<NeedId>,
    /// What is done, as the company may read it; never the cause.
    pub function: String,
    pub agreements: Vec<Agreement>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Agreement {
    pub party: Party,
    pub via: Via,
    pub on: NaiveDate,
}

impl Accommodation {
    pub fn agreed_by(&self, party: Party) -> bool {
        self.agreements.iter().any(|agreement| agreement.party == party)
    }
}

/// How a stay ended, as recorded.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Ended {
    /// The last day of the stay, inclusive.
    pub last_day: NaiveDate,
    pub how: Ending,
    /// Who broke it off.
    pub by: Option<Party>,
    pub note: Option<String>,
    pub recorded_on: NaiveDate,
}

crate::code_enum! {
    /// Where an internship stands.
    pub enum State {
        Booked = "booked" ("aftalt, ikke begyndt", "booked, not begun"),
        Running = "running" ("i gang", "running"),
        Over = "over" ("forbi, afslutning mangler", "over, its end not recorded"),
        Ended = "ended" ("afsluttet", "ended"),
        Lapsed = "lapsed" ("aldrig begyndt", "never begun"),
        Cancelled = "cancelled" ("aflyst", "cancelled"),
    }
}

/// A version that was withdrawn before all had confirmed it.
#[derive(Clone, Debug)]
pub struct WithdrawnVersion {
    pub version: Version,
    pub on: NaiveDate,
    pub reason: String,
}

/// A party whom letters do not reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    pub party: Party,
    /// The day on which a letter was refused for good; none where there is no address.
    pub since: Option<NaiveDate>,
}

/// How a start was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StartRecord {
    pub recorded_on: NaiveDate,
    /// Why so late, or why before everything was agreed.
    pub reasons: Option<String>,
    /// It began before everything was agreed (S1); a team leader approved that it is recorded so.
    pub before_gate: bool,
}

#[derive(Clone, Debug)]
pub struct Internship {
    pub id: InternshipId,
    pub reference: String,
    pub booked_on: NaiveDate,
    pub road: Option<Road>,
    /// How the function differs from an earlier one at the same workplace (L7, L9).
    pub new_function: Option<String>,
    pub first: Version,
    /// Later versions, in order, without those that were withdrawn.
    pub later: Vec<Version>,
    /// Versions that were withdrawn before they were in force: they are shown, and count nowhere.
    pub withdrawn: Vec<WithdrawnVersion>,
    pub accommodations: Vec<Accommodation>,
    /// The citizen's own express word that none are needed.
    pub none_needed: Option<NaiveDate>,
    pub contact: Option<ContactId>,
    pub contact_name: Option<String>,
    /// Since when that person is named; not kept of the eldest.
    pub contact_named_on: Option<NaiveDate>,
    /// When and where the citizen is met on the first day.
    pub meeting: Option<Meeting>,
    pub statement: Option<Statement>,
    pub employer_statement: Option<EmployerStatement>,
    pub decision: Option<Decision>,
    pub started_on: Option<NaiveDate>,
    /// How the start was recorded; not kept of the eldest.
    pub start: Option<StartRecord>,
    pub ended: Option<Ended>,
    pub cancelled_on: Option<NaiveDate>,
    pub answers: Vec<Answer>,
    pub answers_in_error: Vec<InError<Answer>>,
    pub next_step: Option<String>,
    /// In order of their days.
    pub follow_ups: Vec<FollowUp>,
    pub follow_ups_in_error: Vec<InError<FollowUp>>,
    /// In order of their days.
    pub pauses: Vec<Pause>,
    pub pauses_in_error: Vec<InError<Pause>>,
    /// The days on which its workplace is closed, in order.
    pub closures: Vec<ClosedDays>,
    pub closures_in_error: Vec<InError<ClosedDays>>,
    /// Since when the prospect of a job has gone (recruitment); none while it stands.
    pub prospect_gone_on: Option<NaiveDate>,
    /// Citizen or company, where letters do not reach them.
    pub unreachable: Vec<Unreachable>,
}

impl Internship {
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Version> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The newest version, confirmed or not.
    pub fn newest(&self) -> &Version {
        self.later.last().unwrap_or(&self.first)
    }

    /// The number of the version to be made next: a withdrawn one keeps its number.
    pub fn next_number(&self) -> i32 {
        let withdrawn = self.withdrawn.iter().map(|withdrawn| withdrawn.version.number);
        self.versions().map(|version| version.number).chain(withdrawn).max().unwrap_or_default() + 1
    }

    /// The newest version, where it is a later one that is not in force: it can be withdrawn.
    pub fn withdrawable(&self) -> Option<&Version> {
        self.later.last().filter(|version| version.in_force_since().is_none())
    }

    /// The newest version that all three have confirmed.
    pub fn in_force(&self) -> Option<&Version> {
        self.versions().rev().find(|version| version.in_force_since().is_some())
    }

    /// What counts: the version in force; before any is, the newest.
    pub fn standing(&self) -> &Version {
        self.in_force().unwrap_or_else(|| self.newest())
    }

    /// A newer version that waits for confirmations beside the one in force.
    pub fn pending(&self) -> Option<&Version> {
        let newest = self.newest();
        (newest.number > self.standing().number).then_some(newest)
    }

    /// What the newest version is read beside: the one in force, or before any is, the one before it.
    pub fn before_newest(&self) -> Option<&Version> {
        let newest = self.newest();
        let in_force = self.in_force().filter(|version| version.number < newest.number);
        in_force.or_else(|| self.versions().rev().nth(1).filter(|_| self.in_force().is_none()))
    }

    /// What was held, in order of their days.
    pub fn held(&self) -> impl DoubleEndedIterator<Item = &Held> {
        let mut held: Vec<&Held> = self.follow_ups.iter().filter_map(|follow_up| follow_up.held.as_ref()).collect();
        held.sort_by_key(|held| held.on);
        held.into_iter()
    }

    /// The planned or recorded last day, inclusive.
    pub fn last_day(&self) -> NaiveDate {
        self.ended.as_ref().map_or(self.standing().terms.period.last, |ended| ended.last_day)
    }

    /// The days really spent there or still agreed, from the actual start; none before it.
    pub fn stay(&self) -> Option<Period> {
        Period::new(self.started_on?, self.last_day())
    }

    /// The days it takes up as far as is known: the stay, or before the start the agreed period.
    pub fn span(&self) -> Option<Period> {
        if self.cancelled_on.is_some() {
            return None;
        }
        match self.started_on {
            Some(_) => self.stay(),
            None => Some(self.standing().terms.period),
        }
    }

    /// Extensions in force, with the day from which each is.
    pub fn extensions(&self) -> impl Iterator<Item = (&Version, NaiveDate)> {
        self.versions().filter(|version| version.is_extension()).filter_map(|version| Some((version, version.in_force_since()?)))
    }

    /// The date on which the company decides, as it stands.
    pub fn decision_on(&self) -> Option<NaiveDate> {
        self.standing().terms.decision_on
    }

    /// The final answer to the decision date that stands.
    pub fn answered(&self) -> Option<&Answer> {
        self.answers.iter().rev().find(|answer| answer.answer != AnswerKind::MoreTime && answer.decision_on == self.decision_on())
    }

    pub fn state(&self, today: NaiveDate) -> State {
        match (self.cancelled_on, &self.ended, self.started_on) {
            (Some(_), _, _) => State::Cancelled,
            (_, Some(_), _) => State::Ended,
            (_, _, Some(_)) if today > self.last_day() => State::Over,
            (_, _, Some(_)) => State::Running,
            _ if today > self.last_day() => State::Lapsed,
            _ => State::Booked,
        }
    }

    /// Started, and its end not yet recorded: what flags about an internship look at.
    pub fn is_open(&self) -> bool {
        self.started_on.is_some() && self.ended.is_none() && self.cancelled_on.is_none()
    }

    /// See [`company_may_read`].
    pub fn company_may_read(&self) -> bool {
        company_may_read(self.accommodations.iter().map(|item| item.agreed_by(Party::Citizen)))
    }

    /// Ended or cancelled: nothing is waited for any more.
    pub fn is_closed(&self) -> bool {
        self.ended.is_some() || self.cancelled_on.is_some()
    }

    /// Booked, and neither started nor cancelled, however long its period has been over.
    pub fn is_waiting(&self) -> bool {
        self.started_on.is_none() && !self.is_closed()
    }

    /// Booked, and neither started nor given up, while its period lasts.
    pub fn awaits_start(&self, today: NaiveDate) -> bool {
        self.state(today) == State::Booked
    }

    /// The last day on which it may start without a change, `grace` days into the period.
    pub fn start_by(&self, grace: i64) -> NaiveDate {
        let period = self.newest().terms.period;
        plus(period.first, grace).min(period.last)
    }
}

#[cfg(test)]
mod tests;
