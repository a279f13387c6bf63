//! Where postcodes lie, as each municipality has loaded them.

use super::{Conn, Failure};
use crate::{
    domain::{
        geo::Point,
        register::{Municipality, Postcode},
    },
    store::rows::postcodes,
};
use diesel::prelude::*;

/// The middle of a postcode.
pub fn point(conn: &mut Conn, municipality: &Municipality, postcode: &Postcode) -> Result<Option<Point>, Failure> {
    let own = postcodes::table.filter(postcodes::municipality.eq(municipality.as_str()));
    let own = own.filter(postcodes::postcode.eq(postcode.as_str())).select((postcodes::latitude, postcodes::longitude));
    let found: Option<(i32, i32)> = own.first(conn).optional()?;
    Ok(found.map(|(latitude, longitude)| Point { latitude, longitude }))
}
