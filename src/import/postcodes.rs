//! A list of postcodes with their middles, in degrees: read, put, and then whatever is known by its postcode or municipality
//! alone is placed anew, a batch at a time.

use crate::{
    actions::companies::{
        import::may_import,
        postcodes::{Middle, Put, place_anew, put},
    },
    app::App,
    context::{Account, Context},
    domain::{
        input::Fault,
        values::{
            day::At,
            geo::{Coordinates, Point},
        },
    },
    import::{
        cell::{self, Cell, Read},
        columns::{ADDED, folded},
        error::ImportError,
        format::Format,
        list::List,
        reading::{ended, reading},
        report::{Listener, ListenerResult},
        rows::{BadCell, BadRow, Good, Righted},
        sheet,
        table::{self, TableShape},
    },
    store::{Conn, StoreError, Tx, postcodes as stored_postcodes},
};
use chrono::NaiveDate;
use std::{collections::BTreeMap, sync::Arc};

const NAMES: [(&str, &[&str]); 4] = [
    ("postcode", &["Postnummer", "Postnr", "Nr", "Postcode", "Zip"]),
    ("name", &["Navn", "Postdistrikt", "By", "Bynavn", "Name", "City", "Town"]),
    ("latitude", &["Breddegrad", "Bredde", "Latitude", "Lat", "Visueltcenter y", "Y"]),
    ("longitude", &["Længdegrad", "Længde", "Longitude", "Lon", "Lng", "Visueltcenter x", "X"]),
];

/// Where the four columns stand.
pub struct PostcodeColumns {
    places: [usize; 4],
    headers: Vec<String>,
    unused: Vec<String>,
}

struct Postcodes;

impl TableShape for Postcodes {
    type Row = Middle;
    type Columns = PostcodeColumns;

    fn columns(headers: &[String]) -> Option<Result<PostcodeColumns, Fault>> {
        let meant = |header: &String| {
            let plain = folded(header);
            NAMES.iter().position(|(code, names)| *code == plain || names.iter().any(|name| folded(name) == plain))
        };
        let all: Vec<Option<usize>> = headers.iter().map(meant).collect();
        let place = |column: usize| all.iter().position(|meant| *meant == Some(column));
        let places = [place(0)?, place(1)?, place(2)?, place(3)?];
        let unused = headers.iter().zip(&all).filter(|(header, meant)| meant.is_none() && !header.is_empty());
        let unused = unused.map(|(header, _)| header.clone()).filter(|header| !ADDED.contains(&folded(header).as_str()));
        Some(Ok(PostcodeColumns { places, headers: headers.to_vec(), unused: unused.collect() }))
    }

    fn unused(columns: &PostcodeColumns) -> &[String] {
        &columns.unused
    }

    fn wanted() -> (String, String) {
        (
            "Ingen af de første linjer er en overskrift med kolonnerne Postnummer, Navn, Breddegrad og Længdegrad.".into(),
            "None of the first lines is a header with the columns Postcode, Name, Latitude and Longitude.".into(),
        )
    }

    fn read(
        cells: &[Cell],
        columns: &PostcodeColumns,
        line: u64,
        _: NaiveDate,
        righted: &mut Vec<Righted>,
    ) -> Result<Middle, Vec<BadCell>> {
        let [postcode, name, latitude, longitude] = columns.places;
        let mut row = Row { cells, columns, line, righted, faults: Vec::new() };
        let postcode = row.needed(postcode, cell::postcode);
        let name = row.needed(name, cell::line);
        let latitude = row.needed(latitude, cell::degrees::<90>);
        let longitude = row.needed(longitude, cell::degrees::<180>);
        let whole = (|| {
            let point = Coordinates { latitude: latitude?, longitude: longitude? }.point();
            Some(Middle { postcode: postcode?.0, name: name?, point })
        })();
        whole.ok_or(row.faults)
    }
}

struct Row<'a> {
    cells: &'a [Cell],
    columns: &'a PostcodeColumns,
    line: u64,
    righted: &'a mut Vec<Righted>,
    faults: Vec<BadCell>,
}

impl Row<'_> {
    fn needed<T>(&mut self, place: usize, read: fn(&Cell) -> Read<T>) -> Option<T> {
        let column = self.columns.headers.get(place).cloned().unwrap_or_default();
        let cell = self.cells.get(place).filter(|cell| !cell.is_empty());
        let Some(cell) = cell else {
            let fault = Fault::new("required", "Skal udfyldes.", "Is required.");
            self.faults.push(BadCell { column, value: String::new(), fault });
            return None;
        };
        match read(cell) {
            Ok(right) => {
                if let Some(after) = right.as_if {
                    self.righted.push(Righted { line: self.line, column, before: cell.text(), after });
                }
                Some(right.value)
            }
            Err(fault) => {
                self.faults.push(BadCell { column, value: cell.text(), fault });
                None
            }
        }
    }
}

/// What came of a list of postcodes, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostcodeReport {
    pub kept: bool,
    pub rows: u64,
    pub bad: u64,
    pub blank: u64,
    pub righted: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Workplaces that lie elsewhere now, or on the map for the first time.
    pub placed: u64,
    pub unused: Vec<String>,
}

