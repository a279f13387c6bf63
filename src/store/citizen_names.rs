//! By what a citizen's name is found, though it is sealed: keyed hashes of the spellings of its words, as
//! [`search`](crate::domain::values::search) makes them. So a name is found by its beginnings and in spite of a typing error, and who has
//! the database without the key reads none.

use crate::{
    crypto::Keys,
    domain::{
        people::tenant::Tenant,
        values::{
            ids::CitizenId,
            search::{Wanted, looked_up, spellings, words_of},
        },
    },
    store::{
        citizens::CitizensWithin,
        db::{
            batches::in_batches,
            conn::{Conn, Tx},
            dialect::statements::insert_each_if_absent,
            error::StoreError,
        },
        schema::{CitizenNameRow, CitizenRow, citizen_names, citizens},
        system::catching_up,
    },
};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// So many are named in one transaction.
const NAMED_AT_ONCE: i64 = 500;

fn hash(keys: &Keys, spelling: &str) -> String {
    keys.lookup_hash("name", spelling)
}

/// Stores by what a citizen is found, in place of what stood there.
pub fn put(tx: &mut Tx, keys: &Keys, tenant: &Tenant, id: &CitizenId, name: &str) -> Result<(), StoreError> {
    remove(tx, tenant, id)?;
    let all: BTreeSet<String> = words_of(name).iter().flat_map(|word| spellings(word)).collect();
    let row = |spelling: &String| CitizenNameRow {
        municipality: tenant.clone(),
        spelling_hash: hash(keys, spelling),
        citizen_id: id.clone(),
    };
    let rows: Vec<CitizenNameRow> = all.iter().map(row).collect();
    Ok(insert_each_if_absent!(&mut **tx, citizen_names::table, rows)?)
}

/// The citizen is found by no name any longer.
pub fn remove(tx: &mut Tx, tenant: &Tenant, id: &CitizenId) -> Result<(), StoreError> {
    diesel::delete(citizen_names::own(tenant).filter(citizen_names::citizen_id.eq(id))).execute(&mut **tx)?;
    Ok(())
}

/// Some citizens whose names may have every word that is wanted, in the order of ids: which have them is to be seen in the names.
pub fn find(
    conn: &mut Conn,
    keys: &Keys,
    tenant: &Tenant,
    wanted: &Wanted,
    within: Option<&CitizensWithin>,
    limit: i64,
) -> Result<Vec<CitizenRow>, StoreError> {
    let mut own = citizens::own(tenant).into_boxed();
    for word in &wanted.must {
        let hashes: Vec<String> = looked_up(word).iter().map(|spelling| hash(keys, spelling)).collect();
        let named = citizen_names::own(tenant).filter(citizen_names::spelling_hash.eq_any(hashes));
        own = own.filter(citizens::id.eq_any(named.select(citizen_names::citizen_id)));
    }
    if let Some(within) = within {
        own = own.filter(citizens::consultant_id.eq_any(&within.consultants).or(citizens::id.eq_any(&within.citizens)));
    }
    Ok(own.order(citizens::id).limit(limit).load(conn)?)
}

/// Names those who were registered before names were found so.
///
/// # Errors
/// A failure of the database; what was stored is kept, and the next start goes on.
pub fn catch_up(conn: &mut Conn, keys: &Keys) -> Result<(), StoreError> {
    in_batches(conn, |tx, after| catch_up_some(tx, keys, after))
}

/// The id of the last that was named; none where none is left.
fn catch_up_some(tx: &mut Tx, keys: &Keys, after: &str) -> Result<Option<CitizenId>, StoreError> {
    let rows = catching_up::citizens_without_names(tx, after, NAMED_AT_ONCE)?;
    for row in &rows {
        put(tx, keys, &row.municipality, &row.id, &row.details(keys)?.name)?;
    }
    Ok(rows.last().map(|row| row.id.clone()))
}
