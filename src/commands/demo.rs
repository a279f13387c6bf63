//! `demo`: five people's courses in a fresh file, their diary, and then the same service on this machine.

use super::{progress::Bar, serve::listen};
use crate::commands::result::CommandResult;
use chrono::Duration;
use rettematch::{
    actions::people::sessions,
    app::App,
    clock::Clock,
    crypto, replay,
    settings::Settings,
    store::{
        Conn, StoreError, Tx, citizens,
        company_lists::{self, PageKey},
        system::doors,
    },
};
use serde_json::json;
use std::path::PathBuf;

const CASES: &str = include_str!("../../tests/cases.json");
/// Everybody's password in the demo.
const PASSWORD: &str = "rettematch-demo";

pub async fn run(folder: Option<PathBuf>, listen_on: &str) -> CommandResult {
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(format!("rettematch-demo-{}", std::process::id())));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let inside = |name: &str| folder.join(name).display().to_string();
    if folder.join("demo.db").exists() {
        return Err(format!("{} is there already; name another folder with --folder", inside("demo.db")).into());
    }
    let mut settings = Settings::base()?;
    settings.database = format!("sqlite:{}", inside("demo.db"));
    settings.key_file = inside("demo.key");
    settings.mail.folder = inside("letters");
    settings.clock = "2012-01-01T12:00:00Z".into();
    settings.listen = listen_on.into();
    settings.public_url = format!("http://{listen_on}");

    let mut app = App::open(settings)?;
    let password_hash = crypto::hash_password(PASSWORD).map_err(|error| error.to_string())?;
    let cast = replay::Cast { password_hash, ..replay::Cast::default() };
    let cases = replay::read(CASES)?.cases;
    let mut players = Vec::new();
    for case in &cases {
        let bar = Bar::new("days");
        let played = replay::play(&app, case, &cast, &|day, days| bar.tell(day, days)).await?;
        bar.end();
        println!("{}", replay::print(&played));
        players.extend(played.players);
    }
    // The courses were years ago; from here on it is today.
    app.clock = Clock::System;

    println!("Letters that were sent: {}", inside("letters"));
    println!("Database and key: {} and {}", inside("demo.db"), inside("demo.key"));
    println!("\nSign in as any of these, password {PASSWORD}:");
    for player in &players {
        println!("  {:<14} {}", player.role.label().da, player.email);
    }
    println!("\nFour things to try in another window:\n");
    for line in lines_to_try(&app, &players).await? {
        println!("{line}\n");
    }
    println!("Readable description: http://{listen_on}/docs/    Stop with Ctrl-C.\n");
    listen(app).await
}

/// Four `curl` lines that work as printed.
async fn lines_to_try(app: &App, players: &[replay::Player]) -> CommandResult<[String; 4]> {
    use rettematch::domain::people::access::Role;
    let home = app.services.settings.public_url.clone();
    let leader = players.iter().rfind(|player| player.role == Role::TeamLeader).ok_or("the courses have no team leader")?;
    let at = app.clock.now();
    let (email, token) = (leader.email.clone(), crypto::new_token().map_err(|error| error.to_string())?);
    let (shown, hours) = (token.clone(), app.services.settings.session_hours);
    let found = app
        .db
        .write(move |tx: &mut Tx| -> Result<_, rettematch::actions::ActionError> {
            let account = doors::account_by_email(tx, &email)?.ok_or(StoreError::Corrupt("the team leader".into()))?;
            sessions::begin(tx, at, &account.id, &token, hours)?;
            Ok(account.municipality)
        })
        .await;
    let tenant = found?;
    let place = app
        .db
        .read(move |conn: &mut Conn| -> Result<_, StoreError> {
            let citizen = citizens::page(conn, &tenant, &citizens::CitizenFilter::default(), "", 1)?.into_iter().next();
            let workplace =
                company_lists::workplaces(conn, &company_lists::WhichWorkplaces::all(&tenant), &PageKey::default(), 1)?;
            Ok(citizen.zip(workplace.into_iter().next().map(|(_, (row, ..))| row)))
        })
        .await;
    let (citizen, workplace) = place?.ok_or("the courses have no citizen or workplace")?;
    let (first, last) = (at.today + Duration::days(7), at.today + Duration::days(120));
    let booking = json!({
        "citizen": citizen.id, "workplace": workplace.id, "purpose": {"kind": "recruitment"}, "occupation": "shop",
        "tasks": ["cash register at peak hours"], "first_day": first, "last_day": last, "hours": [{"from": first, "weekly_hours": 38}]
    });
    Ok([
        format!(
            "curl -s {home}/api/v1/sessions -H 'Content-Type: application/json' -d '{{\"email\": \"{}\", \"password\": \"{PASSWORD}\"}}'",
            leader.email
        ),
        format!("curl -s '{home}/api/v1/flags?level=alarm' -H 'Authorization: Bearer {shown}'"),
        format!("curl -s '{home}/api/v1/citizens/{}/matches?limit=3' -H 'Authorization: Bearer {shown}'", citizen.id),
        format!(
            "curl -s '{home}/api/v1/internships?dry_run=true' -H 'Authorization: Bearer {shown}' -H 'Content-Type: application/json' -d '{booking}'"
        ),
    ])
}
