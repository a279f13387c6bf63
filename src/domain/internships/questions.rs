//! What citizen and company are asked apart: before a follow-up (S3, S4, S14–S16, S22, S29), and when it is time to hear whether a job
//! holds (S19). Each may write beforehand, in peace; the talk itself is still held and recorded by the consultant.
//!
//! Promise: each is asked only what is theirs to say, and nobody has to answer. The company is never asked about phase or belief, and
//! neither reads what the other wrote.

use crate::domain::{
    internships::{
        alignment::Party,
        course::Course,
        follow_up::{AccommodationKept, DemandMet, QuestionAnswered, SkillNow},
        internship::Internship,
        link_purpose::LinkPurpose,
        purpose::Mark,
    },
    rules::rulebook::Figures,
    values::{
        clock_time::ClockTime,
        day::plus,
        ids::{FollowUpId, OutcomeId},
        localized::{Localized, localized},
        text::Prose,
    },
};
use chrono::NaiveDate;
use serde::Serialize;

crate::code_enum! {
    /// A question; its code is the field of [`Written`] that answers it.
    pub enum Question {
        Holds = "holds" ("stadig ansat", "still employed"),
        Words = "words" ("egne ord", "own words"),
        Belonging = "belonging" ("føler sig som en del af arbejdspladsen, 0 til 10", "feels part of the workplace, 0 to 10"),
        ContactPersonThere = "contact_person_there" ("kontaktpersonen er der", "the contact person is there"),
        Accommodations = "accommodations" ("hensyn, der holdes", "accommodations that are kept"),
        Skills = "skills" ("færdigheder nu", "skills now"),
        Answers = "answers" ("svar på det, praktikken skal vise", "answers to what the internship is to show"),
        Demands = "demands" ("krav til stillingen", "demands of the position"),
        Colleagues = "colleagues" ("kollegernes ord", "the colleagues' word"),
        Heard = "heard" ("bliver hørt, 0 til 10", "is heard, 0 to 10"),
        Belief = "belief" ("tro på et job, 0 til 10", "belief in a job, 0 to 10"),
    }
}

crate::input! {
    /// What citizen or company writes. Leave out what there is nothing to say to.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Written {
        /// Whether the job is still held.
        pub holds: Option<bool>,
        pub words: Option<Prose>,
        /// How far the citizen feels part of the workplace, 0 to 10 (S4).
        pub belonging: Option<Mark>,
        /// Whether the contact person is there for the citizen (S4).
        pub contact_person_there: Option<bool>,
        /// Whether each agreed accommodation is kept (S3).
        pub accommodations: Option<Vec<AccommodationKept>>,
        pub skills: Option<Vec<SkillNow>>,
        pub answers: Option<Vec<QuestionAnswered>>,
        pub demands: Option<Vec<DemandMet>>,
        /// What the colleagues say (S22).
        pub colleagues: Option<Prose>,
        /// How far the citizen is heard, 0 to 10 (S29).
        pub heard: Option<Mark>,
        /// How far the citizen believes that a job is possible, 0 to 10 (S16).
        pub belief: Option<Mark>,
    }
}

/// What questions are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionsAbout {
    /// A follow-up that is still to be held.
    FollowUp { id: FollowUpId, on: NaiveDate, at: Option<ClockTime>, place: Option<String> },
    /// A job that came of the internship, so many weeks after its first day.
    Job { outcome: OutcomeId, first_day: NaiveDate, weeks: i64 },
}

impl QuestionsAbout {
    pub const fn purpose(&self) -> LinkPurpose {
        match self {
            Self::FollowUp { .. } => LinkPurpose::FollowUp,
            Self::Job { .. } => LinkPurpose::Retention,
        }
    }

    /// What tells them from other questions of the same purpose.
    pub fn occasion(&self) -> String {
        match self {
            Self::FollowUp { id, .. } => id.to_string(),
            Self::Job { outcome, weeks, .. } => format!("{outcome}/{weeks}"),
        }
    }

