//! Brings lists of companies and of postcodes in: reads the files that people really send, row by row, hands them to the
//! actions a batch at a time, and says of each row what came of it.
//!
//! Promise: every bad row is told with all its faults at once, each with line, column, value, reason and what to do, in a
//! form that can be corrected and sent again; good rows are kept only where that is asked for; the same file twice changes
//! nothing; whoever is killed in between leaves whole batches, and sends the file again.
//!
//! Memory: CSV and JSON lines are read a row at a time. Of an Excel workbook the table of its texts is held (Excel stores
//! every different text of a workbook there once), the cells are read one by one. Of each list the CVR and P-numbers it has
//! told of are held, about forty bytes each, to find what it tells twice; so a list of the whole country takes some tens of
//! megabytes, and no list more than there are companies.

pub mod cell;
pub mod columns;
mod companies;
mod extract;
pub mod postcodes;
pub mod report;
mod row;
mod sheet;
mod table;

pub use companies::{companies, help};
pub use report::{ImportReport, Listener, ListenerResult};

use crate::{
    actions::ActionError,
    context::Account,
    domain::{
        input::Fault,
        values::{
            day::At,
            localized::{Localized, localized},
        },
    },
    store::StoreError,
};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};
use tokio::sync::{mpsc, oneshot};

/// How many rows are compared and written together.
const BATCH: usize = 500;

/// The forms that a list can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    JsonLines,
}

impl Format {
    /// By what the file begins with, else by its name.
    ///
    /// # Errors
    /// The file's own.
    pub fn of(file: &mut File, path: &Path) -> std::io::Result<Self> {
        let mut begin = [0_u8; 64];
        let read = file.read(&mut begin)?;
        file.seek(SeekFrom::Start(0))?;
        let begin = begin.get(..read).unwrap_or_default();
        let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
        let named = path.extension().and_then(|name| name.to_str()).unwrap_or_default().to_lowercase();
        Ok(match first {
            _ if begin.starts_with(b"PK\x03\x04") => Self::Xlsx,
            Some(b'{' | b'[') => Self::JsonLines,
            _ if ["json", "jsonl", "ndjson"].contains(&named.as_str()) => Self::JsonLines,
            _ => Self::Csv,
        })
    }

    /// By the media type of a body.
    pub fn of_type(essence: &str) -> Option<Self> {
        match essence.to_ascii_lowercase().as_str() {
            "text/csv" => Some(Self::Csv),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(Self::Xlsx),
            "application/x-ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// A list that is to be brought in: by whom and when, from which file, and whether the good rows are kept.
pub struct List<'a> {
    pub by: &'a Account,
    pub at: At,
    pub file: File,
    pub format: Format,
    pub keep: bool,
}

/// One cell that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct BadCell {
    /// As the file calls it.
    pub column: String,
    pub value: String,
    pub fault: Fault,
}

/// A row that cannot be brought in.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    pub line: u64,
    pub faults: Vec<BadCell>,
    pub original: Original,
}

/// A row as it stood in the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Original {
    Cells(Vec<String>),
    Text(Arc<str>),
}

/// A cell that was unambiguous, and put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Righted {
    pub line: u64,
    pub column: String,
    pub before: String,
    pub after: String,
}

/// How the file is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    pub headers: Vec<String>,
    /// Columns that nobody knows.
    pub unused: Vec<String>,
    pub separator: Option<char>,
    pub sheet: Option<String>,
    /// JSON lines: what is rejected is written so too.
    pub lines_of_json: bool,
}

/// A row that was read.
struct Good<T> {
    line: u64,
    row: T,
    original: Original,
}

/// What is handed on together.
struct Batch<T> {
    layout: Option<Layout>,
    rows: Vec<Good<T>>,
    bad: Vec<BadRow>,
    righted: Vec<Righted>,
    blank: u64,
    done: u64,
    of: u64,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { layout: None, rows: Vec::new(), bad: Vec::new(), righted: Vec::new(), blank: 0, done: 0, of: 0 }
    }
}

