//! What was put right: who did it, why, and what stood before.

use crate::{
    crypto::Keys,
    domain::{
        internships::{
            in_error::{Undone, UndoneRecord},
            internship::Ended,
        },
        people::{correction::Corrected, tenant::Tenant},
        values::ids::CitizenId,
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::CorrectionRow,
        sealed,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};

noun!(corrections, CorrectionRow, CorrectionId);

/// All of a citizen, the newest first.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<CorrectionRow>, StoreError> {
    use crate::store::schema::corrections;
    let own = corrections::own(tenant).filter(corrections::citizen_id.eq(citizen));
    Ok(own.order(corrections::id.desc()).load(conn)?)
}

/// A page of them, the newest first, after the one with an id.
pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    citizen: &CitizenId,
    after: &str,
    limit: i64,
) -> Result<Vec<CorrectionRow>, StoreError> {
    use crate::store::schema::corrections;
    let mut own = corrections::own(tenant).filter(corrections::citizen_id.eq(citizen)).into_boxed();
    if !after.is_empty() {
        own = own.filter(corrections::id.lt(after));
    }
    Ok(own.order(corrections::id.desc()).limit(limit).load(conn)?)
}

/// What stood before a start was put right; `recorded_on` is not kept of the eldest.
#[derive(Deserialize)]
struct FormerStart {
    started_on: NaiveDate,
    recorded_on: Option<NaiveDate>,
}

/// What stood before an end was put right.
#[derive(Deserialize)]
struct FormerEnd {
    ended: Ended,
}

/// The starts and ends of a citizen's internships that were registered in error.
///
/// # Errors
/// A failure of the database; a record that cannot be read.
pub fn undone(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<Undone>, StoreError> {
    let of_a_stay = |row: &CorrectionRow| matches!(row.what, Corrected::Start | Corrected::End);
    let mut found = Vec::new();
    for row in of_citizen(conn, tenant, citizen)?.into_iter().filter(of_a_stay) {
        let Some(internship) = row.internship_id.clone() else { continue };
        let what = if row.what == Corrected::Start {
            let FormerStart { started_on, recorded_on } = stood_before(keys, &row)?;
            UndoneRecord::Start { started_on, recorded_on: recorded_on.unwrap_or(started_on) }
        } else {
            UndoneRecord::End(stood_before::<FormerEnd>(keys, &row)?.ended)
        };
        found.push(Undone { internship, what, since: row.corrected_on });
    }
    Ok(found)
}

fn stood_before<T: DeserializeOwned>(keys: &Keys, row: &CorrectionRow) -> Result<T, StoreError> {
    let text = sealed::CORRECTION_BEFORE.open(keys, &row.id, &row.stood_before)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Corrupt(format!("what stood before correction {}", row.id)))
}
