//! Names of things. An id is a UUID (version 7, so that lists keep their order), one type a noun,
//! so that a citizen's id cannot be handed in where a company's is asked for.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::day::At,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::{LazyLock, Mutex, PoisonError};
use utoipa::ToSchema;
use uuid::{ContextV7, Timestamp, Uuid};

/// Keeps ids of the same second in the order in which they were made.
static ORDER: LazyLock<Mutex<ContextV7>> = LazyLock::new(Mutex::default);

/// A new id as text, sorted by the time it was made.
pub fn new_id(at: At) -> String {
    let seconds = u64::try_from(at.instant.timestamp()).unwrap_or_default();
    let order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
    Uuid::new_v7(Timestamp::from_unix(&*order, seconds, 0)).to_string()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[schema(value_type = String, format = "uuid")]
        pub struct $name(String);

        impl $name {
            /// A new one.
            pub fn new(at: At) -> Self {
                Self(new_id(at))
            }
            /// One that stands in the database already.
            pub fn stored(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            /// One from outside, or nothing where it is no id.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(|uuid| Self(uuid.to_string()))
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl Field for $name {
            fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
                faults.parsed(value, at, Self::parse, "id", ("et id (UUID)", "an id (UUID)"))
            }
        }
    )+};
}

ids! {
    /// Someone who signs in.
    AccountId,
    /// A change of an account.
    AccountChangeId,
    FailedSignInId,
    CompanyId,
    WorkplaceId,
    /// A person at a workplace whom letters go to.
    ContactId,
    ProspectId,
    CitizenId,
    NeedId,
    InternshipId,
    ObjectionId,
    AccommodationId,
    ApprovalId,
    /// What a consultant asks a team leader to approve.
    ApprovalRequestId,
    AnswerId,
    OutcomeId,
    FlagId,
    /// Something that happened to a flag.
    FlagEventId,
    LetterId,
    LinkId,
    FollowUpId,
    RetentionCheckId,
    ConsultantChangeId,
    /// What was put right.
    CorrectionId,
    /// A CPR number that a citizen had here before.
    FormerNumberId,
    StoryId,
    WrittenReasonsId,
    OpeningId,
    ApproachId,
    /// The closing of a course.
    ClosingId,
    /// A conversation, a step or a clarification that is awaited.
    StepId,
    /// What was added to a follow-up.
    AddendumId,
    /// A pause of an internship.
    PauseId,
    /// Days on which a workplace is closed.
    ClosureId,
}
