//! Where a workplace or a citizen is: by coordinates, else by a postcode that the municipality has loaded, else by the
//! middle of the municipality; each place says which of the three it is.

use super::Stop;
use crate::{
    domain::{
        geo::{Placed, PlacedBy},
        register::{Location, Municipality},
    },
    store::{Conn, Tx, postcodes, rows::WorkplaceRow},
};

/// The most exact place that is known of a location; of one that says nothing, the middle of one's own municipality.
///
/// # Errors
/// A failure of the database.
pub fn find(conn: &mut Conn, municipality: &Municipality, location: &Location) -> Result<Option<Placed>, Stop> {
    if let Some(coordinates) = location.coordinates {
        return Ok(Some(Placed { point: coordinates.point(), by: PlacedBy::Coordinates }));
    }
    if let Some(postcode) = &location.postcode
        && let Some(point) = postcodes::point(conn, municipality, postcode)?
    {
        return Ok(Some(Placed { point, by: PlacedBy::Postcode }));
    }
    let centre = location.municipality.as_ref().unwrap_or(municipality).centre();
    Ok(centre.map(|point| Placed { point, by: PlacedBy::Municipality }))
}

/// Puts a workplace where it lies; without a location it lies in the municipality that registers it.
///
/// # Errors
/// A failure of the database.
pub fn put(tx: &mut Tx, row: &mut WorkplaceRow, location: Option<&Location>) -> Result<(), Stop> {
    let own = Municipality::stored(row.municipality.clone());
    let here = Location { municipality: Some(own.clone()), postcode: None, city: None, coordinates: None };
    let location = location.unwrap_or(&here);
    let placed = find(tx, &own, location)?;
    row.lies_in = location.municipality.as_ref().map(|code| code.as_str().into());
    row.postcode = location.postcode.as_ref().map(|postcode| postcode.as_str().into());
    row.city = location.city.as_ref().map(ToString::to_string);
    row.latitude = placed.map(|placed| placed.point.latitude);
    row.longitude = placed.map(|placed| placed.point.longitude);
    row.placed_by = placed.map(|placed| placed.by.code().into());
    row.cell = placed.map(|placed| placed.point.cell());
    Ok(())
}
