//! Follow-ups, planned and held.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{AccountId, CitizenId, FollowUpId, InternshipId},
    },
    store::{
        citizens::{CitizensWithin, citizens_within},
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::{even_in_error, noun},
        schema::{AddendumRow, FollowUpRow},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(follow_ups, FollowUpRow, FollowUpId);
even_in_error!(follow_ups, FollowUpRow, FollowUpId);

/// Those of an internship, in order of their days.
pub fn of_internship(conn: &mut Conn, tenant: &Tenant, internship: &InternshipId) -> Result<Vec<FollowUpRow>, StoreError> {
    use crate::store::schema::follow_ups;
    let own = follow_ups::own(tenant).filter(follow_ups::internship_id.eq(internship));
    Ok(own.order((follow_ups::due_on, follow_ups::id)).load(conn)?)
}

/// Takes away one that nothing has come of.
pub fn delete(tx: &mut Tx, tenant: &Tenant, id: &FollowUpId) -> Result<(), StoreError> {
    use crate::store::schema::follow_ups;
    let own = follow_ups::own(tenant).filter(follow_ups::id.eq(id));
    diesel::delete(own.filter(follow_ups::held_on.is_null())).execute(&mut **tx)?;
    Ok(())
}

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct FollowUpFilter {
    pub citizen: Option<CitizenId>,
    pub internship: Option<InternshipId>,
    /// Those still to be held.
    pub open: Option<bool>,
    /// Due on that day or before.
    pub due_by: Option<NaiveDate>,
    /// Those about some citizens only.
    pub within: Option<CitizensWithin>,
}

pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    narrow: &FollowUpFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<FollowUpRow>, StoreError> {
    use crate::store::schema::follow_ups;
    let mut own = follow_ups::own(tenant).into_boxed();
    if let Some(citizen) = &narrow.citizen {
        own = own.filter(follow_ups::citizen_id.eq(citizen));
    }
    if let Some(internship) = &narrow.internship {
        own = own.filter(follow_ups::internship_id.eq(internship));
    }
    own = match narrow.open {
        Some(true) => own.filter(follow_ups::held_on.is_null()).filter(follow_ups::cancelled_on.is_null()),
        Some(false) => own.filter(follow_ups::held_on.is_not_null().or(follow_ups::cancelled_on.is_not_null())),
        None => own,
    };
    if let Some(day) = narrow.due_by {
        own = own.filter(follow_ups::due_on.le(day));
    }
    if let Some(within) = &narrow.within {
        own = own
            .filter(follow_ups::citizen_id.eq_any(citizens_within!(tenant, within).select(crate::store::schema::citizens::id)));
    }
    Ok(own.filter(follow_ups::id.gt(after)).order(follow_ups::id).limit(limit).load(conn)?)
}

/// Those that are to be held after a day, up to and including another, each with who is responsible for the citizen.
pub fn ahead(
    conn: &mut Conn,
    tenant: &Tenant,
    after: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(AccountId, FollowUpId)>, StoreError> {
    use crate::store::schema::{citizens, follow_ups};
    let due = follow_ups::own(tenant)
        .inner_join(citizens::table.on(citizens::id.eq(follow_ups::citizen_id)))
        .filter(follow_ups::held_on.is_null())
        .filter(follow_ups::cancelled_on.is_null())
        .filter(follow_ups::due_on.gt(after))
        .filter(follow_ups::due_on.le(until))
        .filter(citizens::closed_since.is_null());
    Ok(due.select((citizens::consultant_id, follow_ups::id)).order((follow_ups::due_on, follow_ups::id)).load(conn)?)
}

/// That those concerned were asked what they want to say at it. Nobody's change: the revision stays.
pub fn note_asked(tx: &mut Tx, tenant: &Tenant, id: &FollowUpId, on: NaiveDate) -> Result<(), StoreError> {
    use crate::store::schema::follow_ups;
    diesel::update(follow_ups::own(tenant).filter(follow_ups::id.eq(id))).set(follow_ups::asked_on.eq(on)).execute(&mut **tx)?;
    Ok(())
}

/// What was added to some follow-ups, in the order in which it was added.
pub fn addenda(conn: &mut Conn, tenant: &Tenant, of: &[FollowUpId]) -> Result<Vec<AddendumRow>, StoreError> {
    use crate::store::schema::addenda;
    let own = addenda::own(tenant).filter(addenda::follow_up_id.eq_any(of));
    Ok(own.order(addenda::id).load(conn)?)
}

pub fn add_addendum(tx: &mut Tx, row: &AddendumRow) -> Result<(), StoreError> {
    use crate::store::schema::addenda;
    diesel::insert_into(addenda::table).values(row).execute(&mut **tx)?;
    Ok(())
}
