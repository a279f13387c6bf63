//! That the data of a citizen may only be kept, also where that was lifted.

use crate::{
    domain::{people::tenant::Tenant, values::ids::CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        macros::noun,
        schema::RestrictionRow,
    },
};
use diesel::prelude::*;

noun!(restrictions, RestrictionRow, RestrictionId);

/// Those of a citizen, in the order in which they were recorded.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<RestrictionRow>, StoreError> {
    use crate::store::schema::restrictions;
    let own = restrictions::own(tenant).filter(restrictions::citizen_id.eq(citizen));
    Ok(prepared!(conn, |conn| own.order(restrictions::id).load(conn))?)
}

/// The one that stands.
pub fn standing(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Option<RestrictionRow>, StoreError> {
    Ok(of_citizen(conn, tenant, citizen)?.into_iter().rfind(|own| own.lifted_on.is_none()))
}
