//! What a rule that flags says: of which subject, on which occasion, and at which level from which day on.
//!
//! A finding is a ladder of steps, each with the day on which it is reached. A step whose day has come (`<=`, so that a late
//! run catches up) raises the flag; the next day to come tells the schedule when to evaluate again.

use crate::domain::{
    rules::evidence::Compared,
    values::ids::{CitizenId, InternshipId, OutcomeId, WorkplaceId},
};
use chrono::NaiveDate;

crate::code_enum! {
    /// How serious a flag is.
    pub enum Level {
        Notice = "notice" ("besked", "notice"),
        Warning = "warning" ("advarsel", "warning"),
        Alarm = "alarm" ("alarm", "alarm"),
    }
}

crate::code_enum! {
    /// Who can be notified.
    pub enum Audience {
        Citizen = "citizen" ("borgeren", "the citizen"),
        Consultant = "consultant" ("jobkonsulenten", "the consultant"),
        Liaison = "liaison" ("virksomhedskonsulenten", "the liaison"),
        TeamLeader = "team-leader" ("teamlederen", "the team leader"),
        /// Who was responsible before the change of consultant that the flag is about.
        FormerConsultant = "former-consultant" ("den tidligere jobkonsulent", "the former consultant"),
        CompanyContact = "company-contact" ("virksomhedens kontaktperson", "the company's contact"),
        /// Reads what is agreed, and is told of no flag.
        Mentor = "mentor" ("mentor", "mentor"),
    }
}

crate::code_enum! {
    /// Why a flag no longer stands: its cause has gone, its subject has ended, somebody has seen what it tells, or a decision date
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

/// One step of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagStep {
    pub level: Level,
    /// The day from which it holds; where it cannot be known yet, the earliest day on which to ask again.
    pub on: NaiveDate,
    /// Who is notified when it is reached.
    pub audience: Vec<Audience>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_subject_is_read_back_from_its_key() {
        let (citizen, workplace) = (CitizenId::stored("c-1"), WorkplaceId::stored("w-1"));
        for (subject, key) in [
            (Subject::Internship(InternshipId::stored("i-1")), "internship:i-1"),
            (Subject::Citizen(citizen.clone()), "citizen:c-1"),
            (Subject::CitizenAt(citizen, workplace.clone()), "citizen-at:c-1:w-1"),
            (Subject::Outcome(OutcomeId::stored("o-1")), "outcome:o-1"),
            (Subject::Workplace(workplace), "workplace:w-1"),
        ] {
            assert_eq!(subject.key(), key);
            assert_eq!(Subject::parse(key), Some(subject));
        }
        for wrong in ["", "citizen", "citizen-at:c-1", "citizen:c-1:w-1", "company:c-1"] {
            assert_eq!(Subject::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_step_is_reached_on_its_day_and_stays_reached_and_the_next_day_to_come_is_told() {
        let step = |level, on: &str| FlagStep { level, on: day(on), audience: vec![Audience::Consultant] };
        let mut finding = Finding {
            subject: Subject::Citizen(CitizenId::stored("c-1")),
            occasion: String::new(),
            steps: vec![step(Level::Notice, "2024-02-27"), step(Level::Warning, "2024-02-29"), step(Level::Alarm, "2024-03-04")],
            evidence: Vec::new(),
            paused: false,
            until: None,
        };
        for (today, reached, next) in [
            ("2024-02-26", None, Some("2024-02-27")),
            ("2024-02-27", Some(0), Some("2024-02-29")),
            ("2024-02-28", Some(0), Some("2024-02-29")),
            ("2024-02-29", Some(1), Some("2024-03-04")),
            ("2024-03-04", Some(2), None),
            ("2024-12-31", Some(2), None),
        ] {
            assert_eq!(finding.reached(day(today)).map(|(index, _)| index), reached, "{today}");
            assert_eq!(finding.reached(day(today)).map(|(_, step)| step), reached.map(|index| &finding.steps[index]));
            assert_eq!(finding.next(day(today)), next.map(day), "{today}");
        }
        finding.until = Some(day("2024-03-31"));
        for (today, next) in [("2024-02-29", Some("2024-03-04")), ("2024-03-04", Some("2024-03-31")), ("2024-03-31", None)] {
            assert_eq!(finding.next(day(today)), next.map(day), "{today}");
        }
        // Two steps whose days have come: the higher one counts, in whatever order they were reached.
        finding.steps[2].on = day("2024-02-28");
        assert_eq!(finding.reached(day("2024-02-28")).map(|(index, _)| index), Some(2));
    }
}
