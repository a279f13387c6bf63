//! One-time links: the token is stored hashed, and opens one thing for one party.

use crate::{
    domain::{
        internships::{alignment::Party, link_purpose::LinkPurpose},
        people::tenant::Tenant,
        values::ids::InternshipId,
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{LinkRow, links},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The newest link of a party to a thing.
pub fn open(
    conn: &mut Conn,
    tenant: &Tenant,
    purpose: LinkPurpose,
    party: Party,
    internship: &InternshipId,
    occasion: &str,
) -> Result<Option<LinkRow>, StoreError> {
    let same = links::own(tenant).filter(links::purpose.eq(purpose)).filter(links::party.eq(party));
    let same = same.filter(links::internship_id.eq(internship)).filter(links::occasion.eq(occasion));
    Ok(same.order(links::expires_on.desc()).first(conn).optional()?)
}

/// Links of a party to an internship no longer work from the day after `last` on.
pub fn end(tx: &mut Tx, tenant: &Tenant, internship: &InternshipId, party: Party, last: NaiveDate) -> Result<(), StoreError> {
    let open = links::own(tenant).filter(links::internship_id.eq(internship)).filter(links::party.eq(party));
    diesel::update(open.filter(links::expires_on.gt(last))).set(links::expires_on.eq(last)).execute(&mut **tx)?;
    Ok(())
}

pub fn insert(tx: &mut Tx, row: &LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(links::table).values(row).execute(&mut **tx)?;
    Ok(())
}