/// One postcode that is new, or was otherwise before: its name and point.
pub struct Moved {
    pub middle: Middle,
    pub before: Option<(String, Point)>,
}

/// Reads a list of postcodes from a file, stores the valid rows, and updates the positions that depend on them; a dry run unless
/// they are to be saved.
///
/// # Errors
/// As [`crate::import::companies`].
pub async fn postcodes(
    app: &App,
    list: List<'_>,
    listener: &mut dyn Listener,
    moved: &mut (dyn FnMut(&Moved) -> ListenerResult + '_),
) -> Result<PostcodeReport, ImportError> {
    let List { by, at, file, format, keep } = list;
    may_import(&Context::of(&app.services, by, at))?;
    let today = at.today;
    let (mut batches, reader) = reading(move |out| match format {
        Format::Csv => table::read::<Postcodes>(file, today, out),
        Format::Xlsx => sheet::read::<Postcodes>(file, today, out),
        Format::JsonLines => {
            Err(ImportError::unreadable("Postnumre læses af CSV og Excel.", "Postcodes are read from CSV and Excel."))
        }
    })?;
    let mut report = PostcodeReport { kept: keep, ..PostcodeReport::default() };
    let mut middles = held(app, by).await?;
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    while let Some(batch) = batches.recv().await {
        if let Some(layout) = &batch.layout {
            report.unused.clone_from(&layout.unused);
            listener.begins(layout).map_err(ImportError::Listener)?;
        }
        report.blank += batch.blank;
        report.rows += u64::try_from(batch.rows.len() + batch.bad.len()).unwrap_or_default();
        for righted in &batch.righted {
            report.righted += 1;
            listener.righted(righted).map_err(ImportError::Listener)?;
        }
        let mut bad = batch.bad;
        let mut rows = Vec::new();
        for good in batch.rows {
            let number = good.row.postcode.as_str().to_owned();
            if let Some(line) = lines.get(&number) {
                bad.push(twice(good, number, *line));
                continue;
            }
            middles.insert(number.clone(), good.row.point);
            lines.insert(number, good.line);
            rows.push(good.row);
        }
        bad.sort_by_key(|row| row.line);
        report.bad += u64::try_from(bad.len()).unwrap_or_default();
        for row in &bad {
            listener.bad(row).map_err(ImportError::Listener)?;
        }
        let came = hand_over(app, by, at, rows, keep).await?;
        report.new += u64::try_from(came.new.len()).unwrap_or_default();
        report.changed += u64::try_from(came.changed.len()).unwrap_or_default();
        report.unchanged += came.unchanged;
        let new = came.new.into_iter().map(|middle| Moved { middle, before: None });
        let other = came.changed.into_iter().map(|(middle, name, point)| Moved { middle, before: Some((name, point)) });
        for one in new.chain(other) {
            moved(&one).map_err(ImportError::Listener)?;
        }
        listener.far(batch.done, batch.of);
    }
    ended(reader).await?;
    report.placed = all_anew(app, by, at, middles, keep).await?;
    Ok(report)
}

/// A postcode that the list has in an earlier line.
fn twice(good: Good<Middle>, number: String, line: u64) -> BadRow {
    let fault = Fault::new(
        "twice-in-the-list",
        format!("Postnummeret står allerede i linje {line}. Slet det ene."),
        format!("The postcode stands in line {line} already. Delete one of them."),
    );
    let faults = vec![BadCell { column: "Postnummer".into(), value: number, fault }];
    BadRow { line: good.line, faults, original: good.original }
}

async fn held(app: &App, by: &Account) -> Result<BTreeMap<String, Point>, ImportError> {
    let own = by.tenant.clone();
    let rows = app.db.read(move |conn: &mut Conn| -> Result<_, StoreError> { stored_postcodes::all(conn, &own) }).await?;
    let middle =
        |row: crate::store::schema::PostcodeRow| (row.postcode, Point { latitude: row.latitude, longitude: row.longitude });
    Ok(rows.into_iter().map(middle).collect())
}

async fn hand_over(app: &App, by: &Account, at: At, rows: Vec<Middle>, keep: bool) -> Result<Put, ImportError> {
    let (services, by) = (Arc::clone(&app.services), by.clone());
    let run = move |tx: &mut Tx| put(tx, &Context::of(&services, &by, at), &rows);
    Ok(if keep { app.db.write(run).await? } else { app.db.dry_run(run).await? })
}

async fn all_anew(app: &App, by: &Account, at: At, middles: BTreeMap<String, Point>, keep: bool) -> Result<u64, ImportError> {
    let (middles, mut after, mut placed) = (Arc::new(middles), String::new(), 0);
    loop {
        let (services, by, middles, from) = (Arc::clone(&app.services), by.clone(), Arc::clone(&middles), after.clone());
        let run = move |tx: &mut Tx| place_anew(tx, &Context::of(&services, &by, at), &from, &middles);
        let done = if keep { app.db.write(run).await? } else { app.db.dry_run(run).await? };
        placed += done.placed;
        match done.last {
            Some(last) => after = last.to_string(),
            None => return Ok(placed),
        }
    }
}
