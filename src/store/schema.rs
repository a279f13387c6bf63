//! The tables and their rows: one line a column, the same on SQLite and PostgreSQL (a test reads both back).
//! Simple nouns (a company, a contact) are handled as their row; what rules look at is turned into the domain by `courses`.

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
            register::IndustryScheme,
            search::SearchSubject,
            vocabulary::TermKind,
        },
    },
    store::{
        db::{
            conn::Conn,
            dialect::copying::{each_row, put_rows},
            error::StoreError,
            stored_table::{Canonical, ColumnValue, Stored, Table},
        },
        sealed::SealedText,
    },
};
use chrono::{NaiveDate, NaiveDateTime};
use sha2::Sha256;

/// What stands beside the columns of a table whose rows belong to municipalities (it has a column of that name).
macro_rules! of_municipality {
    (municipality $($rest:ident)*) => {
        own_rows! { $($rest)* }
    };
    ($other:ident $($rest:ident)*) => { of_municipality! { $($rest)* } };
    () => {};
}

/// What asks for the rows of a municipality, and counts none that was registered in error or merged into another (it has a column that says so): such rows stay, and are read by `with_errors` or `with_merged` only, where they are shown as what they are.
macro_rules! own_rows {
    (in_error_on $($rest:ident)*) => { counting_rows! { in_error_on with_errors } };
    (merged_into $($rest:ident)*) => { counting_rows! { merged_into with_merged } };
    ($other:ident $($rest:ident)*) => { own_rows! { $($rest)* } };
    () => {
        /// The rows of a municipality: the only way to ask for them outside `store::system` (a test reads every statement). Each table has the same statement
        /// for all municipalities, so that it stays prepared.
        pub fn own(tenant: &crate::domain::people::tenant::Tenant) -> diesel::dsl::Filter<table, diesel::dsl::Eq<municipality, &crate::domain::people::tenant::Tenant>> {
            diesel::QueryDsl::filter(table, is_of(tenant))
        }
        /// The same of a table that is joined to another.
        pub fn is_of(tenant: &crate::domain::people::tenant::Tenant) -> diesel::dsl::Eq<municipality, &crate::domain::people::tenant::Tenant> {
            diesel::ExpressionMethods::eq(municipality, tenant)
        }
    };
}

/// The same where a column that holds something says that the row does not count.
macro_rules! counting_rows {
    ($gone:ident $all:ident) => {
        type Counts<'t> = diesel::dsl::And<
            diesel::dsl::Eq<municipality, &'t crate::domain::people::tenant::Tenant>,
            diesel::dsl::IsNull<$gone>,
        >;
        /// The rows of a municipality that count: the only way to ask for them outside `store::system` (a test reads every statement).
        pub fn own(tenant: &crate::domain::people::tenant::Tenant) -> diesel::dsl::Filter<table, Counts<'_>> {
            diesel::QueryDsl::filter(table, is_of(tenant))
        }
        /// The same of a table that is joined to another.
        pub fn is_of(tenant: &crate::domain::people::tenant::Tenant) -> Counts<'_> {
            diesel::BoolExpressionMethods::and(
                diesel::ExpressionMethods::eq(municipality, tenant),
                diesel::ExpressionMethods::is_null($gone),
            )
        }
        /// All rows of a municipality, also those that do not count.
        pub fn $all(
            tenant: &crate::domain::people::tenant::Tenant,
        ) -> diesel::dsl::Filter<table, diesel::dsl::Eq<municipality, &crate::domain::people::tenant::Tenant>> {
            diesel::QueryDsl::filter(table, diesel::ExpressionMethods::eq(municipality, tenant))
        }
    };
}

/// A table and the row that reads, inserts, updates and copies it, from the same lines. No `Debug`: a row can hold what must
/// not be printed.
macro_rules! rows {
    ($($table:ident ($($key:ident),+) $row:ident { $($column:ident: $sql:ty => $rust:ty,)+ })+) => {
        mod tables {
            $(diesel::table! { $table ($($key),+) { $($column -> $sql,)+ } })+
        }
        $(
            pub mod $table {
                pub use super::tables::$table::*;
                of_municipality! { $($column)+ }
            }

            #[derive(Clone, PartialEq, diesel::Queryable, diesel::Insertable, diesel::AsChangeset)]
            #[diesel(
                table_name = $table, primary_key($($key),+), treat_none_as_null = true, treat_none_as_default_value = false
            )]
            pub struct $row { $(pub $column: $rust,)+ }

            impl Stored for $row {
                const NAME: &'static str = stringify!($table);
                const KEY: &'static [&'static str] = &[$(stringify!($key)),+];
                const COLUMNS: &'static [(&'static str, &'static str)] = &[$((stringify!($column), stringify!($sql))),+];
                const SEALED: &'static [(&'static str, bool)] = &[$((stringify!($column), <$rust as Canonical>::IS_SEALED)),+];

                fn each(conn: &mut Conn, take: &mut dyn FnMut(Self) -> Result<(), StoreError>) -> Result<(), StoreError> {
                    each_row!(conn, $table, $row, take)
                }
                fn put(conn: &mut Conn, rows: &[Self]) -> Result<(), StoreError> {
                    put_rows!(conn, $table, rows)
                }
                fn feed(&self, digest: &mut Sha256) {
                    $(self.$column.feed(digest);)+
                }
                fn values(&self) -> Vec<ColumnValue> {
                    vec![$(ColumnValue::of(stringify!($column), &self.$column)),+]
                }
            }
        )+

        /// Every table, parents before their children.
        pub const TABLES: &[Table] = &[$(Table::of::<$row>()),+];
    };
}

