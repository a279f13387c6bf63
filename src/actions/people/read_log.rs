//! Adds to the log of who has read of whom. See [`domain::people::read_log`](crate::domain::people::read_log).

use crate::{
    crypto::Keys,
    domain::people::{
        read_log::{ChainHead, LoggedRead},
        tenant::Tenant,
    },
    store::{StoreError, Tx, read_log},
};
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
