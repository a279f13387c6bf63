//! A course file, typed: people's courses as dated events, and what a good system says.

mod case;
mod event;
mod expectation;
mod given;
mod people;
mod terms;

pub use case::{Case, CourseFile};
pub use event::{
    BookingEvent, CaseEvent, ChangeEvent, EndEvent, EventKind, FlagEvent, FollowUpEvent, GivenAccommodations, GivenNextStep,
    StartEvent,
};
pub use expectation::{Expectation, ExpectationKind};
pub use given::Given;
pub use people::{CaseCitizen, CaseCompany, CaseWorkplace};
pub use terms::{AskReasons, GivenCommitment, GivenHours, GivenPapers, GivenProspect, GivenTerms};
