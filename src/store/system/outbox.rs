//! The letters that are due in all municipalities. It may: one delivery serves all of them, and a letter that was claimed comes with
//! its tenant, in whose name its cause is asked again.

use crate::{
    domain::values::ids::LetterId,
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{LetterRow, letters},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Letters that are due and not held by anybody, eldest first.
pub fn due(conn: &mut Conn, now: NaiveDateTime, limit: i64) -> Result<Vec<LetterId>, StoreError> {
    let waiting = letters::table
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::dropped_at.is_null());
    let free = letters::claimed_until.is_null().or(letters::claimed_until.lt(now));
    Ok(waiting
        .filter(letters::not_before.le(now))
        .filter(free)
        .select(letters::id)
        .order((letters::not_before, letters::id))
        .limit(limit)
        .load(conn)?)
}

/// Takes a letter under a lease, where it is still due and nobody else holds it.
pub fn claim(
    tx: &mut Tx,
    id: &LetterId,
    by: &str,
    now: NaiveDateTime,
    until: NaiveDateTime,
) -> Result<Option<LetterRow>, StoreError> {
    let free = letters::claimed_until.is_null().or(letters::claimed_until.lt(now));
    let due = letters::table
        .filter(letters::id.eq(id))
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::dropped_at.is_null())
        .filter(letters::not_before.le(now))
        .filter(free);
    let taken =
        diesel::update(due).set((letters::claimed_by.eq(Some(by)), letters::claimed_until.eq(Some(until)))).execute(&mut **tx)?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(letters::table.filter(letters::id.eq(id)).first(&mut **tx).optional()?)
}

/// How many wait.
pub fn count_due(conn: &mut Conn, now: NaiveDateTime) -> Result<i64, StoreError> {
    let waiting = letters::table
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::dropped_at.is_null());
    Ok(waiting.filter(letters::not_before.le(now)).count().get_result(conn)?)
}

/// Since when the one that waits longest was to leave. One that was tried in vain waits for its next try, and is no less late.
pub fn oldest_due(conn: &mut Conn, now: NaiveDateTime) -> Result<Option<NaiveDateTime>, StoreError> {
    let waiting = letters::table
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::dropped_at.is_null());
    let late = waiting.filter(letters::not_before.le(now).or(letters::attempts.gt(0)));
    Ok(late.select(diesel::dsl::min(letters::due_at)).first(conn)?)
}
