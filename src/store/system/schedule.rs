//! What the schedule finds due in all municipalities. It may: one run serves all of them. Each thing found comes with its tenant, in
//! whose name it is then worked on.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{AccountId, CitizenId, FollowUpId, OpeningId, WorkplaceId},
    },
    store::{
        db::{conn::Conn, error::StoreError},
        schema::{accounts, calendar_entries, citizens, follow_ups, openings, told, workplaces},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The next citizens who are to be looked at.
///
/// In the order of their days, so that the index alone finds them, however many are on record.
pub fn citizens_to_look_at(
    conn: &mut Conn,
    today: NaiveDate,
    after: &(NaiveDate, String),
    limit: i64,
) -> Result<Vec<(Tenant, CitizenId, NaiveDate)>, StoreError> {
    let later = citizens::look_on.gt(after.0).or(citizens::look_on.eq(after.0).and(citizens::id.gt(&after.1)));
    let due =
        citizens::table.filter(citizens::look_on.le(today)).filter(later).order((citizens::look_on, citizens::id)).limit(limit);
    Ok(due.select((citizens::municipality, citizens::id, citizens::look_on.assume_not_null())).load(conn)?)
}

pub fn count_citizens_to_look_at(conn: &mut Conn, today: NaiveDate) -> Result<i64, StoreError> {
    Ok(citizens::table.filter(citizens::look_on.le(today)).count().get_result(conn)?)
}

/// The next workplaces that are to be evaluated, in the order of their days.
pub fn workplaces_to_look_at(
    conn: &mut Conn,
    today: NaiveDate,
    after: &(NaiveDate, String),
    limit: i64,
) -> Result<Vec<(Tenant, WorkplaceId, NaiveDate)>, StoreError> {
    let later = workplaces::look_on.gt(after.0).or(workplaces::look_on.eq(after.0).and(workplaces::id.gt(&after.1)));
    let due = workplaces::table
        .filter(workplaces::look_on.le(today))
        .filter(later)
        .order((workplaces::look_on, workplaces::id))
        .limit(limit);
    Ok(due.select((workplaces::municipality, workplaces::id, workplaces::look_on.assume_not_null())).load(conn)?)
}

pub fn count_workplaces_to_look_at(conn: &mut Conn, today: NaiveDate) -> Result<i64, StoreError> {
    Ok(workplaces::table.filter(workplaces::look_on.le(today)).count().get_result(conn)?)
}

/// Openings whose keeper is to be reminded.
pub fn openings_to_remind(conn: &mut Conn, today: NaiveDate, limit: i64) -> Result<Vec<(Tenant, OpeningId)>, StoreError> {
    let due = openings::table.filter(openings::remind_on.le(today));
    let due = due.order((openings::remind_on, openings::municipality, openings::id)).limit(limit);
    Ok(due.select((openings::municipality, openings::id)).load(conn)?)
}

/// Follow-ups after a day, up to and including another, of which nobody was asked yet what they want to say.
pub fn follow_ups_to_ask(
    conn: &mut Conn,
    (after, until): (NaiveDate, NaiveDate),
    limit: i64,
) -> Result<Vec<(Tenant, FollowUpId)>, StoreError> {
    let open = follow_ups::table
        .filter(follow_ups::asked_on.is_null())
        .filter(follow_ups::held_on.is_null())
        .filter(follow_ups::cancelled_on.is_null())
        .filter(follow_ups::due_on.gt(after))
        .filter(follow_ups::due_on.le(until));
    Ok(open
        .select((follow_ups::municipality, follow_ups::id))
        .order((follow_ups::due_on, follow_ups::id))
        .limit(limit)
        .load(conn)?)
}

/// Who has lines that no letter carries yet.
pub fn accounts_to_tell(conn: &mut Conn) -> Result<Vec<(Tenant, AccountId)>, StoreError> {
    let waiting = told::table.filter(told::letter_id.is_null()).filter(told::account_id.is_not_null());
    Ok(waiting.select((told::municipality, told::account_id.assume_not_null())).distinct().load(conn)?)
}

/// Whose calendar is to be told something from a day on that no letter carries yet.
pub fn accounts_with_appointments(conn: &mut Conn, today: NaiveDate) -> Result<Vec<(Tenant, AccountId)>, StoreError> {
    let waiting = calendar_entries::table
        .filter(calendar_entries::letter_id.is_null())
        .filter(calendar_entries::account_id.is_not_null())
        .filter(calendar_entries::on_day.ge(today));
    let whose = waiting.select((calendar_entries::municipality, calendar_entries::account_id.assume_not_null()));
    Ok(whose.distinct().load(conn)?)
}

/// Every municipality that somebody works for.
pub fn municipalities(conn: &mut Conn) -> Result<Vec<Tenant>, StoreError> {
    Ok(accounts::table.select(accounts::municipality).distinct().order(accounts::municipality).load(conn)?)
}

/// The next citizens whose course was closed on a day or before, in the order of their ids.
pub fn citizens_closed_until(
    conn: &mut Conn,
    until: NaiveDate,
    after: &str,
    limit: i64,
) -> Result<Vec<(Tenant, CitizenId)>, StoreError> {
    let next = closed_until(until).filter(citizens::id.gt(after)).order(citizens::id).limit(limit);
    Ok(next.select((citizens::municipality, citizens::id)).load(conn)?)
}

pub fn count_closed_until(conn: &mut Conn, until: NaiveDate) -> Result<i64, StoreError> {
    Ok(closed_until(until).count().get_result(conn)?)
}

#[diesel::dsl::auto_type]
fn closed_until(until: NaiveDate) -> _ {
    citizens::table.filter(citizens::closed_since.le(until)).filter(citizens::merged_into.is_null())
}