/// Why a list is not read, or not read to its end.
#[derive(Debug)]
pub enum ImportError {
    /// The file itself, in words that say what to do.
    Unreadable(Box<Localized>),
    Action(ActionError),
    /// The listener cannot write down what came of it.
    Listener(Box<dyn std::error::Error + Send + Sync>),
    /// Nobody waits for it any more.
    Abandoned,
}

impl From<crate::context::Forbidden> for ImportError {
    fn from(forbidden: crate::context::Forbidden) -> Self {
        Self::Action(forbidden.into())
    }
}
impl From<ActionError> for ImportError {
    fn from(stop: ActionError) -> Self {
        Self::Action(stop)
    }
}
impl From<StoreError> for ImportError {
    fn from(failure: StoreError) -> Self {
        Self::Action(failure.into())
    }
}
impl From<std::io::Error> for ImportError {
    fn from(error: std::io::Error) -> Self {
        let text = error.to_string();
        Self::unreadable(format!("Filen kan ikke læses: {text}"), format!("The file cannot be read: {text}"))
    }
}

impl ImportError {
    fn unreadable(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Unreadable(Box::new(localized(da, en)))
    }
}

impl std::error::Error for ImportError {}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(said) => write!(f, "{} / {}", said.da, said.en),
            Self::Action(ActionError::Forbidden) => {
                f.write_str("the role of this account does not keep companies: a liaison or a team leader does")
            }
            Self::Action(ActionError::Store(failure)) => write!(f, "{failure}"),
            Self::Action(_) => f.write_str("it could not be done"),
            Self::Listener(why) => write!(f, "{why}"),
            Self::Abandoned => f.write_str("nobody waits for the answer"),
        }
    }
}

/// Where a reader puts what it has read: handed on a batch at a time, and waiting while nobody takes it.
struct Out<T> {
    batch: Batch<T>,
    to: mpsc::Sender<Batch<T>>,
}

impl<T> Out<T> {
    fn layout(&mut self, layout: Layout) {
        self.batch.layout = Some(layout);
    }

    fn far(&mut self, done: u64, of: u64) {
        (self.batch.done, self.batch.of) = (done, of);
    }

    fn row(&mut self, line: u64, row: T, original: Original) -> Result<(), ImportError> {
        self.batch.rows.push(Good { line, row, original });
        self.full()
    }

    fn bad(&mut self, line: u64, faults: Vec<BadCell>, original: Original) -> Result<(), ImportError> {
        self.batch.bad.push(BadRow { line, faults, original });
        self.full()
    }

    fn full(&mut self) -> Result<(), ImportError> {
        if self.batch.rows.len() + self.batch.bad.len() < BATCH { Ok(()) } else { self.hand_on() }
    }

    fn hand_on(&mut self) -> Result<(), ImportError> {
        let (done, of) = (self.batch.done, self.batch.of);
        let full = std::mem::replace(&mut self.batch, Batch { done, of, ..Batch::default() });
        self.to.blocking_send(full).map_err(|_| ImportError::Abandoned)
    }
}

/// How a reader ended.
type End = oneshot::Receiver<Result<(), ImportError>>;

/// Reads on a thread of its own, two batches ahead: a list takes minutes, and there are few threads that serve requests.
fn reading<T: Send + 'static>(
    read: impl FnOnce(&mut Out<T>) -> Result<(), ImportError> + Send + 'static,
) -> Result<(mpsc::Receiver<Batch<T>>, End), ImportError> {
    let ((to, from), (end, ended)) = (mpsc::channel(2), oneshot::channel());
    let run = move || {
        let mut out = Out { batch: Batch::default(), to };
        let done = read(&mut out).and_then(|()| {
            out.far(1, 1);
            out.hand_on()
        });
        // Whoever asked may be gone.
        let _ = end.send(done);
    };
    std::thread::Builder::new().name("intake".into()).spawn(run)?;
    Ok((from, ended))
}

async fn ended(reader: End) -> Result<(), ImportError> {
    reader.await.unwrap_or_else(|_| Err(ImportError::unreadable("Filen kan ikke læses.", "The file cannot be read.")))
}
