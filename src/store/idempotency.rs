//! Answers stored under an `Idempotency-Key`, so that the same request gets the same answer.

use crate::{
    domain::values::ids::AccountId,
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{ReplyRow, replies},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn find(conn: &mut Conn, account: &AccountId, key: &str) -> Result<Option<ReplyRow>, StoreError> {
    let own = replies::table.filter(replies::account_id.eq(account)).filter(replies::idempotency_key.eq(key));
    Ok(own.first(conn).optional()?)
}

pub fn insert(tx: &mut Tx, row: &ReplyRow) -> Result<(), StoreError> {
    diesel::insert_into(replies::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Puts the answer into a row that was inserted before there was one.
pub fn complete(tx: &mut Tx, row: &ReplyRow) -> Result<(), StoreError> {
    let own =
        replies::table.filter(replies::account_id.eq(&row.account_id)).filter(replies::idempotency_key.eq(&row.idempotency_key));
    diesel::update(own).set(row).execute(&mut **tx)?;
    Ok(())
}

/// Takes a key away that has no answer.
pub fn remove(tx: &mut Tx, account: &AccountId, key: &str) -> Result<(), StoreError> {
    let own = replies::table.filter(replies::account_id.eq(account)).filter(replies::idempotency_key.eq(key));
    diesel::delete(own).execute(&mut **tx)?;
    Ok(())
}

pub fn tidy(tx: &mut Tx, before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(replies::table.filter(replies::created_at.lt(before))).execute(&mut **tx)?;
    Ok(())
}
