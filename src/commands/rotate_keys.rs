//! `rotate-keys`: seals everything under the newest key.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use rettematch::{app::App, rotate_keys::rotate_keys, settings::Settings};
use std::path::Path;

pub async fn run(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    let bar = Bar::new("values");
    let sealed = rotate_keys(&app, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    println!("{sealed} values sealed anew under the key {}", app.services.keys.newest().id());
    println!("only the first key and the newest are needed now: once every instance has the newest, the others can be taken out");
    Ok(())
}
