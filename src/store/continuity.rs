//! Changes of consultant with their handovers, and the citizen's story.

use crate::{
    domain::values::register::Municipality,
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

noun!(consultant_changes, ConsultantChangeRow);

/// Those of a citizen, in order of their days.
pub fn of_citizen(conn: &mut Conn, municipality: &Municipality, citizen: &str) -> Result<Vec<ConsultantChangeRow>, StoreError> {
    use crate::store::schema::consultant_changes::dsl;
    let own = dsl::consultant_changes.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::citizen_id.eq(citizen));
    Ok(own.order((dsl::changed_on, dsl::id)).load(conn)?)
}

pub mod story {
    use super::*;
    noun!(story, StoryRow);

    /// The story of a citizen, in order of its days.
    pub fn of_citizen(conn: &mut Conn, municipality: &Municipality, citizen: &str) -> Result<Vec<StoryRow>, StoreError> {
        use crate::store::schema::story::dsl;
        let own = dsl::story.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::citizen_id.eq(citizen));
        Ok(own.order((dsl::happened_on, dsl::id)).load(conn)?)
    }
}
