//! What is dated after now, in all municipalities: a clock stood ahead. It may: it dates, and shows nothing of anybody.

use crate::store::{
    db::{
        conn::{Conn, Tx},
        error::StoreError,
    },
    schema::{citizens, client_keys, failed_sign_ins, internships, letters, replies, runs, sessions, workplaces},
};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// Clocks of several instances differ a little, and that is no fault.
fn tolerance() -> Duration {
    Duration::hours(1)
}

/// When the latest run was begun or finished, where that is after now.
pub fn latest_run_after(conn: &mut Conn, now: NaiveDateTime) -> Result<Option<NaiveDateTime>, StoreError> {
    let begun: Option<NaiveDateTime> = runs::table.select(diesel::dsl::max(runs::started_at)).first(conn)?;
    let finished: Option<NaiveDateTime> = runs::table.select(diesel::dsl::max(runs::finished_at)).first(conn)?;
    Ok(begun.max(finished).filter(|latest| *latest > now + tolerance()))
}

/// Ends what is dated after now. Letters that wait leave at the moment that is given.
pub fn put_right(tx: &mut Tx, today: NaiveDate, now: NaiveDateTime, leave: NaiveDateTime) -> Result<(), StoreError> {
    let limit = now + tolerance();
    // What has no day of evaluation had one before, perhaps.
    let later = citizens::look_on.is_null().or(citizens::look_on.gt(today));
    diesel::update(citizens::table.filter(later)).set(citizens::look_on.eq(Some(today))).execute(&mut **tx)?;
    let used = internships::table.select(internships::workplace_id);
    let later = workplaces::look_on.gt(today).or(workplaces::look_on.is_null().and(workplaces::id.eq_any(used)));
    diesel::update(workplaces::table.filter(later)).set(workplaces::look_on.eq(Some(today))).execute(&mut **tx)?;
    let ahead = runs::day.gt(today).or(runs::started_at.gt(limit)).or(runs::finished_at.assume_not_null().gt(limit));
    diesel::delete(runs::table.filter(ahead)).execute(&mut **tx)?;
    letters_leave(tx, limit, leave)?;
    diesel::delete(failed_sign_ins::table.filter(failed_sign_ins::failed_at.gt(limit))).execute(&mut **tx)?;
    diesel::delete(sessions::table.filter(sessions::created_at.gt(limit))).execute(&mut **tx)?;
    let used = sessions::table.filter(sessions::used_at.gt(limit));
    diesel::update(used).set(sessions::used_at.eq(now)).execute(&mut **tx)?;
    let used = client_keys::table.filter(client_keys::last_used_at.gt(limit));
    diesel::update(used).set(client_keys::last_used_at.eq(Some(now))).execute(&mut **tx)?;
    diesel::delete(replies::table.filter(replies::created_at.gt(limit))).execute(&mut **tx)?;
    Ok(())
}

fn letters_leave(tx: &mut Tx, limit: NaiveDateTime, leave: NaiveDateTime) -> Result<(), StoreError> {
    let open = || letters::sent_at.is_null().and(letters::dropped_at.is_null());
    let claimed = letters::table.filter(open()).filter(letters::claimed_until.gt(limit));
    let free = (letters::claimed_until.eq(None::<NaiveDateTime>), letters::claimed_by.eq(None::<String>));
    diesel::update(claimed).set(free).execute(&mut **tx)?;
    let given_up = letters::table.filter(open()).filter(letters::failed_at.gt(limit));
    let again = (letters::failed_at.eq(None::<NaiveDateTime>), letters::due_at.eq(Some(leave)), letters::not_before.eq(leave));
    diesel::update(given_up).set(again).execute(&mut **tx)?;
    let tried_or_new = letters::attempts.gt(0).or(letters::created_at.gt(limit));
    let waiting = letters::table.filter(open()).filter(letters::failed_at.is_null()).filter(letters::not_before.gt(leave));
    let soon = (letters::not_before.eq(leave), letters::due_at.eq(Some(leave)));
    diesel::update(waiting.filter(tried_or_new)).set(soon).execute(&mut **tx)?;
    Ok(())
}
