//! An Excel file: written row by row into a temporary file, on a thread of its own, so that a long list costs neither memory nor
//! other requests' time. Texts are texts in it, never formulas; numbers are numbers, and days are days.

use crate::{
    domain::values::localized::localized,
    web::{
        export::table::{ExportCell, TableColumn},
        problem::{Problem, ProblemKind},
    },
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::{
    collections::VecDeque,
    fs::File,
    io::{Seek, SeekFrom},
    thread,
};
use tokio::sync::{mpsc, oneshot};

type Rows = VecDeque<Vec<ExportCell>>;

/// The most that Excel shows of a text.
const LONGEST: usize = 32_767;
/// The most rows that a sheet has, with its headers.
const MOST_ROWS: u32 = 1_048_576;

/// A file that is being made.
pub struct Sheet {
    columns: Vec<TableColumn>,
    /// Nothing stands for the end. Where it is closed without one the file is thrown away.
    rows: mpsc::Sender<Option<Rows>>,
    done: oneshot::Receiver<Result<(File, u64), XlsxError>>,
    left: u32,
}

/// Logs why a file cannot be made; the caller gets an internal error.
pub fn failed(why: impl std::fmt::Display) -> Problem {
    tracing::error!(%why, "an Excel file could not be made");
    Problem::new(ProblemKind::Internal)
}

/// Begins a file with its headers.
///
/// # Errors
/// No thread.
pub fn begin(columns: Vec<TableColumn>) -> Result<Sheet, Problem> {
    let (rows, waiting) = mpsc::channel(2);
    let (answer, done) = oneshot::channel();
    let own = columns.clone();
    let run = move || {
        if let Some(made) = make(&own, waiting).transpose() {
            // The caller may be gone.
            let _ = answer.send(made);
        }
    };
    thread::Builder::new().name("excel".into()).spawn(run).map_err(failed)?;
    Ok(Sheet { columns, rows, done, left: MOST_ROWS - 1 })
}

impl Sheet {
    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    /// Adds rows.
    ///
    /// # Errors
    /// More rows than a sheet has; a file that cannot be written.
    pub async fn put(&mut self, rows: Rows) -> Result<(), Problem> {
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        self.left = self.left.checked_sub(count).ok_or_else(|| {
            let da = "Listen er længere end et Excel-ark. Indsnævr den, eller hent den som CSV (Accept: text/csv).";
            let en = "The list is longer than an Excel sheet. Narrow it, or fetch it as CSV (Accept: text/csv).";
            Problem::with(ProblemKind::InvalidFields, localized(da, en))
        })?;
        // If the thread has ended, its error is reported at the end.
        let _ = self.rows.send(Some(rows)).await;
        Ok(())
    }

    /// The finished file, from its beginning, and its length.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub async fn end(self) -> Result<(File, u64), Problem> {
        let _ = self.rows.send(None).await;
        self.done.await.map_err(failed)?.map_err(failed)
    }
}

/// Nothing if the rows were interrupted.
fn make(columns: &[TableColumn], mut rows: mpsc::Receiver<Option<Rows>>) -> Result<Option<(File, u64)>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_freeze_panes(1, 0)?;
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    for (column, number) in columns.iter().zip(0..) {
        sheet.write_string_with_format(0, number, column.name(), &bold)?;
        sheet.set_column_width(number, 16)?;
    }
    let mut row = 1;
    loop {
        match rows.blocking_recv() {
            None => return Ok(None),
            Some(None) => break,
            Some(Some(rows)) => {
                for cells in rows {
                    for ((column, cell), number) in columns.iter().zip(cells).zip(0..) {
                        put(sheet, row, number, cell, column.is_day.then_some(&day))?;
                    }
                    row += 1;
                }
            }
        }
    }
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&mut file)?;
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    Ok(Some((file, length)))
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: ExportCell, day: Option<&Format>) -> Result<(), XlsxError> {
    match cell {
        ExportCell::Empty => {}
        ExportCell::Number(number) => {
            sheet.write_number(row, column, number.as_f64().unwrap_or_default())?;
        }
        ExportCell::Text(text) => {
            let read = day.and_then(|format| Some((ExcelDateTime::parse_from_str(&text).ok()?, format)));
            match read {
                Some((day, format)) => sheet.write_datetime_with_format(row, column, day, format)?,
                None => sheet.write_string(row, column, text.chars().take(LONGEST).collect::<String>())?,
            };
        }
    }
    Ok(())
}
