//! How values of the domain stand in columns: each as its text, the same for both engines. The domain itself knows nothing of
//! this.
//!
//! A text that the domain does not know (a code of a newer program, a value changed by hand) is an error of reading, which names
//! the column and never the value.

use crate::{
    domain::{
        companies::approach::ApproachVia,
        internships::{
            alignment::{Cause, Party, Via},
            appointments::AppointmentKind,
            approval::ApprovalOf,
            follow_up::Planned,
            internship::{AnswerKind, Ending, Road},
            link_purpose::LinkPurpose,
            outcome::OutcomeStep,
            purpose::InternshipType,
            statements::Representative,
        },
        letter::LetterKind,
        people::{
            access::Role,
            account::{AccountField, RoleConfirmation},
            continuity::StoryKind,
            correction::Corrected,
            leaving::Leaving,
            read_log::{PersonalData, ReadVia, ReaderRelation},
            step::StepKind,
            tenant::Tenant,
        },
        rules::{
            flags::{Audience, FlagEventKind, Level, Resolution},
            rule_id::RuleId,
        },
        values::{
            clock_time::ClockTime,
            geo::PlacedBy,
            ids::{
                AccessReasonId, AccommodationId, AccountChangeId, AccountId, AccountLinkId, AddendumId, AnswerId, ApproachId,
                ApprovalId, ApprovalRequestId, CalendarEntryId, ChangeId, ChangedValueId, CitizenId, ClientId, ClientKeyId,
                ClosingId, ClosureId, CompanyId, ConsultantChangeId, ContactId, CorrectionId, ErasureId, FailedSignInId,
                FlagEventId, FlagId, FollowUpId, FormerAgreementId, FormerNumberId, HearingId, InternshipId, LetterId, LinkId,
                NeedId, ObjectionId, OpeningId, OutcomeId, PauseId, ProspectId, RestrictionId, RetentionCheckId, SessionId,
                StatementRequestId, StepId, StoryId, WorkplaceId, WrittenId, WrittenReasonsId,
            },
            register::{IndustryScheme, Municipality},
            search::SearchSubject,
            vocabulary::TermKind,
        },
    },
    store::{
        db::{error::UnknownValue, stored_table::Canonical},
        sealed::SealedText,
    },
};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    serialize::{self, Output, ToSql},
    sql_types::{Nullable, SingleValue, Text},
};

/// The ids: one that stands in a column was made here.
macro_rules! id_columns {
    ($($type:ident),+ $(,)?) => {
        text_columns! { $($type { read: |text| Some(Self::stored(text)), write: Self::as_str })+ }
    };
}

/// The closed lists of the domain, each by its codes.
macro_rules! code_columns {
    ($($type:ident),+ $(,)?) => {
        text_columns! { $($type { read: |text| Self::parse(&text), write: |word| word.code() })+ }
    };
}

/// A type of the domain, how its text is read from a column (`None`: it is unknown), and how it is written.
macro_rules! text_columns {
    ($($type:ty { read: $read:expr, write: $write:expr $(, is_sealed: $sealed:expr)? })+) => {$(
        impl<DB: Backend> FromSql<Text, DB> for $type
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let read: fn(String) -> Option<Self> = $read;
                read(String::from_sql(value)?).ok_or_else(|| UnknownValue { of: stringify!($type) }.into())
            }
        }
        impl<ST: SingleValue, DB: Backend> Queryable<ST, DB> for $type
        where
            Self: FromSql<ST, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }
        impl<DB: Backend> ToSql<Text, DB> for $type
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                let write: fn(&Self) -> &str = $write;
                write(self).to_sql(out)
            }
        }
        impl<DB: Backend> ToSql<Nullable<Text>, DB> for $type
        where
            Self: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<Text, DB>::to_sql(self, out)
            }
        }
        bound_as! { $type, $type }
        bound_as! { $type, &'e $type }
        bound_as! { $type, &'e &'e $type }
        impl Canonical for $type {
            $(const IS_SEALED: bool = $sealed;)?
            fn text(&self) -> Option<String> {
                let write: fn(&Self) -> &str = $write;
                Some(write(self).to_owned())
            }
        }
    )+};
}

/// A value, or a reference to one, as what is bound to a statement.
macro_rules! bound_as {
    ($type:ty, $value:ty) => {
        impl<'e> AsExpression<Text> for $value {
            type Expression = Bound<Text, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'e> AsExpression<Nullable<Text>> for $value {
            type Expression = Bound<Nullable<Text>, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    };
}

text_columns! {
    RuleId { read: |text| Self::parse(&text), write: |id| id.as_str() }
    ClockTime { read: |text| Self::parse(&text), write: Self::as_str }
    SealedText { read: |text| Some(Self::stored(text)), write: Self::as_str, is_sealed: true }
    Tenant { read: |code| Some(Self::of(Municipality::stored(code))), write: Self::as_str }
}

id_columns! {
    AccessReasonId,
    AccommodationId,
    AccountChangeId,
    AccountId,
    AccountLinkId,
    AddendumId,
    AnswerId,
    ApproachId,
    ApprovalId,
    ApprovalRequestId,
    CalendarEntryId,
    ChangeId,
    ChangedValueId,
    CitizenId,
    ClientId,
    ClientKeyId,
    ClosingId,
    CompanyId,
    ConsultantChangeId,
    ContactId,
    CorrectionId,
    ErasureId,
    FailedSignInId,
    FlagEventId,
    FlagId,
    FollowUpId,
    FormerAgreementId,
    FormerNumberId,
    HearingId,
    InternshipId,
    LetterId,
    LinkId,
    NeedId,
    ObjectionId,
    OpeningId,
    OutcomeId,
    ProspectId,
    RestrictionId,
    RetentionCheckId,
    SessionId,
    StepId,
    PauseId,
    ClosureId,
    StoryId,
    WorkplaceId,
    StatementRequestId,
    WrittenId,
    WrittenReasonsId,
}

code_columns! {
    AccountField,
    RoleConfirmation,
    Corrected,
    FlagEventKind,
    LetterKind,
    LinkPurpose,
    PersonalData,
    ReadVia,
    ReaderRelation,
    Representative,
    AnswerKind,
    AppointmentKind,
    ApproachVia,
    ApprovalOf,
    Audience,
    Cause,
    Ending,
    IndustryScheme,
    InternshipType,
    Leaving,
    Level,
    OutcomeStep,
    Party,
    PlacedBy,
    Planned,
    Resolution,
    Road,
    Role,
    SearchSubject,
    StepKind,
    StoryKind,
    TermKind,
    Via,
}
