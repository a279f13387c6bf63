//! Days on which workplaces are closed.

use crate::{
    domain::{people::tenant::Tenant, values::ids::WorkplaceId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::{even_in_error, noun},
        schema::ClosureRow,
    },
};
use diesel::prelude::*;

noun!(closures, ClosureRow, ClosureId);
even_in_error!(closures, ClosureRow, ClosureId);

/// Those of a workplace, in order of their days.
pub fn of_workplace(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<ClosureRow>, StoreError> {
    use crate::store::schema::closures;
    let own = closures::own(tenant).filter(closures::workplace_id.eq(workplace));
    Ok(own.order((closures::from_on, closures::id)).load(conn)?)
}
