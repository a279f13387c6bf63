//! Openings: what workplaces offer.

use super::{Conn, Failure, Tx, noun};
use crate::domain::register::Municipality;
use crate::store::rows::{OpeningRow, openings, workplaces};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(openings, OpeningRow);

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    pub workplace: Option<String>,
    pub occupation: Option<String>,
    pub kind: Option<String>,
    /// The municipality that the workplace lies in.
    pub lies_in: Option<String>,
    /// Only these.
    pub ids: Option<Vec<String>>,
    /// Only those in force on a day.
    pub in_force_on: Option<NaiveDate>,
}

pub fn page(
    conn: &mut Conn,
    municipality: &Municipality,
    narrow: &Narrow,
    after: &str,
    limit: i64,
) -> Result<Vec<OpeningRow>, Failure> {
    let mut own = openings::table.filter(openings::municipality.eq(municipality.as_str())).into_boxed();
    if let Some(workplace) = &narrow.workplace {
        own = own.filter(openings::workplace_id.eq(workplace));
    }
    if let Some(occupation) = &narrow.occupation {
        own = own.filter(openings::occupation.eq(occupation));
    }
    if let Some(kind) = &narrow.kind {
        own = own.filter(openings::kind.eq(kind));
    }
    if let Some(lies_in) = &narrow.lies_in {
        let there = workplaces::table.filter(workplaces::id.eq(openings::workplace_id));
        own = own.filter(diesel::dsl::exists(there.filter(workplaces::lies_in.eq(lies_in))));
    }
    if let Some(ids) = &narrow.ids {
        own = own.filter(openings::id.eq_any(ids));
    }
    if let Some(day) = narrow.in_force_on {
        own = own.filter(openings::closed_on.is_null()).filter(openings::expires_on.ge(day));
    }
    Ok(own.filter(openings::id.gt(after)).order(openings::id).limit(limit).load(conn)?)
}

/// Those of a workplace that nobody has closed.
pub fn open_at(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<OpeningRow>, Failure> {
    let own = openings::table.filter(openings::municipality.eq(municipality.as_str()));
    let own = own.filter(openings::workplace_id.eq(workplace)).filter(openings::closed_on.is_null());
    Ok(own.order(openings::id).load(conn)?)
}

/// Those of a company that nobody has closed.
pub fn open_of_company(conn: &mut Conn, municipality: &Municipality, company: &str) -> Result<Vec<OpeningRow>, Failure> {
    let own = openings::table.filter(openings::municipality.eq(municipality.as_str()));
    let own = own.filter(openings::company_id.eq(company)).filter(openings::closed_on.is_null());
    Ok(own.order(openings::id).load(conn)?)
}

/// Those whose keeper is to be reminded, of all municipalities: the schedule's own view.
pub fn to_remind(conn: &mut Conn, today: NaiveDate, limit: i64) -> Result<Vec<(String, String)>, Failure> {
    let due = openings::table.filter(openings::remind_on.le(today));
    let due = due.order((openings::remind_on, openings::municipality, openings::id)).limit(limit);
    Ok(due.select((openings::municipality, openings::id)).load(conn)?)
}