    /// What a purpose and an occasion name, while somebody waits for the answers: the follow-up is still to be held; the job is not
    /// lost, and nobody has checked it.
    pub fn open(
        course: &Course,
        internship: &Internship,
        (purpose, occasion): (LinkPurpose, &str),
        figures: &Figures,
    ) -> Option<Self> {
        match purpose {
            LinkPurpose::FollowUp if internship.is_open() => {
                let own = internship.follow_ups.iter().find(|own| own.id.as_str() == occasion && own.is_open())?;
                Some(Self::FollowUp { id: own.id.clone(), on: own.due_on, at: own.at.clone(), place: own.place.clone() })
            }
            LinkPurpose::Retention => {
                let (id, weeks) = occasion.split_once('/')?;
                let weeks: i64 = weeks.parse().ok()?;
                let job = course.outcomes.iter().find(|job| job.id.as_str() == id && job.ended_on.is_none())?;
                let due = plus(job.first_day, weeks * 7);
                let waits = job.checks.iter().all(|check| check.holds && !check.serves(due, figures));
                waits.then(|| Self::Job { outcome: job.id.clone(), first_day: job.first_day, weeks })
            }
            _ => None,
        }
    }
}

impl Written {
    /// Which questions it answers.
    pub fn answered(&self) -> Vec<Question> {
        let Self { holds, words, belonging, contact_person_there, accommodations, skills, .. } = self;
        let Self { answers, demands, colleagues, heard, belief, .. } = self;
        let said = |question: Question| match question {
            Question::Holds => holds.is_some(),
            Question::Words => words.is_some(),
            Question::Belonging => belonging.is_some(),
            Question::ContactPersonThere => contact_person_there.is_some(),
            Question::Accommodations => accommodations.as_ref().is_some_and(|items| !items.is_empty()),
            Question::Skills => skills.as_ref().is_some_and(|items| !items.is_empty()),
            Question::Answers => answers.as_ref().is_some_and(|items| !items.is_empty()),
            Question::Demands => demands.as_ref().is_some_and(|items| !items.is_empty()),
            Question::Colleagues => colleagues.is_some(),
            Question::Heard => heard.is_some(),
            Question::Belief => belief.is_some(),
        };
        Question::ALL.iter().copied().filter(|question| said(*question)).collect()
    }
}

/// What a party is asked by a link of a purpose, in the order of the page. Nothing by a link that asks no questions.
pub fn asked(purpose: LinkPurpose, party: Party, internship: &Internship) -> Vec<Question> {
    let of_the_party: &[Question] = match (purpose, party) {
        (LinkPurpose::Retention, _) => &[Question::Holds, Question::Accommodations, Question::Words],
        (LinkPurpose::FollowUp, Party::Citizen) => &[
            Question::Words,
            Question::Belonging,
            Question::ContactPersonThere,
            Question::Accommodations,
            Question::Skills,
            Question::Answers,
            Question::Heard,
            Question::Belief,
        ],
        (LinkPurpose::FollowUp, Party::Company) => &[
            Question::Words,
            Question::Colleagues,
            Question::Accommodations,
            Question::Skills,
            Question::Answers,
            Question::Demands,
        ],
        _ => &[],
    };
    let there_is_something = |question: &Question| match question {
        Question::Accommodations => {
            internship.accommodations.iter().any(|item| party != Party::Company || item.agreed_by(Party::Citizen))
        }
        Question::Skills | Question::Answers | Question::Demands => !question.items(internship).is_empty(),
        _ => true,
    };
    of_the_party.iter().copied().filter(there_is_something).collect()
}

