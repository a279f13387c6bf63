//! Where the database is, as the settings say it: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
//!
//! Promise: whatever is wrong with an address, its password is not printed. What goes to another machine is encrypted and the
//! server's certificate is verified, unless the address itself says `sslmode=disable`.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};
use thiserror::Error;
use url::Url;

/// What is wrong with an address and what to do, without a word of the address where it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error("the address of the database must be sqlite:PATH (a file on this machine) or postgres://USER:PASSWORD@HOST/NAME")]
    UnknownScheme,
    #[error("name a file after sqlite:, for instance sqlite:rettematch.db")]
    NoFile,
    #[error("write sqlite:{0} for a file in this folder, or sqlite:/{0} for one from the root")]
    TwoSlashes(String),
    #[error("{0} is a folder: name a file in it, for instance sqlite:{0}/rettematch.db")]
    IsFolder(String),
    #[error("the folder {} does not exist: make it, or name another file after sqlite:", .0.display())]
    NoFolder(PathBuf),
    #[error(
        "the address cannot be read: write postgres://USER:PASSWORD@HOST:PORT/NAME, and in the password %40 for @, %3A for :, %2F \
         for /, %23 for #, %3F for ?, %25 for %"
    )]
    NotAnUrl,
    #[error("the address names several servers: name one")]
    SeveralServers,
    #[error(
        "sslmode is verify-full (encrypted, the certificate verified) or disable; require and verify-ca are taken for verify-full, \
         and modes that go on unencrypted when the server has no TLS are not spoken here"
    )]
    WeakTls,
    #[error("a certificate of our own (sslcert, sslkey) is not shown to the server: sign in with a password")]
    ClientCertificate,
    #[error("sslmode=verify-full needs the name of a host: a socket on this machine speaks no TLS")]
    TlsWithoutHost,
    #[error("the port in the address is no number from 1 to 65535")]
    Port,
}

/// An address that was understood.
#[derive(Clone, Debug)]
pub enum Address {
    Sqlite(String),
    Postgres(Box<Server>),
}

/// A PostgreSQL server and a database on it.
#[derive(Clone)]
pub struct Server {
    url: Url,
    /// Where TLS is spoken: to whom, and whose word is taken for the certificate.
    pub tls: Option<Verified>,
}

/// A server whose certificate is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub host: String,
    pub port: u16,
    /// A file of authorities, PEM; none: the machine's.
    pub authorities: Option<PathBuf>,
}

/// The longest wait for a new connection.
pub const CONNECT_SECONDS: u64 = 5;
/// With these a server that is gone without a word is noticed within half a minute.
const LIMITS: [(&str, &str); 6] = [
    ("connect_timeout", "5"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "20000"),
    ("application_name", "rettematch"),
];

/// A password may stand in the query too, so none of it is shown.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl Address {
    /// # Errors
    /// What is wrong and what to do, without a word of the address where it may hold a password.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return sqlite(path);
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Server::parse(text).map(Box::new).map(Self::Postgres);
        }
        Err(AddressError::UnknownScheme)
    }

    /// The file that it is, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(Path::new(path)),
            Self::Postgres(_) => None,
        }
    }

    /// As it may be printed.
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{path}"),
            Self::Postgres(server) => server.shown(),
        }
    }

    /// An address of the settings as it may be printed, also where it is not understood.
    pub fn without_password(text: &str) -> String {
        Self::parse(text).map_or_else(|_| "the address of the database".into(), |address| address.shown())
    }
}

fn sqlite(path: &str) -> Result<Address, AddressError> {
    if path.is_empty() || path == ":memory:" {
        return Err(AddressError::NoFile);
    }
    if let Some(rest) = path.strip_prefix("//")
        && !rest.starts_with('/')
    {
        return Err(AddressError::TwoSlashes(rest.to_owned()));
    }
    let file = Path::new(path);
    if file.is_dir() {
        return Err(AddressError::IsFolder(path.to_owned()));
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Err(AddressError::NoFolder(folder.to_owned())),
        _ => Ok(Address::Sqlite(path.to_owned())),
    }
}

impl Server {
    fn parse(text: &str) -> Result<Self, AddressError> {
        let url = Url::parse(text).map_err(|_| AddressError::NotAnUrl)?;
        let parameter = |name: &str| url.query_pairs().filter(|(key, _)| key == name).last().map(|(_, value)| value.into_owned());
        let host = parameter("host").or_else(|| url.host_str().map(|host| host.replace("%2F", "/").replace("%2f", "/")));
        let host = host.unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.contains(',') {
            return Err(AddressError::SeveralServers);
        }
        let verified = is_verified(parameter("sslmode").as_deref(), &host)?;
        if parameter("sslcert").or_else(|| parameter("sslkey")).is_some() {
            return Err(AddressError::ClientCertificate);
        }
        if verified && is_socket(&host) {
            return Err(AddressError::TlsWithoutHost);
        }
        let port = match parameter("port") {
            Some(port) => Some(port.parse().map_err(|_| AddressError::Port)?),
            None => url.port(),
        };
        let authorities = parameter("sslrootcert").filter(|file| file != "system").map(PathBuf::from);
        let tls = verified.then(|| Verified { host, port: port.unwrap_or(5432), authorities });
        Ok(Self { url, tls })
    }

