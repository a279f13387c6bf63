//! `serve`: the API, the alarm, and the first administrator.

use super::stop::signalled;
use crate::commands::result::CommandResult;
use rettematch::{app::App, jobs, settings::Settings, store::db::address::Address, web};
use std::{
    io::Write,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
};

pub async fn run(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    if app.is_empty().await? {
        let (municipality, email) = (app.services.settings.municipality.clone(), app.services.settings.administrator.clone());
        let file = password_file(&app.services.settings.database)?;
        let announce = |password: &str| -> std::io::Result<()> {
            keep(&file, password)?;
            println!("nobody can sign in yet: making administrator {email} of municipality {municipality}");
            println!("the first password is in {}; sign in, choose another, and delete the file", file.display());
            Ok(())
        };
        app.make_administrator(&municipality, &email, announce).await?;
    }
    listen(app, |address| println!("listening on http://{address}, readable description on http://{address}/docs/")).await
}

/// Beside the database; where that is on a server, in this folder.
fn password_file(database: &str) -> CommandResult<PathBuf> {
    let beside = Address::parse(database)?.file().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    Ok(beside.join("rettematch.password"))
}

/// For its owner alone, also where a start that was killed has left one.
fn keep(file: &Path, password: &str) -> std::io::Result<()> {
    let _ = std::fs::remove_file(file);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    writeln!(file, "{password}")?;
    file.sync_all()
}

/// Serves until the program is told to stop. Then it accepts nothing new, finishes what has begun, and ends: requests within 20
/// seconds, a letter in transit within the mail server's time limit. The address is announced when it is open.
pub async fn listen(app: App, announce: impl FnOnce(SocketAddr)) -> CommandResult {
    let wanted = app.services.settings.listen.clone();
    let listener = TcpListener::bind(&wanted).map_err(|error| format!("cannot listen on {wanted}: {error}"))?;
    let address = listener.local_addr()?;
    let signalled = signalled(app.shutdown.clone())?;
    let alarm = if app.services.settings.schedule.enabled { Some(jobs::start(app.clone()).await?) } else { None };
    let server = web::serve(app, listener)?;
    announce(address);
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        signalled.await;
        handle.stop(true).await;
    });
    let served = server.await;
    if let Some(alarm) = alarm {
        alarm.stop().await?;
    }
    Ok(served?)
}
