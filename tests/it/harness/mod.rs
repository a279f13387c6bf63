//! The service on a free port with its own database, key, mail folder and clock, and accounts of every role in two
//! municipalities. With `RETTEMATCH_TEST_POSTGRES` (a `postgres://` address whose user may create databases) the same stories run
//! on PostgreSQL.

pub mod browser;
mod build;
pub mod catalogue;
mod client;
pub mod cluster;
pub mod collector;
mod database;
pub mod every_path;
pub mod furnished;
mod mail;
mod numbers;
pub mod play;
mod process;
pub mod provider;
pub mod real;
pub mod schema;
pub mod source;

pub use build::{Company, Stay, clarification, extension_decision, recruitment};
pub use client::{Answer, Client};
pub use database::Database;
pub use mail::Letter;
pub use numbers::{cpr, cvr, p_number};
pub use process::{Served, file, once, tool};
pub use serde_json::{Value, json};

use chrono::{DateTime, NaiveDate, Utc};
use rettematch::{
    actions::people::{accounts, sessions},
    app::App,
    crypto,
    domain::{
        people::{access::Role, tenant::Tenant},
        values::{
            ids::AccountId,
            register::Municipality,
            text::{Email, Line},
        },
    },
    jobs,
    settings::Settings,
    store::Tx,
    web,
};
use std::{net::TcpListener, sync::LazyLock, thread::JoinHandle};
use tempfile::TempDir;

/// Everybody's password.
pub const PASSWORD: &str = "en god lang kode";
/// Hashed once: it takes long on purpose.
static HASH: LazyLock<String> = LazyLock::new(|| crypto::hash_password(PASSWORD).unwrap());

/// The day every story begins on, a Monday.
pub const BEGIN: &str = "2026-01-05";

/// One municipality's people, each signed in.
pub struct People {
    pub municipality: &'static str,
    pub liaison: Client,
    pub consultant: Client,
    pub team_leader: Client,
    pub administrator: Client,
    pub auditor: Client,
}

impl People {
    pub fn of(&self, role: Role) -> &Client {
        match role {
            Role::Liaison => &self.liaison,
            Role::Consultant => &self.consultant,
            Role::TeamLeader => &self.team_leader,
            Role::Administrator => &self.administrator,
            Role::Auditor => &self.auditor,
        }
    }
}

/// A service that runs.
pub struct House {
    pub app: App,
    pub base: String,
    pub folder: TempDir,
    /// København.
    pub here: People,
    /// Aalborg.
    pub there: People,
    /// Somebody who is not signed in.
    pub nobody: Client,
    server: Option<(actix_web::dev::ServerHandle, JoinHandle<()>)>,
    database: Database,
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// With settings of its own.
    pub async fn open_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::make(folder.path());
        let mut settings = Settings::base().unwrap();
        settings.database = database.url.clone();
        settings.key = serde_json::from_value(json!(random_key())).unwrap();
        settings.clock = rettematch::domain::values::copenhagen::local(day(BEGIN), 9).to_rfc3339();
        settings.mail.folder = folder.path().join("letters").to_str().unwrap().into();
        settings.schedule.enabled = false;
        // Stories turn the clock by days.
        settings.session_idle_minutes = 24 * 60 * 3653;
        // Most stories tell of days, not of hours; those that do set it anew.
        settings.letters.on_days_off = true;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        settings.public_url.clone_from(&base);
        change(&mut settings);
        let app = App::open(settings).unwrap();
        let server = Some(serve(app.clone(), listener));
        let http = reqwest::Client::builder()
            .no_proxy()
            .pool_idle_timeout(std::time::Duration::from_secs(1))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let nobody = Client::new(http, &base);
        let here = hire(&app, &nobody, "101").await;
        let there = hire(&app, &nobody, "851").await;
        Self { app, base, folder, here, there, nobody, server, database }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now().instant
    }

    pub fn today(&self) -> NaiveDate {
        self.app.clock.now().today
    }

    /// Turns the clock to nine in the morning of a day.
    pub fn turn(&self, to: &str) {
        self.turn_to(rettematch::domain::values::copenhagen::local(day(to), 9));
    }

    pub fn turn_to(&self, instant: DateTime<Utc>) {
        self.app.clock.turn(instant);
    }

    /// What the schedule does but for delivery.
    pub async fn tick(&self) -> jobs::Ticked {
        jobs::tick(&self.app, &jobs::quiet).await.unwrap()
    }

    pub async fn deliver(&self) -> jobs::Delivered {
        jobs::deliver(&self.app, &jobs::quiet).await.unwrap()
    }

    /// Every day from today up to and including one, ticked and delivered at nine.
    pub async fn live_until(&self, last: &str) {
        let mut today = self.today();
        loop {
            self.turn(&today.to_string());
            self.tick().await;
            self.deliver().await;
            if today >= day(last) {
                return;
            }
            today = today.succ_opt().unwrap();
        }
    }

    /// Every letter that was sent, eldest first.
    pub fn letters(&self) -> Vec<Letter> {
        mail::read(&self.folder.path().join("letters"))
    }

    /// Those to one address.
    pub fn letters_to(&self, address: &str) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.to == address).collect()
    }

    /// The token of the link by which somebody chooses a password, as the newest letter to an address has it.
    pub async fn password_token(&self, email: &str) -> String {
        self.deliver().await;
        let asks = |letter: &Letter| letter.plain.contains("/password/");
        let letter = self.letters_to(email).into_iter().rfind(asks).unwrap_or_else(|| panic!("no letter to {email}"));
        let (_, rest) = letter.plain.split_once("/password/").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    }

    /// Chooses a password through that link.
    pub async fn choose_password(&self, email: &str, password: &str) {
        let link = format!("/links/{}/password", self.password_token(email).await);
        let chosen = self.nobody.post(&link, json!({"password": password})).await;
        assert_eq!(chosen.status, 204, "{}", chosen.text);
    }

    /// Asks the database past the application: a statement whose one column is called `text`.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        self.database.texts(sql)
    }

    pub fn text(&self, sql: &str) -> String {
        self.texts(sql).into_iter().next().unwrap_or_default()
    }

    pub fn count(&self, table: &str) -> i64 {
        self.text(&format!("SELECT CAST(count(*) AS TEXT) AS text FROM {table}")).parse().unwrap()
    }

    /// The whole database as text, but for what signing in leaves.
    pub fn dump(&self) -> String {
        self.database.dump()
    }

    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// The settings that make another process serve the same database: names of the environment and values.
    pub fn environment(&self) -> Vec<(String, String)> {
        let settings = &self.app.services.settings;
        // Another process has the usual limits, and the story may have turned the clock since somebody was here last.
        self.database.run(&format!("UPDATE sessions SET used_at = '{}'", self.now().naive_utc()));
        [
            ("DATABASE", settings.database.clone()),
            ("KEY", settings.key.reveal().to_owned()),
            ("CLOCK", self.now().to_rfc3339()),
            ("LISTEN", "127.0.0.1:0".to_owned()),
            ("MAIL__FOLDER", settings.mail.folder.clone()),
            ("SCHEDULE__ENABLED", "false".to_owned()),
        ]
        .map(|(name, value)| (format!("RETTEMATCH__{name}"), value))
        .to_vec()
    }

    pub fn database(&self) -> &Database {
        &self.database
    }

    /// A session for an account, without signing in.
    pub async fn session(&self, client: &Client) -> Client {
        let token = begin_session(&self.app, &client.account).await;
        client.with_token(&token)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            drop(handle.stop(false));
            let _ = thread.join();
        }
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// So many days later.
pub fn later(from: &str, days: i64) -> String {
    rettematch::domain::values::day::plus(day(from), days).to_string()
}

