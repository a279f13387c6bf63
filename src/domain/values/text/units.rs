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
