//! A list of companies: read, told what it tells twice, compared and written a batch at a time.

use crate::{
    actions::companies::import::{Brought, ImportItem, bring, may_import},
    app::App,
    context::{Account, Context},
    domain::{
        import::{Column, Incoming},
        input::Fault,
        values::{
            day::At,
            register::{Cvr, PNumber},
        },
    },
    import::{
        columns,
        error::ImportError,
        extract,
        format::Format,
        list::List,
        reading::{ended, reading},
        report::{ImportReport, Listener},
        row::Companies,
        rows::{BadCell, BadRow, Good},
        sheet, table,
    },
    store::{Tx, update_statistics},
};
use std::{collections::HashMap, sync::Arc};

/// What the list has told of already, by number.
#[derive(Default)]
struct Told {
    companies: HashMap<u32, OfCompany>,
    workplaces: HashMap<u64, OfWorkplace>,
}

#[derive(Clone, Copy, Default)]
struct OfCompany {
    print: Option<u64>,
    new: bool,
}

#[derive(Clone, Copy, Default)]
struct OfWorkplace {
    /// The line that told of it, but for those that told in passing.
    line: u32,
    new: bool,
}

fn key<N: std::str::FromStr + Default>(number: &str) -> N {
    number.parse().unwrap_or_default()
}

enum Heard {
    Item(Box<ImportItem>),
    /// It says of the company what an earlier row says otherwise.
    Otherwise(Box<ImportItem>),
    Twice(u32),
}

impl Told {
    fn hear(&mut self, line: u64, row: &Incoming) -> Heard {
        let mut counted = false;
        if let Some(place) = &row.workplace {
            let known = self.workplaces.entry(key(place.p_number.as_str())).or_default();
            counted = known.new;
            if !place.in_passing {
                if known.line > 0 {
                    return Heard::Twice(known.line);
                }
                known.line = u32::try_from(line).unwrap_or(u32::MAX);
            }
        }
        let (print, number) = (row.company.print(), key(row.cvr.as_str()));
        let first = !self.companies.contains_key(&number);
        let known = self.companies.entry(number).or_default();
        let item = Box::new(ImportItem {
            row: row.clone(),
            company_told: !first && (print.is_none() || known.print.is_some()),
            company_counted: known.new,
            workplace_counted: counted,
        });
        let otherwise = known.print.is_some() && print.is_some() && known.print != print;
        known.print = known.print.or(print);
        if otherwise { Heard::Otherwise(item) } else { Heard::Item(item) }
    }

    /// The items of some rows with the rows that they are of; a row that the list tells twice is a bad one.
    fn hear_all(
        &mut self,
        rows: Vec<Good<Incoming>>,
        report: &mut ImportReport,
        bad: &mut Vec<BadRow>,
    ) -> (Vec<ImportItem>, Vec<Good<Incoming>>) {
        let (mut items, mut goods) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for good in rows {
            match self.hear(good.line, &good.row) {
                Heard::Item(item) => items.push(*item),
                Heard::Otherwise(item) => {
                    report.told_otherwise += 1;
                    items.push(*item);
                }
                Heard::Twice(line) => {
                    bad.push(twice(good, line));
                    continue;
                }
            }
            goods.push(good);
        }
        (items, goods)
    }

    fn brought(&mut self, brought: &Brought) {
        for cvr in &brought.new_companies {
            self.companies.entry(key(cvr)).or_default().new = true;
        }
        for number in &brought.new_workplaces {
            self.workplaces.entry(key(number)).or_default().new = true;
        }
    }
}

/// Reads a list of companies from a file, and imports the valid rows; a dry run unless they are to be saved.
///
/// # Errors
/// The role may not keep companies; a file that cannot be read; a failure of the database; a report that cannot be written. What
/// was imported before is kept.
pub async fn companies(app: &App, list: List<'_>, listener: &mut dyn Listener) -> Result<ImportReport, ImportError> {
    let List { by, at, file, format, keep } = list;
    may_import(&Context::of(&app.services, by, at))?;
    let today = at.today;
    let (mut batches, reader) = reading(move |out| match format {
        Format::Csv => table::read::<Companies>(file, today, out),
        Format::Xlsx => sheet::read::<Companies>(file, today, out),
        Format::JsonLines => extract::read(file, today, out),
    })?;
    let mut report = ImportReport { kept: keep, ..ImportReport::default() };
    let mut told = Told::default();
    while let Some(batch) = batches.recv().await {
        if let Some(layout) = &batch.layout {
            report.unused.clone_from(&layout.unused);
            listener.begins(layout).map_err(ImportError::Listener)?;
        }
        report.blank += batch.blank;
        for righted in &batch.righted {
            report.righted += 1;
            listener.righted(righted).map_err(ImportError::Listener)?;
        }
        let mut bad = batch.bad;
        let (items, goods) = told.hear_all(batch.rows, &mut report, &mut bad);
        let brought = hand_over(app, by, at, items, keep).await?;
        told.brought(&brought);
        report.add(&brought);
        for (index, column, fault) in &brought.refused {
            if let Some(good) = goods.get(*index) {
                bad.push(refused(good, *column, fault));
            }
        }
        bad.sort_by_key(|row| row.line);
        report.rows += u64::try_from(goods.len() + bad.len() - brought.refused.len()).unwrap_or_default();
        report.bad += u64::try_from(bad.len()).unwrap_or_default();
        for row in &bad {
            listener.bad(row).map_err(ImportError::Listener)?;
        }
        for changed in &brought.changes {
            listener.changed(changed).map_err(ImportError::Listener)?;
        }
        listener.far(batch.done, batch.of);
    }
    ended(reader).await?;
    if keep {
        app.db.write(|tx: &mut Tx| update_statistics(tx)).await?;
    }
    Ok(report)
}

/// One transaction.
async fn hand_over(app: &App, by: &Account, at: At, items: Vec<ImportItem>, keep: bool) -> Result<Brought, ImportError> {
    if items.is_empty() {
        return Ok(Brought::default());
    }
    let (services, by) = (Arc::clone(&app.services), by.clone());
    let run = move |tx: &mut Tx| bring(tx, &Context::of(&services, &by, at), &items);
    Ok(if keep { app.db.write(run).await? } else { app.db.dry_run(run).await? })
}

fn twice(good: Good<Incoming>, line: u32) -> BadRow {
    let number = good.row.workplace.as_ref().map(|place| &place.p_number).map_or("", PNumber::as_str);
    let fault = Fault::new(
        "twice-in-the-list",
        format!("P-nummeret står allerede i linje {line}. Slet den ene af dem."),
        format!("The P-number stands in line {line} already. Delete one of them."),
    );
    let faults = vec![BadCell { column: Column::PNumber.label().da, value: number.to_owned(), fault }];
    BadRow { line: good.line, faults, original: good.original }
}

fn refused(good: &Good<Incoming>, column: Column, fault: &Fault) -> BadRow {
    let value = if column == Column::Cvr { Cvr::as_str(&good.row.cvr).to_owned() } else { String::new() };
    let faults = vec![BadCell { column: column.label().da, value, fault: fault.clone() }];
    BadRow { line: good.line, faults, original: good.original.clone() }
}

/// The columns that are known, for the help.
pub fn help() -> String {
    columns::help()
}
