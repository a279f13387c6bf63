//! Positions. Coordinates are WGS 84 in millionths of a degree; a distance is the great-circle distance in kilometres, as the
//! crow flies.
//!
//! The map is divided into squares of about ten kilometres, so that what is near is found by an index. Each position says how
//! exact it is: an address's own coordinates, the middle of its postcode, or the middle of its municipality.

use crate::domain::input::{Fault, Faults, Field, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

crate::code_enum! {
    /// How exactly a place is known.
    pub enum PlacedBy {
        Coordinates = "coordinates" ("egne koordinater", "its own coordinates"),
        Postcode = "postcode" ("postnummerets midte", "the middle of its postcode"),
        Municipality = "municipality" ("kommunens midte", "the middle of its municipality"),
    }
}

/// Mean radius of the earth in kilometres (IUGG).
const RADIUS_KM: f64 = 6371.0088;
/// A square of the map: so many millionths of a degree north to south and west to east.
const TALL: i32 = 100_000;
const WIDE: i32 = 160_000;
/// Squares from west to east: more than there are round the earth, so that a number names one square.
const ROW: i32 = 4_000;

/// No two points of a square are farther apart.
pub const ACROSS_KM: f64 = 22.0;

/// A degree of latitude or longitude, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Degrees<const MOST: i32>(i32);

impl<const MOST: i32> Degrees<MOST> {
    /// From degrees; rounded to a millionth (about a hand's breadth).
    pub fn parse(degrees: f64) -> Option<Self> {
        let millionths = (degrees * 1e6).round();
        let fits = millionths.abs() <= f64::from(MOST) * 1e6;
        fits.then(|| format!("{millionths:.0}").parse().ok()).flatten().map(Self)
    }
}

impl<const MOST: i32> Serialize for Degrees<MOST> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(degrees(self.0))
    }
}
impl<'de, const MOST: i32> Deserialize<'de> for Degrees<MOST> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(f64::deserialize(from)?).ok_or_else(|| serde::de::Error::custom("degrees"))
    }
}

impl<const MOST: i32> Field for Degrees<MOST> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        value.as_f64().and_then(Self::parse).or_else(|| {
            faults.add(
                at,
                Fault::not("degrees", &format!("grader fra -{MOST} til {MOST}"), &format!("degrees from -{MOST} to {MOST}")),
            )
        })
    }
}

crate::input! {
    /// A place on the map (WGS 84).
    #[derive(Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Coordinates {
        #[schema(value_type = f64, minimum = -90, maximum = 90)]
        pub latitude: Degrees<90>,
        #[schema(value_type = f64, minimum = -180, maximum = 180)]
        pub longitude: Degrees<180>,
    }
}

impl Coordinates {
    pub fn point(self) -> Point {
        Point { latitude: self.latitude.0, longitude: self.longitude.0 }
    }
}

/// A point on the map, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub latitude: i32,
    pub longitude: i32,
}

/// A point, and how exactly it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub point: Point,
    pub by: PlacedBy,
}

impl Placed {
    /// One that stands in the database.
    pub fn stored(latitude: Option<i32>, longitude: Option<i32>, by: Option<PlacedBy>) -> Option<Self> {
        Some(Self { point: Point { latitude: latitude?, longitude: longitude? }, by: by? })
    }
}

/// Degrees as a person reads them.
pub fn degrees(millionths: i32) -> f64 {
    f64::from(millionths) / 1e6
}

impl Point {
    /// Kilometres to another point, along the great circle (haversine).
    pub fn km_to(self, other: Self) -> f64 {
        let radians = |millionths: i32| degrees(millionths).to_radians();
        let (here, there) = (radians(self.latitude), radians(other.latitude));
        let half = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
        let lengths = here.cos() * there.cos() * half(radians(self.longitude), radians(other.longitude));
        2.0 * RADIUS_KM * (half(here, there) + lengths).sqrt().min(1.0).asin()
    }

    /// The square of the map that it lies in.
    pub fn cell(self) -> i32 {
        self.latitude.div_euclid(TALL) * ROW + self.longitude.div_euclid(WIDE)
    }

    /// Every square with a point within this many kilometres, with the least distance to it, nearest first.
    pub fn cells_within(self, km: f64) -> Vec<(i32, f64)> {
        let (row, column) = (self.latitude.div_euclid(TALL), self.longitude.div_euclid(WIDE));
        let mut found = Vec::new();
        // Wider and wider, row by row north and south, until a row has none.
        for (north, rows) in [(true, 0..=i32::MAX), (false, 1..=i32::MAX)] {
            for step in rows {
                let row = if north { row + step } else { row - step };
                let before = found.len();
                for (east, columns) in [(true, 0..ROW), (false, 1..ROW)] {
                    for step in columns {
                        let column = if east { column + step } else { column - step };
                        let least = self.least_km_to(row, column);
                        if least > km {
                            break;
                        }
                        found.push((row * ROW + column, least));
                    }
                }
                if found.len() == before {
                    break;
                }
            }
        }
        found.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        found
    }

