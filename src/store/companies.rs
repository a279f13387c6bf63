//! Companies, their workplaces, contacts, staff by month, and prospects of a job.

use super::{Conn, Failure, Tx, noun};
use crate::domain::register::Municipality;
use crate::store::rows::{CompanyRow, ContactRow, PlacedByOthersRow, ProspectRow, StaffRow, WorkplaceRow};
use diesel::prelude::*;

noun!(companies, CompanyRow);

pub fn by_cvr(conn: &mut Conn, municipality: &Municipality, cvr: &str) -> Result<Option<CompanyRow>, Failure> {
    use crate::store::rows::companies::dsl;
    let own = dsl::companies.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::cvr.eq(cvr));
    Ok(own.first(conn).optional()?)
}

pub mod workplaces {
    use super::*;
    use chrono::NaiveDate;
    noun!(workplaces, WorkplaceRow);

    /// The next workplaces that are to be looked at, of all municipalities: the schedule's own view.
    pub fn to_look_at(
        conn: &mut Conn,
        today: NaiveDate,
        after: &(NaiveDate, String),
        limit: i64,
    ) -> Result<Vec<(String, String, NaiveDate)>, Failure> {
        use crate::store::rows::workplaces::dsl;
        let later = dsl::look_on.gt(after.0).or(dsl::look_on.eq(after.0).and(dsl::id.gt(&after.1)));
        let due = dsl::workplaces.filter(dsl::look_on.le(today)).filter(later).order((dsl::look_on, dsl::id)).limit(limit);
        due.select((dsl::municipality, dsl::id, dsl::look_on.assume_not_null())).load(conn).map_err(Into::into)
    }

    /// The next workplaces of all municipalities, in the order of their ids: for a backtest.
    pub fn every(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<(String, String)>, Failure> {
        use crate::store::rows::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::id.gt(after)).order(dsl::id).limit(limit);
        Ok(own.select((dsl::municipality, dsl::id)).load(conn)?)
    }

    pub fn count(conn: &mut Conn) -> Result<i64, Failure> {
        use crate::store::rows::workplaces::dsl;
        Ok(dsl::workplaces.count().get_result(conn)?)
    }

    pub fn count_to_look_at(conn: &mut Conn, today: NaiveDate) -> Result<i64, Failure> {
        use crate::store::rows::workplaces::dsl;
        Ok(dsl::workplaces.filter(dsl::look_on.le(today)).count().get_result(conn)?)
    }

    /// Sets the day of the next look. What is to be looked at is known to somebody here.
    pub fn look_again(tx: &mut Tx, id: &str, on: Option<NaiveDate>) -> Result<(), Failure> {
        use crate::store::rows::workplaces::dsl;
        let seen = (dsl::look_on.eq(on), dsl::known.eq(true));
        diesel::update(dsl::workplaces.filter(dsl::id.eq(id))).set(seen).execute(&mut **tx)?;
        Ok(())
    }

    /// The ids and names of all workplaces of a company.
    pub fn names_of_company(
        conn: &mut Conn,
        municipality: &Municipality,
        company: &str,
    ) -> Result<Vec<(String, String)>, Failure> {
        use crate::store::rows::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::company_id.eq(company));
        Ok(own.select((dsl::id, dsl::name)).order(dsl::id).load(conn)?)
    }

    pub fn of_company(
        conn: &mut Conn,
        municipality: &Municipality,
        company: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<WorkplaceRow>, Failure> {
        use crate::store::rows::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::company_id.eq(company));
        Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
    }
}

pub mod contacts {
    use super::*;
    noun!(contacts, ContactRow);

    /// Those who still work there.
    pub fn of_workplace(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<ContactRow>, Failure> {
        use crate::store::rows::contacts::dsl;
        let own = dsl::contacts.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::workplace_id.eq(workplace));
        Ok(own.filter(dsl::left_on.is_null()).order(dsl::id).load(conn)?)
    }
}

pub mod prospects {
    use super::*;
    noun!(prospects, ProspectRow);

    pub fn of_workplace(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<ProspectRow>, Failure> {
        use crate::store::rows::prospects::dsl;
        let own = dsl::prospects.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::workplace_id.eq(workplace));
        Ok(own.order(dsl::id).load(conn)?)
    }
}

pub mod staff {
    use super::*;
    use chrono::NaiveDate;

    pub fn of_workplace(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<StaffRow>, Failure> {
        use crate::store::rows::staff_months::dsl;
        let own = dsl::staff_months.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::workplace_id.eq(workplace));
        Ok(own.order(dsl::month).load(conn)?)
    }

    /// Puts what others have placed there as of a day, over what was said of that day before.
    pub fn put_others(
        tx: &mut Tx,
        municipality: &Municipality,
        workplace: &str,
        as_of: NaiveDate,
        rows: &[PlacedByOthersRow],
    ) -> Result<(), Failure> {
        use crate::store::rows::placed_by_others::dsl;
        let same = dsl::placed_by_others.filter(dsl::workplace_id.eq(workplace)).filter(dsl::as_of.eq(as_of));
        diesel::delete(same.filter(dsl::municipality.eq(municipality.as_str()))).execute(&mut **tx)?;
        for row in rows {
            diesel::insert_into(dsl::placed_by_others).values(row).execute(&mut **tx)?;
        }
        Ok(())
    }

    pub fn others(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<PlacedByOthersRow>, Failure> {
        use crate::store::rows::placed_by_others::dsl;
        let own = dsl::placed_by_others.filter(dsl::workplace_id.eq(workplace));
        let own = own.filter(dsl::municipality.eq(municipality.as_str()));
        Ok(own.order((dsl::as_of.desc(), dsl::position)).load(conn)?)
    }

    /// Puts a month's figure, over an older one.
    pub fn put(tx: &mut Tx, row: &StaffRow) -> Result<(), Failure> {
        use crate::store::rows::staff_months::dsl;
        let month: NaiveDate = row.month;
        diesel::delete(dsl::staff_months.filter(dsl::workplace_id.eq(&row.workplace_id)).filter(dsl::month.eq(month)))
            .execute(&mut **tx)?;
        diesel::insert_into(dsl::staff_months).values(row).execute(&mut **tx)?;
        Ok(())
    }
}
