//! CSV as Danish Excel opens it by a double click: UTF-8 with a byte order mark, semicolons, CRLF, decimal comma, a header row.
//!
//! What must never happen: a spreadsheet runs what somebody wrote into a name as a formula.

use crate::web::export::table::{ExportCell, TableColumn, cells};
use serde::Serialize;

/// What a spreadsheet takes for the beginning of a formula; the last four are what Excel reads like the first.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The byte order mark and the headers.
pub fn head(columns: &[TableColumn]) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    // Writing to memory does not fail.
    let _ = write(&mut bytes, [columns.iter().map(TableColumn::name).collect()]);
    bytes
}

/// Adds the rows of some items.
///
/// # Errors
/// An item that is no JSON.
pub fn rows<T: Serialize>(bytes: &mut Vec<u8>, columns: &[TableColumn], items: Vec<T>) -> Result<(), csv::Error> {
    let row = |item: &T| Ok(cells(columns, item).map_err(std::io::Error::from)?.iter().map(shown).collect());
    let rows = items.iter().map(row).collect::<Result<Vec<Vec<String>>, csv::Error>>()?;
    write(bytes, rows)
}

fn write(bytes: &mut Vec<u8>, rows: impl IntoIterator<Item = Vec<String>>) -> Result<(), csv::Error> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(bytes);
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.flush()?)
}

fn shown(cell: &ExportCell) -> String {
    match cell {
        ExportCell::Empty => String::new(),
        ExportCell::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").unwrap_or(&text).replace('.', ",")
        }
        ExportCell::Text(text) => defused(text),
    }
}

/// A text that no spreadsheet runs.
fn defused(text: &str) -> String {
    let armed = text.starts_with(FORMULA) && !is_number(text);
    if armed { format!("'{text}") } else { text.to_owned() }
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
            ("", ""),
        ] {
            assert_eq!(defused(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_have_a_decimal_comma() {
        for (number, expected) in [("20.0", "20"), ("12.5", "12,5"), ("-3", "-3"), ("0.25", "0,25")] {
            assert_eq!(shown(&ExportCell::Number(serde_json::from_str(number).unwrap())), expected);
        }
    }

    #[test]
    fn a_row_keeps_what_it_holds() {
        let mut bytes = Vec::new();
        let row = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        write(&mut bytes, [row(&["a;b", "say \"hi\"", "two\nlines", "æ", ""]), row(&["", "", "", "", "0"])]).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "\"a;b\";\"say \"\"hi\"\"\";\"two\nlines\";æ;\r\n;;;;0\r\n");
    }
}
