//! Plays both files, tells what there is to see, and serves it.

use super::entrances::{DemoPeople, entrances, lines_to_try};
use crate::commands::{progress::Bar, result::CommandResult, serve::listen};
use chrono::Duration;
use rettematch::{
    app::App,
    clock::Clock,
    crypto,
    domain::{people::access::Role, values::localized::Lang},
    replay::{self, LiveMunicipality, date, either, wrapped},
    settings::Settings,
};
use std::{
    net::{SocketAddr, ToSocketAddrs},
    path::{Path, PathBuf},
};

/// The municipality that is served: written for one day, played as if it were today's.
const TODAY: &str = include_str!("today.json");
const STUDY: &str = include_str!("../../../tests/cases.json");
/// The course of the study that is told: a year and a half in one supermarket.
const TOLD: &str = "pernille";
/// Everybody's password in the demo.
const PASSWORD: &str = "rettematch-demo";
const NAMES: [(Role, &str); 4] = [
    (Role::Consultant, "Lise Holm"),
    (Role::Liaison, "Anders Bro"),
    (Role::TeamLeader, "Hanne Vester"),
    (Role::Administrator, "Peter Lund"),
];

pub async fn run(folder: Option<PathBuf>, listen_on: &str, english: bool) -> CommandResult {
    let own: Vec<SocketAddr> = listen_on.to_socket_addrs().map_err(|error| format!("--listen {listen_on}: {error}"))?.collect();
    if !own.iter().all(|address| address.ip().is_loopback()) {
        return Err(format!("--listen {listen_on}: everybody's password is known, so the demo is for this machine only").into());
    }
    let lang = if english { Lang::En } else { Lang::Da };
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(format!("rettematch-demo-{}", std::process::id())));
    let now = Clock::System.now();
    let mut app = App::open(settings(&folder, listen_on, &(now.instant - Duration::days(366)).to_rfc3339())?)?;

    let password_hash = crypto::hash_password(PASSWORD).map_err(|error| error.to_string())?;
    let names = NAMES.iter().map(|(role, name)| (*role, (*name).to_owned())).collect();
    let cast = replay::Cast { password_hash, shared: true, names };
    let bar = Bar::new("days");
    let live = replay::play_live(&app, TODAY, &cast, now.instant, &|day, days| bar.tell(day, days)).await?;
    bar.end();
    // From here on time goes on by itself.
    app.clock = Clock::System;

    let told = replay::read(STUDY)?.cases.into_iter().filter(|case| case.name == TOLD).collect();
    let bar = Bar::new("days");
    // In a file of its own, which is taken away again: it was years ago, and would be nothing but old flags today.
    let study = replay::replay_cases(told, None, &|day, days| bar.tell(day, days)).await?;
    bar.end();

    let title = either(
        lang,
        "HVORFOR: et forløb fra feltstudiet, spillet dag for dag",
        "WHY: a course from the field study, played day by day",
    );
    println!("{title}\n");
    for case in &study {
        println!("{}", replay::print_diary(case, lang));
    }
    println!("{} {}\n", either(lang, "EN KOMMUNE I DAG,", "A MUNICIPALITY TODAY,"), date(lang, now.today));
    print!("{}", citizens(&live, lang));
    let people =
        DemoPeople { players: live.played.first().map(|case| case.players.as_slice()).unwrap_or_default(), password: PASSWORD };
    print!("{}", entrances(&app.services, &people, &live, lang));
    println!("{}", either(lang, "For udviklere:", "For developers:"));
    print!("{}", lines_to_try(&app, &people).await?);
    let files = either(lang, "Database, nøgle og sendte breve ligger i", "Database, key and the letters that were sent are in");
    println!("\n{files}\n  {}\n", folder.display());
    listen(app, |address| match lang {
        Lang::Da => println!("Tjenesten kører på http://{address}. Stop med Ctrl-C."),
        Lang::En => println!("Listening on http://{address}. Stop with Ctrl-C."),
    })
    .await
}

fn settings(folder: &Path, listen_on: &str, clock: &str) -> CommandResult<Settings> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let inside = |name: &str| folder.join(name).display().to_string();
    if folder.join("demo.db").exists() {
        return Err(format!("{} is there already; name another folder with --folder", inside("demo.db")).into());
    }
    let mut settings = Settings::base()?;
    settings.database = format!("sqlite:{}", inside("demo.db"));
    settings.key_file = inside("demo.key");
    settings.mail.folder = inside("letters");
    settings.clock = clock.to_owned();
    settings.listen = listen_on.to_owned();
    settings.public_url = format!("http://{listen_on}");
    Ok(settings)
}

/// The citizens, each with how the course stands.
fn citizens(live: &LiveMunicipality, lang: Lang) -> String {
    let line = |case: &replay::Played| {
        let about = case.about.as_ref().map(|about| about.lang(lang)).unwrap_or_default();
        wrapped(&format!("  {:<8}", case.case), about, 10)
    };
    live.played.iter().map(line).collect()
}
