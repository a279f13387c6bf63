//! `tick` and `deliver`: one run, now.

use super::{progress::Bar, stop::signalled};
use crate::commands::result::CommandResult;
use rettematch::{app::App, jobs, settings::Settings};
use std::path::Path;

pub async fn tick(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    actix_web::rt::spawn(signalled(app.shutdown.clone())?);
    let bar = Bar::new("courses");
    let done = jobs::tick(&app, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    println!(
        "{} courses looked at, {} flags raised, risen or gone, {} letters written",
        done.evaluated, done.changed, done.letters
    );
    Ok(())
}

pub async fn deliver(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    actix_web::rt::spawn(signalled(app.shutdown.clone())?);
    let bar = Bar::new("letters");
    let done = jobs::deliver(&app, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    println!(
        "{} sent, {} dropped since their cause had gone, {} to be tried later, {} failed",
        done.sent, done.dropped, done.waiting, done.failed
    );
    Ok(())
}
