//! Approaches: who turned to which company, and when.

use crate::{
    domain::{
        companies::{approach::next_month, workplace::month_of},
        people::tenant::Tenant,
        values::ids::{CompanyId, WorkplaceId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::{ApproachRow, approaches},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

noun!(approaches, ApproachRow, ApproachId);

/// So many companies are asked for at a time: SQLite takes no more than some thousands.
const AT_A_TIME: usize = 500;

/// Of a workplace, or of a whole company.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    Workplace(&'a WorkplaceId),
    Company(&'a CompanyId),
}

pub fn page(conn: &mut Conn, tenant: &Tenant, of: Of, after: &str, limit: i64) -> Result<Vec<ApproachRow>, StoreError> {
    let mut own = approaches::own(tenant).into_boxed();
    own = match of {
        Of::Workplace(id) => own.filter(approaches::workplace_id.eq(id)),
        Of::Company(id) => own.filter(approaches::company_id.eq(id)),
    };
    Ok(own.filter(approaches::id.gt(after)).order(approaches::id).limit(limit).load(conn)?)
}

/// The latest, the last of them first.
pub fn latest(conn: &mut Conn, tenant: &Tenant, of: Of, limit: i64) -> Result<Vec<ApproachRow>, StoreError> {
    let mut own = approaches::own(tenant).into_boxed();
    own = match of {
        Of::Workplace(id) => own.filter(approaches::workplace_id.eq(id)),
        Of::Company(id) => own.filter(approaches::company_id.eq(id)),
    };
    Ok(own.order((approaches::made_on.desc(), approaches::id.desc())).limit(limit).load(conn)?)
}

/// How many uninvited approaches each company had in the calendar month of a day; one without any is not among them.
pub fn in_month(
    conn: &mut Conn,
    tenant: &Tenant,
    companies: &[&CompanyId],
    month: NaiveDate,
) -> Result<BTreeMap<CompanyId, i64>, StoreError> {
    let mut counted = BTreeMap::new();
    for some in companies.chunks(AT_A_TIME) {
        let made: Vec<(CompanyId, i64)> = approaches::own(tenant)
            .filter(approaches::company_id.eq_any(some))
            .filter(approaches::made_on.ge(month_of(month)))
            .filter(approaches::made_on.lt(next_month(month)))
            .filter(approaches::invited.eq(false))
            .group_by(approaches::company_id)
            .select((approaches::company_id, diesel::dsl::count_star()))
            .load(conn)?;
        counted.extend(made);
    }
    Ok(counted)
}
