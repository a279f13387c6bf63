//! What was put right: who did it, why, and what stood before.

use crate::{
    domain::{people::tenant::Tenant, values::ids::CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::CorrectionRow,
    },
};
use diesel::prelude::*;

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
