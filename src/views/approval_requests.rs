//! What team leaders are asked to approve, and what they answered.

use crate::{
    actions::{ActionError, people::scope},
    context::Context,
    domain::{
        internships::approval::ApprovalOf,
        people::{access::Permission, read_log::PersonalData},
        values::ids::{AccountId, ApprovalRequestId, CitizenId, InternshipId},
    },
    store::{
        Conn, StoreError,
        internships::approval_requests::{self, ApprovalRequestFilter},
        schema::ApprovalRequestRow,
        sealed,
    },
    views::{
        Representation,
        page::{Cursor, Limit, Page, PageRequest},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct ApprovalRequestView {
    pub id: ApprovalRequestId,
    pub citizen: CitizenId,
    pub internship: InternshipId,
    pub what: ApprovalOf,
    /// The last day of the extension, or the day of the early start.
    pub day: NaiveDate,
    pub reasons: String,
    pub asked_by: AccountId,
    pub asked_on: NaiveDate,
    pub answered_by: Option<AccountId>,
    pub answered_on: Option<NaiveDate>,
    /// Null until it is answered.
    pub granted: Option<bool>,
    /// The team leader's reasons.
    pub answer: Option<String>,
    /// The day on which it was made use of; it serves once.
    pub used_on: Option<NaiveDate>,
}

crate::input! {
    /// Which requests.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct ApprovalRequestQuery {
        /// Those that wait for an answer, or those that have one.
        pub waiting: Option<bool>,
        /// Those about one internship.
        pub internship: Option<InternshipId>,
        /// Those asked by one account.
        pub asked_by: Option<AccountId>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

pub(super) fn view(context: &Context, row: ApprovalRequestRow) -> Result<ApprovalRequestView, StoreError> {
    context.shows(&row.citizen_id, PersonalData::Approval);
    let keys = &context.services.keys;
    Ok(ApprovalRequestView {
        reasons: sealed::REQUEST_REASONS.open(keys, &row.id, &row.reasons)?,
        answer: sealed::REQUEST_ANSWER.open_some(keys, &row.id, row.answer.as_ref())?,
        id: row.id,
        citizen: row.citizen_id,
        internship: row.internship_id,
        what: row.what,
        day: row.day,
        asked_by: row.asked_by,
        asked_on: row.asked_on,
        answered_by: row.answered_by,
        answered_on: row.answered_on,
        granted: row.granted,
        used_on: row.used_on,
    })
}

/// What has been asked in the municipality.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &ApprovalRequestQuery) -> Result<Page<ApprovalRequestView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let filter = ApprovalRequestFilter {
        internship: query.internship.clone(),
        waiting: query.waiting,
        asked_by: query.asked_by.clone(),
        within: scope::narrowed(conn, context)?,
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = approval_requests::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(view(context, row)?))
}

/// One question.
///
/// # Errors
/// Not for this role; not found.
pub fn one(
    conn: &mut Conn,
    context: &Context,
    id: &ApprovalRequestId,
) -> Result<Representation<ApprovalRequestView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = approval_requests::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(context, row)?, revision))
}
