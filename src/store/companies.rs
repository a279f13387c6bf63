//! Companies, their workplaces, contacts, staff by month, and prospects of a job.

use super::{Conn, Failure, Tx, noun};
use crate::domain::register::Municipality;
use crate::store::rows::{CompanyRow, ContactRow, ProspectRow, StaffRow, WorkplaceRow};
use diesel::prelude::*;

noun!(companies, CompanyRow);

pub fn page(conn: &mut Conn, municipality: &Municipality, after: &str, limit: i64) -> Result<Vec<CompanyRow>, Failure> {
    use crate::store::rows::companies::dsl;
    let own = dsl::companies.filter(dsl::municipality.eq(municipality.as_str()));
    Ok(own.filter(dsl::id.gt(after)).order(dsl::id).limit(limit).load(conn)?)
}

pub fn by_cvr(conn: &mut Conn, municipality: &Municipality, cvr: &str) -> Result<Option<CompanyRow>, Failure> {
    use crate::store::rows::companies::dsl;
    let own = dsl::companies.filter(dsl::municipality.eq(municipality.as_str())).filter(dsl::cvr.eq(cvr));
    Ok(own.first(conn).optional()?)
}

pub mod workplaces {
    use super::*;
    noun!(workplaces, WorkplaceRow);

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
