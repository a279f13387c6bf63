//! Notes who has changed what of whom, in the transaction of the change: both are there, or neither.

use crate::{
    context::Account,
    domain::{
        people::read_log::{ReadVia, ShownCitizen},
        values::{day::At, ids::ChangeId},
    },
    store::{StoreError, Tx, changes, schema::ChangeRow},
};

/// Notes whom a change was about.
///
/// # Errors
/// A failure of the database.
pub fn note(
    tx: &mut Tx,
    (account, at): (&Account, At),
    (via, network): (ReadVia, &str),
    of: Vec<ShownCitizen>,
) -> Result<(), StoreError> {
    for own in of {
        let row = ChangeRow {
            id: ChangeId::new(at),
            municipality: account.tenant.clone(),
            citizen_id: own.citizen,
            made_at: at.instant.naive_utc(),
            account_id: account.id.clone(),
            via,
            network: network.to_owned(),
            what: own.what,
            relation: own.relation,
            reason_id: own.reason,
        };
        changes::insert(tx, &row)?;
    }
    Ok(())
}
