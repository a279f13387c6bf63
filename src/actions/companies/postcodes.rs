//! The positions of postcodes: loaded by a municipality, replacing what it had before. Everything that has no coordinates of its
//! own is positioned again afterwards.

use crate::{
    actions::{ActionError, companies::places::most_exact},
    context::Context,
    domain::{
        people::access::Permission,
        values::{
            geo::{Placed, Point},
            ids::WorkplaceId,
            register::{Municipality, Postcode},
            text::Line,
        },
    },
    store::{Tx, companies::workplaces, postcodes, schema::PostcodeRow},
};
use std::collections::BTreeMap;

/// A postcode, its town, and its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Middle {
    pub postcode: Postcode,
    pub name: Line,
    pub point: Point,
}

/// What came of it: the rows that are new, and those that were otherwise before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Put {
    pub new: Vec<Middle>,
    /// With the name and point before.
    pub changed: Vec<(Middle, String, Point)>,
    pub unchanged: u64,
}

/// Puts postcodes, each once.
///
/// # Errors
/// The role does not keep companies; a failure of the database.
pub fn put(tx: &mut Tx, context: &Context, middles: &[Middle]) -> Result<Put, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let own = context.tenant;
    let wanted: Vec<&str> = middles.iter().map(|middle| middle.postcode.as_str()).collect();
    let held = postcodes::of(tx, own, &wanted)?;
    let mut put = Put::default();
    let mut new = Vec::new();
    for middle in middles {
        let row = PostcodeRow {
            municipality: own.clone(),
            postcode: middle.postcode.as_str().into(),
            name: middle.name.to_string(),
            latitude: middle.point.latitude,
            longitude: middle.point.longitude,
        };
        match held.get(&row.postcode) {
            None => {
                put.new.push(middle.clone());
                new.push(row);
            }
            Some(held) if held.name == row.name && (held.latitude, held.longitude) == (row.latitude, row.longitude) => {
                put.unchanged += 1;
            }
            Some(held) => {
                let before = Point { latitude: held.latitude, longitude: held.longitude };
                put.changed.push((middle.clone(), held.name.clone(), before));
                postcodes::update(tx, &row)?;
            }
        }
    }
    postcodes::insert_all(tx, &new)?;
    Ok(put)
}

/// How many workplaces are placed anew in a transaction.
const AT_ONCE: i64 = 500;

/// What came of placing some anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placing {
    pub placed: u64,
    /// The last of them; none when there are no more.
    pub last: Option<WorkplaceId>,
}

/// Places the next workplaces that are known by less than their coordinates, and what is open there, by these middles.
///
/// # Errors
/// The role does not keep companies; a failure of the database.
pub fn place_anew(
    tx: &mut Tx,
    context: &Context,
    after: &str,
    middles: &BTreeMap<String, Point>,
) -> Result<Placing, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let own = context.tenant;
    let mut placing = Placing::default();
    for rough in workplaces::placed_roughly(tx, own, after, AT_ONCE)? {
        let middle = rough.postcode.and_then(|postcode| middles.get(&postcode).copied());
        let lies_in = rough.lies_in.as_deref().and_then(Municipality::parse);
        let found: Option<Placed> = most_exact(None, middle, lies_in.as_ref());
        if let Some(found) = found.filter(|found| rough.placed != Some(*found)) {
            workplaces::place(tx, own, &rough.id, found)?;
            placing.placed += 1;
        }
        placing.last = Some(rough.id);
    }
    Ok(placing)
}
