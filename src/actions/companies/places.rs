//! The position of a workplace or a citizen: its coordinates, otherwise the middle of a postcode that the municipality has
//! loaded, otherwise the middle of the municipality. Each position says which of the three it is.

use crate::{
    actions::ActionError,
    domain::{
        people::tenant::Tenant,
        values::{
            geo::{Coordinates, Placed, PlacedBy, Point},
            register::{Location, Municipality},
        },
    },
    store::{Conn, Tx, postcodes, schema::WorkplaceRow},
};

/// The most exact known position of a location; none if nothing of it is known.
///
/// # Errors
/// A failure of the database.
pub fn find(conn: &mut Conn, tenant: &Tenant, location: &Location) -> Result<Option<Placed>, ActionError> {
    let middle = match &location.postcode {
        Some(postcode) if location.coordinates.is_none() => postcodes::point(conn, tenant, postcode)?,
        _ => None,
    };
    Ok(most_exact(location.coordinates, middle, location.municipality.as_ref()))
}

/// As [`find`]; if nothing of the location is known, the middle of the own municipality.
///
/// # Errors
/// A failure of the database.
pub fn find_or_here(conn: &mut Conn, tenant: &Tenant, location: &Location) -> Result<Option<Placed>, ActionError> {
    Ok(find(conn, tenant, location)?.or_else(|| most_exact(None, None, Some(tenant.municipality()))))
}

/// The coordinates, otherwise the middle of the postcode if it is loaded, otherwise the middle of the municipality.
pub fn most_exact(
    coordinates: Option<Coordinates>,
    postcode_middle: Option<Point>,
    municipality: Option<&Municipality>,
) -> Option<Placed> {
    let own = coordinates.map(|coordinates| Placed { point: coordinates.point(), by: PlacedBy::Coordinates });
    let middle = || postcode_middle.map(|point| Placed { point, by: PlacedBy::Postcode });
    let centre = || municipality.and_then(Municipality::centre).map(|point| Placed { point, by: PlacedBy::Municipality });
    own.or_else(middle).or_else(centre)
}

/// Sets the position of a workplace.
pub fn stand(row: &mut WorkplaceRow, placed: Option<Placed>) {
    row.latitude = placed.map(|placed| placed.point.latitude);
    row.longitude = placed.map(|placed| placed.point.longitude);
    row.placed_by = placed.map(|placed| placed.by);
    row.cell = placed.map(|placed| placed.point.cell());
}

/// Sets the position of a workplace from a location; without one it is in the municipality that registers it.
///
/// # Errors
/// A failure of the database.
pub fn put(tx: &mut Tx, row: &mut WorkplaceRow, location: Option<&Location>) -> Result<(), ActionError> {
    let tenant = row.municipality.clone();
    let here = Location { municipality: Some(tenant.municipality().clone()), postcode: None, city: None, coordinates: None };
    let location = location.unwrap_or(&here);
    let placed = find_or_here(tx, &tenant, location)?;
    row.lies_in = location.municipality.as_ref().map(|code| code.as_str().into());
    row.postcode = location.postcode.as_ref().map(|postcode| postcode.as_str().into());
    row.city = location.city.as_ref().map(ToString::to_string);
    // Coordinates that differ from those of the last import are somebody's correction: no import changes them again.
    let before = Placed::stored(row.latitude, row.longitude, row.placed_by);
    let given = placed.filter(|placed| placed.by == PlacedBy::Coordinates);
    row.placed_here = given.is_some_and(|given| row.placed_here || before.is_none_or(|before| before.point != given.point));
    stand(row, placed);
    Ok(())
}
