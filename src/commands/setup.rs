//! `migrate`, `check-config`, `administrator`.

use crate::commands::result::CommandResult;
use rettematch::{
    app::{App, rulebook},
    crypto::Keys,
    outbox::mailer::Mailer,
    settings::Settings,
    store::{Db, db::address::Address},
};
use std::path::Path;

pub fn migrate(config: Option<&Path>) -> CommandResult {
    let settings = Settings::load(config)?;
    let said = |failure: rettematch::store::StoreError| format!("{}: {failure}", Address::without_password(&settings.database));
    let run = Db::open(&settings.database, 1).map_err(said)?.migrate().map_err(said)?;
    if run.is_empty() {
        println!("the tables were up to date");
    }
    for name in run {
        println!("migrated {name}");
    }
    Ok(())
}

pub fn check_config(config: Option<&Path>) -> CommandResult {
    let settings = Settings::load(config)?;
    let book = rulebook(&settings.rules)?;
    if !settings.key.reveal().is_empty() {
        Keys::parse(settings.key.reveal()).map_err(|error| error.to_string())?;
    }
    if !settings.mail.host.is_empty() {
        Mailer::open(&settings.mail)?;
    }
    let mut shown = settings;
    shown.database = Address::without_password(&shown.database);
    println!("{shown:#?}");
    println!("rulebook {} with {} rows", book.version, book.rows.len());
    println!("the settings are in order");
    Ok(())
}

pub async fn administrator(config: Option<&Path>, municipality: &str, email: &str) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    let announce = |password: &str| println!("administrator {email} of municipality {municipality}, password {password}");
    Ok(app.make_administrator(municipality, email, announce).await?)
}
