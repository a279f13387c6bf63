//! What a course is read by: the citizen, the internships, the outcomes, the changes of consultant.

use crate::{
    crypto::Keys,
    domain::{
        internships::{course::Course, in_error::InError, internship::Internship},
        people::{
            citizen::{Capacity, Citizen, Need},
            leaving::Departure,
            tenant::Tenant,
        },
        values::{
            ids::CitizenId,
            register::{Cpr, PNumber},
            target_group::TargetGroup,
            text::WeeklyHours,
        },
    },
    store::{
        accounts, citizens, closings,
        courses::{
            parts::Parts,
            rows::{change, internship, outcome, step},
        },
        db::{conn::Conn, dialect::statements::prepared, error::StoreError},
        schema::*,
        sealed, steps,
        values::whole,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The course of a citizen of the municipality.
pub fn load(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Option<Course>, StoreError> {
    let Some(row) = citizens::find(conn, tenant, citizen)? else { return Ok(None) };
    let (internships, internships_in_error) = InError::part(all_internships_of(conn, keys, tenant, citizen)?);
    let outcomes: Vec<OutcomeRow> = prepared!(conn, |conn| outcomes::with_errors(tenant)
        .filter(outcomes::citizen_id.eq(citizen))
        .order((outcomes::recorded_on, outcomes::id))
        .load(conn))?;
    let checks: Vec<RetentionCheckRow> = if outcomes.is_empty() {
        Vec::new()
    } else {
        prepared!(conn, |conn| retention_checks::own(tenant)
            .filter(retention_checks::citizen_id.eq(citizen))
            .order((retention_checks::held_on, retention_checks::id))
            .load(conn))?
    };
    let outcomes = outcomes.into_iter().map(|row| {
        let since = row.in_error_on;
        Ok((outcome(row, &checks, keys)?, since))
    });
    let (outcomes, outcomes_in_error) = InError::part(outcomes.collect::<Result<Vec<_>, StoreError>>()?);
    let changes: Vec<ConsultantChangeRow> = prepared!(conn, |conn| consultant_changes::own(tenant)
        .filter(consultant_changes::citizen_id.eq(citizen))
        .order((consultant_changes::changed_on, consultant_changes::id))
        .load(conn))?;
    let changes = changes.into_iter().map(change).collect();
    let steps = steps::of_citizen(conn, tenant, citizen)?.into_iter().map(|row| step(row, keys)).collect::<Result<_, _>>()?;
    Ok(Some(Course {
        citizen: person(conn, keys, row)?,
        internships,
        internships_in_error,
        undone: Vec::new(),
        outcomes,
        outcomes_in_error,
        changes,
        steps,
    }))
}

/// The internships of a citizen, in the order in which they were booked.
pub fn internships_of(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<Internship>, StoreError> {
    Ok(InError::part(all_internships_of(conn, keys, tenant, citizen)?).0)
}

/// An internship, and since when it is known to have been registered in error.
type Booked = (Internship, Option<NaiveDate>);

/// The same with those that were registered in error.
fn all_internships_of(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<Booked>, StoreError> {
    let rows: Vec<InternshipRow> = prepared!(conn, |conn| internships::with_errors(tenant)
        .filter(internships::citizen_id.eq(citizen))
        .order((internships::booked_on, internships::id))
        .load(conn))?;
    let parts = if rows.is_empty() { Parts::default() } else { Parts::load(conn, tenant, citizen, &rows)? };
    rows.into_iter()
        .map(|row| {
            let since = row.in_error_on;
            Ok((internship(row, &parts, keys)?, since))
        })
        .collect()
}

/// An internship that has just been booked, as it will be read: with its first version, which nobody has confirmed.
///
/// # Errors
/// Terms that do not open.
pub fn just_booked(keys: &Keys, row: InternshipRow, first: VersionRow) -> Result<Internship, StoreError> {
    internship(row, &Parts { versions: vec![first], ..Parts::default() }, keys)
}

/// The needs of a citizen, opened.
pub fn needs(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<Need>, StoreError> {
    let rows = citizens::needs::of_citizen(conn, tenant, citizen)?;
    rows.into_iter()
        .map(|row| {
            let facts = sealed::NEED.open(keys, &row.id, &row.sealed)?;
            Ok(Need { id: row.id, facts })
        })
        .collect()
}

fn person(conn: &mut Conn, keys: &Keys, row: CitizenRow) -> Result<Citizen, StoreError> {
    let own = capacities::own(&row.municipality).filter(capacities::citizen_id.eq(&row.id));
    let dated: Vec<CapacityRow> = prepared!(conn, |conn| own.order(capacities::from_on).load(conn))?;
    // Whoever shows the number says that it cannot be read; no rule fails for it.
    let born = sealed::CITIZEN_CPR.open(keys, &row.id, &row.cpr_sealed).ok();
    let goals = row.own_goals(keys)?;
    let tenant = row.municipality;
    let closing = if row.closed_since.is_some() { closings::standing(conn, &tenant, &row.id)? } else { None };
    let left = closing.map(|closing| Departure { how: closing.how, on: closing.left_on, recorded_on: closing.recorded_on });
    Ok(Citizen {
        needs: needs(conn, keys, &tenant, &row.id)?,
        id: row.id,
        reference: row.reference,
        target_group: whole(TargetGroup::parse(&row.target_group), "a target group")?,
        job_ready: row.job_ready,
        in_employment: row.in_employment,
        goals,
        capacities: dated
            .iter()
            .map(|row| Capacity { from: row.from_on, weekly_hours: WeeklyHours::from_minutes(row.weekly_minutes) })
            .collect(),
        consultant_closed_on: accounts::closed_on(conn, &tenant, &row.consultant_id)?,
        consultant: row.consultant_id,
        latest_employer: row.latest_employer.as_deref().and_then(PNumber::parse),
        registered_on: row.registered_on,
        born_on: born.and_then(|cpr| Cpr::parse(&cpr)).and_then(|cpr| cpr.born_on()),
        reopened_on: row.reopened_on,
        left,
    })
}
