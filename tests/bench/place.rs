//! A database that is made for a benchmark and goes away with it: SQLite in a folder, or one more on a PostgreSQL of one's own.

use chrono::{DateTime, NaiveDate, Utc};
use rettematch::{
    actions::people::accounts,
    app::App,
    context::Account,
    domain::{
        people::{access::Role, tenant::Tenant},
        values::{
            day::At,
            register::Municipality,
            text::{Email, Line},
        },
    },
    settings::Settings,
    store::Tx,
};

/// København.
pub const HERE: &str = "101";

/// As whose rows everything stands.
pub fn here() -> Tenant {
    Tenant::of(Municipality::parse(HERE).unwrap())
}
pub const EMAIL: &str = "jonas@kommune.example";

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

pub fn at() -> At {
    At { instant: DateTime::<Utc>::from_naive_utc_and_offset(today().and_hms_opt(9, 0, 0).unwrap(), Utc), today: today() }
}

pub struct Place {
    pub app: App,
    pub folder: tempfile::TempDir,
    /// The server's address, and the name of the database there.
    on_server: Option<(String, String)>,
}

impl Place {
    pub fn open(server: Option<&str>, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inside = |name: &str| folder.path().join(name).display().to_string();
        let mut settings = Settings::base().unwrap();
        let name = format!("rettematch_{name}_{}", std::process::id());
        settings.database = match server {
            Some(server) => {
                on_server(server, &format!("CREATE DATABASE {name}"));
                of_server(server, &name)
            }
            None => format!("sqlite:{}", inside("bench.db")),
        };
        settings.key_file = inside("key");
        settings.mail.folder = inside("letters");
        settings.clock = at().instant.to_rfc3339();
        settings.public_url = "http://localhost".into();
        let app = App::open(settings).unwrap();
        Self { app, folder, on_server: server.map(|server| (server.to_owned(), name)) }
    }

    /// A team leader, who may do all that a benchmark does.
    pub async fn account(&self) -> Account {
        let email = Email::parse(EMAIL).unwrap();
        let name = Line::parse("Jonas").unwrap_or_else(|_| unreachable!());
        let here = here();
        let make = move |tx: &mut Tx| accounts::create(tx, at(), &here, &email, &name, Role::TeamLeader, "!");
        let account = self.app.db.write(make).await.unwrap();
        Account { id: account, tenant: self::here(), role: Role::TeamLeader, name: "Jonas".into(), team: None, scopes: None }
    }

    /// Lets the engine count its rows, as PostgreSQL would by itself within a minute, and SQLite when the schedule tidies.
    pub async fn settle(&self) {
        self.app.db.write(|tx: &mut rettematch::store::Tx| rettematch::store::update_statistics(tx)).await.unwrap();
        if let Some((server, name)) = &self.on_server {
            on_server(&of_server(server, name), "VACUUM ANALYZE");
        }
    }

    pub fn close(self) {
        drop(self.app);
        if let Some((server, name)) = &self.on_server {
            on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn of_server(server: &str, name: &str) -> String {
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

fn on_server(server: &str, sql: &str) {
    use diesel::{Connection, connection::SimpleConnection};
    diesel::PgConnection::establish(server).unwrap().batch_execute(sql).unwrap();
}

/// The engines to measure: SQLite, and PostgreSQL where there is one.
pub fn engines() -> impl Iterator<Item = (&'static str, Option<String>)> {
    let server = std::env::var("RETTEMATCH_TEST_POSTGRES").ok();
    [("SQLite", None)].into_iter().chain(server.map(|server| ("PostgreSQL", Some(server))))
}

/// How large the country is to be.
pub fn size() -> usize {
    std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(300_000)
}
