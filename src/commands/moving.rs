//! `copy-to` and `backup`: everything into another database; or a copy of the SQLite file while it is served.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use rettematch::{
    settings::Settings,
    store::{
        backup::{self, BackupError},
        copying::{self, ComparedTable, CopyError},
        db::address::Address,
    },
};
use std::path::Path;

pub fn copy_to(config: Option<&Path>, to: &str) -> CommandResult {
    let settings = Settings::load(config)?;
    let (from, to) = (Address::parse(&settings.database)?, Address::parse(to)?);
    let bar = Bar::new("rows copied and compared");
    let copied = copying::copy(&from, &to, &|done, of| bar.tell(done, of));
    bar.end();
    let (here, there) = (from.shown(), to.shown());
    match copied {
        Ok(compared) => {
            show(&compared);
            let rows: u64 = compared.iter().map(|table| table.to.rows).sum();
            println!("{rows} rows copied from {here} to {there}; counts and digests agree");
            println!("{}", about_key(&settings));
            Ok(())
        }
        Err(CopyError::Differs(compared)) => {
            show(&compared);
            Err(format!("{there} did not keep what was sent; everything was taken back, and it is empty").into())
        }
        Err(error) => Err(format!("nothing was copied from {here} to {there}: {error}").into()),
    }
}

pub fn backup(config: Option<&Path>, to: &Path) -> CommandResult {
    let settings = Settings::load(config)?;
    let from = Address::parse(&settings.database)?;
    let bar = Bar::new("bytes copied");
    let done = backup::backup(&from, to, &|done, of| bar.tell(done, of));
    bar.end();
    let done = done.map_err(|error| match error {
        BackupError::NotSqlite => format!(
            "the database is PostgreSQL, which has its own tool: pg_dump --format=custom --file={} --dbname={}",
            to.display(),
            from.shown()
        ),
        other => format!("no backup was made: {other}"),
    })?;
    println!("{}: {} rows, {} bytes, checked whole", to.display(), done.rows, done.bytes);
    println!("{}", about_key(&settings));
    Ok(())
}

fn show(compared: &[ComparedTable]) {
    println!("{:<20} {:>10} {:>10}  SHA-256 of the rows", "table", "rows here", "there");
    for ComparedTable { table, from, to } in compared {
        let digest = if from.digest == to.digest {
            format!("{} both", from.digest)
        } else {
            format!("{} here, {} there", from.digest, to.digest)
        };
        println!("{table:<20} {:>10} {:>10}  {digest}", from.rows, to.rows);
    }
}

/// What is sealed can only be read with it.
fn about_key(settings: &Settings) -> String {
    let key = if settings.key.reveal().is_empty() {
        format!("the key file {}", settings.key_file)
    } else {
        "the key (RETTEMATCH__KEY)".into()
    };
    format!("{key} is not in it: without it what is sealed is lost, so keep it apart, and take it along")
}
