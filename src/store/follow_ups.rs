//! Follow-ups, planned and held.

use crate::{
    domain::values::register::Municipality,
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::FollowUpRow,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(follow_ups, FollowUpRow);

/// Those of an internship, in order of their days.
pub fn of_internship(conn: &mut Conn, municipality: &Municipality, internship: &str) -> Result<Vec<FollowUpRow>, StoreError> {
    use crate::store::schema::follow_ups::dsl;
    let own = dsl::follow_ups.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::internship_id.eq(internship));
    Ok(own.order((dsl::due_on, dsl::id)).load(conn)?)
}

/// Takes away one that nothing has come of.
pub fn delete(tx: &mut Tx, municipality: &Municipality, id: &str) -> Result<(), StoreError> {
    use crate::store::schema::follow_ups::dsl;
    let own = dsl::follow_ups.filter(dsl::id.eq(id)).filter(dsl::municipality.eq(municipality.as_str()));
    diesel::delete(own.filter(dsl::held_on.is_null())).execute(&mut **tx)?;
    Ok(())
}

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct FollowUpFilter {
    pub citizen: Option<String>,
    pub internship: Option<String>,
    /// Those still to be held.
    pub open: Option<bool>,
    /// Due on that day or before.
    pub due_by: Option<NaiveDate>,
}

pub fn page(
    conn: &mut Conn,
    municipality: &Municipality,
    narrow: &FollowUpFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<FollowUpRow>, StoreError> {
    use crate::store::schema::follow_ups::dsl;
    let mut own = dsl::follow_ups.filter(dsl::municipality.eq(municipality.as_str())).into_boxed();
    if let Some(citizen) = &narrow.citizen {
        own = own.filter(dsl::citizen_id.eq(citizen));
    }
    if let Some(internship) = &narrow.internship {
        own = own.filter(dsl::internship_id.eq(internship));
    }
    own = match narrow.open {
        Some(true) => own.filter(dsl::held_on.is_null()).filter(dsl::cancelled_on.is_null()),
        Some(false) => own.filter(dsl::held_on.is_not_null().or(dsl::cancelled_on.is_not_null())),
        None => own,
    };
    if let Some(day) = narrow.due_by {
        own = own.filter(dsl::due_on.le(day));
    }
    Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
}
