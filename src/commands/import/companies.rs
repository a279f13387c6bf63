//! `import companies`.

use crate::commands::{
    import::{
        beside::Beside,
        order::{Order, begin, place, tell_unused, tell_whether_kept},
    },
    result::CommandResult,
};
use rettematch::import::{self, ImportError, ImportReport, List};
use std::path::Path;

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
