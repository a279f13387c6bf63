//! The plain columns of an internship, beside its sealed terms.
//!
//! Promise: they equal what [`domain::internships::facts`](crate::domain::internships::facts) says of the internship after every
//! save. `rettematch check-data` compares a whole database.

use crate::{
    crypto::Keys,
    domain::{
        internships::{
            alignment::Party,
            facts::{InternshipFacts, facts},
            internship::Internship,
        },
        people::tenant::Tenant,
        values::ids::{CitizenId, InternshipId},
    },
    store::{
        citizen_names, courses,
        db::{
            batches::in_batches,
            conn::{Conn, Tx},
            dialect::connect::connect,
            error::StoreError,
            pool::Db,
        },
        schema::{InternshipFactsRow, internship_facts},
        system::{catching_up, unsealed},
    },
};
use diesel::prelude::*;

/// So many internships are filled in one transaction.
const FILLED_AT_ONCE: i64 = 200;

/// The row of an internship.
pub fn row(tenant: &Tenant, internship: &Internship) -> InternshipFactsRow {
    let facts = facts(internship);
    let confirmed = |party: Party| !facts.unconfirmed.contains(&party);
    InternshipFactsRow {
        internship_id: internship.id.clone(),
        municipality: tenant.clone(),
        citizen_confirmed: confirmed(Party::Citizen),
        consultant_confirmed: confirmed(Party::Consultant),
        company_confirmed: confirmed(Party::Company),
        missing: missing_codes(&facts),
        extensions: i32::try_from(facts.extensions).unwrap_or(i32::MAX),
        kind: facts.kind,
        occupation: facts.occupation.to_string(),
        first_day: facts.period.first,
        last_day: facts.period.last,
        least_minutes: facts.least_hours.minutes(),
        most_minutes: facts.most_hours.minutes(),
        decision_on: facts.decision_on,
        answer: facts.answer,
        standing_number: facts.standing,
        in_force_on: facts.in_force_on,
        newest_number: facts.newest,
        accommodations_settled: facts.accommodations_settled,
    }
}

/// The codes of what is missing, with blanks between; empty where nothing is.
fn missing_codes(facts: &InternshipFacts) -> String {
    facts.missing.iter().map(|what| what.code()).collect::<Vec<_>>().join(" ")
}

/// Writes the facts of a new internship. It does not look whether there are any: on PostgreSQL, where a new row would stand counts
/// as read, and bookings beside each other would be tried again for nothing.
///
/// # Errors
/// A failure of the database.
pub fn insert(tx: &mut Tx, tenant: &Tenant, internship: &Internship) -> Result<(), StoreError> {
    diesel::insert_into(internship_facts::table).values(row(tenant, internship)).execute(&mut **tx)?;
    Ok(())
}

/// Writes the facts of an internship as it is after a change.
///
/// # Errors
/// A failure of the database.
pub fn update(tx: &mut Tx, tenant: &Tenant, internship: &Internship) -> Result<(), StoreError> {
    put(tx, &row(tenant, internship))
}

/// The same of an internship that has been changed in the database only: it is read again.
///
/// # Errors
/// No such internship; terms that do not open; a failure of the database.
pub fn reread(
    tx: &mut Tx,
    keys: &Keys,
    tenant: &Tenant,
    citizen: &CitizenId,
    internship: &InternshipId,
) -> Result<(), StoreError> {
    let all = courses::internships_of(tx, keys, tenant, citizen)?;
    let found = all.iter().find(|own| own.id == *internship);
    let found = found.ok_or_else(|| StoreError::Corrupt("an internship of no citizen".into()))?;
    update(tx, tenant, found)
}

fn put(tx: &mut Tx, row: &InternshipFactsRow) -> Result<(), StoreError> {
    let own = internship_facts::own(&row.municipality).filter(internship_facts::internship_id.eq(&row.internship_id));
    if diesel::update(own).set(row).execute(&mut **tx)? == 0 {
        diesel::insert_into(internship_facts::table).values(row).execute(&mut **tx)?;
    }
    Ok(())
}

/// What is stored of some internships of a municipality.
pub fn find(conn: &mut Conn, tenant: &Tenant, internship: &InternshipId) -> Result<Option<InternshipFactsRow>, StoreError> {
    Ok(internship_facts::own(tenant).filter(internship_facts::internship_id.eq(internship)).first(conn).optional()?)
}

impl Db {
    /// Seals what earlier releases kept in the clear, and writes the facts of internships that they have saved.
    ///
    /// # Errors
    /// A failure of the database; what was written stays, and the next start goes on.
    pub fn catch_up(&self, keys: &Keys) -> Result<(), StoreError> {
        let conn = &mut connect(&self.address)?;
        unsealed::seal(conn, keys)?;
        citizen_names::catch_up(conn, keys)?;
        catch_up(conn, keys)
    }
}

/// Writes the facts of internships that were saved before there were such columns. An internship that cannot be read is told to the
/// log and left out: `check-data` names it.
///
/// # Errors
/// A failure of the database; what was written stays, and the next start goes on.
fn catch_up(conn: &mut Conn, keys: &Keys) -> Result<(), StoreError> {
    in_batches(conn, |tx, after| catch_up_some(tx, keys, after))
}

/// The id of the last that was filled; none where none is left.
fn catch_up_some(tx: &mut Tx, keys: &Keys, after: &str) -> Result<Option<InternshipId>, StoreError> {
    let rows = catching_up::internships_without_facts(tx, after, FILLED_AT_ONCE)?;
    for (id, tenant, citizen) in &rows {
        match reread(tx, keys, tenant, citizen, id) {
            Err(StoreError::Corrupt(why)) => tracing::warn!(internship = %id, why, "an internship cannot be read"),
            other => other?,
        }
    }
    Ok(rows.last().map(|(id, ..)| id.clone()))
}
