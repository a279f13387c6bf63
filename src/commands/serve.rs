//! `serve`: the API, the alarm, and the first administrator.

use super::stop::signalled;
use crate::commands::result::CommandResult;
use rettematch::{app::App, jobs, settings::Settings, web};
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
};

pub async fn run(config: Option<&Path>) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    if app.is_empty().await? {
        let (municipality, email) = (app.services.settings.municipality.clone(), app.services.settings.administrator.clone());
        let announce = |password: &str| {
            println!("nobody can sign in yet: making administrator {email} of municipality {municipality}, password {password}");
            println!(
                "sign in with: POST /api/v1/sessions {{\"email\": \"{email}\", \"password\": \"…\"}}; this password is shown only now"
            );
        };
        app.make_administrator(&municipality, &email, announce).await?;
    }
    listen(app, |address| println!("listening on http://{address}, readable description on http://{address}/docs/")).await
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
