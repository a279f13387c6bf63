//! Restriction (GDPR art. 18): the data of a citizen may only be kept, because a complaint or a case in court needs it as it is, or because
//! the citizen has asked for it.
//!
//! Promise: while it stands nothing of the citizen is changed by anybody, and nothing is erased. The schedule goes on following a course that
//! is open: nobody is forgotten.

use crate::{
    actions::{ActionError, error::conflict, people::closed::citizen},
    context::{Context, Seen},
    domain::{
        people::{access::Permission, read_log::PersonalData},
        values::{
            ids::{CitizenId, RestrictionId},
            text::Prose,
        },
    },
    store::{Tx, citizens, restrictions, schema::CitizenRow, schema::RestrictionRow, sealed},
};

crate::input! {
    /// Why the data may only be kept, or why no longer.
    pub struct RestrictionReasons {
        pub reasons: Prose,
    }
}

/// Restricts the data of a citizen.
///
/// # Errors
/// Not found; changed since; restricted already.
pub fn restrict(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, why: &RestrictionReasons) -> Result<(), ActionError> {
    let account = context.authorize(Permission::Lead)?;
    let row = changed(tx, context, seen, id)?;
    if restrictions::standing(tx, context.tenant, id)?.is_some() {
        return conflict("restricted", "Oplysningerne er allerede begrænset.", "The data is restricted already.");
    }
    let own = RestrictionId::new(context.at);
    let row = RestrictionRow {
        reasons: sealed::RESTRICTION_REASONS.seal(&context.services.keys, &own, &why.reasons.to_string())?,
        id: own,
        municipality: context.tenant.clone(),
        citizen_id: row.id,
        since: context.at.today,
        restricted_by: account.id.clone(),
        lifted_on: None,
        lifted_by: None,
        lifting_reasons: None,
    };
    Ok(restrictions::insert(tx, &row)?)
}

/// Lifts the restriction.
///
/// # Errors
/// Not found; changed since; not restricted.
pub fn lift(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, why: &RestrictionReasons) -> Result<(), ActionError> {
    let account = context.authorize(Permission::Lead)?;
    changed(tx, context, seen, id)?;
    let Some(row) = restrictions::standing(tx, context.tenant, id)? else {
        return conflict("not-restricted", "Oplysningerne er ikke begrænset.", "The data is not restricted.");
    };
    let reasons = sealed::LIFTING_REASONS.seal(&context.services.keys, &row.id, &why.reasons.to_string())?;
    let (lifted_on, lifted_by) = (Some(context.at.today), Some(account.id.clone()));
    Ok(restrictions::update(tx, &RestrictionRow { lifted_on, lifted_by, lifting_reasons: Some(reasons), ..row })?)
}

/// The citizen, with the next revision.
fn changed(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId) -> Result<CitizenRow, ActionError> {
    let row = citizen(tx, context, id)?;
    context.shows(id, PersonalData::Record);
    seen.check(row.revision)?;
    let row = CitizenRow { revision: row.revision + 1, ..row };
    citizens::update(tx, &row)?;
    Ok(row)
}
