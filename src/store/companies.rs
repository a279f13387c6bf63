//! Companies, their workplaces, contacts, staff by month, and prospects of a job.

use crate::{
    domain::{
        matching::{Prospect, Standing},
        people::tenant::Tenant,
        values::ids::{AccountId, CompanyId, WorkplaceId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::{insert_chunked, prepared},
            error::StoreError,
        },
        macros::noun,
        schema::{CompanyRow, ContactRow, PlacedByOthersRow, ProspectRow, StaffRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(companies, CompanyRow, CompanyId);

pub fn by_cvr(conn: &mut Conn, tenant: &Tenant, cvr: &str) -> Result<Option<CompanyRow>, StoreError> {
    use crate::store::schema::companies;
    let own = companies::own(tenant).filter(companies::cvr.eq(cvr));
    Ok(own.first(conn).optional()?)
}

/// The day on which the account of a company's liaison was closed, where it is.
pub fn liaison_closed_on(conn: &mut Conn, tenant: &Tenant, id: &CompanyId) -> Result<Option<NaiveDate>, StoreError> {
    use crate::store::schema::{accounts, companies};
    let own = companies::own(tenant).filter(companies::id.eq(id));
    let own = own.inner_join(accounts::table.on(accounts::id.eq(companies::liaison_id))).select(accounts::closed_on);
    Ok(prepared!(conn, |conn| own.first::<Option<NaiveDate>>(conn).optional())?.flatten())
}

/// How many companies somebody keeps.
pub fn count_of_liaison(conn: &mut Conn, tenant: &Tenant, liaison: &AccountId) -> Result<i64, StoreError> {
    use crate::store::schema::companies;
    Ok(companies::own(tenant).filter(companies::liaison_id.eq(liaison)).count().get_result(conn)?)
}

/// Gives all companies of somebody to another; how many there were.
pub fn give_all(tx: &mut Tx, tenant: &Tenant, from: &AccountId, to: &AccountId) -> Result<usize, StoreError> {
    use crate::store::schema::companies;
    let own = companies::own(tenant).filter(companies::liaison_id.eq(from));
    let kept = (companies::liaison_id.eq(to), companies::revision.eq(companies::revision + 1));
    Ok(diesel::update(own).set(kept).execute(&mut **tx)?)
}

/// Those with some CVR numbers.
pub fn with_cvr(conn: &mut Conn, tenant: &Tenant, cvrs: &[&str]) -> Result<Vec<CompanyRow>, StoreError> {
    use crate::store::schema::companies;
    let own = companies::own(tenant);
    Ok(own.filter(companies::cvr.eq_any(cvrs)).load(conn)?)
}

/// Those with some ids.
pub fn with_ids(conn: &mut Conn, tenant: &Tenant, ids: &[&CompanyId]) -> Result<Vec<CompanyRow>, StoreError> {
    use crate::store::schema::companies;
    let own = companies::own(tenant);
    Ok(own.filter(companies::id.eq_any(ids)).load(conn)?)
}

pub fn insert_all(tx: &mut Tx, rows: &[CompanyRow]) -> Result<(), StoreError> {
    Ok(insert_chunked!(&mut **tx, crate::store::schema::companies::table, rows)?)
}

pub mod workplaces {
    use super::*;
    use crate::domain::values::{geo::Placed, register::trade_of};
    noun!(workplaces, WorkplaceRow, WorkplaceId);

    /// Those with some P-numbers.
    pub fn with_p_number(conn: &mut Conn, tenant: &Tenant, numbers: &[&str]) -> Result<Vec<WorkplaceRow>, StoreError> {
        use crate::store::schema::workplaces;
        let own = workplaces::own(tenant);
        Ok(own.filter(workplaces::p_number.eq_any(numbers)).load(conn)?)
    }

    pub fn insert_all(tx: &mut Tx, rows: &[WorkplaceRow]) -> Result<(), StoreError> {
        Ok(insert_chunked!(&mut **tx, crate::store::schema::workplaces::table, rows)?)
    }

    /// The workplaces that have no industry of their own are found under the trade of their company.
    pub fn follow_trade(tx: &mut Tx, company: &CompanyRow) -> Result<(), StoreError> {
        use crate::store::schema::workplaces;
        let own = workplaces::own(&company.municipality).filter(workplaces::company_id.eq(&company.id));
        let trade = company.industry.as_deref().map(trade_of);
        diesel::update(own.filter(workplaces::industry.is_null())).set(workplaces::trade.eq(trade)).execute(&mut **tx)?;
        Ok(())
    }

    /// Where a workplace lies that is known by less than its coordinates.
    pub struct Rough {
        pub id: WorkplaceId,
        pub postcode: Option<String>,
        pub lies_in: Option<String>,
        pub placed: Option<Placed>,
    }

    /// The next of a municipality that are known by less than their coordinates.
    pub fn placed_roughly(conn: &mut Conn, tenant: &Tenant, after: &str, limit: i64) -> Result<Vec<Rough>, StoreError> {
        use crate::{domain::values::geo::PlacedBy, store::schema::workplaces};
        type Found = (WorkplaceId, Option<String>, Option<String>, Option<i32>, Option<i32>, Option<PlacedBy>);
        let own = workplaces::own(tenant).filter(workplaces::id.gt(after));
        let rough = own.filter(workplaces::placed_by.is_null().or(workplaces::placed_by.ne(PlacedBy::Coordinates)));
        let rows: Vec<Found> = rough
            .order(workplaces::id)
            .limit(limit)
            .select((
                workplaces::id,
                workplaces::postcode,
                workplaces::lies_in,
                workplaces::latitude,
                workplaces::longitude,
                workplaces::placed_by,
            ))
            .load(conn)?;
        let place = |(id, postcode, lies_in, latitude, longitude, by): Found| {
            let placed = Placed::stored(latitude, longitude, by);
            Rough { id, postcode, lies_in, placed }
        };
        Ok(rows.into_iter().map(place).collect())
    }

    /// Puts a workplace and what is open there elsewhere on the map.
    pub fn place(tx: &mut Tx, tenant: &Tenant, id: &WorkplaceId, placed: Placed) -> Result<(), StoreError> {
        use crate::store::schema::{openings, workplaces};
        let (point, by) = (placed.point, placed.by);
        let own = workplaces::own(tenant).filter(workplaces::id.eq(id));
        let at = (
            workplaces::latitude.eq(point.latitude),
            workplaces::longitude.eq(point.longitude),
            workplaces::placed_by.eq(by),
            workplaces::cell.eq(point.cell()),
        );
        diesel::update(own).set(at).execute(&mut **tx)?;
        let own = openings::own(tenant).filter(openings::workplace_id.eq(id));
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
        let own = openings::own(&row.municipality).filter(openings::workplace_id.eq(&row.id));
        diesel::update(own).set(openings::company_id.eq(&row.company_id)).execute(&mut **tx)?;
        Ok(())
    }

    /// What somebody here knows of the workplaces of a liaison's companies, or where something is open, is looked at again.
    pub fn look_again_of(tx: &mut Tx, tenant: &Tenant, liaison: &AccountId, on: NaiveDate) -> Result<(), StoreError> {
        use crate::store::schema::{companies, openings, workplaces};
        let theirs = companies::own(tenant).filter(companies::liaison_id.eq(liaison)).select(companies::id);
        let offered = openings::own(tenant).filter(openings::closed_on.is_null()).filter(
            openings::company_id.eq_any(companies::own(tenant).filter(companies::liaison_id.eq(liaison)).select(companies::id)),
        );
        let own = workplaces::own(tenant).filter(workplaces::company_id.eq_any(theirs));
        let own = own.filter(workplaces::known.eq(true).or(workplaces::id.eq_any(offered.select(openings::workplace_id))));
        diesel::update(own).set(workplaces::look_on.eq(Some(on))).execute(&mut **tx)?;
        Ok(())
    }

    /// What somebody here knows of the workplaces of a company is looked at again.
    pub fn look_again_in(tx: &mut Tx, tenant: &Tenant, company: &CompanyId, on: NaiveDate) -> Result<(), StoreError> {
        use crate::store::schema::workplaces;
        let own = workplaces::own(tenant).filter(workplaces::company_id.eq(company)).filter(workplaces::known.eq(true));
        diesel::update(own).set(workplaces::look_on.eq(Some(on))).execute(&mut **tx)?;
        Ok(())
    }

    /// The workplaces about which a flag stands are looked at again.
    pub fn look_again_where_flagged(tx: &mut Tx, tenant: &Tenant, on: NaiveDate) -> Result<(), StoreError> {
        use crate::store::schema::{flags, workplaces};
        let standing = flags::own(tenant).filter(flags::gone_on.is_null()).filter(flags::workplace_id.is_not_null());
        let own = workplaces::own(tenant).filter(workplaces::id.eq_any(standing.select(flags::workplace_id.assume_not_null())));
        diesel::update(own).set(workplaces::look_on.eq(Some(on))).execute(&mut **tx)?;
        Ok(())
    }

    /// Sets the day of the next look. What is to be looked at is known to somebody here.
    pub fn look_again(tx: &mut Tx, tenant: &Tenant, id: &WorkplaceId, on: Option<NaiveDate>) -> Result<(), StoreError> {
        use crate::store::schema::workplaces;
        let seen = (workplaces::look_on.eq(on), workplaces::known.eq(true));
        diesel::update(workplaces::own(tenant).filter(workplaces::id.eq(id))).set(seen).execute(&mut **tx)?;
        Ok(())
    }

    /// Puts down anew what stands of a workplace, and with its openings: after a change of its prospects, and once somebody
    /// is an intern there.
    pub fn stand_anew(tx: &mut Tx, tenant: &Tenant, id: &WorkplaceId) -> Result<(), StoreError> {
        use crate::store::schema::{internships, openings, prospects, workplaces};
        let recorded = prospects::own(tenant).filter(prospects::workplace_id.eq(id)).filter(prospects::withdrawn_on.is_null());
        let recorded = diesel::select(diesel::dsl::exists(recorded)).get_result(&mut **tx)?;
        let there = internships::own(tenant).filter(internships::workplace_id.eq(id));
        let tried = diesel::select(diesel::dsl::exists(there)).get_result(&mut **tx)?;
        let place = workplaces::own(tenant).filter(workplaces::id.eq(id));
        let foresees = place.select(workplaces::foresees_vacancy).first(&mut **tx)?;
        let standing = Standing { prospect: Prospect::of(recorded, foresees), tried }.code();
        diesel::update(place).set(workplaces::standing.eq(standing)).execute(&mut **tx)?;
        let offered = openings::own(tenant).filter(openings::workplace_id.eq(id));
        diesel::update(offered).set(openings::standing.eq(standing)).execute(&mut **tx)?;
        Ok(())
    }

    /// The ids and names of all workplaces of a company.
    pub fn names_of_company(
        conn: &mut Conn,
        tenant: &Tenant,
        company: &CompanyId,
    ) -> Result<Vec<(WorkplaceId, String)>, StoreError> {
        use crate::store::schema::workplaces;
        let own = workplaces::own(tenant).filter(workplaces::company_id.eq(company));
        Ok(own.select((workplaces::id, workplaces::name)).order(workplaces::id).load(conn)?)
    }

    pub fn of_company(
        conn: &mut Conn,
        tenant: &Tenant,
        company: &CompanyId,
        after: &str,
        limit: i64,
    ) -> Result<Vec<WorkplaceRow>, StoreError> {
        use crate::store::schema::workplaces;
        let own = workplaces::own(tenant).filter(workplaces::company_id.eq(company));
        Ok(own.filter(workplaces::id.gt(after)).order(workplaces::id).limit(limit).load(conn)?)
    }
}

pub mod contacts {
    use super::*;
    noun!(contacts, ContactRow, ContactId);

    /// Those who still work there.
    pub fn of_workplace(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<ContactRow>, StoreError> {
        use crate::store::schema::contacts;
        let own = contacts::own(tenant).filter(contacts::workplace_id.eq(workplace));
        Ok(own.filter(contacts::left_on.is_null()).order(contacts::id).load(conn)?)
    }
}

pub mod prospects {
    use super::*;
    noun!(prospects, ProspectRow, ProspectId);

    pub fn of_workplace(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<ProspectRow>, StoreError> {
        use crate::store::schema::prospects;
        let own = prospects::own(tenant).filter(prospects::workplace_id.eq(workplace));
        Ok(prepared!(conn, |conn| own.order(prospects::id).load(conn))?)
    }
}

pub mod staff {
    use super::*;

    pub fn of_workplace(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<StaffRow>, StoreError> {
        use crate::store::schema::staff_months;
        let own = staff_months::own(tenant).filter(staff_months::workplace_id.eq(workplace));
        Ok(prepared!(conn, |conn| own.order(staff_months::month).load(conn))?)
    }

    /// The figures of some workplaces from a month on.
    pub fn of_workplaces(
        conn: &mut Conn,
        tenant: &Tenant,
        workplaces: &[&WorkplaceId],
        from: NaiveDate,
    ) -> Result<Vec<StaffRow>, StoreError> {
        use crate::store::schema::staff_months;
        let own = staff_months::own(tenant).filter(staff_months::month.ge(from));
        Ok(own.filter(staff_months::workplace_id.eq_any(workplaces)).load(conn)?)
    }

    pub fn insert_all(tx: &mut Tx, rows: &[StaffRow]) -> Result<(), StoreError> {
        Ok(insert_chunked!(&mut **tx, crate::store::schema::staff_months::table, rows)?)
    }

    /// Puts what others have placed there as of a day, over what was said of that day before.
    pub fn put_others(
        tx: &mut Tx,
        tenant: &Tenant,
        workplace: &WorkplaceId,
        as_of: NaiveDate,
        rows: &[PlacedByOthersRow],
    ) -> Result<(), StoreError> {
        use crate::store::schema::placed_by_others;
        let same = placed_by_others::own(tenant)
            .filter(placed_by_others::workplace_id.eq(workplace))
            .filter(placed_by_others::as_of.eq(as_of));
        diesel::delete(same).execute(&mut **tx)?;
        for row in rows {
            diesel::insert_into(placed_by_others::table).values(row).execute(&mut **tx)?;
        }
        Ok(())
    }

    pub fn others(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<PlacedByOthersRow>, StoreError> {
        use crate::store::schema::placed_by_others;
        let own = placed_by_others::own(tenant).filter(placed_by_others::workplace_id.eq(workplace));
        Ok(own.order((placed_by_others::as_of.desc(), placed_by_others::position)).load(conn)?)
    }

    /// Puts a month's figure, over an older one.
    pub fn put(tx: &mut Tx, row: &StaffRow) -> Result<(), StoreError> {
        use crate::store::schema::staff_months;
        let month: NaiveDate = row.month;
        diesel::delete(
            staff_months::own(&row.municipality)
                .filter(staff_months::workplace_id.eq(&row.workplace_id))
                .filter(staff_months::month.eq(month)),
        )
        .execute(&mut **tx)?;
        diesel::insert_into(staff_months::table).values(row).execute(&mut **tx)?;
        Ok(())
    }
}
