//! Digits as spreadsheets and people write them.

use crate::{
    domain::input::Fault,
    import::cell::value::{Cell, blank},
};

/// `1,0990E+09`: what Excel makes of a long number in a narrow column.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    digits(power) && digits(&number.replace([',', '.'], ""))
}

pub(super) fn rounded() -> Fault {
    Fault::new(
        "excel-rounded",
        "Excel har afrundet tallet. Vælg talformatet Tal uden decimaler for kolonnen, og gem filen igen.",
        "Excel has rounded the number. Give the column the format Number without decimals, and save the file again.",
    )
}

/// The digits of a number: without blanks, without thousands separators, without decimals that are zero.
pub(super) fn digits(cell: &Cell) -> Result<String, Fault> {
    let text: String = cell.text().chars().filter(|c| !blank(*c)).collect();
    if is_rounded(&text) {
        return Err(rounded());
    }
    let whole = match text.split_once([',', '.']) {
        Some((whole, rest)) if rest.chars().all(|c| c == '0') && !rest.is_empty() && rest.len() != 3 => whole.to_owned(),
        _ => text,
    };
    Ok(whole.replace(['.', '-'], ""))
}

/// Digits of a given length; one lost leading zero is restored.
pub(super) fn padded(digits: &str, length: usize) -> (String, bool) {
    let lost = digits.len() + 1 == length && digits.chars().all(|c| c.is_ascii_digit());
    (if lost { format!("0{digits}") } else { digits.to_owned() }, lost)
}
