//! Notes in a transaction what a row said before and says now.

use super::{
    conn::Tx,
    row_change::{ColumnChange, RowChange},
    stored_table::{ColumnValue, Stored},
};

/// Tables whose changes are kept elsewhere (`account_changes`, `flag_events`, `corrections`), or are no person's.
const ELSEWHERE: [&str; 5] = ["accounts", "flags", "letters", "calendar_entries", "corrections"];
/// What the service keeps for itself and no person changes; and a CPR number, which is never shown whole: `corrections` say that it was changed.
const OURS: [&str; 4] = ["revision", "look_on", "cpr_sealed", "cpr_hash"];

/// Whether changes of a table's rows are noted in the transaction.
pub fn is_kept<T: Stored>(tx: &Tx) -> bool {
    tx.is_journalled() && !ELSEWHERE.contains(&T::NAME)
}

/// Notes what is different.
pub fn note<T: Stored>(tx: &mut Tx, before: &T, after: &T) {
    if let Some(change) = between(before, after) {
        tx.note(change);
    }
}

fn between<T: Stored>(before: &T, after: &T) -> Option<RowChange> {
    let (before, after) = (before.values(), after.values());
    let value = |name: &str| after.iter().find(|own| own.column == name).and_then(|own| own.text.clone());
    let changed = before.iter().zip(&after).filter(|(was, is)| was.text != is.text && !OURS.contains(&is.column));
    let change = |(was, is): (&ColumnValue, &ColumnValue)| ColumnChange {
        column: is.column,
        is_sealed: is.is_sealed,
        before: was.text.clone(),
        after: is.text.clone(),
    };
    let columns: Vec<ColumnChange> = changed.map(change).collect();
    let citizen = if T::NAME == "citizens" { value("id") } else { value("citizen_id") };
    let (row, internship) = (value("id").unwrap_or_default(), value("internship_id"));
    let row = RowChange { table: T::NAME, row, citizen, internship, columns };
    (!row.columns.is_empty()).then_some(row)
}
