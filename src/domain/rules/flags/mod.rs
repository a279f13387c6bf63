//! What is flagged: it happened, and someone must look. A rule is a pure function of a citizen's course or of a
//! workplace, of figures and a date; adding one is a file here and a line in [`RULES`].
//!
//! A rule gives *findings*: a subject with a ladder of steps, each with the day on which it is reached. A step
//! whose day has come (`<=`, so that a late run catches up) raises the flag; the next day to come tells the schedule
//! when to look again. Nothing is decided in SQL, and nothing here knows of letters.

mod accommodation_unkept;
mod alignment_missing;
mod alignment_stale;
mod clarification_repeated;
mod company_extends_without_hiring;
mod consultant_changes;
mod decision_due;
mod displacement;
mod ends_without_plan;
mod extended_without_hire;
mod follow_up_overdue;
mod goal_mismatch_repeated;
mod handover_missing;
mod internship_series;
mod job_lost;
mod legal_limit_near;
mod long_stay;
mod objection;
mod prospect_withdrawn;
mod ratio_exceeded;
mod retention_check_due;
mod stagnation;
#[cfg(test)]
pub mod testing;
mod training_without_learning;

use crate::domain::{
    companies::workplace::{self, Workplace},
    internships::{
        alignment::{Party, Version},
        course::Course,
    },
    rules::{about::About, refusals::Compared, rulebook::Figures},
    values::{
        ids::{CitizenId, InternshipId, OutcomeId, WorkplaceId},
        localized::{Localized, localized},
    },
};
use chrono::NaiveDate;

crate::code_enum! {
    /// How loud a flag is.
    pub enum Level {
        Notice = "notice" ("besked", "notice"),
        Warning = "warning" ("advarsel", "warning"),
        Alarm = "alarm" ("alarm", "alarm"),
    }
}

crate::code_enum! {
    /// Who can be told.
    pub enum Audience {
        Citizen = "citizen" ("borgeren", "the citizen"),
        Consultant = "consultant" ("jobkonsulenten", "the consultant"),
        Liaison = "liaison" ("virksomhedskonsulenten", "the liaison"),
        TeamLeader = "team-leader" ("teamlederen", "the team leader"),
        /// Who was responsible before the change of consultant that the flag is about.
        FormerConsultant = "former-consultant" ("den tidligere jobkonsulent", "the former consultant"),
        CompanyContact = "company-contact" ("virksomhedens kontaktperson", "the company's contact"),
    }
}

crate::code_enum! {
    /// How a flag came to rest: its cause has gone, its subject has ended, somebody has seen what it tells, or a decision date
    /// was replaced unanswered.
    pub enum Resolution {
        Cleared = "cleared" ("årsagen er væk", "the cause has gone"),
        Closed = "closed" ("forløbet er afsluttet", "its subject has ended"),
        Seen = "seen" ("set", "seen"),
        Unanswered = "unanswered" ("datoen blev ændret uden svar", "the date was replaced unanswered"),
    }
}

/// What a flag is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Internship(InternshipId),
    Citizen(CitizenId),
    CitizenAt(CitizenId, WorkplaceId),
    Outcome(OutcomeId),
    Workplace(WorkplaceId),
}

impl Subject {
    /// As it stands in the database and in keys.
    pub fn key(&self) -> String {
        match self {
            Self::Internship(id) => format!("internship:{id}"),
            Self::Citizen(id) => format!("citizen:{id}"),
            Self::CitizenAt(citizen, workplace) => format!("citizen-at:{citizen}:{workplace}"),
            Self::Outcome(id) => format!("outcome:{id}"),
            Self::Workplace(id) => format!("workplace:{id}"),
        }
    }

    /// Back from its key.
    pub fn parse(key: &str) -> Option<Self> {
        match key.split(':').collect::<Vec<_>>().as_slice() {
            ["internship", id] => Some(Self::Internship(InternshipId::stored(*id))),
            ["citizen", id] => Some(Self::Citizen(CitizenId::stored(*id))),
            ["citizen-at", citizen, workplace] => {
                Some(Self::CitizenAt(CitizenId::stored(*citizen), WorkplaceId::stored(*workplace)))
            }
            ["outcome", id] => Some(Self::Outcome(OutcomeId::stored(*id))),
            ["workplace", id] => Some(Self::Workplace(WorkplaceId::stored(*id))),
            _ => None,
        }
    }
}

