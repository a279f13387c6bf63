//! Changes of consultant with their (sealed) handovers, and the citizen's (sealed) story.

use super::{Conn, Failure, Tx, noun};
use crate::domain::register::Municipality;
use crate::store::rows::{ConsultantChangeRow, StoryRow};
use diesel::prelude::*;

noun!(consultant_changes, ConsultantChangeRow);

/// Those of a citizen, eldest first.
pub fn page(
    conn: &mut Conn,
    municipality: &Municipality,
    citizen: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<ConsultantChangeRow>, Failure> {
    use crate::store::rows::consultant_changes::dsl;
    let own = dsl::consultant_changes.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::citizen_id.eq(citizen));
    Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
}

/// What the citizen's story holds besides what the system records by itself.
pub mod story {
    use super::*;

    pub fn insert(tx: &mut Tx, row: &StoryRow) -> Result<(), Failure> {
        use crate::store::rows::story::dsl;
        diesel::insert_into(dsl::story).values(row).execute(&mut **tx)?;
        Ok(())
    }

    /// Of a citizen, in the order in which it was written down.
    pub fn page(
        conn: &mut Conn,
        municipality: &Municipality,
        citizen: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<StoryRow>, Failure> {
        use crate::store::rows::story::dsl;
        let own = dsl::story.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::citizen_id.eq(citizen));
        Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
    }
}
