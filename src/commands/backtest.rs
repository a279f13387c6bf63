//! `backtest`: applies a changed rulebook to the database's own history.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use chrono::NaiveDate;
use rettematch::{
    app::{App, rulebook},
    backtest::backtest,
    domain::values::day::Period,
    settings::Settings,
};
use std::path::Path;

pub async fn run(config: Option<&Path>, rules: &str, from: NaiveDate, to: NaiveDate, json: bool) -> CommandResult {
    let within = Period::new(from, to).ok_or_else(|| format!("--to {to} is before --from {from}"))?;
    let changed = rulebook(rules)?;
    let app = App::open(Settings::load(config)?)?;
    let bar = Bar::new("courses and workplaces");
    let report = backtest(&app, changed, within, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", report.print());
    }
    Ok(())
}
