//! Excel workbooks (.xlsx): the first sheet with a header, cell by cell. Numbers, dates and texts come as Excel holds them,
//! not as it shows them.

use crate::import::{
    cell::Cell,
    error::ImportError,
    reading::Out,
    rows::Layout,
    table::{HEADER_WITHIN, TableShape, take},
    workbook,
};
use calamine::{DataRef, Reader, Xlsx};
use chrono::{Days, NaiveDate};
use std::{fs::File, io::BufReader};

/// No list has more columns; whatever is further right is ignored.
const WIDEST: usize = 500;

fn day(serial: f64) -> Option<NaiveDate> {
    let days = format!("{:.0}", serial.floor()).parse().ok()?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

fn cell(value: &DataRef) -> Cell {
    match value {
        DataRef::Int(number) => Cell::of(&number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::of(text),
        DataRef::SharedString(text) => Cell::of(text),
        DataRef::Bool(yes) => Cell::Yes(*yes),
        DataRef::DateTime(moment) => day(moment.as_f64()).map_or(Cell::Number(moment.as_f64()), Cell::Day),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::of(text),
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => Cell::Empty,
        #[expect(unreachable_patterns, reason = "kinds of cells that a later version may add")]
        _ => Cell::Empty,
    }
}

fn unreadable(error: impl std::fmt::Display) -> ImportError {
    ImportError::unreadable(
        format!("Excel-filen kan ikke læses ({error}). Er den beskyttet med adgangskode? Gem den som .xlsx uden."),
        format!("The Excel workbook cannot be read ({error}). Has it a password? Save it as .xlsx without."),
    )
}

/// Reads an Excel workbook.
pub fn read<S: TableShape>(file: File, today: NaiveDate, out: &mut Out<S::Row>) -> Result<(), ImportError> {
    workbook::look(&file)?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(unreadable)?;
    let mut fault = None;
    for name in book.sheet_names() {
        let mut sheet = Sheet::<S> { columns: None, rows: 0, fault: None, width: 0, today };
        let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
        let last = u64::from(cells.dimensions().end.0) + 1;
        let mut row: (u64, Vec<Cell>) = (0, Vec::new());
        loop {
            let next = cells.next_cell().map_err(unreadable)?;
            let place = next.as_ref().map(|found| found.get_position());
            let line = place.map_or(u64::MAX, |(line, _)| u64::from(line) + 1);
            if line != row.0 {
                if row.0 > 0 {
                    out.far(row.0, last);
                    sheet.take(row.0, &row.1, &name, out)?;
                }
                row = (line, Vec::new());
                if sheet.columns.is_none() && sheet.rows >= HEADER_WITHIN {
                    break;
                }
            }
            let (Some(found), Some((_, column))) = (next, place) else { break };
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column < WIDEST {
                row.1.resize(row.1.len().max(column + 1), Cell::Empty);
                if let Some(slot) = row.1.get_mut(column) {
                    *slot = cell(found.get_value());
                }
            }
        }
        if sheet.columns.is_some() {
            return Ok(());
        }
        fault = fault.or(sheet.fault);
    }
    let (da, en) = fault.unwrap_or_else(S::wanted);
    Err(ImportError::unreadable(da, en))
}

struct Sheet<S: TableShape> {
    columns: Option<S::Columns>,
    rows: usize,
    fault: Option<(String, String)>,
    width: usize,
    today: NaiveDate,
}

impl<S: TableShape> Sheet<S> {
    fn take(&mut self, line: u64, cells: &[Cell], name: &str, out: &mut Out<S::Row>) -> Result<(), ImportError> {
        self.rows += 1;
        if let Some(columns) = &self.columns {
            return take::<S>(line, cells, columns, self.width, self.today, out);
        }
        let headers: Vec<String> = cells.iter().map(Cell::text).collect();
        match S::columns(&headers) {
            Some(Ok(columns)) => {
                self.width = headers.len();
                let unused = S::unused(&columns).to_vec();
                out.layout(Layout { headers, unused, separator: None, sheet: Some(name.to_owned()), lines_of_json: false });
                self.columns = Some(columns);
            }
            Some(Err(fault)) => self.fault = Some((fault.message.da, fault.message.en)),
            None => {}
        }
        Ok(())
    }
}
