//! Citizens, their capacities and their (sealed) needs.

use crate::{
    domain::values::register::Municipality,
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::{noun, prepared},
        schema::{CapacityRow, CitizenRow, NeedRow, capacities},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(citizens, CitizenRow);

pub fn page(
    conn: &mut Conn,
    municipality: &Municipality,
    consultant: Option<&str>,
    after: &str,
    limit: i64,
) -> Result<Vec<CitizenRow>, StoreError> {
    use crate::store::schema::citizens::dsl;
    let mut own = dsl::citizens.filter(dsl::municipality.eq(municipality.as_str())).into_boxed();
    if let Some(consultant) = consultant {
        own = own.filter(dsl::consultant_id.eq(consultant));
    }
    Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
}

/// By the keyed hash of the CPR number.
pub fn by_cpr(conn: &mut Conn, municipality: &Municipality, cpr_hash: &str) -> Result<Option<CitizenRow>, StoreError> {
    use crate::store::schema::citizens::dsl;
    Ok(dsl::citizens
        .filter(dsl::municipality.eq(municipality.as_str()))
        .filter(dsl::cpr_hash.eq(cpr_hash))
        .first(conn)
        .optional()?)
}

/// The next citizens who are to be looked at, of all municipalities: the schedule's own view.
///
/// In the order of their days, so that the index alone finds them, however many are on record.
pub fn to_look_at(
    conn: &mut Conn,
    today: NaiveDate,
    after: &(NaiveDate, String),
    limit: i64,
) -> Result<Vec<(String, String, NaiveDate)>, StoreError> {
    use crate::store::schema::citizens::dsl;
    let later = dsl::look_on.gt(after.0).or(dsl::look_on.eq(after.0).and(dsl::id.gt(&after.1)));
    let due = dsl::citizens.filter(dsl::look_on.le(today)).filter(later).order((dsl::look_on, dsl::id)).limit(limit);
    Ok(due.select((dsl::municipality, dsl::id, dsl::look_on.assume_not_null())).load(conn)?)
}

/// The next citizens of all municipalities, in the order of their ids: for a backtest.
pub fn every(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<(String, String)>, StoreError> {
    use crate::store::schema::citizens::dsl;
    let own = dsl::citizens.filter(dsl::id.gt(after)).order(dsl::id).limit(limit);
    Ok(own.select((dsl::municipality, dsl::id)).load(conn)?)
}

pub fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    use crate::store::schema::citizens::dsl;
    Ok(dsl::citizens.count().get_result(conn)?)
}

pub fn count_to_look_at(conn: &mut Conn, today: NaiveDate) -> Result<i64, StoreError> {
    use crate::store::schema::citizens::dsl;
    Ok(dsl::citizens.filter(dsl::look_on.le(today)).count().get_result(conn)?)
}

/// All citizens of a consultant.
pub fn of_consultant(conn: &mut Conn, municipality: &Municipality, consultant: &str) -> Result<Vec<CitizenRow>, StoreError> {
    use crate::store::schema::citizens::dsl;
    let own = dsl::citizens.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::consultant_id.eq(consultant));
    Ok(own.order(dsl::id).load(conn)?)
}

/// Everybody whose internship at a workplace has not ended is looked at again.
pub fn look_again_at(tx: &mut Tx, municipality: &Municipality, workplace: &str, on: NaiveDate) -> Result<(), StoreError> {
    use crate::store::schema::{citizens::dsl, internships};
    let there = internships::table
        .filter(internships::workplace_id.eq(workplace))
        .filter(internships::municipality.eq(municipality.as_str()))
        .filter(internships::last_day.is_null())
        .select(internships::citizen_id);
    let people: Vec<String> = there.distinct().load(&mut **tx)?;
    let own = dsl::citizens.filter(dsl::id.eq_any(&people)).filter(dsl::municipality.eq(municipality.as_str()));
    diesel::update(own).set(dsl::look_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

/// Sets the day of the next look.
pub fn look_again(tx: &mut Tx, id: &str, on: Option<NaiveDate>) -> Result<(), StoreError> {
    use crate::store::schema::citizens::dsl;
    diesel::update(dsl::citizens.filter(dsl::id.eq(id))).set(dsl::look_on.eq(on)).execute(&mut **tx)?;
    Ok(())
}

pub fn put_capacity(tx: &mut Tx, row: &CapacityRow) -> Result<(), StoreError> {
    let same = capacities::table.filter(capacities::citizen_id.eq(&row.citizen_id)).filter(capacities::from_on.eq(row.from_on));
    diesel::delete(same).execute(&mut **tx)?;
    diesel::insert_into(capacities::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub mod needs {
    use super::*;
    noun!(needs, NeedRow);

    pub fn of_citizen(conn: &mut Conn, municipality: &Municipality, citizen: &str) -> Result<Vec<NeedRow>, StoreError> {
        use crate::store::schema::needs::dsl;
        let own = dsl::needs.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::citizen_id.eq(citizen));
        Ok(prepared!(conn, |conn| own.filter(dsl::ended_on.is_null()).order(dsl::id).load(conn))?)
    }
}
