//! Where the database is, as the settings say it: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
//!
//! Promise: whatever is wrong with an address, its password is not printed. What goes to another machine is encrypted and the
//! server's certificate is verified, unless the address itself says `sslmode=disable`.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};
use url::Url;

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

/// A dead server is noticed within half a minute, and nobody waits longer for a connection than this.
pub const CONNECT_SECONDS: u64 = 5;
const KEPT: [(&str, &str); 6] = [
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
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return sqlite(path);
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Server::parse(text).map(Box::new).map(Self::Postgres);
        }
        Err("the address of the database must be sqlite:PATH (a file on this machine) or postgres://USER:PASSWORD@HOST/NAME"
            .into())
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

fn sqlite(path: &str) -> Result<Address, String> {
    if path.is_empty() || path == ":memory:" {
        return Err("name a file after sqlite:, for instance sqlite:rettematch.db".into());
    }
    if let Some(rest) = path.strip_prefix("//")
        && !rest.starts_with('/')
    {
        return Err(format!("write sqlite:{rest} for a file in this folder, or sqlite:/{rest} for one from the root"));
    }
    let (file, whole) = (Path::new(path), path.to_owned());
    if file.is_dir() {
        return Err(format!("{path} is a folder: name a file in it, for instance sqlite:{path}/rettematch.db"));
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            Err(format!("the folder {} does not exist: make it, or name another file after sqlite:", folder.display()))
        }
        _ => Ok(Address::Sqlite(whole)),
    }
}

impl Server {
    fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|_| {
            "the address cannot be read: write postgres://USER:PASSWORD@HOST:PORT/NAME, and in the password %40 for @, %3A for :, \
             %2F for /, %23 for #, %3F for ?, %25 for %"
                .to_owned()
        })?;
        let said = |name: &str| url.query_pairs().filter(|(key, _)| key == name).last().map(|(_, value)| value.into_owned());
        let host = said("host").or_else(|| url.host_str().map(|host| host.replace("%2F", "/").replace("%2f", "/")));
        let host = host.unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.contains(',') {
            return Err("the address names several servers: name one".into());
        }
        let here = host.is_empty()
            || host.starts_with(['/', '@'])
            || host == "localhost"
            || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let verified = match said("sslmode").as_deref() {
            None => !here,
            Some("disable") => false,
            // Never less than was asked for.
            Some("require" | "verify-ca" | "verify-full") => true,
            Some(_) => {
                return Err(
                    "sslmode is verify-full (encrypted, the certificate verified) or disable; require and verify-ca are taken \
                            for verify-full, and modes that go on unencrypted when the server has no TLS are not spoken here"
                        .into(),
                );
            }
        };
        if said("sslcert").or_else(|| said("sslkey")).is_some() {
            return Err("a certificate of our own (sslcert, sslkey) is not shown to the server: sign in with a password".into());
        }
        if verified && (host.is_empty() || host.starts_with(['/', '@'])) {
            return Err("sslmode=verify-full needs the name of a host: a socket on this machine speaks no TLS".into());
        }
        let port = match said("port") {
            Some(port) => Some(port.parse().map_err(|_| "the port in the address is no number from 1 to 65535".to_owned())?),
            None => url.port(),
        };
        let authorities = said("sslrootcert").filter(|file| file != "system").map(PathBuf::from);
        let tls = verified.then(|| Verified { host, port: port.unwrap_or(5432), authorities });
        Ok(Self { url, tls })
    }

    /// What libpq is told: as it stands but for TLS, which is not its business, with limits where none are given.
    /// Where TLS is spoken it finds its end of the tunnel as a socket in a folder.
    pub fn for_libpq(&self, tunnel: Option<&Path>) -> String {
        let own = |pair: &&str| !pair.is_empty() && !pair.starts_with("ssl");
        let mut query: Vec<String> = self.url.query().unwrap_or_default().split('&').filter(own).map(ToOwned::to_owned).collect();
        let given = |name: &str| self.url.query_pairs().any(|(key, _)| key == name);
        query.extend(KEPT.iter().filter(|(name, _)| !given(name)).map(|(name, value)| format!("{name}={value}")));
        query.push("sslmode=disable".into());
        if let Some(folder) = tunnel {
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

/// libpq makes a socket's name of its folder and the port.
pub const PORT_OF_SOCKET: u16 = 5432;

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
            let why = Address::parse(address).unwrap_err();
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
    fn libpq_gets_the_address_with_limits_and_its_end_of_the_tunnel() {
        let server = Server::parse("postgres://u:p%40@h:1/r?options=-c%20a=b&sslmode=require&connect_timeout=9").unwrap();
        let told = server.for_libpq(Some(Path::new("/tmp/a b")));
        assert!(told.starts_with("postgres://u:p%40@h:1/r?options=-c%20a=b&connect_timeout=9&keepalives_idle=10&"), "{told}");
        assert!(told.ends_with("&sslmode=disable&host=/tmp/a%20b&port=5432"), "{told}");
    }
}
