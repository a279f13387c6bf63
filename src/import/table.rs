//! CSV as people send it: which sign stands between fields and where the header is, is found by looking; each field is
//! UTF-8 where it can be, else Windows-1252 (a Danish word in Windows-1252 is no UTF-8, so nothing has to be guessed for the
//! file as a whole, and a file put together from both is read too).

use crate::{
    domain::input::Fault,
    import::{
        cell::Cell,
        error::ImportError,
        reading::Out,
        rows::{BadCell, Layout, Original, Righted},
    },
};
use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;
use std::{
    cell::Cell as Shared,
    fs::File,
    io::{Cursor, Read},
    rc::Rc,
};

/// How rows of a table are read: the columns, and what a row says.
pub trait TableShape {
    type Row: Send + 'static;
    type Columns;
    /// Reads a header row; nothing if the row is none.
    fn columns(headers: &[String]) -> Option<Result<Self::Columns, Fault>>;
    fn unused(columns: &Self::Columns) -> &[String];
    /// What a header must have, in Danish and English.
    fn wanted() -> (String, String);
    /// # Errors
    /// All faults of the row.
    fn read(
        cells: &[Cell],
        columns: &Self::Columns,
        line: u64,
        today: NaiveDate,
        righted: &mut Vec<Righted>,
    ) -> Result<Self::Row, Vec<BadCell>>;
}

/// The header is among the first lines that are not blank; titles may precede it.
pub const HEADER_WITHIN: usize = 20;
/// The number of bytes in which separator and header are searched.
const SAMPLE: u64 = 65_536;
/// No row is longer: a quotation mark that nobody closes would swallow the file.
const LONGEST_ROW: usize = 1 << 20;
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

fn text(field: &[u8]) -> String {
    match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(field).0.into_owned(),
    }
}

fn reader<R: Read>(from: R, separator: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(from)
}

/// Counts what has been read since the last row.
struct Bounded<R> {
    inner: R,
    since: Rc<Shared<usize>>,
    total: Rc<Shared<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(std::io::Error::other("a row is longer than a million characters"));
        }
        let read = self.inner.read(into)?;
        self.since.set(self.since.get() + read);
        self.total.set(self.total.get() + u64::try_from(read).unwrap_or_default());
        Ok(read)
    }
}

/// What files begin with that are no CSV.
fn other_kind(begin: &[u8]) -> Option<ImportError> {
    let is = |mark: &[u8]| begin.starts_with(mark);
    if is(b"PK\x03\x04") {
        return Some(ImportError::unreadable(
            "Det er en Excel-fil, ikke CSV. Send den som Excel.",
            "This is an Excel workbook, not CSV. Send it as such.",
        ));
    }
    if is(b"\xd0\xcf\x11\xe0") {
        return Some(ImportError::unreadable(
            "Gammelt Excel-format (.xls). Gem filen som .xlsx.",
            "An old Excel format (.xls). Save the file as .xlsx.",
        ));
    }
    if is(b"\xff\xfe") || is(b"\xfe\xff") {
        return Some(ImportError::unreadable(
            "Filen er gemt som Unicode-tekst (UTF-16). Gem den som CSV UTF-8.",
            "The file is saved as Unicode text (UTF-16). Save it as CSV UTF-8.",
        ));
    }
    None
}

