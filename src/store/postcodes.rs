//! The positions of postcodes, as each municipality has loaded them.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::{geo::Point, register::Postcode},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::insert_chunked,
            error::StoreError,
        },
        schema::{PostcodeRow, postcodes},
    },
};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// The middle of a postcode.
pub fn point(conn: &mut Conn, tenant: &Tenant, postcode: &Postcode) -> Result<Option<Point>, StoreError> {
    let own = postcodes::own(tenant);
    let own = own.filter(postcodes::postcode.eq(postcode.as_str())).select((postcodes::latitude, postcodes::longitude));
    let found: Option<(i32, i32)> = own.first(conn).optional()?;
    Ok(found.map(|(latitude, longitude)| Point { latitude, longitude }))
}

/// The loaded positions of some postcodes.
pub fn of(conn: &mut Conn, tenant: &Tenant, wanted: &[&str]) -> Result<BTreeMap<String, PostcodeRow>, StoreError> {
    let own = postcodes::own(tenant);
    let rows: Vec<PostcodeRow> = own.filter(postcodes::postcode.eq_any(wanted)).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.postcode.clone(), row)).collect())
}

/// All loaded postcodes: four digits, so at most ten thousand.
pub fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<PostcodeRow>, StoreError> {
    Ok(postcodes::own(tenant).load(conn)?)
}

pub fn insert_all(tx: &mut Tx, rows: &[PostcodeRow]) -> Result<(), StoreError> {
    Ok(insert_chunked!(&mut **tx, postcodes::table, rows)?)
}

pub fn update(tx: &mut Tx, row: &PostcodeRow) -> Result<(), StoreError> {
    let own = postcodes::own(&row.municipality);
    diesel::update(own.filter(postcodes::postcode.eq(&row.postcode))).set(row).execute(&mut **tx)?;
    Ok(())
}