/// One rung of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagStep {
    pub level: Level,
    /// The day from which it holds; where it cannot be known yet, the earliest day on which to ask again.
    pub on: NaiveDate,
    pub told: Vec<Audience>,
}

/// What a rule says of one subject.
#[derive(Clone, Debug)]
pub struct Finding {
    pub subject: Subject,
    /// What tells one occasion from the next: a decision date, an end, a version.
    pub occasion: String,
    pub steps: Vec<FlagStep>,
    /// Figures compared, so that a reader can check it by hand.
    pub evidence: Vec<Compared>,
    /// It stays as it is, and does not rise (wage subsidy).
    pub paused: bool,
    /// The day from which it may no longer stand, by time alone.
    pub until: Option<NaiveDate>,
}

impl Finding {
    /// The highest step reached, by its index.
    pub fn reached(&self, today: NaiveDate) -> Option<(usize, &FlagStep)> {
        self.steps.iter().enumerate().filter(|(_, step)| step.on <= today).max_by_key(|(index, _)| *index)
    }

    /// The next day on which it may change.
    pub fn next(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.steps.iter().map(|step| step.on).chain(self.until).filter(|on| *on > today).min()
    }
}

/// What a letter says of a flag, besides its evidence: what happened, why it matters, what to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub what: Localized,
    pub why: Localized,
    pub now: Localized,
}

/// A rule that flags.
pub struct Rule {
    pub id: &'static str,
    pub about: About,
    /// The finding it rests on.
    pub reference: &'static str,
    pub look: Look,
    pub words: Wording,
    /// Why a flag that no longer stands has gone.
    pub gone: fn(&Course, &Subject, &str, NaiveDate) -> Resolution,
    /// It tells of something that happened once: it goes when somebody has seen it, and is not raised again for it.
    pub until_seen: bool,
}

/// What a rule looks at.
pub enum Look {
    Course(fn(&Course, &Figures, NaiveDate) -> Vec<Finding>),
    /// Its flags clear when the condition no longer holds; `gone` is not asked.
    Workplace(fn(&Workplace, &Figures, NaiveDate) -> Vec<Finding>),
}

/// The words of a rule: `(da, en)` each.
pub struct Wording {
    pub what: (&'static str, &'static str),
    pub why: (&'static str, &'static str),
    pub now: (&'static str, &'static str),
}

impl Rule {
    pub fn words(&self) -> Words {
        let both = |(da, en): (&str, &str)| localized(da, en);
        Words { what: both(self.words.what), why: both(self.words.why), now: both(self.words.now) }
    }
}

