//! CPR, CVR and P-numbers that are valid and belong to nobody.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

fn next() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A CVR number whose check digit fits, another each time.
pub fn cvr() -> String {
    loop {
        let number = 20_000_000 + next();
        let digits = number.to_string();
        let sum: u32 = digits.chars().map(|c| c.to_digit(10).unwrap()).zip([2, 7, 6, 5, 4, 3, 2, 1]).map(|(d, w)| d * w).sum();
        if sum.is_multiple_of(11) {
            return digits;
        }
    }
}

/// A P-number, another each time.
pub fn p_number() -> String {
    format!("109{:07}", next())
}

/// A CPR number that belongs to nobody (day + 60), another each time.
pub fn cpr() -> String {
    let number = next();
    format!("{:02}{:02}{:02}-{:04}", 61 + number % 28, 1 + number / 28 % 12, 60 + number / 336 % 40, number % 4000)
}
