//! What is planned or awaited for citizens.

use crate::{
    domain::{people::tenant::Tenant, values::ids::CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        macros::noun,
        schema::StepRow,
    },
};
use diesel::prelude::*;

noun!(steps, StepRow, StepId);

/// Those of a citizen, in the order in which they were recorded.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<StepRow>, StoreError> {
    use crate::store::schema::steps;
    let own = steps::own(tenant).filter(steps::citizen_id.eq(citizen));
    Ok(prepared!(conn, |conn| own.order(steps::id).load(conn))?)
}
