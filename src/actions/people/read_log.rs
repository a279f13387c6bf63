//! Adds to the log of who has read of whom, and lets it begin later. See [`domain::people::read_log`](crate::domain::people::read_log).

use crate::{
    crypto::Keys,
    domain::people::{
        read_log::{ChainHead, LoggedRead},
        tenant::Tenant,
    },
    store::{StoreError, Tx, changed_values, changes, read_log, schema::ReadLogStartRow},
};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// The chain of an entry: what only our key can make of it and of all before it.
pub fn chain(keys: &Keys, number: i64, before: &str, read: &LoggedRead) -> String {
    keys.lookup_hash("read-log", &read.canonical(number, before))
}

/// Adds entries, each after the newest of its municipality.
///
/// # Errors
/// A failure of the database.
pub fn append(tx: &mut Tx, keys: &Keys, reads: &[(Tenant, LoggedRead)]) -> Result<(), StoreError> {
    let mut heads: BTreeMap<&Tenant, ChainHead> = BTreeMap::new();
    for (tenant, read) in reads {
        let before = match heads.remove(tenant) {
            Some(head) => head,
            None => read_log::head(tx, tenant)?.unwrap_or(ChainHead { number: 0, chain: String::new() }),
        };
        let number = before.number + 1;
        let chain = chain(keys, number, &before.chain, read);
        read_log::append(tx, tenant, number, &chain, read)?;
        heads.insert(tenant, ChainHead { number, chain });
    }
    Ok(())
}

/// What only our key can make of where a log begins: whoever cuts off its beginning cannot say that we did.
pub fn start_proof(keys: &Keys, tenant: &Tenant, start: &ChainHead) -> String {
    keys.lookup_hash("read-log-start", &format!("{} {} {}", tenant.as_str(), start.number, start.chain))
}

/// Forgets the entries from before an instant, and what was noted of changes then.
///
/// # Errors
/// A failure of the database.
pub fn forget_before(tx: &mut Tx, keys: &Keys, tenant: &Tenant, before: NaiveDateTime) -> Result<(), StoreError> {
    changes::forget_before(tx, tenant, before)?;
    changed_values::forget_before(tx, tenant, before)?;
    let Some(last) = read_log::newest_before(tx, tenant, before)? else { return Ok(()) };
    let proof = start_proof(keys, tenant, &last);
    read_log::begin_after(tx, &ReadLogStartRow { municipality: tenant.clone(), number: last.number, chain: last.chain, proof })
}
