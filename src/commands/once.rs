//! `tick` and `deliver`: once, now.

use super::{progress::Bar, stop::told};
use rettematch::{app::App, jobs, settings::Settings};
use std::path::Path;

pub async fn tick(config: Option<&Path>) -> Result<(), String> {
    let app = App::open(Settings::load(config)?)?;
    actix_web::rt::spawn(told(app.stopping.clone())?);
    let bar = Bar::new("courses");
    let done = jobs::tick(&app, &|done, of| bar.tell(done, of)).await.map_err(|failure| failure.to_string())?;
    bar.end();
    println!(
        "{} courses looked at, {} flags raised, risen or gone, {} letters written",
        done.looked_at, done.changed, done.letters
    );
    Ok(())
}

pub async fn deliver(config: Option<&Path>) -> Result<(), String> {
    let app = App::open(Settings::load(config)?)?;
    actix_web::rt::spawn(told(app.stopping.clone())?);
    let bar = Bar::new("letters");
    let done = jobs::deliver(&app, &|done, of| bar.tell(done, of)).await.map_err(|failure| failure.to_string())?;
    bar.end();
    println!(
        "{} sent, {} dropped since their cause had gone, {} to be tried later, {} failed",
        done.sent, done.dropped, done.waiting, done.failed
    );
    Ok(())
}
