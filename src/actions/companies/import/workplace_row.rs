//! Puts what a row says of a workplace over what stands.

use crate::{
    actions::companies::{
        import::difference::{put, put_industry, shown, text},
        places::{most_exact, stand},
    },
    domain::{
        import::{Column, Difference, Staffing, WorkplaceSaid},
        values::{
            geo::{PlacedBy, Point},
            register::Municipality,
        },
    },
    store::schema::WorkplaceRow,
};
use std::collections::BTreeMap;

/// What a row says of a workplace but for where it lies.
pub(super) fn say(row: &mut WorkplaceRow, said: &WorkplaceSaid, found: &mut Vec<Difference>) {
    // What is told in passing fills in what is not known.
    let may = |known: bool| !said.in_passing || !known;
    if let Some(name) = said.name.as_ref().filter(|_| may(true)) {
        put(&mut row.name, name.to_string(), Column::WorkplaceName, Clone::clone, found);
    }
    if let Some(address) = said.address.as_ref().filter(|_| may(row.address.is_some())) {
        put(&mut row.address, text(address.as_str()), Column::Address, shown, found);
    }
    if let Some(industry) = said.industry.as_ref().filter(|_| may(row.industry.is_some())) {
        put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::Industry, found);
    }
    if let Some(life) = said.life.filter(|_| !said.in_passing) {
        put(&mut row.closed_on, life.closed_on(), Column::Closed, shown, found);
    }
    if let Some(staff) = said.staff.filter(|_| may(row.staff_low.is_some())) {
        let mut held = (row.staff_low, row.staff_high);
        put(&mut held, (Some(staff.low), staff.high), Column::Staff, |held| Staffing::shown(held.0, held.1), found);
        (row.staff_low, row.staff_high) = held;
    }
}

/// Where a row says that a workplace lies. Coordinates corrected here stay; coordinates of an earlier import stay while the
/// workplace lies in the same postcode and municipality.
pub(super) fn place(
    row: &mut WorkplaceRow,
    said: &WorkplaceSaid,
    own: &Municipality,
    middles: &BTreeMap<String, Point>,
    found: &mut Vec<Difference>,
) {
    let nowhere = row.lies_in.is_none() && row.postcode.is_none() && row.placed_by.is_none();
    if said.in_passing && !nowhere {
        return;
    }
    let before = (row.lies_in.clone(), row.postcode.clone());
    let says_nothing = said.municipality.is_none() && said.postcode.is_none() && said.coordinates.is_none();
    let lies_in = said.municipality.as_ref().or(Some(own).filter(|_| nowhere && says_nothing));
    if let Some(lies_in) = lies_in {
        put(&mut row.lies_in, text(lies_in.as_str()), Column::Municipality, shown, found);
    }
    if let Some(postcode) = &said.postcode {
        put(&mut row.postcode, text(postcode.as_str()), Column::Postcode, shown, found);
    }
    if let Some(city) = &said.city {
        put(&mut row.city, text(city.as_str()), Column::City, shown, found);
    }
    let same = before == (row.lies_in.clone(), row.postcode.clone());
    if row.placed_here || (said.coordinates.is_none() && same && row.placed_by.is_some()) {
        return;
    }
    let middle = row.postcode.as_ref().and_then(|postcode| middles.get(postcode).copied());
    let lies_in = row.lies_in.as_deref().and_then(Municipality::parse);
    let placed = most_exact(said.coordinates, middle, lies_in.as_ref());
    let held = (row.latitude, row.longitude, row.placed_by);
    stand(row, placed);
    let words = |(latitude, longitude, by): &(Option<i32>, Option<i32>, Option<PlacedBy>)| {
        let degrees = |millionths: Option<i32>| millionths.map(|value| crate::domain::values::geo::degrees(value).to_string());
        [degrees(*latitude), degrees(*longitude), by.map(|by| by.to_string())].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let now = (row.latitude, row.longitude, row.placed_by);
    if held != now {
        found.push(Difference { column: Column::PlacedBy, before: words(&held), after: words(&now) });
    }
}
