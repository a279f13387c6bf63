//! Changes of consultant with their handovers, and the citizen's story.

use crate::{
    domain::{people::tenant::Tenant, values::ids::CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::{ConsultantChangeRow, StoryRow},
    },
};
use diesel::prelude::*;

noun!(consultant_changes, ConsultantChangeRow, ConsultantChangeId);

/// Those of a citizen, in order of their days.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<ConsultantChangeRow>, StoreError> {
    use crate::store::schema::consultant_changes;
    let own = consultant_changes::own(tenant).filter(consultant_changes::citizen_id.eq(citizen));
    Ok(own.order((consultant_changes::changed_on, consultant_changes::id)).load(conn)?)
}

pub mod story {
    use super::*;
    noun!(story, StoryRow, StoryId);

    /// The story of a citizen, in order of its days.
    pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<StoryRow>, StoreError> {
        use crate::store::schema::story;
        let own = story::own(tenant).filter(story::citizen_id.eq(citizen));
        Ok(own.order((story::happened_on, story::id)).load(conn)?)
    }
}
