//! Rows that an earlier release wrote and that lack what a later one adds beside them. It may: a start brings the whole database up
//! to date before anybody is answered. Each row found comes with its tenant, in whose name the rest is written.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::{
            ids::{CitizenId, InternshipId},
            search::SearchSubject,
        },
    },
    store::{
        db::{conn::Conn, error::StoreError},
        schema::{CitizenRow, citizen_names, citizens, companies, internship_facts, internships, workplaces},
    },
};
use diesel::prelude::*;

/// The next internships that have no facts beside them, in the order of their ids.
pub fn internships_without_facts(
    conn: &mut Conn,
    after: &str,
    limit: i64,
) -> Result<Vec<(InternshipId, Tenant, CitizenId)>, StoreError> {
    let without = internships::table
        .left_join(internship_facts::table.on(internship_facts::internship_id.eq(internships::id)))
        .filter(internship_facts::internship_id.is_null())
        .filter(internships::id.gt(after))
        .order(internships::id)
        .limit(limit);
    Ok(without.select((internships::id, internships::municipality, internships::citizen_id)).load(conn)?)
}

/// The next citizens who are found by no name yet, in the order of their ids.
pub fn citizens_without_names(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<CitizenRow>, StoreError> {
    let named = citizen_names::table.filter(citizen_names::citizen_id.eq(citizens::id));
    let without = citizens::table
        .filter(citizens::merged_into.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(named)))
        .filter(citizens::id.gt(after))
        .order(citizens::id)
        .limit(limit);
    Ok(without.load(conn)?)
}

/// The oldest of one kind of item that is found by its name.
pub fn oldest(conn: &mut Conn, about: SearchSubject) -> Result<Option<(Tenant, String)>, StoreError> {
    Ok(match about {
        SearchSubject::Company => {
            companies::table.select((companies::municipality, companies::id)).order(companies::id).first(conn).optional()?
        }
        SearchSubject::Workplace => {
            workplaces::table.select((workplaces::municipality, workplaces::id)).order(workplaces::id).first(conn).optional()?
        }
        SearchSubject::Opening => None,
    })
}

/// The next older ones: id, tenant, own name, name of the company.
pub fn older(
    conn: &mut Conn,
    about: SearchSubject,
    before: &str,
    limit: i64,
) -> Result<Vec<(String, Tenant, String, String)>, StoreError> {
    Ok(match about {
        SearchSubject::Company => {
            let columns = (companies::id, companies::municipality, companies::name, companies::name);
            let older = companies::table.filter(companies::id.lt(before)).order(companies::id.desc()).select(columns);
            older.limit(limit).load(conn)?
        }
        SearchSubject::Workplace => {
            let columns = (workplaces::id, workplaces::municipality, workplaces::name, companies::name);
            let whole = workplaces::table.inner_join(companies::table.on(companies::id.eq(workplaces::company_id)));
            let older = whole.filter(workplaces::id.lt(before)).order(workplaces::id.desc()).select(columns);
            older.limit(limit).load(conn)?
        }
        SearchSubject::Opening => Vec::new(),
    })
}
