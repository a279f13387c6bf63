//! Companies, their workplaces, contacts, staff by month, and prospects of a job.

use crate::{
    domain::{
        matching::{Prospect, Standing},
        values::register::Municipality,
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect,
            error::StoreError,
        },
        macros::{noun, prepared},
        schema::{CompanyRow, ContactRow, PlacedByOthersRow, ProspectRow, StaffRow, WorkplaceRow},
    },
};
use diesel::prelude::*;

noun!(companies, CompanyRow);

pub fn by_cvr(conn: &mut Conn, municipality: &Municipality, cvr: &str) -> Result<Option<CompanyRow>, StoreError> {
    use crate::store::schema::companies::dsl;
    let own = dsl::companies.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::cvr.eq(cvr));
    Ok(own.first(conn).optional()?)
}

/// Those with some CVR numbers.
pub fn with_cvr(conn: &mut Conn, municipality: &Municipality, cvrs: &[&str]) -> Result<Vec<CompanyRow>, StoreError> {
    use crate::store::schema::companies::dsl;
    let own = dsl::companies.filter(dsl::municipality.eq(municipality.as_str()));
    Ok(own.filter(dsl::cvr.eq_any(cvrs)).load(conn)?)
}

/// Those with some ids.
pub fn with_ids(conn: &mut Conn, municipality: &Municipality, ids: &[&str]) -> Result<Vec<CompanyRow>, StoreError> {
    use crate::store::schema::companies::dsl;
    let own = dsl::companies.filter(dsl::municipality.eq(municipality.as_str()));
    Ok(own.filter(dsl::id.eq_any(ids)).load(conn)?)
}

pub fn insert_all(tx: &mut Tx, rows: &[CompanyRow]) -> Result<(), StoreError> {
    dialect::insert_companies(tx, rows)
}

pub mod workplaces {
    use super::*;
    use crate::domain::values::{geo::Placed, register::trade_of};
    use chrono::NaiveDate;
    noun!(workplaces, WorkplaceRow);

