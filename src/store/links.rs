//! One-time links: the token is stored hashed, and opens one thing for one party.

use crate::{
    domain::values::ids::InternshipId,
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{LinkRow, links},
    },
};
use diesel::prelude::*;

/// By its hashed token, in any municipality: the token is the scope.
pub fn by_token(conn: &mut Conn, token_hash: &str) -> Result<Option<LinkRow>, StoreError> {
    Ok(links::table.filter(links::token_hash.eq(token_hash)).first(conn).optional()?)
}

/// The newest link of a party to a thing.
pub fn open(
    conn: &mut Conn,
    purpose: &str,
    party: &str,
    internship: &InternshipId,
    occasion: &str,
) -> Result<Option<LinkRow>, StoreError> {
    let same = links::table.filter(links::purpose.eq(purpose)).filter(links::party.eq(party));
    let same = same.filter(links::internship_id.eq(internship)).filter(links::occasion.eq(occasion));
    Ok(same.order(links::expires_on.desc()).first(conn).optional()?)
}

pub fn insert(tx: &mut Tx, row: &LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(links::table).values(row).execute(&mut **tx)?;
    Ok(())
}
