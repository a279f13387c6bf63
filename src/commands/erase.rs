//! `erase`: erases the citizens whose time has come, now: in the database that is served, or in a backup that is kept.

use super::{progress::Bar, stop::signalled};
use crate::commands::result::CommandResult;
use rettematch::{app::App, jobs, settings::Settings};
use std::path::Path;

pub async fn run(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    actix_web::rt::spawn(signalled(app.shutdown.clone())?);
    let bar = Bar::new("closed courses");
    let erased = jobs::erase(&app, app.clock.now(), &|done, of| bar.tell(done, of)).await?;
    bar.end();
    println!("{} citizens erased", erased.handled);
    Ok(())
}