    /// Those with some P-numbers.
    pub fn with_p_number(
        conn: &mut Conn,
        municipality: &Municipality,
        numbers: &[&str],
    ) -> Result<Vec<WorkplaceRow>, StoreError> {
        use crate::store::schema::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str()));
        Ok(own.filter(dsl::p_number.eq_any(numbers)).load(conn)?)
    }

    pub fn insert_all(tx: &mut Tx, rows: &[WorkplaceRow]) -> Result<(), StoreError> {
        dialect::insert_workplaces(tx, rows)
    }

    /// The workplaces that have no industry of their own are found under the trade of their company.
    pub fn follow_trade(tx: &mut Tx, company: &CompanyRow) -> Result<(), StoreError> {
        use crate::store::schema::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::municipality.eq(&company.municipality)).filter(dsl::company_id.eq(&company.id));
        let trade = company.industry.as_deref().map(trade_of);
        diesel::update(own.filter(dsl::industry.is_null())).set(dsl::trade.eq(trade)).execute(&mut **tx)?;
        Ok(())
    }

    /// Where a workplace lies that is known by less than its coordinates.
    pub struct Rough {
        pub id: String,
        pub postcode: Option<String>,
        pub lies_in: Option<String>,
        pub placed: Option<Placed>,
    }

    /// The next of a municipality that are known by less than their coordinates.
    pub fn placed_roughly(
        conn: &mut Conn,
        municipality: &Municipality,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Rough>, StoreError> {
        use crate::{domain::values::geo::PlacedBy, store::schema::workplaces::dsl};
        type Found = (String, Option<String>, Option<String>, Option<i32>, Option<i32>, Option<String>);
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::id.gt(after));
        let rough = own.filter(dsl::placed_by.is_null().or(dsl::placed_by.ne(PlacedBy::Coordinates.code())));
        let rows: Vec<Found> = rough
            .order(dsl::id)
            .limit(limit)
            .select((dsl::id, dsl::postcode, dsl::lies_in, dsl::latitude, dsl::longitude, dsl::placed_by))
            .load(conn)?;
        let place = |(id, postcode, lies_in, latitude, longitude, by): Found| {
            let placed = Placed::stored(latitude, longitude, by.as_deref());
            Rough { id, postcode, lies_in, placed }
        };
        Ok(rows.into_iter().map(place).collect())
    }

    /// Puts a workplace and what is open there elsewhere on the map.
    pub fn place(tx: &mut Tx, municipality: &Municipality, id: &str, placed: Placed) -> Result<(), StoreError> {
        use crate::store::schema::{openings, workplaces::dsl};
        let (point, by) = (placed.point, placed.by.code());
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::id.eq(id));
        let at = (
            dsl::latitude.eq(point.latitude),
            dsl::longitude.eq(point.longitude),
            dsl::placed_by.eq(by),
            dsl::cell.eq(point.cell()),
        );
        diesel::update(own).set(at).execute(&mut **tx)?;
        let own = openings::table.filter(openings::municipality.eq(municipality.as_str())).filter(openings::workplace_id.eq(id));
        let at = (
            openings::latitude.eq(point.latitude),
            openings::longitude.eq(point.longitude),
            openings::placed_by.eq(by),
            openings::cell.eq(point.cell()),
        );
        diesel::update(own).set(at).execute(&mut **tx)?;
        Ok(())
    }

    /// What is open at a workplace belongs to the company that the workplace now belongs to.
    pub fn openings_follow(tx: &mut Tx, row: &WorkplaceRow) -> Result<(), StoreError> {
        use crate::store::schema::openings;
        let own = openings::table.filter(openings::municipality.eq(&row.municipality)).filter(openings::workplace_id.eq(&row.id));
        diesel::update(own).set(openings::company_id.eq(&row.company_id)).execute(&mut **tx)?;
        Ok(())
    }

    /// The next workplaces that are to be looked at, of all municipalities: the schedule's own view.
    pub fn to_look_at(
        conn: &mut Conn,
        today: NaiveDate,
        after: &(NaiveDate, String),
        limit: i64,
    ) -> Result<Vec<(String, String, NaiveDate)>, StoreError> {
        use crate::store::schema::workplaces::dsl;
        let later = dsl::look_on.gt(after.0).or(dsl::look_on.eq(after.0).and(dsl::id.gt(&after.1)));
        let due = dsl::workplaces.filter(dsl::look_on.le(today)).filter(later).order((dsl::look_on, dsl::id)).limit(limit);
        due.select((dsl::municipality, dsl::id, dsl::look_on.assume_not_null())).load(conn).map_err(Into::into)
    }

    /// The next workplaces of all municipalities, in the order of their ids: for a backtest.
    pub fn every(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<(String, String)>, StoreError> {
        use crate::store::schema::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::id.gt(after)).order(dsl::id).limit(limit);
        Ok(own.select((dsl::municipality, dsl::id)).load(conn)?)
    }

    pub fn count(conn: &mut Conn) -> Result<i64, StoreError> {
        use crate::store::schema::workplaces::dsl;
        Ok(dsl::workplaces.count().get_result(conn)?)
    }

    pub fn count_to_look_at(conn: &mut Conn, today: NaiveDate) -> Result<i64, StoreError> {
        use crate::store::schema::workplaces::dsl;
        Ok(dsl::workplaces.filter(dsl::look_on.le(today)).count().get_result(conn)?)
    }

    /// Sets the day of the next look. What is to be looked at is known to somebody here.
    pub fn look_again(tx: &mut Tx, id: &str, on: Option<NaiveDate>) -> Result<(), StoreError> {
        use crate::store::schema::workplaces::dsl;
        let seen = (dsl::look_on.eq(on), dsl::known.eq(true));
        diesel::update(dsl::workplaces.filter(dsl::id.eq(id))).set(seen).execute(&mut **tx)?;
        Ok(())
    }

    /// Puts down anew what stands of a workplace, and with its openings: after a change of its prospects, and once somebody
    /// is an intern there.
    pub fn stand_anew(tx: &mut Tx, municipality: &Municipality, id: &str) -> Result<(), StoreError> {
        use crate::store::schema::{internships, openings, prospects, workplaces};
        let own = municipality.as_str();
        let recorded = prospects::table
            .filter(prospects::municipality.eq(own))
            .filter(prospects::workplace_id.eq(id))
            .filter(prospects::withdrawn_on.is_null());
        let recorded = diesel::select(diesel::dsl::exists(recorded)).get_result(&mut **tx)?;
        let there = internships::table.filter(internships::municipality.eq(own)).filter(internships::workplace_id.eq(id));
        let tried = diesel::select(diesel::dsl::exists(there)).get_result(&mut **tx)?;
        let place = workplaces::table.filter(workplaces::municipality.eq(own)).filter(workplaces::id.eq(id));
        let foresees = place.select(workplaces::foresees_vacancy).first(&mut **tx)?;
        let standing = Standing { prospect: Prospect::of(recorded, foresees), tried }.code();
        diesel::update(place).set(workplaces::standing.eq(standing)).execute(&mut **tx)?;
        let offered = openings::table.filter(openings::municipality.eq(own)).filter(openings::workplace_id.eq(id));
        diesel::update(offered).set(openings::standing.eq(standing)).execute(&mut **tx)?;
        Ok(())
    }

    /// The ids and names of all workplaces of a company.
    pub fn names_of_company(
        conn: &mut Conn,
        municipality: &Municipality,
        company: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        use crate::store::schema::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::company_id.eq(company));
        Ok(own.select((dsl::id, dsl::name)).order(dsl::id).load(conn)?)
    }

    pub fn of_company(
        conn: &mut Conn,
        municipality: &Municipality,
        company: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<WorkplaceRow>, StoreError> {
        use crate::store::schema::workplaces::dsl;
        let own = dsl::workplaces.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::company_id.eq(company));
        Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
    }
}

