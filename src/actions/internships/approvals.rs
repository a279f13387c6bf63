//! A team leader's approval, by someone other than who asks: of a further extension to a given last day (S5), or of recording that an
//! internship began before everything was agreed (S1).
//!
//! A consultant asks on the internship, the team leaders are told, and one of them answers; or a team leader approves an extension
//! before anybody asks.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        internships::case::case,
        people::closed::open_citizen,
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::approval::{ApprovalOf, may_answer},
        people::access::Permission,
        values::{
            ids::{AccountId, ApprovalId, ApprovalRequestId, CitizenId, InternshipId},
            text::Prose,
        },
    },
    outbox::{emit::emit, event::Event, readers::readers, recipients},
    store::{
        Tx, accounts,
        internships::{self, approval_requests},
        schema::{ApprovalRequestRow, ApprovalRow},
        sealed,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// A further extension that a team leader approves.
    pub struct Approval {
        /// The last day that is approved.
        pub to: NaiveDate,
        pub reasons: Prose,
    }
}

/// Approves, before a consultant registers it.
///
/// # Errors
/// Not a team leader, an unknown citizen, a day that is past.
pub fn approve(tx: &mut Tx, context: &Context, citizen: &CitizenId, approval: &Approval) -> Result<ApprovalId, ActionError> {
    context.authorize(Permission::Lead)?;
    open_citizen(tx, context, citizen)?;
    if approval.to <= context.at.today {
        return fault("to", Fault::new("in-the-past", "Skal ligge efter i dag.", "Must be after today."));
    }
    write(tx, context, citizen, approval.to, &approval.reasons)
}

fn write(tx: &mut Tx, context: &Context, citizen: &CitizenId, to: NaiveDate, reasons: &Prose) -> Result<ApprovalId, ActionError> {
    let id = ApprovalId::new(context.at);
    internships::approve(
        tx,
        &ApprovalRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: citizen.clone(),
            to_on: to,
            reasons: sealed::APPROVAL_REASONS.seal(&context.services.keys, &id, &reasons.to_string())?,
            approved_by: context.account()?.id.clone(),
            approved_on: context.at.today,
            used_on: None,
        },
    )?;
    Ok(id)
}

crate::input! {
    /// What a team leader is asked to approve.
    pub struct ApprovalAsking {
        pub what: ApprovalOf,
        /// The last day of the extension, or the day of the early start.
        pub day: NaiveDate,
        pub reasons: Prose,
    }
}

crate::input! {
    /// The team leader's answer.
    pub struct ApprovalAnswering {
        pub granted: bool,
        pub reasons: Prose,
    }
}

/// Asks for an approval; the team leaders are told.
///
/// # Errors
/// Not found; over; a day that cannot be.
pub fn ask(tx: &mut Tx, context: &Context, id: &InternshipId, asking: &ApprovalAsking) -> Result<ApprovalRequestId, ActionError> {
    let asker = context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    if case.internship.is_closed() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    match asking.what {
        ApprovalOf::Extension if asking.day <= case.internship.last_day() => {
            return fault(
                "day",
                Fault::new("not-later", "Skal ligge efter den nuværende slutdato.", "Must be after the present end."),
            );
        }
        ApprovalOf::EarlyStart => not_in_future("day", asking.day, context.at.today)?,
        ApprovalOf::Extension => {}
    }
    let request = ApprovalRequestId::new(context.at);
    let row = ApprovalRequestRow {
        reasons: sealed::REQUEST_REASONS.seal(&context.services.keys, &request, &asking.reasons.to_string())?,
        id: request,
        municipality: context.tenant.clone(),
        citizen_id: case.row.citizen_id.clone(),
        internship_id: id.clone(),
        what: asking.what,
        day: asking.day,
        asked_by: asker.id.clone(),
        asked_on: context.at.today,
        answered_by: None,
        answered_on: None,
        granted: None,
        answer: None,
        used_on: None,
        revision: 1,
    };
    approval_requests::insert(tx, &row)?;
    let people = recipients::people(tx, context.tenant, context.at.today, Some(&case.row.citizen_id), Some(id), None)?;
    for leader in people.team_leaders.iter().filter(|leader| may_answer(&asker.id, &leader.id)) {
        let asked = Event::ApprovalAsked {
            request: &row.id,
            what: row.what,
            internship: &case.internship,
            leader: &leader.id,
            to: &leader.email,
        };
        emit(tx, context, asked)?;
    }
    Ok(row.id)
}

/// Answers; whoever asked is told. What is granted serves once.
///
/// # Errors
/// Not a team leader; not found; changed since; answered already; one's own question.
pub fn answer(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &ApprovalRequestId,
    answering: &ApprovalAnswering,
) -> Result<(), ActionError> {
    let leader = context.authorize(Permission::Lead)?;
    let mut row = approval_requests::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if row.answered_on.is_some() {
        return conflict("answered", "Der er allerede svaret.", "It has been answered already.");
    }
    if !may_answer(&row.asked_by, &leader.id) {
        return conflict(
            "own-question",
            "Man kan ikke godkende det, man selv har bedt om. En anden teamleder skal svare.",
            "One cannot approve what one has asked for oneself. Another team leader must answer.",
        );
    }
    row.answered_by = Some(leader.id.clone());
    row.answered_on = Some(context.at.today);
    row.granted = Some(answering.granted);
    row.answer = Some(sealed::REQUEST_ANSWER.seal(&context.services.keys, &row.id, &answering.reasons.to_string())?);
    row.revision += 1;
    approval_requests::update(tx, &row)?;
    if answering.granted && row.what == ApprovalOf::Extension {
        write(tx, context, &row.citizen_id, row.day, &answering.reasons)?;
    }
    let case = case(tx, context, &row.internship_id)?;
    let Some(asker) = accounts::find(tx, context.tenant, &row.asked_by)? else { return Ok(()) };
    for reader in readers(tx, context.tenant, context.at.today, &asker)? {
        let answered = Event::ApprovalAnswered {
            request: &row.id,
            what: row.what,
            granted: answering.granted,
            internship: &case.internship,
            reader: &reader.id,
            to: &reader.email,
        };
        emit(tx, context, answered)?;
    }
    Ok(())
}

/// Who approved an early start of an internship on a day, where somebody has; it is used up.
///
/// # Errors
/// A failure of the database.
pub fn use_early_start(
    tx: &mut Tx,
    context: &Context,
    id: &InternshipId,
    day: NaiveDate,
) -> Result<Option<AccountId>, ActionError> {
    let requests = approval_requests::of_internship(tx, context.tenant, id)?;
    let granted = requests.into_iter().find(|request| {
        let fits = request.what == ApprovalOf::EarlyStart && request.day == day;
        fits && request.granted == Some(true) && request.used_on.is_none()
    });
    let Some(mut request) = granted else { return Ok(None) };
    request.used_on = Some(context.at.today);
    request.revision += 1;
    approval_requests::update(tx, &request)?;
    Ok(request.answered_by)
}
