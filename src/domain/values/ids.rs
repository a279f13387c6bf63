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
    /// The link by which somebody chooses a password.
    AccountLinkId,
    /// A change of an account.
    AccountChangeId,
    /// A program of the municipality that uses the API.
    ClientId,
    /// One of its keys.
    ClientKeyId,
    FailedSignInId,
    /// Where somebody is signed in.
    SessionId,
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
    FormerAgreementId,
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
    /// What stands in somebody's calendar because of us: the UID of the entry.
    CalendarEntryId,
    /// What citizen or company wrote behind a link.
    WrittenId,
    /// A representative who is asked for a statement.
    StatementRequestId,
    /// Why somebody looks at a citizen of somebody else.
    AccessReasonId,
    /// What somebody changed of a citizen.
    ChangeId,
    /// What a change changed in one column.
    ChangedValueId,
    /// That the data of a citizen may only be kept.
    RestrictionId,
    /// That a citizen was heard before a decision.
    HearingId,
    /// That the data of a citizen was erased.
    ErasureId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    fn at(instant: &str) -> At {
        let instant: chrono::DateTime<chrono::Utc> = instant.parse().unwrap();
        At { instant, today: instant.date_naive() }
    }

    #[test]
    fn ids_are_sorted_by_when_they_were_made_in_the_same_second_too() {
        let (first, second) = (at("2024-02-29T12:00:00Z"), at("2024-02-29T12:00:01Z"));
        let made: Vec<CitizenId> = [first, first, first, second, second].into_iter().map(CitizenId::new).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
    }

    #[test]
    fn an_id_from_outside_is_a_uuid_in_whatever_form_it_is_written() {
        let id = "019b8d2b-8c00-7730-8cbe-67ee37ea736d";
        for (text, parsed) in [(id, Some(id)), (&id.to_uppercase(), Some(id)), ("019b8d2b", None), ("", None)] {
            assert_eq!(LinkId::parse(text).map(|id| id.to_string()).as_deref(), parsed, "{text}");
            assert_eq!(read::<LinkId>(&json!(text)).ok().as_ref().map(LinkId::as_str), parsed, "{text}");
        }
        assert_eq!(LinkId::stored("old-1").as_str(), "old-1", "what stands in the database is not asked");
    }
}
