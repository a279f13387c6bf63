//! Numbers of JSON counted exactly.

/// `number × units` as a whole number, where it is one and small enough to count exactly.
pub(super) fn in_units(number: f64, units: i32) -> Option<i64> {
    let scaled = number * f64::from(units);
    let rounded = scaled.round();
    // A number that is almost none is no zero.
    let vanishes = rounded.abs() < 1.0 && number.abs() > 0.0;
    let close = (scaled - rounded).abs() < 1e-6 && rounded.abs() < 1e12 && !vanishes;
    close.then(|| format!("{rounded:.0}").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_counted_in_units_where_it_is_whole_in_them_and_small_enough() {
        for (number, units, counted) in [
            (18.25, 60, Some(1095)),
            (-18.25, 60, Some(-1095)),
            (0.0, 60, Some(0)),
            (0.1 + 0.2, 100, Some(30)),
            (0.333, 100, None),
            // Next to a whole number, and almost nothing.
            (1.000_000_001, 100, Some(100)),
            (1.000_1, 100, None),
            (1e-9, 100, None),
            (-1e-9, 100, None),
            (999_999_999_999.0, 1, Some(999_999_999_999)),
            (1e12, 1, None),
            (-1e12, 1, None),
            (f64::NAN, 1, None),
            (f64::INFINITY, 1, None),
        ] {
            assert_eq!(in_units(number, units), counted, "{number} {units}");
        }
    }
}