/// All rules that flag.
pub const RULES: &[Rule] = &[
    extended_without_hire::RULE,
    long_stay::RULE,
    internship_series::RULE,
    company_extends_without_hiring::RULE,
    displacement::RULE,
    ratio_exceeded::RULE,
    prospect_withdrawn::RULE,
    decision_due::RULE,
    ends_without_plan::RULE,
    legal_limit_near::RULE,
    alignment_missing::RULE,
    alignment_stale::RULE,
    accommodation_unkept::RULE,
    follow_up_overdue::RULE,
    goal_mismatch_repeated::RULE,
    training_without_learning::RULE,
    clarification_repeated::RULE,
    stagnation::RULE,
    consultant_changes::RULE,
    handover_missing::RULE,
    objection::RULE,
    retention_check_due::RULE,
    job_lost::RULE,
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Every finding about a citizen's course.
pub fn findings(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<(&'static Rule, Finding)> {
    let look = |rule: &'static Rule| match rule.look {
        Look::Course(look) => look(course, figures, today),
        Look::Workplace(_) => Vec::new(),
    };
    RULES.iter().flat_map(|rule| look(rule).into_iter().map(move |finding| (rule, finding))).collect()
}

/// Every finding about a workplace.
pub fn findings_at(workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Vec<(&'static Rule, Finding)> {
    let look = |rule: &'static Rule| match rule.look {
        Look::Workplace(look) => look(workplace, figures, today),
        Look::Course(_) => Vec::new(),
    };
    RULES.iter().flat_map(|rule| look(rule).into_iter().map(move |finding| (rule, finding))).collect()
}

/// The level at which a rule stands flagged about a workplace today, if it does.
pub fn level_at(id: &str, workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Option<Level> {
    let found = findings_at(workplace, figures, today).into_iter().filter(|(rule, _)| rule.id == id);
    found.filter_map(|(_, finding)| finding.reached(today).map(|(_, step)| step.level)).max()
}

/// The level at which a rule stands flagged about a citizen's course today, if it does.
pub fn level_of(id: &str, course: &Course, figures: &Figures, today: NaiveDate) -> Option<Level> {
    let found = findings(course, figures, today).into_iter().filter(|(rule, _)| rule.id == id);
    found.filter_map(|(_, finding)| finding.reached(today).map(|(_, step)| step.level)).max()
}

/// The day on which the course has to be looked at again, if nothing else happens before.
pub fn next_look(findings: &[(&Rule, Finding)], course: &Course, today: NaiveDate) -> Option<NaiveDate> {
    let steps = findings.iter().filter_map(|(_, finding)| finding.next(today));
    // A paused flag goes on the day after the subsidy; a booked internship lapses the day after its last.
    let subsidies = course.outcomes.iter().filter_map(|outcome| outcome.subsidy()?.last.succ_opt());
    let lapses = course
        .internships
        .iter()
        .filter(|internship| internship.started_on.is_none())
        .filter_map(|internship| internship.last_day().succ_opt());
    steps.chain(subsidies).chain(lapses).filter(|day| *day > today).min()
}

/// The day on which a workplace has to be looked at again: what counts for it changes with its interns' days and with the
/// months of its staff.
pub fn next_look_at(findings: &[(&Rule, Finding)], workplace: &Workplace, today: NaiveDate) -> Option<NaiveDate> {
    let steps = findings.iter().filter_map(|(_, finding)| finding.next(today));
    let changes = workplace.days_of_change().into_iter();
    let month = workplace::month_of(today).checked_add_months(chrono::Months::new(1));
    let month = month.filter(|_| workplace.supported_minutes(today, None) > 0);
    steps.chain(changes).chain(month).filter(|day| *day > today).min()
}

/// A ladder of three steps that share their audience but for what each adds.
fn ladder(days: [NaiveDate; 3], told: [&[Audience]; 3]) -> Vec<FlagStep> {
    let levels = [Level::Notice, Level::Warning, Level::Alarm];
    levels.into_iter().zip(days).zip(told).map(|((level, on), told)| FlagStep { level, on, told: told.to_vec() }).collect()
}

/// The usual: the subject has ended, or the cause has gone.
fn cleared_or_closed(course: &Course, subject: &Subject, _: &str, today: NaiveDate) -> Resolution {
    use crate::domain::internships::{internship::State, outcome::OutcomeStep};
    let Subject::Internship(id) = subject else { return Resolution::Cleared };
    let Some(internship) = course.internship(id) else { return Resolution::Closed };
    let without_job = internship.ended.as_ref().is_some_and(|ended| !ended.how.step().is_some_and(OutcomeStep::is_hire));
    if without_job || matches!(internship.state(today), State::Cancelled | State::Lapsed) {
        Resolution::Closed
    } else {
        Resolution::Cleared
    }
}

/// Where the cause alone can go.
fn cleared(_: &Course, _: &Subject, _: &str, _: NaiveDate) -> Resolution {
    Resolution::Cleared
}

/// Whoever has not confirmed a version, and the consultant.
fn unconfirmed(version: &Version) -> Vec<Audience> {
    let missing = version.unconfirmed().into_iter().map(|party| match party {
        Party::Citizen => Audience::Citizen,
        Party::Consultant => Audience::Consultant,
        Party::Company => Audience::CompanyContact,
    });
    let mut told: Vec<Audience> = missing.chain([Audience::Consultant]).collect();
    told.sort();
    told.dedup();
    told
}

/// A ladder of two steps, notice and warning.
fn two_steps(days: [NaiveDate; 2], told: [&[Audience]; 2]) -> Vec<FlagStep> {
    let levels = [Level::Notice, Level::Warning];
    levels.into_iter().zip(days).zip(told).map(|((level, on), told)| FlagStep { level, on, told: told.to_vec() }).collect()
}

/// A day that never comes, for a step out of reach.
const NEVER: NaiveDate = NaiveDate::MAX;
