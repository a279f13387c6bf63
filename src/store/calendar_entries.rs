//! What stands in people's calendars because of us, as it was said last.
//!
//! An entry that no letter carries waits to be said (to somebody who works here), or was given up without a word.

use crate::{
    crypto::Keys,
    domain::{
        people::tenant::Tenant,
        values::ids::{AccountId, CalendarEntryId, CitizenId, LetterId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        macros::noun,
        schema::{CalendarEntryRow, calendar_entries},
        sealed,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(calendar_entries, CalendarEntryRow, CalendarEntryId);

impl CalendarEntryRow {
    /// Whose calendar it stands in.
    ///
    /// # Errors
    /// It was sealed under a key that is not here, or for another row.
    pub fn address(&self, keys: &Keys) -> Result<String, StoreError> {
        sealed::CALENDAR_RECIPIENT.open(keys, &self.id, &self.recipient)
    }
}

/// Those about a citizen that are not cancelled, in the order in which they were made.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<CalendarEntryRow>, StoreError> {
    Ok(prepared!(conn, |conn| calendar_entries::own(tenant)
        .filter(calendar_entries::citizen_id.eq(citizen))
        .filter(calendar_entries::cancelled_on.is_null())
        .order(calendar_entries::id)
        .load(conn))?)
}

/// What a letter carries: what was said again since is in a later one.
pub fn carried(conn: &mut Conn, tenant: &Tenant, letter: &LetterId) -> Result<Vec<CalendarEntryRow>, StoreError> {
    let own = calendar_entries::own(tenant).filter(calendar_entries::letter_id.eq(letter));
    Ok(own.order((calendar_entries::on_day, calendar_entries::id)).load(conn)?)
}

/// What waits to be said to somebody who works here, of a day and later.
pub fn waiting(
    conn: &mut Conn,
    tenant: &Tenant,
    account: &AccountId,
    from: NaiveDate,
) -> Result<Vec<CalendarEntryRow>, StoreError> {
    let own = calendar_entries::own(tenant)
        .filter(calendar_entries::account_id.eq(account))
        .filter(calendar_entries::letter_id.is_null())
        .filter(calendar_entries::on_day.ge(from));
    Ok(own.order((calendar_entries::on_day, calendar_entries::id)).load(conn)?)
}

/// A letter carries some.
pub fn carry(tx: &mut Tx, tenant: &Tenant, ids: &[CalendarEntryId], letter: &LetterId) -> Result<(), StoreError> {
    let own = calendar_entries::own(tenant).filter(calendar_entries::id.eq_any(ids));
    diesel::update(own).set(calendar_entries::letter_id.eq(Some(letter))).execute(&mut **tx)?;
    Ok(())
}

/// Takes away one of which nobody has heard.
pub fn delete(tx: &mut Tx, tenant: &Tenant, id: &CalendarEntryId) -> Result<(), StoreError> {
    diesel::delete(calendar_entries::own(tenant).filter(calendar_entries::id.eq(id))).execute(&mut **tx)?;
    Ok(())
}
