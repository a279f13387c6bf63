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

/// Links of a party to an internship no longer work from the day after `last` on; those of a representative and a mentor are nobody else's, and stay.
pub fn end(tx: &mut Tx, tenant: &Tenant, internship: &InternshipId, party: Party, last: NaiveDate) -> Result<(), StoreError> {
    let own = links::own(tenant).filter(links::internship_id.eq(internship)).filter(links::party.eq(party));
    let own = own.filter(links::purpose.ne_all([LinkPurpose::Statement, LinkPurpose::Mentor]));
    let open: Vec<LinkRow> = own.filter(links::expires_on.gt(last)).order(links::id).load(&mut **tx)?;
    for link in open {
        end_one(tx, &link, last)?;
    }
    Ok(())
}

/// A link no longer works from the day after `last` on. Links to one thing differ by their last day, so one that is ended after another
/// gets the day before it.
pub fn end_one(tx: &mut Tx, link: &LinkRow, last: NaiveDate) -> Result<(), StoreError> {
    let same = links::own(&link.municipality)
        .filter(links::internship_id.eq(&link.internship_id))
        .filter(links::party.eq(link.party))
        .filter(links::purpose.eq(link.purpose))
        .filter(links::occasion.eq(&link.occasion));
    let eldest: Option<NaiveDate> =
        same.filter(links::expires_on.le(last)).select(diesel::dsl::min(links::expires_on)).first(&mut **tx)?;
    let on = eldest.and_then(|day| day.pred_opt()).unwrap_or(last);
    let own = links::own(&link.municipality).filter(links::id.eq(&link.id));
    diesel::update(own).set(links::expires_on.eq(on)).execute(&mut **tx)?;
    Ok(())
}

pub fn insert(tx: &mut Tx, row: &LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(links::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Counts that something is done through a link.
pub fn note_use(tx: &mut Tx, row: &LinkRow) -> Result<(), StoreError> {
    let own = links::own(&row.municipality).filter(links::id.eq(&row.id));
    diesel::update(own).set((links::used_on.eq(row.used_on), links::uses.eq(row.uses))).execute(&mut **tx)?;
    Ok(())
}

/// Keeps how often the digits were wrong.
pub fn note_tries(tx: &mut Tx, row: &LinkRow) -> Result<(), StoreError> {
    let own = links::own(&row.municipality).filter(links::id.eq(&row.id));
    diesel::update(own).set(links::tries.eq(row.tries)).execute(&mut **tx)?;
    Ok(())
}
