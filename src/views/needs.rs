//! The needs of a citizen: health data, for those who may see them.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{access::Permission, citizen::NeedFacts, read_log::PersonalData},
        values::ids::{CitizenId, NeedId},
    },
    store::{Conn, courses},
    views::{Representation, citizens},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct NeedView {
    pub id: NeedId,
    #[serde(flatten)]
    pub facts: NeedFacts,
}

/// The needs of a citizen.
#[derive(Serialize, ToSchema)]
pub struct NeedsView {
    pub needs: Vec<NeedView>,
}

/// All needs of a citizen, with the citizen's revision.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<Representation<NeedsView>, ActionError> {
    context.authorize(Permission::SeeNeeds)?;
    let row = citizens::row(conn, context, id)?;
    context.shows(id, PersonalData::Needs);
    let needs = courses::needs(conn, &context.services.keys, context.tenant, id)?;
    let needs = needs.into_iter().map(|need| NeedView { id: need.id, facts: need.facts }).collect();
    Ok(Representation::of(NeedsView { needs }, row.revision))
}
