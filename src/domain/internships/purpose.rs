//! The three types of internship and what each must state (S1, L1, L2; types after Bredgaard et al. 2011).
//! What is missing is refused by the rule `purpose-incomplete`, so a statement can be incomplete here.

use crate::domain::{
    input::{Faults, Pointer},
    values::text::{ForCompany, Line, Prose, WeeklyHours, Whole},
};
use chrono::NaiveDate;
use serde::Serialize;

crate::code_enum! {
    /// The type decides what must be agreed and what counts as success.
    #[schema(as = Kind)]
    pub enum InternshipType {
        /// Settle one's employment goals; test oneself gently.
        Clarification = "clarification" ("afklaringspraktik", "clarification"),
        /// Build missing skills and real work experience.
        Training = "training" ("træningspraktik", "training"),
        /// Company and citizen look each other over before a job.
        Recruitment = "recruitment" ("rekrutteringspraktik", "recruitment"),
    }
}

/// Where one stands with a skill: 0 (none) to 10.
pub type Mark = Whole<0, 10>;

crate::input! {
    /// A skill to be trained.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Skill {
        pub skill: Line,
        /// Where the citizen stands now.
        pub now: Mark,
        /// What it is to become: above `now`.
        pub target: Mark,
    }
}

crate::input! {
    /// The position that a recruitment aims at.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Position {
        pub position: Line,
        pub weekly_hours: WeeklyHours,
        pub must_be_able_to: Vec<Line>,
        /// The day on which the company decides.
        pub decision_on: NaiveDate,
        /// The company's written word, and its condition (S18).
        pub commitment: Option<Prose>,
    }
}

crate::input! {
    /// What an internship is for. Fill in what the type asks for and leave the rest out.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Purpose {
        pub kind: InternshipType,
        /// Clarification: the questions to be answered.
        pub questions: Option<Vec<Line>>,
        /// Training: the skills.
        pub skills: Option<Vec<Skill>>,
        /// Recruitment: the position.
        pub prospect: Option<Position>,
    }
}

impl Purpose {
    /// What the company would read and must not: the name of an illness in a skill that is to be trained.
    pub fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        for (index, skill) in self.skills.iter().flatten().enumerate() {
            if let Err(fault) = ForCompany::parse(skill.skill.as_str()) {
                faults.add::<()>(&Pointer::root().to("purpose").to("skills").to(index).to("skill"), fault);
            }
        }
        faults
    }
}