impl Question {
    /// What it asks about one by one, as the terms that stand name it; accommodations have ids of their own.
    pub fn items(self, internship: &Internship) -> Vec<String> {
        let purpose = &internship.standing().terms.purpose;
        match self {
            Self::Skills => purpose.skills.iter().flatten().map(|skill| skill.skill.to_string()).collect(),
            Self::Answers => purpose.questions.iter().flatten().map(ToString::to_string).collect(),
            Self::Demands => purpose.prospect.iter().flat_map(|own| &own.must_be_able_to).map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    /// As it is put to a party.
    pub fn put_to(self, party: Party, purpose: LinkPurpose) -> Localized {
        let company = party == Party::Company;
        let (da, en) = match self {
            Self::Holds if company => ("Er jobbet der stadig?", "Does the job still stand?"),
            Self::Holds => ("Har du stadig jobbet?", "Do you still have the job?"),
            Self::Words if purpose == LinkPurpose::Retention && !company => {
                ("Hvordan går det i jobbet?", "How is the job going?")
            }
            Self::Words if company => ("Hvordan går det, set fra jer?", "How is it going, as you see it?"),
            Self::Words => ("Hvordan går det i praktikken?", "How is the internship going?"),
            Self::Belonging => {
                ("Hvor meget føler du dig som en del af arbejdspladsen?", "How far do you feel part of the workplace?")
            }
            Self::ContactPersonThere => {
                ("Er din kontaktperson der, når du har brug for det?", "Is your contact person there when you need it?")
            }
            Self::Accommodations if company => {
                ("Kan I holde de hensyn, der er aftalt?", "Can you keep the accommodations that are agreed?")
            }
            Self::Accommodations => ("Bliver de aftalte hensyn holdt?", "Are the agreed accommodations kept?"),
            Self::Skills if company => {
                ("Hvor godt går det med det, der skal læres?", "How well is it going with what is to be learned?")
            }
            Self::Skills => ("Hvor godt kan du det nu?", "How well can you do it now?"),
            Self::Answers => ("Hvad har praktikken vist indtil nu?", "What has the internship shown so far?"),
            Self::Demands => ("Er kravene til stillingen opfyldt?", "Are the demands of the position met?"),
            Self::Colleagues => ("Hvad siger kollegerne?", "What do the colleagues say?"),
            Self::Heard => ("Hvor meget bliver du hørt?", "How far are you heard?"),
            Self::Belief => ("Hvor meget tror du på, at du kan få et job?", "How far do you believe that you can get a job?"),
        };
        localized(da, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{input::read, testing::running};
    use serde_json::json;

    #[test]
    fn each_is_asked_what_is_theirs_to_say() {
        let own = running("a", "2024-01-08", "2024-04-07");
        let internship = &own.internships[0];
        let company = asked(LinkPurpose::FollowUp, Party::Company, internship);
        for never in [Question::Belief, Question::Heard, Question::Belonging, Question::ContactPersonThere, Question::Holds] {
            assert!(!company.contains(&never), "{never}");
        }
        let citizen = asked(LinkPurpose::FollowUp, Party::Citizen, internship);
        assert!(citizen.contains(&Question::Belief) && !citizen.contains(&Question::Colleagues));
        assert!(!citizen.contains(&Question::Accommodations), "none is agreed");
        for (purpose, party) in [
            (LinkPurpose::Alignment, Party::Citizen),
            (LinkPurpose::Decision, Party::Company),
            (LinkPurpose::FollowUp, Party::Consultant),
        ] {
            assert_eq!(asked(purpose, party, internship), [], "{purpose} {party}");
        }
    }

    #[test]
    fn what_is_asked_about_follows_the_purpose() {
        let own = running("a", "2024-01-08", "2024-04-07");
        let mut internship = own.internships[0].clone();
        let purpose = &mut internship.first.terms.purpose;
        (purpose.skills, purpose.questions) =
            (None, Some(vec![crate::domain::values::text::Text::parse("Hvilke opgaver?").unwrap()]));
        let found = asked(LinkPurpose::FollowUp, Party::Citizen, &internship);
        assert!(found.contains(&Question::Answers) && !found.contains(&Question::Skills));
    }

    #[test]
    fn what_was_answered_is_named_by_its_field() {
        for question in Question::ALL {
            let value = match question {
                Question::Holds | Question::ContactPersonThere => json!(true),
                Question::Words | Question::Colleagues => json!("Det går godt"),
                Question::Belonging | Question::Heard | Question::Belief => json!(7),
                Question::Accommodations => json!([{"accommodation": "019b8d2b-8c00-7730-8cbe-67ee37ea736d", "kept": true}]),
                Question::Skills => json!([{"skill": "kasse", "now": 4}]),
                Question::Answers => json!([{"question": "Hvad?", "answer": "Det"}]),
                Question::Demands => json!([{"demand": "kørekort", "met": false}]),
            };
            let written: Written = read(&json!({question.code(): value})).unwrap();
            assert_eq!(written.answered(), [*question]);
        }
        let empty: Written = read(&json!({"skills": [], "accommodations": []})).unwrap();
        assert_eq!(empty.answered(), []);
    }
}
