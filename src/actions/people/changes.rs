//! Notes who has changed what of whom, in the transaction of the change: both are there, or neither. What stood in each column before and
//! what stands there now is kept with it, sealed where the column is; whatever the person changed, and not what the service did by itself.

use crate::{
    context::Account,
    crypto::Keys,
    domain::{
        people::read_log::{ReadVia, ShownCitizen},
        values::{
            day::At,
            ids::{ChangeId, ChangedValueId, CitizenId, InternshipId},
        },
    },
    store::{
        ColumnChange, RowChange, StoreError, Tx, changed_values, changes, internships,
        schema::{ChangeRow, ChangedValueRow},
        sealed,
    },
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

/// Keeps what stood before and stands now in whatever was changed since the journal began.
///
/// # Errors
/// A failure of the database.
pub fn keep_values(tx: &mut Tx, keys: &Keys, (account, at): (&Account, At)) -> Result<(), StoreError> {
    for change in tx.end_journal() {
        let citizen_id = citizen_of(tx, account, &change)?;
        for ColumnChange { column, is_sealed, before, after } in change.columns {
            let opened = |sealed: &Option<String>| {
                let sealed = sealed.as_deref().filter(|_| is_sealed);
                sealed.map(|sealed| sealed::open_named(keys, (change.table, column), &change.row, sealed)).transpose()
            };
            // Sealed anew it is another text, and says the same.
            if is_sealed && opened(&before)? == opened(&after)? {
                continue;
            }
            let row = ChangedValueRow {
                id: ChangedValueId::new(at),
                municipality: account.tenant.clone(),
                made_at: at.instant.naive_utc(),
                account_id: account.id.clone(),
                citizen_id: citizen_id.clone(),
                table_name: change.table.to_owned(),
                row_id: change.row.clone(),
                column_name: column.to_owned(),
                is_sealed,
                value_before: before,
                value_after: after,
            };
            changed_values::insert(tx, &row)?;
        }
    }
    Ok(())
}

/// Of whom the row is; none where it is nobody's.
fn citizen_of(tx: &mut Tx, account: &Account, change: &RowChange) -> Result<Option<CitizenId>, StoreError> {
    if let Some(citizen) = &change.citizen {
        return Ok(Some(CitizenId::stored(citizen.clone())));
    }
    let Some(internship) = &change.internship else { return Ok(None) };
    let row = internships::find_even_in_error(tx, &account.tenant, &InternshipId::stored(internship.clone()))?;
    Ok(row.map(|row| row.citizen_id))
}
