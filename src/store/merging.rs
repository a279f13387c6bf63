//! Moves everything of one citizen to another, row by row as it is: what is sealed is bound to its own row, and opens there too. What is
//! bound to the citizen (the number, the search profile) is sealed anew by whoever merges.

use crate::{
    domain::{people::tenant::Tenant, values::ids::CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{CapacityRow, capacities, citizens},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The tables whose rows are moved, each with what asks for all of them, also for those that were registered in error.
macro_rules! moved {
    ($($table:ident $all:ident,)+) => {
        /// Their names; a test holds that none which names a citizen is forgotten.
        #[cfg(test)]
        const MOVED: &[&str] = &[$(stringify!($table)),+];

        /// Everything that hangs on a citizen becomes another's; but for needs and capacities, of which there can be one truth only.
        pub fn move_all(tx: &mut Tx, tenant: &Tenant, from: &CitizenId, to: &CitizenId) -> Result<(), StoreError> {
            $({
                use crate::store::schema::$table;
                let theirs = $table::$all(tenant).filter($table::citizen_id.eq(from));
                diesel::update(theirs).set($table::citizen_id.eq(to)).execute(&mut **tx)?;
            })+
            Ok(())
        }
    };
}
moved! {
    closings own,
    hearings own,
    restrictions own,
    internships with_errors,
    approvals own,
    approval_requests own,
    outcomes with_errors,
    follow_ups with_errors,
    retention_checks with_errors,
    corrections own,
    former_numbers own,
    consultant_changes own,
    story own,
    steps own,
    pauses with_errors,
    calendar_entries own,
    written_reasons own,
    needs own,
}

/// The flags about a citizen's course become another's.
pub fn move_flags(tx: &mut Tx, tenant: &Tenant, from: &CitizenId, to: &CitizenId) -> Result<(), StoreError> {
    use crate::store::schema::flags;
    let theirs = flags::own(tenant).filter(flags::citizen_id.eq(from));
    diesel::update(theirs).set(flags::citizen_id.eq(Some(to))).execute(&mut **tx)?;
    Ok(())
}

/// The hours agreed with a citizen, by the day from which.
pub fn capacities_of(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<CapacityRow>, StoreError> {
    let own = capacities::own(tenant).filter(capacities::citizen_id.eq(citizen));
    Ok(own.order(capacities::from_on).load(conn)?)
}

/// Of the hours agreed with a citizen those from before a day become another's.
pub fn move_capacities(
    tx: &mut Tx,
    tenant: &Tenant,
    (from, to): (&CitizenId, &CitizenId),
    before: NaiveDate,
) -> Result<(), StoreError> {
    let earlier = capacities::own(tenant).filter(capacities::citizen_id.eq(from)).filter(capacities::from_on.lt(before));
    diesel::update(earlier).set(capacities::citizen_id.eq(to)).execute(&mut **tx)?;
    Ok(())
}

/// Records that were merged into one that is merged in its turn say where the person is now.
pub fn point_on(tx: &mut Tx, tenant: &Tenant, from: &CitizenId, to: &CitizenId) -> Result<(), StoreError> {
    let earlier = citizens::with_merged(tenant).filter(citizens::merged_into.eq(from));
    diesel::update(earlier).set(citizens::merged_into.eq(Some(to))).execute(&mut **tx)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::TABLES;

    #[test]
    fn nothing_that_names_a_citizen_is_forgotten() {
        // Who looked, and why, stays with the record that was looked at: `citizens::merged_into` finds it.
        // Which name finds whom is written anew.
        let of_their_own = [
            "citizen_names",
            "flags",
            "capacities",
            "reads_of_citizens",
            "changes",
            "changed_values",
            "access_reasons",
            "erasures",
        ];
        for table in TABLES.iter().filter(|table| table.columns.iter().any(|(name, _)| *name == "citizen_id")) {
            assert!(MOVED.contains(&table.name) || of_their_own.contains(&table.name), "{}", table.name);
        }
    }
}
