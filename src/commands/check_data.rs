//! `check-data`: compares a whole database with what the domain says of it.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use rettematch::{app::App, check_data::check_data, settings::Settings};
use std::path::Path;

pub async fn run(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    let bar = Bar::new("citizens");
    let differ = check_data(&app, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    for line in &differ {
        println!("{line}");
    }
    if differ.is_empty() {
        println!("the data is in order");
        return Ok(());
    }
    Err(format!("{} rows differ", differ.len()).into())
}
