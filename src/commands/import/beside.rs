//! The files beside a list: rejected rows and changes.

use crate::commands::{import::order::in_file, progress::Bar};
use rettematch::{
    domain::{import::Changed, values::formula::defused},
    import::{
        self, BadRow, Layout, Listener, ListenerResult, Original, Righted,
        cell::without_cpr,
        columns::{ADDED, folded},
    },
};
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

type Writer = csv::Writer<File>;

/// Writes the two files beside the list, each where there is something to write.
pub(super) struct Beside {
    list: PathBuf,
    layout: Layout,
    rejected: Option<Writer>,
    rejected_json: Option<File>,
    changes: Option<Writer>,
    bar: Bar,
    told: u64,
}

pub(super) fn beside(list: &Path, end: &str) -> PathBuf {
    let mut name = list.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A table that Excel opens directly: with a byte order mark, and the separator of the list.
fn table(path: &Path, separator: u8) -> Result<Writer, io::Error> {
    use std::io::Write;
    let mut file = File::create(path).map_err(in_file(path))?;
    file.write_all(b"\xef\xbb\xbf").map_err(in_file(path))?;
    Ok(csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(file))
}

/// No cell is run as a formula; when the file is sent again, each is read as it stood.
fn put<I: AsRef<str>>(writer: &mut Writer, row: impl IntoIterator<Item = I>) -> ListenerResult {
    Ok(writer.write_record(row.into_iter().map(|cell| defused(cell.as_ref())))?)
}

const REJECTED: &str = ".rejected.csv";

const REJECTED_JSON: &str = ".rejected.jsonl";

const CHANGES: &str = ".changes.csv";

impl Beside {
    pub(super) fn new(list: &Path) -> Self {
        // What an earlier run has left would be taken for this one's.
        for end in [REJECTED, REJECTED_JSON, CHANGES] {
            let _ = std::fs::remove_file(beside(list, end));
        }
        let bar = Bar::new("percent of the list");
        let layout = Layout::default();
        Self { list: list.to_owned(), layout, rejected: None, rejected_json: None, changes: None, bar, told: 101 }
    }

    fn separator(&self) -> u8 {
        self.layout.separator.and_then(|separator| u8::try_from(separator).ok()).unwrap_or(b';')
    }

    pub(super) fn change(&mut self, row: [&str; 8]) -> ListenerResult {
        let separator = self.separator();
        let writer = match &mut self.changes {
            Some(writer) => writer,
            none => {
                let mut new = table(&beside(&self.list, CHANGES), separator)?;
                put(&mut new, ["hvad", "linje", "cvr", "p-nummer", "navn", "kolonne", "før", "efter"])?;
                none.insert(new)
            }
        };
        put(writer, row)
    }

    pub(super) fn end(&mut self) -> ListenerResult {
        self.bar.end();
        for writer in [&mut self.rejected, &mut self.changes].into_iter().flatten() {
            writer.flush()?;
        }
        Ok(())
    }

    pub(super) fn tell_files(&self) {
        let files = [
            (self.rejected.is_some(), REJECTED, "to be corrected and sent again"),
            (self.rejected_json.is_some(), REJECTED_JSON, "to be corrected and sent again"),
            (self.changes.is_some(), CHANGES, "what is new or otherwise"),
        ];
        for (_, end, what) in files.iter().filter(|(written, ..)| *written) {
            println!("  {}: {what}", beside(&self.list, end).display());
        }
    }
}

/// The faults of a row in one text, Danish first.
fn in_one(row: &BadRow) -> String {
    let one = |bad: &import::BadCell| {
        let value = if bad.value.is_empty() { String::new() } else { format!(" »{}«", without_cpr(&bad.value)) };
        format!("{}{value}: {} / {}", bad.column, bad.fault.message.da, bad.fault.message.en)
    };
    row.faults.iter().map(one).collect::<Vec<_>>().join(" | ")
}

impl Listener for Beside {
    fn begins(&mut self, layout: &Layout) -> ListenerResult {
        self.layout = layout.clone();
        Ok(())
    }

    fn bad(&mut self, row: &BadRow) -> ListenerResult {
        use std::io::Write;
        let (line, why) = (row.line.to_string(), in_one(row));
        let cells = match &row.original {
            Original::Cells(cells) => cells,
            Original::Text(text) => {
                let path = beside(&self.list, REJECTED_JSON);
                let file = match &mut self.rejected_json {
                    Some(file) => file,
                    none => none.insert(File::create(&path).map_err(in_file(&path))?),
                };
                // The additions are fields of the object that a later import ignores.
                let added = serde_json::json!({"linje": row.line, "fejl": why}).to_string();
                let added = added.strip_suffix('}').unwrap_or(&added);
                let whole = match text.strip_prefix('{').filter(|_| serde_json::from_str::<serde_json::Value>(text).is_ok()) {
                    Some(rest) => format!("{added},{rest}\n"),
                    None => format!("{}\n", serde_json::json!({"linje": row.line, "fejl": why, "original": &**text})),
                };
                return Ok(file.write_all(whole.as_bytes()).map_err(in_file(&path))?);
            }
        };
        let own = |index: &usize| {
            let header = self.layout.headers.get(*index).map(|header| folded(header)).unwrap_or_default();
            !ADDED.contains(&header.as_str())
        };
        let (separator, headers) = (self.separator(), &self.layout.headers);
        let writer = match &mut self.rejected {
            Some(writer) => writer,
            none => {
                let mut new = table(&beside(&self.list, REJECTED), separator)?;
                let headers = headers.iter().enumerate().filter(|(index, _)| own(index)).map(|(_, header)| header.clone());
                put(&mut new, ADDED.iter().map(|name| (*name).to_owned()).chain(headers))?;
                none.insert(new)
            }
        };
        let columns = row.faults.iter().map(|bad| bad.column.as_str()).collect::<Vec<_>>().join(", ");
        let cells = cells.iter().enumerate().filter(|(index, _)| own(index)).map(|(_, cell)| cell.clone());
        put(writer, [line, columns, why].into_iter().chain(cells))
    }

    fn righted(&mut self, righted: &Righted) -> ListenerResult {
        let line = righted.line.to_string();
        self.change(["rettet", &line, "", "", "", &righted.column, &righted.before, &righted.after])
    }

    fn changed(&mut self, changed: &Changed) -> ListenerResult {
        let what = changed.came.label().da;
        let number = changed.p_number.as_deref().unwrap_or_default();
        let begin = [what.as_str(), "", &changed.cvr, number, &changed.name];
        let [what, line, cvr, number, name] = begin;
        if changed.fields.is_empty() {
            return self.change([what, line, cvr, number, name, "", "", ""]);
        }
        for field in &changed.fields {
            self.change([what, line, cvr, number, name, &field.column.label().da, &field.before, &field.after])?;
        }
        Ok(())
    }

    fn far(&mut self, done: u64, of: u64) {
        let percent = done.saturating_mul(100).checked_div(of).unwrap_or(100).min(100);
        if percent != self.told {
            self.told = percent;
            self.bar.tell(percent, 100);
        }
    }
}
