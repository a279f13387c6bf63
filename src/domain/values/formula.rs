//! Texts in a table that a spreadsheet opens.
//!
//! What must never happen: a spreadsheet runs what somebody wrote into a name as a formula.

/// What a spreadsheet takes for the beginning of a formula; the last four are what Excel reads like the first.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet runs: with an apostrophe before it where it would.
pub fn defused(text: &str) -> String {
    let armed = text.starts_with(FORMULA) && !is_number(text);
    if armed { format!("'{text}") } else { text.to_owned() }
}

/// A text without the apostrophe that [`defused`] has put before it.
pub fn as_written(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(text)
}

/// A sign, digits, perhaps decimals.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    [whole, decimals].iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_somebody_wrote_is_run_as_a_formula() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+45 11 22 33 44", "'+45 11 22 33 44"),
            ("-", "'-"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1+1", "'＝1+1"),
            ("-5", "-5"),
            ("+4511223344", "+4511223344"),
            ("-5,25", "-5,25"),
            ("-5.", "'-5."),
            ("5=5", "5=5"),
            ("A/S", "A/S"),
            ("'t Hart", "'t Hart"),
            ("", ""),
        ] {
            assert_eq!(defused(text), expected, "{text}");
            assert_eq!(as_written(expected), text);
        }
    }
}
