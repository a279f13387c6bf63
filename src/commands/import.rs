//! `import companies` and `import postcodes`: a list from a file, in the name of an account. Invalid rows are written into a file
//! beside it, which can be corrected and imported; changes into another.

use super::CommandResult;
use super::progress::Bar;
use rettematch::{
    actions::people::accounts::by,
    app::App,
    context::Account,
    domain::import::Changed,
    import::{
        self, BadRow, Format, ImportError, ImportReport, Layout, List, Listener, ListenerResult, Original, Righted,
        cell::without_cpr,
        columns::{ADDED, folded},
        postcodes::{self, Moved},
    },
    settings::Settings,
    store::{Conn, accounts},
};
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// What is asked for.
pub struct Order {
    pub file: PathBuf,
    /// The account in whose name and municipality it is done.
    pub by: String,
    pub keep: bool,
}

type Writer = csv::Writer<File>;

/// Writes the two files beside the list, each where there is something to write.
struct Beside {
    list: PathBuf,
    layout: Layout,
    rejected: Option<Writer>,
    rejected_json: Option<File>,
    changes: Option<Writer>,
    bar: Bar,
    told: u64,
}

fn beside(list: &Path, end: &str) -> PathBuf {
    let mut name = list.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The same error, with the file that it is about.
fn in_file(path: &Path) -> impl Fn(io::Error) -> io::Error {
    let path = path.display().to_string();
    move |error| io::Error::new(error.kind(), format!("{path}: {error}"))
}

/// A table that Excel opens directly: with a byte order mark, and the separator of the list.
fn table(path: &Path, separator: u8) -> Result<Writer, io::Error> {
    use std::io::Write;
    let mut file = File::create(path).map_err(in_file(path))?;
    file.write_all(b"\xef\xbb\xbf").map_err(in_file(path))?;
    Ok(csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(file))
}

fn put<I: AsRef<str>>(writer: &mut Writer, row: impl IntoIterator<Item = I>) -> ListenerResult {
    Ok(writer.write_record(row.into_iter().map(|cell| cell.as_ref().as_bytes().to_vec()))?)
}

const REJECTED: &str = ".rejected.csv";
const REJECTED_JSON: &str = ".rejected.jsonl";
const CHANGES: &str = ".changes.csv";

impl Beside {
    fn new(list: &Path) -> Self {
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

    fn change(&mut self, row: [&str; 8]) -> ListenerResult {
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

    fn end(&mut self) -> ListenerResult {
        self.bar.end();
        for writer in [&mut self.rejected, &mut self.changes].into_iter().flatten() {
            writer.flush()?;
        }
        Ok(())
    }

    fn tell_files(&self) {
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

/// The account in whose name it is done.
async fn caller(app: &App, email: &str) -> CommandResult<Account> {
    let wanted = email.trim().to_lowercase();
    let found = app.db.read(move |conn: &mut Conn| accounts::by_email(conn, &wanted)).await?;
    let open = found.filter(|account| account.closed_on.is_none());
    let account = open.ok_or_else(|| format!("--by {email}: nobody signs in with this address"))?;
    Ok(by(account).map_err(|_| format!("--by {email}: the account cannot be read"))?)
}

async fn begin(config: Option<&Path>, order: &Order) -> CommandResult<(App, Account, File, Format)> {
    let mut file = File::open(&order.file).map_err(in_file(&order.file))?;
    let format = Format::of(&mut file, &order.file).map_err(in_file(&order.file))?;
    let app = App::open(Settings::load(config)?)?;
    let by = caller(&app, &order.by).await?;
    Ok((app, by, file, format))
}

fn place(by: &Account) -> &str {
    by.tenant.municipality().name()
}

pub async fn companies(config: Option<&Path>, order: &Order) -> CommandResult {
    let (app, by, file, format) = begin(config, order).await?;
    let mut beside = Beside::new(&order.file);
    let at = app.clock.now();
    let done = import::companies(&app, List { by: &by, at, file, format, keep: order.keep }, &mut beside).await;
    beside.end()?;
    let report = done.map_err(|halt: ImportError| format!("{}: {halt}", order.file.display()))?;
    print_companies(&report, place(&by));
    beside.tell_files();
    tell_whether_kept(order.keep);
    Ok(())
}

fn tell_whether_kept(keep: bool) {
    if !keep {
        println!("This was a dry run: nothing has been written. Add --keep to bring the good rows in.");
    }
}

fn print_companies(report: &ImportReport, municipality: &str) {
    let (companies, workplaces) = (&report.companies, &report.workplaces);
    println!("{municipality}: {} rows read, {} bad, {} blank", report.rows, report.bad, report.blank);
    for (what, count) in [("companies", companies), ("workplaces", workplaces)] {
        println!(
            "  {what}: {} new, {} changed, {} closed, {} unchanged",
            count.new, count.changed, count.closed, count.unchanged
        );
    }
    println!("  staff: up at {}, down at {}", report.staff_up, report.staff_down);
    let lines = [
        (report.righted, "cells put right (each is in the file of changes)"),
        (report.told_otherwise, "rows say of their company what an earlier row says otherwise; the earlier one counts"),
        (report.left_out, "left out: closed, and never known here"),
        (report.unplaced, "on no map: neither coordinates nor a postcode that is loaded nor a municipality; load postcodes"),
    ];
    for (count, what) in lines.iter().filter(|(count, _)| *count > 0) {
        println!("  {count} {what}");
    }
    tell_unused(&report.unused);
}

fn tell_unused(unused: &[String]) {
    if !unused.is_empty() {
        println!("  columns that are not used: {}", unused.join(", "));
    }
}

pub async fn postcodes(config: Option<&Path>, order: &Order) -> CommandResult {
    let (app, by, file, format) = begin(config, order).await?;
    let mut beside = Beside::new(&order.file);
    let at = app.clock.now();
    let mut moved = Vec::new();
    let keep = order.keep;
    let mut hear = |one: &Moved| {
        moved.push(line(one));
        Ok(())
    };
    let done = postcodes::postcodes(&app, List { by: &by, at, file, format, keep }, &mut beside, &mut hear).await;
    for [what, number, name, before, after] in &moved {
        beside.change([what, "", "", "", name, number, before, after])?;
    }
    beside.end()?;
    let report = done.map_err(|halt: ImportError| format!("{}: {halt}", order.file.display()))?;
    println!("{}: {} rows read, {} bad, {} blank", place(&by), report.rows, report.bad, report.blank);
    println!("  postcodes: {} new, {} changed, {} unchanged", report.new, report.changed, report.unchanged);
    println!("  workplaces placed anew: {}", report.placed);
    tell_unused(&report.unused);
    beside.tell_files();
    tell_whether_kept(keep);
    Ok(())
}

fn line(moved: &Moved) -> [String; 5] {
    use rettematch::domain::values::geo::{Point, degrees};
    let at = |point: &Point| format!("{} {}", degrees(point.latitude), degrees(point.longitude));
    let what = if moved.before.is_some() { "ændret postnummer" } else { "nyt postnummer" };
    let before = moved.before.as_ref().map(|(name, point)| format!("{name} {}", at(point))).unwrap_or_default();
    let middle = &moved.middle;
    let after = format!("{} {}", middle.name, at(&middle.point));
    [what.into(), middle.postcode.as_str().into(), middle.name.to_string(), before, after]
}
