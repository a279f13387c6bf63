//! Pauses of internships.

use crate::{
    domain::{people::tenant::Tenant, values::ids::InternshipId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::{even_in_error, noun},
        schema::PauseRow,
    },
};
use diesel::prelude::*;

noun!(pauses, PauseRow, PauseId);
even_in_error!(pauses, PauseRow, PauseId);

/// Those of an internship, in order of their days.
pub fn of_internship(conn: &mut Conn, tenant: &Tenant, internship: &InternshipId) -> Result<Vec<PauseRow>, StoreError> {
    use crate::store::schema::pauses;
    let own = pauses::own(tenant).filter(pauses::internship_id.eq(internship));
    Ok(own.order((pauses::from_on, pauses::id)).load(conn)?)
}
