//! `migrate`, `check-config`, `administrator`.

use crate::commands::{modes::open_to_others, result::CommandResult};
use rettematch::{
    app::{App, rulebook},
    crypto::Keys,
    outbox::mailer::Mailer,
    provider::Provider,
    settings::Settings,
    store::{
        Db, StoreError,
        db::address::Address,
        key_proofs::{KeyProofError, prove},
    },
};
use std::path::{Path, PathBuf};

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
    let about_keys = check_keys(&settings)?;
    if !settings.mail.host.is_empty() {
        Mailer::open(&settings.mail)?;
    }
    Provider::open(&settings)?;
    let mut shown = settings;
    shown.database = Address::without_password(&shown.database);
    println!("{shown:#?}");
    println!("rulebook {} with {} rows", book.version, book.rows.len());
    println!("{about_keys}");
    println!("the settings are in order");
    Ok(())
}

/// Whether the keys are those of the database, and both are their owner's only. Nothing is made.
fn check_keys(settings: &Settings) -> CommandResult<String> {
    let (address, key_file) = (Address::parse(&settings.database)?, PathBuf::from(&settings.key_file));
    let database = address.file().map(Path::to_owned);
    let beside = |end: &str| database.as_ref().map(|file| PathBuf::from(format!("{}{end}", file.display())));
    let open =
        open_to_others(&["", "-wal", "-shm"].iter().filter_map(|end| beside(end)).chain([key_file.clone()]).collect::<Vec<_>>());
    if !open.is_empty() {
        return Err(format!("files can be read by others than their owner: {}", open.join("; ")).into());
    }
    let is_new = database.as_ref().is_some_and(|file| !file.exists());
    let keys = match settings.key.reveal() {
        "" if key_file.exists() => Keys::from_file(&key_file)?,
        "" if is_new => return Ok("database and key file are made at the first start".into()),
        "" => {
            return Err(format!(
                "the key file {} is missing: put its copy back, or say where it is (key_file)",
                key_file.display()
            )
            .into());
        }
        own => Keys::parse(own)?,
    };
    let names = keys.ids().join(", ");
    if is_new {
        return Ok(format!("keys {names}; the database is made at the first start"));
    }
    match prove(&address, &keys) {
        Ok(Some(())) => Ok(format!("keys {names}: those of the database")),
        Ok(None) | Err(KeyProofError::Store(StoreError::Query(_))) => {
            Ok(format!("keys {names}; the next start writes into the database whose they are"))
        }
        Err(error) => Err(format!("{}: {error}", address.shown()).into()),
    }
}

pub async fn administrator(config: Option<&Path>, municipality: &str, email: &str) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    let announce = |password: &str| -> std::io::Result<()> {
        println!("administrator {email} of municipality {municipality}, password {password}");
        Ok(())
    };
    Ok(app.make_administrator(municipality, email, announce).await?)
}
