//! What is planned or awaited for a citizen without an internship (S23, S25, S26): a conversation, a step that must come first (debt,
//! treatment, a course), a clarification that a doctor, a specialist or a team owes. Between internships nothing happens unless it is
//! planned; waiting is the most common form of standing still.

use crate::domain::{
    internships::follow_up::Phase,
    values::{ids::StepId, text::Prose},
};
use chrono::NaiveDate;

crate::code_enum! {
    /// What is planned or awaited.
    pub enum StepKind {
        Conversation = "conversation" ("samtale", "conversation"),
        Step = "step" ("skridt", "step"),
        AwaitedClarification = "awaited-clarification" ("ventet afklaring", "awaited clarification"),
    }
}

/// What is written of a step; encrypted at rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepWords {
    /// What is planned, who helps, from whom the clarification comes.
    pub words: Prose,
    /// What came of it.
    pub result: Option<Prose>,
    /// The phase that a conversation found the citizen in (S14).
    pub phase: Option<Phase>,
    /// Why it was given up.
    pub given_up: Option<Prose>,
}

/// One conversation, step or awaited clarification.
#[derive(Clone, Debug)]
pub struct CourseStep {
    pub id: StepId,
    pub kind: StepKind,
    /// The day on which it is planned or expected now.
    pub expected_on: NaiveDate,
    /// The day on which it was held, done, or came.
    pub done_on: Option<NaiveDate>,
    pub done_recorded_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
    pub phase: Option<Phase>,
    pub recorded_on: NaiveDate,
}

impl CourseStep {
    /// Neither done nor given up.
    pub fn is_open(&self) -> bool {
        self.done_on.is_none() && self.cancelled_on.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{day, step};

    #[test]
    fn a_step_is_open_until_it_is_done_or_given_up() {
        let open = step("conversation", "2024-01-15", "2024-02-29");
        let done = CourseStep { done_on: Some(day("2024-02-29")), ..open.clone() };
        let given_up = CourseStep { cancelled_on: Some(day("2024-02-29")), ..open.clone() };
        assert_eq!([open, done, given_up].map(|own| own.is_open()), [true, false, false]);
    }
}