/// Reads a CSV file.
pub fn read<S: TableShape>(mut file: File, today: NaiveDate, out: &mut Out<S::Row>) -> Result<(), ImportError> {
    let size = file.metadata()?.len();
    let mut sample = Vec::new();
    (&mut file).take(SAMPLE).read_to_end(&mut sample)?;
    if let Some(halt) = other_kind(&sample) {
        return Err(halt);
    }
    let skipped = if sample.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let sample: Vec<u8> = sample.into_iter().skip(skipped).collect();
    let (separator, header) = find_header::<S>(&sample)?;
    let (since, total) = (Rc::new(Shared::new(0)), Rc::new(Shared::new(0)));
    let whole = Bounded { inner: Cursor::new(sample).chain(file), since: Rc::clone(&since), total: Rc::clone(&total) };
    let mut reader = reader(whole, separator);
    let mut record = csv::ByteRecord::new();
    let mut number = 0;
    let mut columns = None;
    let mut width = 0;
    loop {
        let begun = reader.position().line();
        let more = reader.read_byte_record(&mut record);
        if since.get() > LONGEST_ROW {
            let fault = Fault::new(
                "unclosed-quotation",
                "Et anførselstegn er åbnet i denne linje og ikke lukket. Luk det, og send hele filen igen: resten er ikke læst.",
                "A quotation mark is opened in this line and not closed. Close it, and send the whole file again: the rest is not read.",
            );
            let bad = BadCell { column: String::new(), value: String::new(), fault };
            return out.bad(begun, vec![bad], Original::Cells(Vec::new()));
        }
        if !more.map_err(|error| ImportError::from(std::io::Error::other(error)))? {
            return Ok(());
        }
        since.set(0);
        out.far(total.get(), size);
        let line = record.position().map_or(0, csv::Position::line);
        number += 1;
        let Some(columns) = &columns else {
            if number == header {
                let headers: Vec<String> = record.iter().map(|field| Cell::of(&text(field)).text()).collect();
                let found = S::columns(&headers).unwrap_or_else(|| Err(Fault::new("header", "", "")));
                let found = found.map_err(|fault| ImportError::unreadable(fault.message.da, fault.message.en))?;
                let unused = S::unused(&found).to_vec();
                width = headers.len();
                out.layout(Layout { headers, unused, separator: Some(char::from(separator)), sheet: None, lines_of_json: false });
                columns = Some(found);
            }
            continue;
        };
        let cells: Vec<Cell> = record.iter().map(|field| Cell::of(&text(field))).collect();
        take::<S>(line, &cells, columns, width, today, out)?;
    }
}

/// Reads a row of cells, and passes the result on.
pub fn take<S: TableShape>(
    line: u64,
    cells: &[Cell],
    columns: &S::Columns,
    width: usize,
    today: NaiveDate,
    out: &mut Out<S::Row>,
) -> Result<(), ImportError> {
    if cells.iter().all(Cell::is_empty) {
        out.batch.blank += 1;
        return Ok(());
    }
    let original = || Original::Cells(cells.iter().map(Cell::text).collect());
    if let Some(more) = cells.get(width..).and_then(|more| more.iter().find(|cell| !cell.is_empty())) {
        let fault = Fault::new(
            "too-many-fields",
            "Rækken har flere felter end overskriften. Et felt med skilletegn i skal stå i anførselstegn.",
            "The row has more fields than the header. A field with a separator in it must stand in quotation marks.",
        );
        return out.bad(line, vec![BadCell { column: String::new(), value: more.text(), fault }], original());
    }
    let mut righted = Vec::new();
    match S::read(cells, columns, line, today, &mut righted) {
        Ok(row) => {
            out.batch.righted.append(&mut righted);
            out.row(line, row, original())
        }
        Err(faults) => out.bad(line, faults, original()),
    }
}

/// The separator that yields the header with the most fields, and the header's row.
fn find_header<S: TableShape>(sample: &[u8]) -> Result<(u8, usize), ImportError> {
    let mut best: Option<(usize, u8, usize)> = None;
    let mut fault = None;
    for separator in SEPARATORS {
        for (index, record) in reader(sample, separator).into_byte_records().take(HEADER_WITHIN).enumerate() {
            let Ok(record) = record else { break };
            let headers: Vec<String> = record.iter().map(|field| Cell::of(&text(field)).text()).collect();
            match S::columns(&headers) {
                Some(Ok(_)) if best.is_none_or(|(most, ..)| headers.len() > most) => {
                    best = Some((headers.len(), separator, index + 1))
                }
                Some(Err(why)) => fault = Some(why),
                _ => continue,
            }
            break;
        }
    }
    if let Some((_, separator, index)) = best {
        return Ok((separator, index));
    }
    let (da, en) = fault.map_or_else(S::wanted, |why| (why.message.da, why.message.en));
    Err(ImportError::unreadable(da, en))
}