rows! {
    accounts (id) AccountRow {
        id: Text => AccountId,
        municipality: Text => Tenant,
        email: Text => String,
        name: Text => String,
        role: Text => Role,
        password_hash: Text => String,
        wants_digests: Bool => bool,
        closed_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
        team: Nullable<Text> => Option<String>,
        reminded_on: Nullable<Date> => Option<NaiveDate>,
        phone: Nullable<Text> => Option<String>,
        role_confirmation: Nullable<Text> => Option<RoleConfirmation>,
        asked_role: Nullable<Text> => Option<Role>,
        asked_by: Nullable<Text> => Option<AccountId>,
        has_first_password: Bool => bool,
        is_client: Bool => bool,
    }
    clients (id) ClientRow {
        id: Text => ClientId,
        municipality: Text => Tenant,
        account_id: Text => AccountId,
        scopes: Text => String,
        registered_by: Text => AccountId,
        registered_at: Timestamp => NaiveDateTime,
        ended_at: Nullable<Timestamp> => Option<NaiveDateTime>,
    }
    client_keys (id) ClientKeyRow {
        id: Text => ClientKeyId,
        municipality: Text => Tenant,
        client_id: Text => ClientId,
        key_hash: Text => String,
        made_by: Text => AccountId,
        made_at: Timestamp => NaiveDateTime,
        expires_on: Date => NaiveDate,
        ends_at: Nullable<Timestamp> => Option<NaiveDateTime>,
        last_used_at: Nullable<Timestamp> => Option<NaiveDateTime>,
    }
    identities (issuer, subject) IdentityRow {
        issuer: Text => String,
        subject: Text => String,
        municipality: Text => Tenant,
        account_id: Text => AccountId,
        linked_at: Timestamp => NaiveDateTime,
        claims_at: Timestamp => NaiveDateTime,
        withdrawn_at: Nullable<Timestamp> => Option<NaiveDateTime>,
    }
    spent_sign_ins (state_hash) SpentSignInRow {
        state_hash: Text => String,
        expires_at: Timestamp => NaiveDateTime,
    }
    account_links (id) AccountLinkRow {
        id: Text => AccountLinkId,
        municipality: Text => Tenant,
        account_id: Text => AccountId,
        token_hash: Text => String,
        expires_at: Timestamp => NaiveDateTime,
        used_at: Nullable<Timestamp> => Option<NaiveDateTime>,
    }
    substitutes (account_id) SubstituteRow {
        account_id: Text => AccountId,
        municipality: Text => Tenant,
        substitute_id: Text => AccountId,
        from_on: Date => NaiveDate,
        until_on: Nullable<Date> => Option<NaiveDate>,
    }
    account_changes (id) AccountChangeRow {
        id: Text => AccountChangeId,
        municipality: Text => Tenant,
        account_id: Text => AccountId,
        changed_by: Text => AccountId,
        changed_at: Timestamp => NaiveDateTime,
        field: Text => AccountField,
        value_before: Nullable<Text> => Option<String>,
        value_after: Nullable<Text> => Option<String>,
    }
    sessions (token_hash) SessionRow {
        token_hash: Text => String,
        account_id: Text => AccountId,
        created_at: Timestamp => NaiveDateTime,
        expires_at: Timestamp => NaiveDateTime,
        id: Text => SessionId,
        used_at: Timestamp => NaiveDateTime,
    }
    failed_sign_ins (id) FailedSignInRow {
        id: Text => FailedSignInId,
        email_hash: Text => String,
        failed_at: Timestamp => NaiveDateTime,
    }
    reads (municipality, number) ReadRow {
        municipality: Text => Tenant,
        number: BigInt => i64,
        read_at: Timestamp => NaiveDateTime,
        account_id: Nullable<Text> => Option<AccountId>,
        link_id: Nullable<Text> => Option<LinkId>,
        via: Text => ReadVia,
        network: Text => String,
        chain: Text => String,
    }
    reads_of_citizens (municipality, number, citizen_id, what) ReadOfCitizenRow {
        municipality: Text => Tenant,
        number: BigInt => i64,
        citizen_id: Text => CitizenId,
        what: Text => PersonalData,
        relation: Text => ReaderRelation,
        reason_id: Nullable<Text> => Option<AccessReasonId>,
    }
    read_log_starts (municipality, number) ReadLogStartRow {
        municipality: Text => Tenant,
        number: BigInt => i64,
        chain: Text => String,
        proof: Text => String,
    }
    changes (id) ChangeRow {
        id: Text => ChangeId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        made_at: Timestamp => NaiveDateTime,
        account_id: Text => AccountId,
        via: Text => ReadVia,
        network: Text => String,
        what: Text => PersonalData,
        relation: Text => ReaderRelation,
        reason_id: Nullable<Text> => Option<AccessReasonId>,
    }
    changed_values (id) ChangedValueRow {
        id: Text => ChangedValueId,
        municipality: Text => Tenant,
        made_at: Timestamp => NaiveDateTime,
        account_id: Text => AccountId,
        citizen_id: Nullable<Text> => Option<CitizenId>,
        table_name: Text => String,
        row_id: Text => String,
        column_name: Text => String,
        is_sealed: Bool => bool,
        value_before: Nullable<Text> => Option<String>,
        value_after: Nullable<Text> => Option<String>,
    }
    key_proofs (id) KeyProofRow {
        id: Text => String,
        sealed: Text => String,
    }
    replies (account_id, idempotency_key) ReplyRow {
        account_id: Text => AccountId,
        idempotency_key: Text => String,
        fingerprint: Text => String,
        status: Integer => i32,
        etag: Nullable<Text> => Option<String>,
        location: Nullable<Text> => Option<String>,
        body: Text => String,
        created_at: Timestamp => NaiveDateTime,
    }
    own_terms (municipality, kind, term) TermRow {
        municipality: Text => Tenant,
        kind: Text => TermKind,
        term: Text => String,
        da: Text => String,
        en: Text => String,
    }
    companies (id) CompanyRow {
        id: Text => CompanyId,
        municipality: Text => Tenant,
        cvr: Text => String,
        name: Text => String,
        industry: Nullable<Text> => Option<String>,
        industry_scheme: Nullable<Text> => Option<IndustryScheme>,
        advertising_protected: Bool => bool,
        liaison_id: Text => AccountId,
        revision: Integer => i32,
        form: Nullable<Text> => Option<String>,
        closed_on: Nullable<Date> => Option<NaiveDate>,
        approaches_at_most: Nullable<Integer> => Option<i32>,
    }
    workplaces (id) WorkplaceRow {
        id: Text => WorkplaceId,
        municipality: Text => Tenant,
        company_id: Text => CompanyId,
        p_number: Text => String,
        name: Text => String,
        address: Nullable<Text> => Option<String>,
        foresees_vacancy: Nullable<Bool> => Option<bool>,
        asked_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
        look_on: Nullable<Date> => Option<NaiveDate>,
        industry: Nullable<Text> => Option<String>,
        industry_scheme: Nullable<Text> => Option<IndustryScheme>,
        trade: Nullable<Text> => Option<String>,
        lies_in: Nullable<Text> => Option<String>,
        postcode: Nullable<Text> => Option<String>,
        city: Nullable<Text> => Option<String>,
        latitude: Nullable<Integer> => Option<i32>,
        longitude: Nullable<Integer> => Option<i32>,
        placed_by: Nullable<Text> => Option<PlacedBy>,
        cell: Nullable<Integer> => Option<i32>,
        staff_low: Nullable<Integer> => Option<i32>,
        staff_high: Nullable<Integer> => Option<i32>,
        closed_on: Nullable<Date> => Option<NaiveDate>,
        known: Bool => bool,
        placed_here: Bool => bool,
        standing: Integer => i32,
    }
    contacts (id) ContactRow {
        id: Text => ContactId,
        municipality: Text => Tenant,
        workplace_id: Text => WorkplaceId,
        name: Text => String,
        email: Nullable<Text> => Option<String>,
        phone: Nullable<Text> => Option<String>,
        job: Nullable<Text> => Option<String>,
        left_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
    }
    staff_months (workplace_id, month) StaffRow {
        workplace_id: Text => WorkplaceId,
        month: Date => NaiveDate,
        municipality: Text => Tenant,
        hundredths: BigInt => i64,
        given_here: Bool => bool,
    }
    prospects (id) ProspectRow {
        id: Text => ProspectId,
        municipality: Text => Tenant,
        workplace_id: Text => WorkplaceId,
        position: Text => String,
        weekly_minutes: BigInt => i64,
        from_on: Nullable<Date> => Option<NaiveDate>,
        condition: Nullable<Text> => Option<String>,
        words: Text => String,
        recorded_on: Date => NaiveDate,
        withdrawn_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
    }
    citizens (id) CitizenRow {
        id: Text => CitizenId,
        municipality: Text => Tenant,
        reference: Text => String,
        cpr_sealed: Text => SealedText,
        cpr_hash: Text => String,
        target_group: Text => String,
        job_ready: Bool => bool,
        in_employment: Bool => bool,
        consultant_id: Text => AccountId,
        latest_employer: Nullable<Text> => Option<String>,
        look_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
        registered_on: Nullable<Date> => Option<NaiveDate>,
        profile: Nullable<Text> => Option<SealedText>,
        findable_since: Nullable<Date> => Option<NaiveDate>,
        closed_since: Nullable<Date> => Option<NaiveDate>,
        reopened_on: Nullable<Date> => Option<NaiveDate>,
        merged_into: Nullable<Text> => Option<CitizenId>,
        merged_on: Nullable<Date> => Option<NaiveDate>,
        person: Text => SealedText,
        goals: Text => SealedText,
    }
    citizen_names (citizen_id, spelling_hash) CitizenNameRow {
        citizen_id: Text => CitizenId,
        spelling_hash: Text => String,
        municipality: Text => Tenant,
    }
    access_reasons (id) AccessReasonRow {
        id: Text => AccessReasonId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        account_id: Text => AccountId,
        given_on: Date => NaiveDate,
        reason: Text => SealedText,
    }
    restrictions (id) RestrictionRow {
        id: Text => RestrictionId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        since: Date => NaiveDate,
        restricted_by: Text => AccountId,
        reasons: Text => SealedText,
        lifted_on: Nullable<Date> => Option<NaiveDate>,
        lifted_by: Nullable<Text> => Option<AccountId>,
        lifting_reasons: Nullable<Text> => Option<SealedText>,
    }
    erasures (id) ErasureRow {
        id: Text => ErasureId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        erased_on: Date => NaiveDate,
        last_dealt_with: Date => NaiveDate,
        internships: Integer => i32,
        letters: Integer => i32,
    }
    closings (id) ClosingRow {
        id: Text => ClosingId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        how: Text => Leaving,
        left_on: Date => NaiveDate,
        reasons: Nullable<Text> => Option<SealedText>,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
        reopened_on: Nullable<Date> => Option<NaiveDate>,
        reopened_by: Nullable<Text> => Option<AccountId>,
        reopening_reasons: Nullable<Text> => Option<SealedText>,
        was_in_error: Nullable<Bool> => Option<bool>,
    }
    capacities (citizen_id, from_on) CapacityRow {
        citizen_id: Text => CitizenId,
        from_on: Date => NaiveDate,
        municipality: Text => Tenant,
        weekly_minutes: BigInt => i64,
        via: Text => Via,
        recorded_on: Date => NaiveDate,
    }
    unsealed (table_name, row_id, column_name) UnsealedRow {
        table_name: Text => String,
        row_id: Text => String,
        column_name: Text => String,
        value: Text => String,
    }
    needs (id) NeedRow {
        id: Text => NeedId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        sealed: Text => SealedText,
        ended_on: Nullable<Date> => Option<NaiveDate>,
    }
    internships (id) InternshipRow {
        id: Text => InternshipId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        workplace_id: Text => WorkplaceId,
        reference: Text => String,
        booked_on: Date => NaiveDate,
        booked_by: Text => AccountId,
        road: Nullable<Text> => Option<Road>,
        new_function: Nullable<Text> => Option<SealedText>,
        none_needed_on: Nullable<Date> => Option<NaiveDate>,
        contact_id: Nullable<Text> => Option<ContactId>,
        statement: Nullable<Text> => Option<SealedText>,
        decision: Nullable<Text> => Option<SealedText>,
        started_on: Nullable<Date> => Option<NaiveDate>,
        last_day: Nullable<Date> => Option<NaiveDate>,
        ending: Nullable<Text> => Option<Ending>,
        ended_by: Nullable<Text> => Option<Party>,
        end_note: Nullable<Text> => Option<SealedText>,
        end_recorded_on: Nullable<Date> => Option<NaiveDate>,
        cancelled_on: Nullable<Date> => Option<NaiveDate>,
        cancel_reason: Nullable<Text> => Option<SealedText>,
        next_step: Nullable<Text> => Option<SealedText>,
        revision: Integer => i32,
        prospect_gone_on: Nullable<Date> => Option<NaiveDate>,
        closing_id: Nullable<Text> => Option<ClosingId>,
        contact_named_on: Nullable<Date> => Option<NaiveDate>,
        start_recorded_on: Nullable<Date> => Option<NaiveDate>,
        start_reasons: Nullable<Text> => Option<SealedText>,
        start_approved_by: Nullable<Text> => Option<AccountId>,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
        start_recorded_by: Nullable<Text> => Option<AccountId>,
        end_recorded_by: Nullable<Text> => Option<AccountId>,
    }
    versions (internship_id, number) VersionRow {
        internship_id: Text => InternshipId,
        number: Integer => i32,
        municipality: Text => Tenant,
        terms: Text => SealedText,
        hash: Text => String,
        cause: Text => Cause,
        papers: Nullable<Text> => Option<SealedText>,
        made_on: Date => NaiveDate,
        made_by: Text => AccountId,
        rulebook: Text => String,
        asked: Nullable<Text> => Option<SealedText>,
        withdrawn_on: Nullable<Date> => Option<NaiveDate>,
        withdrawn_by: Nullable<Text> => Option<AccountId>,
        withdrawn_because: Nullable<Text> => Option<SealedText>,
        needs_decision: Bool => bool,
        decided_on: Nullable<Date> => Option<NaiveDate>,
        decision: Nullable<Text> => Option<SealedText>,
    }
    internship_facts (internship_id) InternshipFactsRow {
        internship_id: Text => InternshipId,
        municipality: Text => Tenant,
        kind: Text => InternshipType,
        occupation: Text => String,
        first_day: Date => NaiveDate,
        last_day: Date => NaiveDate,
        least_minutes: BigInt => i64,
        most_minutes: BigInt => i64,
        decision_on: Nullable<Date> => Option<NaiveDate>,
        answer: Nullable<Text> => Option<AnswerKind>,
        standing_number: Integer => i32,
        in_force_on: Nullable<Date> => Option<NaiveDate>,
        newest_number: Integer => i32,
        citizen_confirmed: Bool => bool,
        consultant_confirmed: Bool => bool,
        company_confirmed: Bool => bool,
        accommodations_settled: Bool => bool,
        missing: Text => String,
        extensions: Integer => i32,
    }
    confirmations (internship_id, number, party) ConfirmationRow {
        internship_id: Text => InternshipId,
        number: Integer => i32,
        party: Text => Party,
        municipality: Text => Tenant,
        hash: Text => String,
        via: Text => Via,
        recorded_by: Nullable<Text> => Option<AccountId>,
        confirmed_on: Date => NaiveDate,
        confirmed_at: Timestamp => NaiveDateTime,
        given_by: Nullable<Text> => Option<SealedText>,
    }
    objections (id) ObjectionRow {
        id: Text => ObjectionId,
        internship_id: Text => InternshipId,
        number: Integer => i32,
        municipality: Text => Tenant,
        party: Text => Party,
        words: Text => SealedText,
        raised_on: Date => NaiveDate,
        withdrawn_on: Nullable<Date> => Option<NaiveDate>,
        given_by: Nullable<Text> => Option<SealedText>,
        via: Nullable<Text> => Option<Via>,
        recorded_by: Nullable<Text> => Option<AccountId>,
        withdrawn_via: Nullable<Text> => Option<Via>,
        withdrawn_recorded_by: Nullable<Text> => Option<AccountId>,
        withdrawal_sealed: Nullable<Text> => Option<SealedText>,
    }
    accommodations (id) AccommodationRow {
        id: Text => AccommodationId,
        internship_id: Text => InternshipId,
        municipality: Text => Tenant,
        position: Integer => i32,
        need_id: Nullable<Text> => Option<NeedId>,
        sealed: Text => SealedText,
        dropped_on: Nullable<Date> => Option<NaiveDate>,
    }
    agreements (accommodation_id, party) AgreementRow {
        accommodation_id: Text => AccommodationId,
        party: Text => Party,
        municipality: Text => Tenant,
        via: Text => Via,
        agreed_on: Date => NaiveDate,
    }
    former_agreements (id) FormerAgreementRow {
        id: Text => FormerAgreementId,
        municipality: Text => Tenant,
        accommodation_id: Text => AccommodationId,
        party: Text => Party,
        via: Text => Via,
        agreed_on: Date => NaiveDate,
        taken_back_via: Text => Via,
        taken_back_on: Date => NaiveDate,
        recorded_by: Nullable<Text> => Option<AccountId>,
    }
    approvals (id) ApprovalRow {
        id: Text => ApprovalId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        to_on: Date => NaiveDate,
        reasons: Text => SealedText,
        approved_by: Text => AccountId,
        approved_on: Date => NaiveDate,
        used_on: Nullable<Date> => Option<NaiveDate>,
    }
    approval_requests (id) ApprovalRequestRow {
        id: Text => ApprovalRequestId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Text => InternshipId,
        what: Text => ApprovalOf,
        day: Date => NaiveDate,
        reasons: Text => SealedText,
        asked_by: Text => AccountId,
        asked_on: Date => NaiveDate,
        answered_by: Nullable<Text> => Option<AccountId>,
        answered_on: Nullable<Date> => Option<NaiveDate>,
        granted: Nullable<Bool> => Option<bool>,
        answer: Nullable<Text> => Option<SealedText>,
        used_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
    }
    answers (id) AnswerRow {
        id: Text => AnswerId,
        internship_id: Text => InternshipId,
        municipality: Text => Tenant,
        answer: Text => AnswerKind,
        words: Nullable<Text> => Option<SealedText>,
        decision_on: Nullable<Date> => Option<NaiveDate>,
        answered_on: Date => NaiveDate,
        via: Text => Via,
        given_by: Nullable<Text> => Option<SealedText>,
        recorded_by: Nullable<Text> => Option<AccountId>,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
        first_on: Nullable<Date> => Option<NaiveDate>,
        weekly_minutes: Nullable<BigInt> => Option<i64>,
    }
    outcomes (id) OutcomeRow {
        id: Text => OutcomeId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Nullable<Text> => Option<InternshipId>,
        step: Text => OutcomeStep,
        workplace_id: Nullable<Text> => Option<WorkplaceId>,
        employer: Nullable<Text> => Option<String>,
        first_day: Date => NaiveDate,
        weekly_minutes: Nullable<BigInt> => Option<i64>,
        until_on: Nullable<Date> => Option<NaiveDate>,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
        ended_on: Nullable<Date> => Option<NaiveDate>,
        next_step: Nullable<Text> => Option<SealedText>,
        revision: Integer => i32,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
    }
    flags (id) FlagRow {
        id: Text => FlagId,
        municipality: Text => Tenant,
        citizen_id: Nullable<Text> => Option<CitizenId>,
        workplace_id: Nullable<Text> => Option<WorkplaceId>,
        rule: Text => RuleId,
        subject: Text => String,
        occasion: Text => String,
        episode: Integer => i32,
        step: Integer => i32,
        level: Text => Level,
        evidence: Text => String,
        raised_on: Date => NaiveDate,
        risen_on: Date => NaiveDate,
        gone: Nullable<Text> => Option<Resolution>,
        gone_on: Nullable<Date> => Option<NaiveDate>,
        acknowledged_level: Nullable<Text> => Option<Level>,
        snoozed_until: Nullable<Date> => Option<NaiveDate>,
        rulebook: Text => String,
        revision: Integer => i32,
    }
    flag_events (id) FlagEventRow {
        id: Text => FlagEventId,
        flag_id: Text => FlagId,
        municipality: Text => Tenant,
        happened_on: Date => NaiveDate,
        what: Text => FlagEventKind,
        level: Text => Level,
        account_id: Nullable<Text> => Option<AccountId>,
        reason: Nullable<Text> => Option<SealedText>,
    }
    letters (id) LetterRow {
        id: Text => LetterId,
        municipality: Text => Tenant,
        dedupe_key: Text => String,
        kind: Text => LetterKind,
        audience: Text => Audience,
        recipient: Text => SealedText,
        subject: Text => SealedText,
        plain: Text => SealedText,
        html: Text => SealedText,
        cause: Text => String,
        case_reference: Nullable<Text> => Option<String>,
        link_id: Nullable<Text> => Option<LinkId>,
        digest_of: Nullable<Text> => Option<AccountId>,
        queued_on: Date => NaiveDate,
        created_at: Timestamp => NaiveDateTime,
        not_before: Timestamp => NaiveDateTime,
        attempts: Integer => i32,
        claimed_by: Nullable<Text> => Option<String>,
        claimed_until: Nullable<Timestamp> => Option<NaiveDateTime>,
        sent_at: Nullable<Timestamp> => Option<NaiveDateTime>,
        failed_at: Nullable<Timestamp> => Option<NaiveDateTime>,
        dropped_at: Nullable<Timestamp> => Option<NaiveDateTime>,
        last_error: Nullable<Text> => Option<String>,
        reply_to: Nullable<Text> => Option<String>,
        calendar: Nullable<Text> => Option<SealedText>,
        due_at: Nullable<Timestamp> => Option<NaiveDateTime>,
        recipient_hash: Nullable<Text> => Option<String>,
    }
    told (told_key) ToldRow {
        told_key: Text => String,
        municipality: Text => Tenant,
        flag_id: Text => FlagId,
        audience: Text => Audience,
        account_id: Nullable<Text> => Option<AccountId>,
        level: Text => Level,
        what: Text => String,
        told_on: Date => NaiveDate,
        letter_id: Nullable<Text> => Option<LetterId>,
    }
    links (id) LinkRow {
        id: Text => LinkId,
        municipality: Text => Tenant,
        token_hash: Text => String,
        purpose: Text => LinkPurpose,
        party: Text => Party,
        internship_id: Text => InternshipId,
        occasion: Text => String,
        expires_on: Date => NaiveDate,
        used_on: Nullable<Date> => Option<NaiveDate>,
        uses: Integer => i32,
        tries: Integer => i32,
    }
    follow_ups (id) FollowUpRow {
        id: Text => FollowUpId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Text => InternshipId,
        kind: Text => Planned,
        planned_on: Date => NaiveDate,
        due_on: Date => NaiveDate,
        held_on: Nullable<Date> => Option<NaiveDate>,
        held_by: Nullable<Text> => Option<AccountId>,
        recorded_on: Nullable<Date> => Option<NaiveDate>,
        sealed: Nullable<Text> => Option<SealedText>,
        cancelled_on: Nullable<Date> => Option<NaiveDate>,
        cancel_reason: Nullable<Text> => Option<SealedText>,
        revision: Integer => i32,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
        at_time: Nullable<Text> => Option<ClockTime>,
        place: Nullable<Text> => Option<String>,
        asked_on: Nullable<Date> => Option<NaiveDate>,
    }
    written (id) WrittenRow {
        id: Text => WrittenId,
        municipality: Text => Tenant,
        internship_id: Text => InternshipId,
        purpose: Text => LinkPurpose,
        occasion: Text => String,
        party: Text => Party,
        sealed: Text => SealedText,
        written_on: Date => NaiveDate,
    }
    statement_requests (id) StatementRequestRow {
        id: Text => StatementRequestId,
        municipality: Text => Tenant,
        internship_id: Text => InternshipId,
        given_by: Text => Representative,
        name: Text => String,
        email: Text => String,
        asked_on: Date => NaiveDate,
        asked_by: Text => AccountId,
    }
    employer_statements (internship_id) EmployerStatementRow {
        internship_id: Text => InternshipId,
        municipality: Text => Tenant,
        sealed: Text => SealedText,
    }
    hearings (id) HearingRow {
        id: Text => HearingId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Text => InternshipId,
        sealed: Text => SealedText,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
    }
    meetings (internship_id) MeetingRow {
        internship_id: Text => InternshipId,
        municipality: Text => Tenant,
        at_time: Nullable<Text> => Option<ClockTime>,
        place: Nullable<Text> => Option<String>,
        ask_for: Nullable<Text> => Option<String>,
    }
    calendar_entries (id) CalendarEntryRow {
        id: Text => CalendarEntryId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Text => InternshipId,
        what: Text => AppointmentKind,
        follow_up_id: Nullable<Text> => Option<FollowUpId>,
        party: Text => Party,
        account_id: Nullable<Text> => Option<AccountId>,
        contact_id: Nullable<Text> => Option<ContactId>,
        recipient: Text => SealedText,
        sequence: Integer => i32,
        on_day: Date => NaiveDate,
        at_time: Nullable<Text> => Option<ClockTime>,
        place: Nullable<Text> => Option<String>,
        ask_for: Nullable<Text> => Option<String>,
        day_before: Nullable<Date> => Option<NaiveDate>,
        time_before: Nullable<Text> => Option<ClockTime>,
        cancelled_on: Nullable<Date> => Option<NaiveDate>,
        letter_id: Nullable<Text> => Option<LetterId>,
    }
    pauses (id) PauseRow {
        id: Text => PauseId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Text => InternshipId,
        from_on: Date => NaiveDate,
        to_on: Nullable<Date> => Option<NaiveDate>,
        to_recorded_on: Nullable<Date> => Option<NaiveDate>,
        sealed: Text => SealedText,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
        revision: Integer => i32,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
    }
    closures (id) ClosureRow {
        id: Text => ClosureId,
        municipality: Text => Tenant,
        workplace_id: Text => WorkplaceId,
        from_on: Date => NaiveDate,
        to_on: Date => NaiveDate,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
        revision: Integer => i32,
        in_error_by: Nullable<Text> => Option<AccountId>,
        in_error_because: Nullable<Text> => Option<String>,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
    }
    addenda (id) AddendumRow {
        id: Text => AddendumId,
        municipality: Text => Tenant,
        follow_up_id: Text => FollowUpId,
        sealed: Text => SealedText,
        added_on: Date => NaiveDate,
        added_by: Text => AccountId,
    }
    retention_checks (id) RetentionCheckRow {
        id: Text => RetentionCheckId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        outcome_id: Text => OutcomeId,
        held_on: Date => NaiveDate,
        holds: Bool => bool,
        sealed: Text => SealedText,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
        in_error_on: Nullable<Date> => Option<NaiveDate>,
    }
    corrections (id) CorrectionRow {
        id: Text => CorrectionId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        internship_id: Nullable<Text> => Option<InternshipId>,
        what: Text => Corrected,
        subject: Text => String,
        reasons: Text => SealedText,
        stood_before: Text => SealedText,
        told: Text => String,
        corrected_by: Text => AccountId,
        corrected_on: Date => NaiveDate,
    }
    former_numbers (id) FormerNumberRow {
        id: Text => FormerNumberId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        cpr_sealed: Text => SealedText,
        cpr_hash: Text => String,
        until_on: Date => NaiveDate,
    }
    consultant_changes (id) ConsultantChangeRow {
        id: Text => ConsultantChangeId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        from_id: Text => AccountId,
        to_id: Text => AccountId,
        changed_on: Date => NaiveDate,
        sealed: Nullable<Text> => Option<SealedText>,
        handed_over_on: Nullable<Date> => Option<NaiveDate>,
        read_on: Nullable<Date> => Option<NaiveDate>,
        revision: Integer => i32,
        wished_by_citizen: Bool => bool,
    }
    story (id) StoryRow {
        id: Text => StoryId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        kind: Text => StoryKind,
        happened_on: Date => NaiveDate,
        sealed: Text => SealedText,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
    }
    steps (id) StepRow {
        id: Text => StepId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        kind: Text => StepKind,
        expected_on: Date => NaiveDate,
        done_on: Nullable<Date> => Option<NaiveDate>,
        done_recorded_on: Nullable<Date> => Option<NaiveDate>,
        cancelled_on: Nullable<Date> => Option<NaiveDate>,
        sealed: Text => SealedText,
        recorded_on: Date => NaiveDate,
        recorded_by: Text => AccountId,
        revision: Integer => i32,
        closing_id: Nullable<Text> => Option<ClosingId>,
    }
    placed_by_others (workplace_id, as_of, position) PlacedByOthersRow {
        workplace_id: Text => WorkplaceId,
        as_of: Date => NaiveDate,
        position: Integer => i32,
        municipality: Text => Tenant,
        persons: Integer => i32,
        weekly_minutes: BigInt => i64,
    }
    written_reasons (id) WrittenReasonsRow {
        id: Text => WrittenReasonsId,
        municipality: Text => Tenant,
        citizen_id: Text => CitizenId,
        rule: Text => RuleId,
        workplace_id: Nullable<Text> => Option<WorkplaceId>,
        reasons: Text => SealedText,
        given_by: Text => AccountId,
        given_on: Date => NaiveDate,
        used_on: Nullable<Date> => Option<NaiveDate>,
    }
    runs (job, day) RunRow {
        job: Text => String,
        day: Date => NaiveDate,
        started_at: Timestamp => NaiveDateTime,
        finished_at: Nullable<Timestamp> => Option<NaiveDateTime>,
        done: BigInt => i64,
    }
    rulebooks (version) RulebookRow {
        version: Text => String,
        text: Text => String,
        first_used_on: Date => NaiveDate,
    }
    trade_counts (municipality, trade) TradeCountRow {
        municipality: Text => Tenant,
        trade: Text => String,
        ended: BigInt => i64,
        hired: BigInt => i64,
        counted_on: Date => NaiveDate,
    }
    erased_stays (workplace_id, year, kind) ErasedStaysRow {
        workplace_id: Text => WorkplaceId,
        year: Integer => i32,
        kind: Text => InternshipType,
        municipality: Text => Tenant,
        ended: BigInt => i64,
        led_to_hire: BigInt => i64,
        broken_off: BigInt => i64,
        days: BigInt => i64,
        extensions: BigInt => i64,
        decided_in_time: BigInt => i64,
        decided_late: BigInt => i64,
        undecided: BigInt => i64,
    }
    erased_hires (workplace_id, year, step) ErasedHiresRow {
        workplace_id: Text => WorkplaceId,
        year: Integer => i32,
        step: Text => OutcomeStep,
        municipality: Text => Tenant,
        hires: BigInt => i64,
    }
    openings (id) OpeningRow {
        id: Text => OpeningId,
        municipality: Text => Tenant,
        company_id: Text => CompanyId,
        workplace_id: Text => WorkplaceId,
        kind: Text => InternshipType,
        occupation: Text => String,
        tasks: Text => String,
        least_minutes: BigInt => i64,
        most_minutes: BigInt => i64,
        times: Text => String,
        languages: Text => String,
        accommodations: Text => String,
        prospect_id: Nullable<Text> => Option<ProspectId>,
        contact_id: Nullable<Text> => Option<ContactId>,
        from_on: Date => NaiveDate,
        places: Integer => i32,
        words: Nullable<Text> => Option<String>,
        expires_on: Date => NaiveDate,
        closed_on: Nullable<Date> => Option<NaiveDate>,
        close_reason: Nullable<Text> => Option<String>,
        kept_by: Text => AccountId,
        remind_on: Nullable<Date> => Option<NaiveDate>,
        latitude: Nullable<Integer> => Option<i32>,
        longitude: Nullable<Integer> => Option<i32>,
        placed_by: Nullable<Text> => Option<PlacedBy>,
        cell: Nullable<Integer> => Option<i32>,
        standing: Integer => i32,
        revision: Integer => i32,
    }
    approaches (id) ApproachRow {
        id: Text => ApproachId,
        municipality: Text => Tenant,
        company_id: Text => CompanyId,
        workplace_id: Text => WorkplaceId,
        opening_id: Nullable<Text> => Option<OpeningId>,
        made_on: Date => NaiveDate,
        made_by: Text => AccountId,
        via: Text => ApproachVia,
        invited: Bool => bool,
        words: Nullable<Text> => Option<String>,
    }
    postcodes (municipality, postcode) PostcodeRow {
        municipality: Text => Tenant,
        postcode: Text => String,
        name: Text => String,
        latitude: Integer => i32,
        longitude: Integer => i32,
    }
    search_words (municipality, word) SearchWordRow {
        municipality: Text => Tenant,
        word: Text => String,
        subject: Text => SearchSubject,
        subject_id: Text => String,
    }
    search_keys (municipality, spelling) SearchKeyRow {
        municipality: Text => Tenant,
        spelling: Text => String,
        word: Text => String,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    employer_statements,
    meetings,
    citizens,
    citizen_names,
    internships,
    internship_facts,
    companies,
    workplaces,
    letters,
    told,
    flags,
    account_links,
    accounts,
    sessions,
    clients,
    client_keys,
    identities,
    substitutes,
    openings,
    outcomes,
    search_words,
    follow_ups,
    versions,
    confirmations,
    objections,
    accommodations,
    agreements,
    former_agreements,
    answers,
    contacts,
    prospects,
    retention_checks,
    access_reasons,
    reads,
    reads_of_citizens,
    approval_requests,
    corrections,
    former_numbers,
    pauses,
    closures
);
