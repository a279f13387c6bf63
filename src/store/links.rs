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

pub fn insert(tx: &mut Tx, row: &LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(links::table).values(row).execute(&mut **tx)?;
    Ok(())
}
