//! What is asked for, and what both lists begin and end with.

use crate::commands::result::CommandResult;
use rettematch::{
    actions::people::accounts::by,
    app::App,
    context::Account,
    import::Format,
    settings::Settings,
    store::{Conn, system::doors},
};
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// What is asked for.
pub struct Order {
    pub file: PathBuf,
    /// The account in whose name and municipality it is done.
    pub by: String,
    pub keep: bool,
}

/// The same error, with the file that it is about.
pub(super) fn in_file(path: &Path) -> impl Fn(io::Error) -> io::Error {
    let path = path.display().to_string();
    move |error| io::Error::new(error.kind(), format!("{path}: {error}"))
}

/// The account in whose name it is done.
async fn caller(app: &App, email: &str) -> CommandResult<Account> {
    let wanted = email.trim().to_lowercase();
    let found = app.db.read(move |conn: &mut Conn| doors::account_by_email(conn, &wanted)).await?;
    let open = found.filter(|account| account.closed_on.is_none());
    let account = open.ok_or_else(|| format!("--by {email}: nobody signs in with this address"))?;
    Ok(by(account))
}

pub(super) async fn begin(config: Option<&Path>, order: &Order) -> CommandResult<(App, Account, File, Format)> {
    let mut file = File::open(&order.file).map_err(in_file(&order.file))?;
    let format = Format::of(&mut file, &order.file).map_err(in_file(&order.file))?;
    let app = App::open(Settings::load(config)?)?;
    let by = caller(&app, &order.by).await?;
    Ok((app, by, file, format))
}

pub(super) fn place(by: &Account) -> &str {
    by.tenant.municipality().name()
}

pub(super) fn tell_whether_kept(keep: bool) {
    if !keep {
        println!("This was a dry run: nothing has been written. Add --keep to bring the good rows in.");
    }
}

pub(super) fn tell_unused(unused: &[String]) {
    if !unused.is_empty() {
        println!("  columns that are not used: {}", unused.join(", "));
    }
}
