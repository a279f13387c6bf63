//! Closings of courses, those that were taken back among them.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{CitizenId, InternshipId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        macros::noun,
        schema::{ClosingRow, InternshipRow},
    },
};
use diesel::prelude::*;

noun!(closings, ClosingRow, ClosingId);

/// Those of a citizen, in the order in which they were recorded.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<ClosingRow>, StoreError> {
    use crate::store::schema::closings;
    let own = closings::own(tenant).filter(closings::citizen_id.eq(citizen));
    Ok(prepared!(conn, |conn| own.order(closings::id).load(conn))?)
}

/// The one that stands.
pub fn standing(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Option<ClosingRow>, StoreError> {
    Ok(of_citizen(conn, tenant, citizen)?.into_iter().rfind(|closing| closing.reopened_on.is_none()))
}

/// The internships of a citizen, as rows.
pub fn internships_of(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<InternshipRow>, StoreError> {
    use crate::store::schema::internships;
    let own = internships::own(tenant).filter(internships::citizen_id.eq(citizen));
    Ok(own.order((internships::booked_on, internships::id)).load(conn)?)
}

/// Those of them that a closing ended or cancelled.
pub fn closed_by(tx: &mut Tx, tenant: &Tenant, closing: &ClosingRow) -> Result<Vec<InternshipId>, StoreError> {
    let rows = internships_of(tx, tenant, &closing.citizen_id)?;
    Ok(rows.into_iter().filter(|row| row.closing_id.as_ref() == Some(&closing.id)).map(|row| row.id).collect())
}
