//! Makes a connection. Where there is none, the error says in a sentence what to do about it.

use crate::store::db::{
    address::{Address, Server},
    conn::Conn,
    dialect::{messages::require_english, session::prepare},
    error::StoreError,
    tls_proxy,
};
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};
use std::path::Path;

/// A new connection.
///
/// # Errors
/// Why there is none, and what to do.
pub fn connect(address: &Address) -> Result<Conn, StoreError> {
    match address {
        Address::Sqlite(path) => sqlite(path),
        Address::Postgres(server) => postgres(server),
    }
}

/// A connection to a database that must be there already: SQLite would make an empty file of any name.
///
/// # Errors
/// Why there is none, and what to do.
pub fn connect_existing(address: &Address) -> Result<Conn, StoreError> {
    match address {
        Address::Sqlite(path) if !Path::new(path).exists() => Err(StoreError::Unreachable(format!("there is no file {path}"))),
        _ => connect(address),
    }
}

/// Whether one connection writes at a time, by nature of the engine.
pub fn has_single_writer(address: &Address) -> bool {
    match address {
        Address::Sqlite(_) => true,
        Address::Postgres(_) => false,
    }
}

fn sqlite(path: &str) -> Result<Conn, StoreError> {
    let opened = SqliteConnection::establish(path).map_err(|error| unopened(path, &error.to_string()))?;
    let mut conn = Conn::Sqlite(opened);
    prepare(&mut conn).map_err(|failure| unopened(path, &failure.to_string()))?;
    Ok(conn)
}

/// What to do about a file that SQLite cannot open. The texts are constants of the library that is built in.
fn unopened(path: &str, why: &str) -> StoreError {
    let advice = if why.contains("not a database") {
        "it is a file of something else, name another"
    } else if why.contains("locked") {
        "another program holds it, end that first"
    } else {
        "let this user read and write it and its folder, or name another"
    };
    StoreError::Unreachable(format!("the file {path} cannot be opened as a database ({why}): {advice}"))
}

fn postgres(server: &Server) -> Result<Conn, StoreError> {
    let proxy = server.tls.as_ref().map(tls_proxy::open).transpose();
    let proxy = proxy.map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let address = server.for_libpq(proxy.as_ref().map(tempfile::TempDir::path));
    let mut opened = PgConnection::establish(&address).map_err(|error| {
        let why = match error {
            // The server's or libpq's words, without the address and its password.
            ConnectionError::BadConnection(why) => why.replace(&address, "(the address)"),
            other => other.to_string(),
        };
        StoreError::Unreachable(refused(server, &why))
    })?;
    require_english(&mut opened)?;
    let mut conn = Conn::Postgres(opened);
    prepare(&mut conn)?;
    Ok(conn)
}

/// Advice for what libpq or the server says before a connection stands. A server may still speak another language than English
/// then: its own words and a general advice remain.
const ADVICE: [(&str, &str); 11] = [
    ("could not translate host name", "check the name of the host in the address, and this machine's name service"),
    ("Connection refused", "check that PostgreSQL runs there and listens on that port"),
    ("No such file or directory", "check that PostgreSQL runs on this machine, or name the folder of its socket with host="),
    ("timeout expired", "check host and port in the address, and the firewall between"),
    ("password authentication failed", "check user and password in the address"),
    ("no password supplied", "write the password into the address: postgres://USER:PASSWORD@HOST/NAME"),
    ("does not exist", "make what is missing (createuser, createdb), or name another in the address"),
    ("no pg_hba.conf entry", "let this user and machine in, in the server's pg_hba.conf"),
    ("too many clients", "raise the server's max_connections, or end what else is connected; this service needs about a dozen"),
    ("starting up", "wait a moment"),
    ("permission denied", "grant the user the right to connect to the database"),
];

fn refused(server: &Server, why: &str) -> String {
    let why = why.lines().map(str::trim).rfind(|line| !line.is_empty() && !line.starts_with("Is the server")).unwrap_or_default();
    // libpq names its end of the TLS proxy, a socket on this machine, which helps nobody.
    let why = if server.tls.is_some() { why.split_once(" failed: ").map_or(why, |(_, why)| why) } else { why };
    let known = ADVICE.iter().find(|(message, _)| why.contains(message)).map(|(_, advice)| *advice);
    let advice = known.unwrap_or("check host, port, user, password and the name of the database in the address");
    format!("{}; {advice} (database {})", why.trim_start_matches("FATAL:").trim(), server.database())
}
