//! Makes a connection, and where there is none says in a sentence what to do about it.

use crate::store::db::{
    address::{Address, Server},
    conn::Conn,
    dialect,
    error::StoreError,
    tls_proxy,
};
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};

/// A new connection.
///
/// # Errors
/// Why there is none, and what to do.
pub fn connect(address: &Address) -> Result<Conn, StoreError> {
    let mut conn = match address {
        Address::Sqlite(path) => Conn::Sqlite(SqliteConnection::establish(path).map_err(|error| file(path, &error.to_string()))?),
        Address::Postgres(server) => Conn::Postgres(postgres(server)?),
    };
    dialect::prepare(&mut conn).map_err(|failure| match address {
        Address::Sqlite(path) => file(path, &failure.to_string()),
        Address::Postgres(_) => failure,
    })?;
    Ok(conn)
}

fn postgres(server: &Server) -> Result<PgConnection, StoreError> {
    let tunnel = server.tls.as_ref().map(tls_proxy::open).transpose().map_err(StoreError::Unreachable)?;
    let told = server.for_libpq(tunnel.as_ref().map(tempfile::TempDir::path));
    PgConnection::establish(&told).map_err(|error| {
        let why = match error {
            // The server's or libpq's words; the address, with its password, is left out of them.
            ConnectionError::BadConnection(why) => why.replace(&told, "(the address)"),
            other => other.to_string(),
        };
        StoreError::Unreachable(refused(server, &why))
    })
}

/// What to do about what libpq or the server says. A server may speak another language than English: then its own words stand.
fn refused(server: &Server, why: &str) -> String {
    let why = why.lines().map(str::trim).rfind(|line| !line.is_empty() && !line.starts_with("Is the server")).unwrap_or_default();
    // Where the tunnel ends on this machine helps nobody.
    let why = if server.tls.is_some() { why.split_once(" failed: ").map_or(why, |(_, why)| why) } else { why };
    let database = server.database();
    let advice = [
        ("could not translate host name", "check the name of the host in the address, and this machine's name service"),
        ("Connection refused", "check that PostgreSQL runs there and listens on that port"),
        ("No such file or directory", "check that PostgreSQL runs on this machine, or name the folder of its socket with host="),
        ("timeout expired", "check host and port in the address, and the firewall between"),
        ("password authentication failed", "check user and password in the address"),
        ("no password supplied", "write the password into the address: postgres://USER:PASSWORD@HOST/NAME"),
        ("does not exist", "make what is missing (createuser, createdb), or name another in the address"),
        ("no pg_hba.conf entry", "let this user and machine in, in the server's pg_hba.conf"),
        (
            "too many clients",
            "raise the server's max_connections, or end what else is connected; this service needs about a dozen",
        ),
        ("starting up", "wait a moment"),
        ("permission denied", "grant the user the right to connect to the database"),
    ];
    let known = advice.iter().find(|(said, _)| why.contains(said)).map(|(_, advice)| *advice);
    let advice = known.unwrap_or("check host, port, user, password and the name of the database in the address");
    format!("{}; {advice} (database {database})", why.trim_start_matches("FATAL:").trim())
}

fn file(path: &str, why: &str) -> StoreError {
    let advice = if why.contains("not a database") {
        "it is a file of something else, name another"
    } else if why.contains("locked") {
        "another program holds it, end that first"
    } else {
        "let this user read and write it and its folder, or name another"
    };
    StoreError::Unreachable(format!("the file {path} cannot be opened as a database ({why}): {advice}"))
}

/// Opens what must be there already: SQLite would make an empty file of any name.
pub fn connect_existing(address: &Address) -> Result<Conn, StoreError> {
    match address {
        Address::Sqlite(path) if !std::path::Path::new(path).exists() => {
            Err(StoreError::Unreachable(format!("there is no file {path}")))
        }
        _ => connect(address),
    }
}