    /// No point of a square is nearer. A little less than the distance to its nearest edge, since a meridian bends.
    fn least_km_to(self, row: i32, column: i32) -> f64 {
        let nearest = Self {
            latitude: self.latitude.clamp(row * TALL, row * TALL + TALL - 1),
            longitude: self.longitude.clamp(column * WIDE, column * WIDE + WIDE - 1),
        };
        self.km_to(nearest) * 0.99
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(latitude: f64, longitude: f64) -> Point {
        Coordinates { latitude: Degrees::parse(latitude).unwrap(), longitude: Degrees::parse(longitude).unwrap() }.point()
    }

    #[test]
    fn distances_are_those_of_the_map() {
        // Town halls of København and Aarhus, København and Rønne; measured with another tool on the same sphere.
        let hall = point(55.67594, 12.56553);
        assert!((hall.km_to(point(56.15294, 10.20306)) - 156.8).abs() < 1.0, "{}", hall.km_to(point(56.15294, 10.20306)));
        assert!((hall.km_to(point(55.10091, 14.70664)) - 149.0).abs() < 2.0, "{}", hall.km_to(point(55.10091, 14.70664)));
        assert!(hall.km_to(hall) < 1e-9);
    }

    #[test]
    fn degrees_out_of_range_are_none() {
        assert!(Degrees::<90>::parse(90.1).is_none() && Degrees::<180>::parse(f64::NAN).is_none());
        assert_eq!(Degrees::<90>::parse(-90.0).unwrap().0, -90_000_000);
    }

    proptest! {
        #[test]
        fn whatever_lies_within_is_in_a_square_that_is_found(
            latitude in 54.5f64..57.9, longitude in 8.0f64..15.3, north in -0.6f64..0.6, east in -1.0f64..1.0, km in 1.0f64..60.0
        ) {
            let (here, there) = (point(latitude, longitude), point(latitude + north, longitude + east));
            let cells = here.cells_within(km);
            let of = cells.iter().find(|(cell, _)| *cell == there.cell());
            if here.km_to(there) <= km {
                prop_assert!(of.is_some_and(|(_, least)| *least <= here.km_to(there)));
            }
            prop_assert!(cells.windows(2).all(|pair| pair[0].1 <= pair[1].1));
            prop_assert!(cells.iter().all(|(_, least)| *least <= km));
        }
    }

    #[test]
    fn degrees_are_read_to_the_millionth_and_written_as_they_were_read() {
        use crate::domain::input::read;
        use serde_json::json;
        let places = json!({"latitude": 55.675_941, "longitude": -12.5});
        let read_back: Coordinates = serde_json::from_value(places.clone()).unwrap();
        assert_eq!(read_back, read::<Coordinates>(&places).unwrap());
        assert_eq!(read_back.point(), Point { latitude: 55_675_941, longitude: -12_500_000 });
        assert_eq!(serde_json::to_value(read_back).unwrap(), places);
        for (degrees, fits) in [(90.0, true), (90.000_001, false), (-90.0, true), (-90.000_001, false), (0.000_000_4, true)] {
            assert_eq!(Degrees::<90>::parse(degrees).is_some(), fits, "{degrees}");
            assert_eq!(read::<Degrees<90>>(&json!(degrees)).is_ok(), fits, "{degrees}");
        }
        assert!(serde_json::from_value::<Coordinates>(json!({"latitude": 91.0, "longitude": 0.0})).is_err());
    }

    #[test]
    fn a_square_is_a_tenth_of_a_degree_tall_and_named_by_its_row_and_column() {
        for (latitude, longitude, cell) in [
            (55.600_000, 12.480_000, 556 * 4_000 + 78),
            (55.699_999, 12.639_999, 556 * 4_000 + 78),
            (55.700_000, 12.480_000, 557 * 4_000 + 78),
            (55.600_000, 12.640_000, 556 * 4_000 + 79),
            (-0.000_001, -0.000_001, -4_001),
        ] {
            assert_eq!(point(latitude, longitude).cell(), cell, "{latitude} {longitude}");
        }
    }

    #[test]
    fn squares_are_found_once_and_only_as_far_as_asked() {
        let here = point(55.65, 12.56);
        let own = here.cells_within(1.0);
        assert_eq!(own, [(here.cell(), 0.0)]);
        let cells = here.cells_within(20.0);
        let numbers: std::collections::BTreeSet<i32> = cells.iter().map(|(cell, _)| *cell).collect();
        assert_eq!(numbers.len(), cells.len(), "each once");
        // Five rows of a tenth of a degree (11 km), and at most five columns of 0.16 degrees (10 km).
        let rows: std::collections::BTreeSet<i32> = numbers.iter().map(|cell| cell / ROW).collect();
        assert_eq!(rows.into_iter().collect::<Vec<_>>(), [554, 555, 556, 557, 558]);
        assert_eq!(numbers.iter().filter(|cell| **cell / ROW == 556).count(), 5);
        assert!(cells.iter().all(|(_, least)| *least <= 20.0));
    }

    #[test]
    fn a_place_that_is_kept_has_a_point_and_says_how_exactly() {
        let kept = |latitude, longitude, by| Placed::stored(latitude, longitude, by).is_some();
        assert!(kept(Some(1), Some(2), Some(PlacedBy::Postcode)));
        assert!(!kept(None, Some(2), Some(PlacedBy::Postcode)) && !kept(Some(1), None, Some(PlacedBy::Postcode)));
        assert!(!kept(Some(1), Some(2), None));
    }
}