pub fn random_key() -> String {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).unwrap();
    data_encoding::HEXLOWER.encode(&bytes)
}

/// Serves until it is dropped.
pub struct Service {
    pub base: String,
    server: Option<(actix_web::dev::ServerHandle, JoinHandle<()>)>,
}

impl Service {
    pub fn of(app: App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        Self { base, server: Some(serve(app, listener)) }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            drop(handle.stop(false));
            let _ = thread.join();
        }
    }
}

fn serve(app: App, listener: TcpListener) -> (actix_web::dev::ServerHandle, JoinHandle<()>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let run = move || {
        actix_web::rt::System::new().block_on(async {
            let server = web::serve(app, listener).unwrap();
            sender.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    };
    let thread = std::thread::spawn(run);
    (receiver.recv().unwrap(), thread)
}

pub async fn begin_session(app: &App, account: &str) -> String {
    let token = crypto::new_token().unwrap();
    let (at, account, shown) = (app.clock.now(), AccountId::stored(account.to_owned()), token.clone());
    // Ten years: stories turn the clock.
    app.db.write(move |tx: &mut Tx| sessions::begin(tx, at, &account, &token, 24 * 3653)).await.unwrap();
    shown
}

/// An address in a municipality: `consultant@101.example`.
pub fn address(role: Role, municipality: &str) -> String {
    format!("{role}@{municipality}.example")
}

async fn hire(app: &App, nobody: &Client, municipality: &'static str) -> People {
    let mut clients = Vec::new();
    for role in Role::ALL {
        clients.push(employ(app, nobody, municipality, *role, &address(*role, municipality)).await);
    }
    let mut clients = clients.into_iter();
    let mut next = || clients.next().unwrap();
    People { municipality, liaison: next(), consultant: next(), team_leader: next(), administrator: next(), auditor: next() }
}

/// Somebody new in a municipality, signed in.
pub async fn employ(app: &App, nobody: &Client, municipality: &str, role: Role, email: &str) -> Client {
    let (place, email, name) = (
        Tenant::of(Municipality::parse(municipality).unwrap()),
        Email::parse(email).unwrap(),
        Line::parse(&format!("{role} {email}")).unwrap(),
    );
    let at = app.clock.now();
    let make = move |tx: &mut Tx| accounts::create(tx, at, &place, &email, &name, role, &HASH);
    let account = app.db.write(make).await.unwrap().to_string();
    let token = begin_session(app, &account).await;
    nobody.with_token(&token).of(account)
}
