//! A fresh database for a test, and queries that share nothing with the store but the connection.

use diesel::{PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, prelude::*, sql_query, sql_types::Text};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use std::{
    path::Path,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

pub struct Database {
    pub url: String,
    /// The server that a database was made on, to drop it there.
    server: Option<(String, String)>,
    /// What dumps it, put together once.
    dumps: OnceLock<String>,
    /// A connection beside the store's, kept.
    beside: Mutex<Beside>,
}

enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct OneText {
    #[diesel(sql_type = Text)]
    text: String,
}

fn migrations() -> FileBasedMigrations {
    FileBasedMigrations::from_path(super::file("migrations")).unwrap()
}

static MADE: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// On the server where one is named, else in a file.
    pub fn make(folder: &Path) -> Self {
        Self::on_server("").unwrap_or_else(|| Self::in_file(&folder.join("test.db")))
    }

    pub fn in_file(path: &Path) -> Self {
        let path = path.display().to_string();
        let mut conn = SqliteConnection::establish(&path).unwrap();
        sql_query("PRAGMA busy_timeout = 5000").execute(&mut conn).unwrap();
        let beside = Mutex::new(Beside::Sqlite(conn));
        Self { url: format!("sqlite:{path}"), server: None, dumps: OnceLock::new(), beside }
    }

    /// On PostgreSQL, made with these options; none where no server is named.
    pub fn on_server(options: &str) -> Option<Self> {
        let server = std::env::var("RETTEMATCH_TEST_POSTGRES").ok()?;
        let name = format!("rettematch_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let mut conn = PgConnection::establish(&server).unwrap();
        sql_query(format!("CREATE DATABASE {name} {options}")).execute(&mut conn).unwrap();
        let url = address(&server, &name);
        let beside = Mutex::new(Beside::Postgres(PgConnection::establish(&url).unwrap()));
        Some(Self { url, server: Some((server, name)), dumps: OnceLock::new(), beside })
    }

    /// One on each engine that there is.
    pub fn on_each(folder: &Path) -> Vec<Self> {
        [Some(Self::in_file(&folder.join("each.db"))), Self::on_server("")].into_iter().flatten().collect()
    }

    pub fn is_file(&self) -> bool {
        self.server.is_none()
    }

    /// Runs the next migration, as the program would.
    pub fn up(&self) {
        match &mut *self.beside.lock().unwrap() {
            Beside::Sqlite(conn) => {
                sql_query("PRAGMA foreign_keys = ON").execute(conn).unwrap();
                drop(conn.run_next_migration(migrations()).unwrap());
            }
            Beside::Postgres(conn) => drop(conn.run_next_migration(migrations()).unwrap()),
        }
    }

    /// Takes the last one back.
    pub fn down(&self) {
        match &mut *self.beside.lock().unwrap() {
            Beside::Sqlite(conn) => {
                sql_query("PRAGMA foreign_keys = ON").execute(conn).unwrap();
                drop(conn.revert_last_migration(migrations()).unwrap());
            }
            Beside::Postgres(conn) => drop(conn.revert_last_migration(migrations()).unwrap()),
        }
    }

    pub fn run(&self, statement: &str) {
        let done = match &mut *self.beside.lock().unwrap() {
            Beside::Sqlite(conn) => sql_query(statement).execute(conn),
            Beside::Postgres(conn) => sql_query(statement).execute(conn),
        };
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    pub fn texts(&self, sql: &str) -> Vec<String> {
        let rows: Vec<OneText> = match &mut *self.beside.lock().unwrap() {
            Beside::Sqlite(conn) => sql_query(sql).load(conn).unwrap(),
            Beside::Postgres(conn) => sql_query(sql).load(conn).unwrap(),
        };
        rows.into_iter().map(|row| row.text).collect()
    }

    fn tables(&self) -> Vec<String> {
        let sql = if self.server.is_none() {
            "SELECT name AS text FROM sqlite_master WHERE type = 'table' ORDER BY name"
        } else {
            "SELECT table_name::text AS text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        };
        let kept = |table: &String| !["sessions", "failed_sign_ins", "__diesel_schema_migrations"].contains(&table.as_str());
        self.texts(sql).into_iter().filter(kept).collect()
    }

    /// Every row of every table, but for what signing in leaves.
    pub fn dump(&self) -> String {
        // Looking is written down; whether anything else was written is what is asked.
        let told = |table: &&String| !["reads", "reads_of_citizens"].contains(&table.as_str());
        let of = |table: &String| {
            if self.server.is_none() {
                let columns = self.texts(&format!("SELECT name AS text FROM pragma_table_info('{table}')"));
                let row = columns.iter().map(|name| format!("quote({name})")).collect::<Vec<_>>().join(" || ',' || ");
                format!("SELECT '{table}: ' || {row} AS text FROM {table}")
            } else {
                format!("SELECT '{table}: ' || {table}::text AS text FROM {table}")
            }
        };
        let sql = self.dumps.get_or_init(|| self.tables().iter().filter(told).map(of).collect::<Vec<_>>().join(" UNION ALL "));
        let mut lines = self.texts(sql);
        lines.sort();
        lines.join("\n")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server
            && let Ok(mut conn) = PgConnection::establish(server)
        {
            let _ = sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).execute(&mut conn);
        }
    }
}

/// The same server's address with another database.
fn address(server: &str, name: &str) -> String {
    let (address, query) =
        server.split_once('?').map_or((server, String::new()), |(address, query)| (address, format!("?{query}")));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    format!("{scheme}://{host}/{name}{query}")
}
