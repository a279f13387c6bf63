//! Reminds of planned follow-ups (L19): the working day before, in the day's mail of whoever reads what is for the consultant.
//!
//! Promise: each reader is reminded once a day, of all that comes next, in one line of a mail that comes anyway or else in the digest.
//! What was held, moved or cancelled before the mail leaves is not in it.

use crate::{
    context::Context,
    domain::{
        people::tenant::Tenant,
        values::{
            day::plus,
            ids::{AccountId, FollowUpId},
            working_days::{is_working_day, working_day_from},
        },
    },
    outbox::{about::case_of_internship, letters::FollowUpAhead, readers},
    store::{Conn, StoreError, accounts, follow_ups, internships},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Who is to be reminded today, and of which follow-ups: those from tomorrow up to the next working day. Nobody on a day off.
///
/// # Errors
/// A failure of the database.
pub fn to_remind(conn: &mut Conn, tenant: &Tenant, today: NaiveDate) -> Result<BTreeMap<AccountId, Vec<FollowUpId>>, StoreError> {
    if !is_working_day(today) {
        return Ok(BTreeMap::new());
    }
    let mut of_consultant: BTreeMap<AccountId, Vec<FollowUpId>> = BTreeMap::new();
    for (consultant, id) in follow_ups::ahead(conn, tenant, today, working_day_from(plus(today, 1)))? {
        of_consultant.entry(consultant).or_default().push(id);
    }
    let mut of_reader: BTreeMap<AccountId, Vec<FollowUpId>> = BTreeMap::new();
    for (consultant, ids) in of_consultant {
        let Some(account) = accounts::find(conn, tenant, &consultant)? else { continue };
        for reader in readers::readers(conn, tenant, today, &account)? {
            if reader.reminded_on != Some(today) {
                of_reader.entry(reader.id).or_default().extend(ids.iter().cloned());
            }
        }
    }
    Ok(of_reader)
}

/// Those of some follow-ups that are still to be held, as a letter tells them, in the order of their days.
///
/// # Errors
/// A failure of the database.
pub fn still_ahead(
    conn: &mut Conn,
    context: &Context,
    ids: impl IntoIterator<Item = FollowUpId>,
) -> Result<Vec<FollowUpAhead>, StoreError> {
    let mut ahead = Vec::new();
    for id in ids {
        let row = follow_ups::find(conn, context.tenant, &id)?;
        let Some(row) = row.filter(|row| row.held_on.is_none() && row.cancelled_on.is_none()) else { continue };
        if internships::find(conn, context.tenant, &row.internship_id)?.is_none() {
            continue;
        }
        let case = case_of_internship(conn, context, &row.internship_id)?;
        let (name, case_reference) = (case.short(), case.reference);
        ahead.push(FollowUpAhead { id, on: row.due_on, kind: row.kind, case: name, case_reference });
    }
    ahead.sort_by(|one, other| (one.on, &one.case).cmp(&(other.on, &other.case)));
    Ok(ahead)
}
