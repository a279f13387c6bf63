//! `import postcodes`.

use crate::commands::{
    import::{
        beside::Beside,
        order::{Order, begin, place, tell_unused, tell_whether_kept},
    },
    result::CommandResult,
};
use rettematch::import::{
    ImportError, List,
    postcodes::{self, Moved},
};
use std::path::Path;

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

pub(super) fn line(moved: &Moved) -> [String; 5] {
    use rettematch::domain::values::geo::{Point, degrees};
    let at = |point: &Point| format!("{} {}", degrees(point.latitude), degrees(point.longitude));
    let what = if moved.before.is_some() { "ændret postnummer" } else { "nyt postnummer" };
    let before = moved.before.as_ref().map(|(name, point)| format!("{name} {}", at(point))).unwrap_or_default();
    let middle = &moved.middle;
    let after = format!("{} {}", middle.name, at(&middle.point));
    [what.into(), middle.postcode.as_str().into(), middle.name.to_string(), before, after]
}