    /// The address for libpq: as it stands, without TLS, and with time limits where none are given. Where TLS is spoken libpq
    /// connects to the TLS proxy, a socket in a folder.
    pub fn for_libpq(&self, proxy: Option<&Path>) -> String {
        let own = |pair: &&str| !pair.is_empty() && !pair.starts_with("ssl");
        let mut query: Vec<String> = self.url.query().unwrap_or_default().split('&').filter(own).map(ToOwned::to_owned).collect();
        let given = |name: &str| self.url.query_pairs().any(|(key, _)| key == name);
        query.extend(LIMITS.iter().filter(|(name, _)| !given(name)).map(|(name, value)| format!("{name}={value}")));
        query.push("sslmode=disable".into());
        if let Some(folder) = proxy {
            query.retain(|pair| !pair.starts_with("host=") && !pair.starts_with("hostaddr=") && !pair.starts_with("port="));
            query.push(format!("host={}&port={PORT_OF_SOCKET}", encoded(&folder.display().to_string())));
        }
        let mut url = self.url.clone();
        url.set_query(Some(&query.join("&")));
        url.into()
    }

    /// Server and database, without user, password and whatever stands in the query.
    fn shown(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("postgres://{host}{port}{}", self.url.path())
    }

    /// The name of the database, for a sentence about it.
    pub fn database(&self) -> &str {
        self.url.path().trim_start_matches('/')
    }
}

/// libpq makes the name of a socket of its folder and this port.
pub const PORT_OF_SOCKET: u16 = 5432;

/// Whether TLS is spoken and the certificate verified. It is never less than was asked for.
fn is_verified(sslmode: Option<&str>, host: &str) -> Result<bool, AddressError> {
    let on_this_machine =
        is_socket(host) || host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match sslmode {
        None => Ok(!on_this_machine),
        Some("disable") => Ok(false),
        Some("require" | "verify-ca" | "verify-full") => Ok(true),
        Some(_) => Err(AddressError::WeakTls),
    }
}

fn is_socket(host: &str) -> bool {
    host.is_empty() || host.starts_with(['/', '@'])
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tls(text: &str) -> Option<Verified> {
        match Address::parse(text).unwrap() {
            Address::Postgres(server) => server.tls,
            Address::Sqlite(_) => None,
        }
    }

    #[test]
    fn tls_is_spoken_with_every_other_machine_unless_the_address_says_no() {
        for (address, spoken) in [
            ("postgres://u@db.kommune.example/r", true),
            ("postgresql://u@10.0.0.5:5433/r", true),
            ("postgres://u@localhost/r", false),
            ("postgres://u@127.0.0.1/r", false),
            ("postgres://u@[::1]:5432/r", false),
            ("postgres:///r", false),
            ("postgres://%2Fvar%2Frun%2Fpostgresql/r", false),
            ("postgres:///r?host=/var/run/postgresql", false),
            ("postgres://u@localhost/r?host=db.example", true),
            ("postgres://u@db.example/r?sslmode=disable", false),
            ("postgres://u@db.example/r?sslmode=require", true),
            ("postgres://u@localhost/r?sslmode=verify-full", true),
        ] {
            assert_eq!(tls(address).is_some(), spoken, "{address}");
        }
        let verified = tls("postgres://u:p@db.example:6000/r?sslrootcert=/etc/ca.pem").unwrap();
        assert_eq!(verified, Verified { host: "db.example".into(), port: 6000, authorities: Some("/etc/ca.pem".into()) });
    }

    #[test]
    fn what_cannot_be_held_is_refused() {
        for (address, word) in [
            ("rettematch.db", "must be sqlite:PATH"),
            ("mysql://u:hunter2@h/r", "must be sqlite:PATH"),
            ("postgres:/u:hunter2@h/r", "must be sqlite:PATH"),
            ("sqlite:", "name a file"),
            ("sqlite::memory:", "name a file"),
            ("sqlite://rettematch.db", "write sqlite:rettematch.db"),
            ("sqlite:/no/such/folder/db", "does not exist"),
            ("sqlite:/tmp", "is a folder"),
            ("postgres://u:hun#ter2@h:5432/r", "%23 for #"),
            ("postgres://u:hunter2@a,b/r", "name one"),
            ("postgres://u:hunter2@h/r?sslmode=prefer", "sslmode"),
            ("postgres://u:hunter2@h/r?sslcert=x", "password"),
            ("postgres:///r?sslmode=verify-full", "host"),
            ("postgres://h/r?port=x", "port"),
        ] {
            let why = Address::parse(address).unwrap_err().to_string();
            assert!(why.contains(word), "{address}: {why}");
            assert!(!why.contains("hunter2") && !Address::without_password(address).contains("hunter2"), "{why}");
        }
    }

    #[test]
    fn no_password_is_shown_wherever_it_stands() {
        for address in ["postgres://u:hunter2@h:1/r", "postgres://u@h:1/r?password=hunter2&sslmode=disable"] {
            let parsed = Address::parse(address).unwrap();
            assert_eq!(parsed.shown(), "postgres://h:1/r");
            assert!(!format!("{parsed:?}").contains("hunter2"));
        }
    }

    #[test]
    fn libpq_gets_the_address_with_limits_and_the_proxy() {
        let server = Server::parse("postgres://u:p%40@h:1/r?options=-c%20a=b&sslmode=require&connect_timeout=9").unwrap();
        let address = server.for_libpq(Some(Path::new("/tmp/a b")));
        assert!(
            address.starts_with("postgres://u:p%40@h:1/r?options=-c%20a=b&connect_timeout=9&keepalives_idle=10&"),
            "{address}"
        );
        assert!(address.ends_with("&sslmode=disable&host=/tmp/a%20b&port=5432"), "{address}");
    }
}