pub mod contacts {
    use super::*;
    noun!(contacts, ContactRow);

    /// Those who still work there.
    pub fn of_workplace(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<ContactRow>, StoreError> {
        use crate::store::schema::contacts::dsl;
        let own = dsl::contacts.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::workplace_id.eq(workplace));
        Ok(own.filter(dsl::left_on.is_null()).order(dsl::id).load(conn)?)
    }
}

pub mod prospects {
    use super::*;
    noun!(prospects, ProspectRow);

    pub fn of_workplace(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<ProspectRow>, StoreError> {
        use crate::store::schema::prospects::dsl;
        let own = dsl::prospects.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::workplace_id.eq(workplace));
        Ok(prepared!(conn, |conn| own.order(dsl::id).load(conn))?)
    }
}

pub mod staff {
    use super::*;
    use chrono::NaiveDate;

    pub fn of_workplace(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<StaffRow>, StoreError> {
        use crate::store::schema::staff_months::dsl;
        let own = dsl::staff_months.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::workplace_id.eq(workplace));
        Ok(prepared!(conn, |conn| own.order(dsl::month).load(conn))?)
    }

    /// The figures of some workplaces from a month on.
    pub fn of_workplaces(
        conn: &mut Conn,
        municipality: &Municipality,
        workplaces: &[&str],
        from: NaiveDate,
    ) -> Result<Vec<StaffRow>, StoreError> {
        use crate::store::schema::staff_months::dsl;
        let own = dsl::staff_months.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::month.ge(from));
        Ok(own.filter(dsl::workplace_id.eq_any(workplaces)).load(conn)?)
    }

    pub fn insert_all(tx: &mut Tx, rows: &[StaffRow]) -> Result<(), StoreError> {
        dialect::insert_staff(tx, rows)
    }

    /// Puts what others have placed there as of a day, over what was said of that day before.
    pub fn put_others(
        tx: &mut Tx,
        municipality: &Municipality,
        workplace: &str,
        as_of: NaiveDate,
        rows: &[PlacedByOthersRow],
    ) -> Result<(), StoreError> {
        use crate::store::schema::placed_by_others::dsl;
        let same = dsl::placed_by_others.filter(dsl::workplace_id.eq(workplace)).filter(dsl::as_of.eq(as_of));
        diesel::delete(same.filter(dsl::municipality.eq(municipality.as_str()))).execute(&mut **tx)?;
        for row in rows {
            diesel::insert_into(dsl::placed_by_others).values(row).execute(&mut **tx)?;
        }
        Ok(())
    }

    pub fn others(conn: &mut Conn, municipality: &Municipality, workplace: &str) -> Result<Vec<PlacedByOthersRow>, StoreError> {
        use crate::store::schema::placed_by_others::dsl;
        let own = dsl::placed_by_others.filter(dsl::workplace_id.eq(workplace));
        let own = own.filter(dsl::municipality.eq(municipality.as_str()));
        Ok(own.order((dsl::as_of.desc(), dsl::position)).load(conn)?)
    }

    /// Puts a month's figure, over an older one.
    pub fn put(tx: &mut Tx, row: &StaffRow) -> Result<(), StoreError> {
        use crate::store::schema::staff_months::dsl;
        let month: NaiveDate = row.month;
        diesel::delete(dsl::staff_months.filter(dsl::workplace_id.eq(&row.workplace_id)).filter(dsl::month.eq(month)))
            .execute(&mut **tx)?;
        diesel::insert_into(dsl::staff_months).values(row).execute(&mut **tx)?;
        Ok(())
    }
}
