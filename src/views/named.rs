//! Things with the names of those around them, for pages: a person reads names, not ids.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::follow_up::Planned,
        people::{access::Permission, read_log::PersonalData},
        values::{
            clock_time::ClockTime,
            day::plus,
            ids::{AccountId, ApprovalRequestId, FollowUpId, InternshipId, OpeningId},
        },
    },
    outbox::{about, letters::CaseNames},
    store::{
        Conn, StoreError, accounts, companies, follow_ups,
        internships::{self, approval_requests},
        openings,
        schema::FollowUpRow,
        sealed,
    },
    views::{
        Representation,
        approval_requests::{ApprovalRequestView, view as approval_view},
        openings::{OpeningView, view},
    },
};
use chrono::NaiveDate;

/// An opening with where it is and whom to ask.
pub struct NamedOpening {
    pub opening: OpeningView,
    pub workplace: String,
    pub p_number: String,
    /// Name and telephone number.
    pub contact: Option<String>,
    /// Until when it would stand if it were renewed today.
    pub renewed_until: NaiveDate,
}

/// Finds one.
///
/// # Errors
/// Not for this role; not found.
pub fn opening(conn: &mut Conn, context: &Context, id: &OpeningId) -> Result<Representation<NamedOpening>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = openings::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let place = companies::workplaces::find(conn, context.tenant, &row.workplace_id)?.ok_or(ActionError::NotFound)?;
    let contact = match &row.contact_id {
        Some(contact) => companies::contacts::find(conn, context.tenant, contact)?,
        None => companies::contacts::of_workplace(conn, context.tenant, &row.workplace_id)?.into_iter().next(),
    };
    let contact = contact.map(|own| [Some(own.name), own.phone].into_iter().flatten().collect::<Vec<_>>().join(", "));
    let (revision, today) = (row.revision, context.at.today);
    let renewed_until = plus(today, context.figures().opening_days);
    let opening = view(row, today)?;
    let named = NamedOpening { opening, workplace: place.name, p_number: place.p_number, contact, renewed_until };
    Ok(Representation::of(named, revision))
}

/// A follow-up with whom it is about. What was said at it is not here.
pub struct NamedFollowUp {
    pub id: FollowUpId,
    pub on: NaiveDate,
    pub at: Option<ClockTime>,
    pub place: Option<String>,
    pub kind: Planned,
    /// *Anna (Netto Risskov)*.
    pub case: String,
    pub internship: InternshipId,
    pub held_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
    pub cancel_reason: Option<String>,
    pub in_error_on: Option<NaiveDate>,
}

impl NamedFollowUp {
    fn of(context: &Context, row: FollowUpRow, case: String) -> Result<Self, StoreError> {
        let keys = &context.services.keys;
        Ok(Self {
            cancel_reason: sealed::FOLLOW_UP_CANCEL_REASON.open_some(keys, &row.id, row.cancel_reason.as_ref())?,
            id: row.id,
            on: row.due_on,
            at: row.at_time,
            place: row.place,
            kind: row.kind,
            case,
            internship: row.internship_id,
            held_on: row.held_on,
            cancelled_on: row.cancelled_on,
            in_error_on: row.in_error_on,
        })
    }

    /// Whether it is still to be held.
    pub fn is_open(&self) -> bool {
        self.held_on.is_none() && self.cancelled_on.is_none() && self.in_error_on.is_none()
    }
}

/// Finds one.
///
/// # Errors
/// Not for this role; not found.
pub fn follow_up(conn: &mut Conn, context: &Context, id: &FollowUpId) -> Result<Representation<NamedFollowUp>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = follow_ups::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let (revision, case) = (row.revision, case(conn, context, &row.internship_id)?.short());
    Ok(Representation::of(NamedFollowUp::of(context, row, case)?, revision))
}

fn case(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<CaseNames, ActionError> {
    let row = internships::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    context.shows(&row.citizen_id, PersonalData::FollowUp);
    Ok(about::names(conn, context, &row)?.case)
}

/// How far back somebody's overdue follow-ups are shown.
const BACK: i64 = 60;

/// The asker's own follow-ups that are to be held, up to a day: overdue ones first.
///
/// # Errors
/// Not for this role.
pub fn follow_ups_until(conn: &mut Conn, context: &Context, until: NaiveDate) -> Result<Vec<NamedFollowUp>, ActionError> {
    let account = context.authorize(Permission::SeeCitizens)?;
    let mut found = Vec::new();
    for (consultant, id) in follow_ups::ahead(conn, context.tenant, plus(context.at.today, -BACK), until)? {
        if consultant != account.id {
            continue;
        }
        let Some(row) = follow_ups::find(conn, context.tenant, &id)? else { continue };
        let case = case(conn, context, &row.internship_id)?.short();
        found.push(NamedFollowUp::of(context, row, case)?);
    }
    Ok(found)
}

/// What a team leader is asked, with the names of those around it.
pub struct NamedApproval {
    pub request: ApprovalRequestView,
    pub case: CaseNames,
    pub asked_by: String,
    pub answered_by: Option<String>,
    /// Follow-ups held of the internship.
    pub held: usize,
}

/// Finds one.
///
/// # Errors
/// Not for this role; not found.
pub fn approval(
    conn: &mut Conn,
    context: &Context,
    id: &ApprovalRequestId,
) -> Result<Representation<NamedApproval>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = approval_requests::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let answered_by = row.answered_by.as_ref().map(|own| name(conn, context, own)).transpose()?;
    let rows = follow_ups::of_internship(conn, context.tenant, &row.internship_id)?;
    let named = NamedApproval {
        case: case(conn, context, &row.internship_id)?,
        asked_by: name(conn, context, &row.asked_by)?,
        answered_by,
        held: rows.iter().filter(|row| row.held_on.is_some()).count(),
        request: approval_view(context, row.clone())?,
    };
    Ok(Representation::of(named, row.revision))
}

fn name(conn: &mut Conn, context: &Context, id: &AccountId) -> Result<String, StoreError> {
    Ok(accounts::find(conn, context.tenant, id)?.map(|account| account.name).unwrap_or_default())
}

/// What waits for somebody at an internship.
#[derive(Default)]
pub struct WaitingThere {
    /// In order of their days.
    pub follow_ups: Vec<NamedFollowUp>,
    /// Without an answer, the eldest first.
    pub approvals: Vec<ApprovalRequestView>,
}

/// Finds it; nothing for those who may not see citizens.
///
/// # Errors
/// Not for this role; not found.
pub fn waiting_at(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<WaitingThere, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    if !context.may(Permission::SeeCitizens) {
        return Ok(WaitingThere::default());
    }
    let case = case(conn, context, id)?.short();
    let rows = follow_ups::of_internship(conn, context.tenant, id)?.into_iter();
    let follow_ups = rows.map(|row| NamedFollowUp::of(context, row, case.clone())).collect::<Result<Vec<_>, _>>()?;
    let asked = approval_requests::of_internship(conn, context.tenant, id)?.into_iter();
    Ok(WaitingThere {
        follow_ups: follow_ups.into_iter().filter(NamedFollowUp::is_open).collect(),
        approvals: asked
            .filter(|row| row.answered_on.is_none())
            .map(|row| approval_view(context, row))
            .collect::<Result<_, _>>()?,
    })
}
