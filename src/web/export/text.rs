//! CSV as Danish Excel opens it by a double click: UTF-8 with a byte order mark, semicolons, CRLF, decimal comma, a header row.
//!
//! What must never happen: a spreadsheet runs what somebody wrote into a name as a formula.

use crate::{
    domain::values::formula::defused,
    web::export::table::{ExportCell, TableColumn, cells},
};
use serde::Serialize;

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

#[cfg(test)]
mod tests {
    use super::*;

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
