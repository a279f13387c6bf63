//! Openings: what workplaces offer.

use crate::{
    domain::{
        internships::purpose::InternshipType,
        people::tenant::Tenant,
        values::ids::{AccountId, CompanyId, OpeningId, WorkplaceId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::{OpeningRow, openings, workplaces},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(openings, OpeningRow, OpeningId);

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct OpeningFilter {
    pub workplace: Option<WorkplaceId>,
    pub occupation: Option<String>,
    pub kind: Option<InternshipType>,
    /// The municipality that the workplace lies in.
    pub lies_in: Option<String>,
    /// Only those in force on a day.
    pub in_force_on: Option<NaiveDate>,
}

impl OpeningFilter {
    fn holds(&self, row: &OpeningRow) -> bool {
        let same = |wanted: &Option<String>, own: &str| wanted.as_deref().is_none_or(|wanted| wanted == own);
        self.workplace.as_ref().is_none_or(|wanted| *wanted == row.workplace_id)
            && same(&self.occupation, &row.occupation)
            && self.kind.is_none_or(|wanted| wanted == row.kind)
            && self.in_force_on.is_none_or(|day| row.closed_on.is_none() && row.expires_on >= day)
    }
}

/// The same of some that were found by their words: they are few, and each is looked up by its id.
pub fn page_of(
    conn: &mut Conn,
    tenant: &Tenant,
    found: &[OpeningId],
    narrow: &OpeningFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<OpeningRow>, StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut ids: Vec<&OpeningId> = found.iter().filter(|id| id.as_str() > after).collect();
    ids.sort_unstable();
    let mut rows = Vec::new();
    for id in ids {
        let Some(row) = find(conn, tenant, id)?.filter(|row| narrow.holds(row)) else { continue };
        if let Some(lies_in) = &narrow.lies_in {
            let place: Option<Option<String>> = workplaces::own(tenant)
                .filter(workplaces::id.eq(&row.workplace_id))
                .select(workplaces::lies_in)
                .first(conn)
                .optional()?;
            if place.flatten().as_ref() != Some(lies_in) {
                continue;
            }
        }
        rows.push(row);
        if rows.len() >= limit {
            break;
        }
    }
    Ok(rows)
}

pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    narrow: &OpeningFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<OpeningRow>, StoreError> {
    let mut own = openings::own(tenant).into_boxed();
    if let Some(workplace) = &narrow.workplace {
        own = own.filter(openings::workplace_id.eq(workplace));
    }
    if let Some(occupation) = &narrow.occupation {
        own = own.filter(openings::occupation.eq(occupation));
    }
    if let Some(kind) = narrow.kind {
        own = own.filter(openings::kind.eq(kind));
    }
    if let Some(lies_in) = &narrow.lies_in {
        let there = workplaces::own(tenant).filter(workplaces::id.eq(openings::workplace_id));
        own = own.filter(diesel::dsl::exists(there.filter(workplaces::lies_in.eq(lies_in))));
    }
    if let Some(day) = narrow.in_force_on {
        own = own.filter(openings::closed_on.is_null()).filter(openings::expires_on.ge(day));
    }
    Ok(own.filter(openings::id.gt(after)).order(openings::id).limit(limit).load(conn)?)
}

/// How many openings that nobody has closed somebody keeps.
pub fn count_of_keeper(conn: &mut Conn, tenant: &Tenant, keeper: &AccountId) -> Result<i64, StoreError> {
    let own = openings::own(tenant).filter(openings::kept_by.eq(keeper)).filter(openings::closed_on.is_null());
    Ok(own.count().get_result(conn)?)
}

/// Gives all openings of somebody that nobody has closed to another; how many there were.
pub fn give_all(tx: &mut Tx, tenant: &Tenant, from: &AccountId, to: &AccountId) -> Result<usize, StoreError> {
    let own = openings::own(tenant).filter(openings::kept_by.eq(from)).filter(openings::closed_on.is_null());
    let kept = (openings::kept_by.eq(to), openings::revision.eq(openings::revision + 1));
    Ok(diesel::update(own).set(kept).execute(&mut **tx)?)
}

/// Those of a workplace that nobody has closed.
pub fn open_at(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<OpeningRow>, StoreError> {
    let own = openings::own(tenant);
    let own = own.filter(openings::workplace_id.eq(workplace)).filter(openings::closed_on.is_null());
    Ok(own.order(openings::id).load(conn)?)
}

/// Those of a company that nobody has closed.
pub fn open_of_company(conn: &mut Conn, tenant: &Tenant, company: &CompanyId) -> Result<Vec<OpeningRow>, StoreError> {
    let own = openings::own(tenant);
    let own = own.filter(openings::company_id.eq(company)).filter(openings::closed_on.is_null());
    Ok(own.order(openings::id).load(conn)?)
}
