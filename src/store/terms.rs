//! The terms that a municipality has added to the built-in list.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::vocabulary::{Term, TermKind, built_in},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{TermRow, own_terms},
    },
};
use diesel::prelude::*;

pub fn all(conn: &mut Conn, tenant: &Tenant, kind: TermKind) -> Result<Vec<TermRow>, StoreError> {
    let own = own_terms::own(tenant).filter(own_terms::kind.eq(kind));
    Ok(own.order(own_terms::term).load(conn)?)
}

pub fn insert(tx: &mut Tx, row: &TermRow) -> Result<(), StoreError> {
    diesel::insert_into(own_terms::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Whether a term is in the list, built in or the municipality's own.
pub fn knows(conn: &mut Conn, tenant: &Tenant, kind: TermKind, term: &Term) -> Result<bool, StoreError> {
    if built_in(kind).iter().any(|entry| entry.key == *term) {
        return Ok(true);
    }
    let own = own_terms::own(tenant).filter(own_terms::kind.eq(kind)).filter(own_terms::term.eq(term.as_str()));
    Ok(own.first::<TermRow>(conn).optional()?.is_some())
}
