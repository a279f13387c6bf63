//! Settings: `config/base.toml` has every key with its default; a file and then the environment
//! (`DATABASE_URL`, `RETTEMATCH__MAIL__HOST`) go over it. An unknown key is refused, a secret cannot be printed.

use config::{Config, Environment, File, FileFormat};
use serde::Deserialize;
use std::{collections::HashMap, net::IpAddr, path::Path};
use thiserror::Error;
use url::Url;

/// What is wrong with the settings.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// A key that does not exist, a value of another type, a file that cannot be read.
    #[error("settings: {0}")]
    Read(#[from] config::ConfigError),
    #[error("settings: mail.tls = \"none-loopback\" is for a mail server on this machine only; use \"required\"")]
    PlainTextMail,
    #[error("settings: mail.retry_minutes needs at least one number, each 1 or more")]
    RetryMinutes,
    #[error("settings: schedule.every_minutes is from 1 to 59")]
    Schedule,
    #[error("settings: letters.from is an hour before letters.until, which is 24 at most")]
    LetterHours,
    #[error(
        "settings: otlp is the address of a collector nearby, for instance http://127.0.0.1:4318; let the collector encrypt onwards"
    )]
    Collector,
    #[error("settings: session_hours is from 1 to 720")]
    SessionHours,
    #[error(
        "settings: retention_years is from 4 to 30: what became of internships is counted over three years back, and a year more is left \
         for complaints"
    )]
    RetentionYears,
    #[error("settings: log_years is from 1 to 30")]
    LogYears,
    #[error("settings: session_idle_minutes is from 1 to 1440")]
    SessionIdle,
    #[error(
        "settings: {0} is the address at which people reach a page, for instance https://praktik.example.dk: http or https, a host, no \
         user, question mark or #"
    )]
    WebAddress(&'static str),
    #[error(
        "settings: oidc.issuer is the provider's address, for instance https://login.example.dk/realms/kommune: https (http on this \
         machine only), a host, no user, question mark or #"
    )]
    OidcIssuer,
    #[error("settings: oidc.{0} is empty: with oidc.issuer, it is needed")]
    OidcMissing(&'static str),
    #[error("settings: oidc.roles is a list of \"value=role\", for instance [\"RetteMatch-Leder=team-leader\"]")]
    OidcRoles,
    #[error("settings: oidc.audience is the API's own, and another than oidc.client_id: a token of the sign-in opens no API")]
    OidcAudience,
    #[error("settings: oidc.clock_skew_seconds is from 0 to 300, oidc.keys_every_seconds from 1 to 3600")]
    OidcSeconds,
    #[error("settings: set mail.host for a mail server, or mail.folder for a folder of letters")]
    NoMail,
}

/// Every key with its default and a line on it.
pub const BASE: &str = include_str!("../config/base.toml");

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub database: String,
    pub listen: String,
    pub public_url: String,
    pub key: Secret,
    pub key_file: String,
    pub rules: String,
    pub municipality: String,
    pub administrator: String,
    pub clock: String,
    pub workers: usize,
    /// Proxies whose word is taken for whom they forward.
    pub trusted_proxies: Vec<IpAddr>,
    pub session_hours: i64,
    pub session_idle_minutes: i64,
    /// Whether a consultant writes why before reading of citizens of others.
    pub access_reasons: bool,
    /// How long a citizen whose course is closed is kept.
    pub retention_years: u32,
    /// How long the log of who has read and changed what of whom is kept.
    pub log_years: u32,
    pub body_bytes: usize,
    pub import_bytes: u64,
    pub link_days: i64,
    pub log: Log,
    pub otlp: String,
    pub mail: Mail,
    pub schedule: Schedule,
    pub letters: Letters,
    pub oidc: Oidc,
}

/// The municipality's own provider.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// Empty: off.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Secret,
    pub scopes: Vec<String>,
    pub role_claim: String,
    /// `value=role` each.
    pub roles: Vec<String>,
    pub municipality_claim: String,
    /// Empty: no tokens of the issuer open the API.
    pub audience: String,
    pub clock_skew_seconds: i64,
    pub keys_every_seconds: i64,
    pub ca_file: String,
}

impl Oidc {
    pub fn is_on(&self) -> bool {
        !self.issuer.is_empty()
    }

    fn check(&self) -> Result<(), SettingsError> {
        if !(0..=300).contains(&self.clock_skew_seconds) || !(1..=3600).contains(&self.keys_every_seconds) {
            return Err(SettingsError::OidcSeconds);
        }
        if !self.is_on() {
            return Ok(());
        }
        let url = Url::parse(&self.issuer).ok().filter(|url| is_web_address(url.as_str()));
        let url = url.ok_or(SettingsError::OidcIssuer)?;
        if url.scheme() != "https" && !url.host_str().is_some_and(is_loopback) {
            return Err(SettingsError::OidcIssuer);
        }
        for (name, value) in [("client_id", &self.client_id), ("role_claim", &self.role_claim)] {
            if value.is_empty() {
                return Err(SettingsError::OidcMissing(name));
            }
        }
        if self.roles.is_empty() {
            return Err(SettingsError::OidcMissing("roles"));
        }
        if self.roles.iter().any(|role| !role.contains('=')) {
            return Err(SettingsError::OidcRoles);
        }
        if self.audience == self.client_id { Err(SettingsError::OidcAudience) } else { Ok(()) }
    }
}

/// Whether a host is this machine.
pub fn is_loopback(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&host)
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub from: String,
    pub host: String,
    pub port: u16,
    pub hello_name: String,
    pub user: String,
    pub password: Secret,
    pub tls: Tls,
    pub ca_file: String,
    pub folder: String,
    pub timeout_seconds: u64,
    pub retry_minutes: Vec<i64>,
    pub give_up_after_days: i64,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Log {
    /// Text at a terminal, JSON lines elsewhere.
    Auto,
    Text,
    Json,
}

/// How the connection to the mail server is kept confidential.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// STARTTLS, TLS 1.2 or better, or nothing is sent.
    Required,
    /// TLS from the first byte (port 465).
    Implicit,
    /// Plain text, to a server on this machine only.
    NoneLoopback,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub enabled: bool,
    pub every_minutes: u32,
}

/// When letters leave, in Copenhagen, and what they say.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    pub from: u32,
    /// Exclusive.
    pub until: u32,
    /// At any hour of any day.
    pub on_days_off: bool,
    pub naming: Naming,
    pub link_base: String,
    /// Whether a citizen's link asks for the last four digits of the CPR number before it shows anything.
    pub citizen_digits: bool,
}

/// How much a letter may name.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Naming {
    /// The workplace and the citizen's first name.
    Names,
    CaseNumber,
}

impl Settings {
    /// Where one-time links lead, without the token.
    pub fn link_base(&self) -> String {
        match self.letters.link_base.trim_end_matches('/') {
            "" => format!("{}/l", self.public_url.trim_end_matches('/')),
            own => own.to_owned(),
        }
    }

    /// How many threads answer requests: as many as the settings say, or else as the machine has cores.
    pub fn worker_threads(&self) -> usize {
        match self.workers {
            0 => std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            set => set,
        }
    }

    /// How many connections read, and on PostgreSQL as many write, for the requests of those threads.
    pub fn connections(&self) -> usize {
        (self.worker_threads() * 2).min(MOST_CONNECTIONS)
    }
}

/// PostgreSQL lets in a hundred unless it is told otherwise, and other programs need some too.
const MOST_CONNECTIONS: usize = 16;

/// A month of hours.
const LONGEST_SESSION: i64 = 720;
/// A day of minutes.
const LONGEST_IDLE: i64 = 1440;

type Builder = config::ConfigBuilder<config::builder::DefaultState>;

/// A text that cannot be printed.
#[derive(Clone, Default, Deserialize, PartialEq)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_empty() { "(not set)" } else { "(secret)" })
    }
}

/// The address of the database under the name that hosts usually give it: over the files, under our own name.
fn usual(database_url: Option<String>) -> Environment {
    let named = database_url.into_iter().map(|url| ("database".to_owned(), url)).collect();
    Environment::default().source(Some(named))
}

/// Settings that are lists: with commas between in the environment.
const LISTS: [&str; 4] = ["mail.retry_minutes", "trusted_proxies", "oidc.scopes", "oidc.roles"];

/// Our own names in the environment, over everything else. Each is a text, which its field reads: a text of digits stays one, with its
/// leading zeros.
fn ours(builder: Builder, variables: HashMap<String, String>) -> Result<Builder, SettingsError> {
    let lists = LISTS.map(|key| {
        let name = format!("RETTEMATCH__{}", key.replace('.', "__"));
        let given = variables.iter().find(|(own, _)| own.eq_ignore_ascii_case(&name));
        let items = |text: &str| text.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
        (key, given.map(|(_, text)| -> Vec<String> { items(text) }))
    });
    let environment = Environment::with_prefix("RETTEMATCH").prefix_separator("__").separator("__").source(Some(variables));
    let mut builder = builder.add_source(environment);
    for (key, items) in lists {
        builder = builder.set_override_option(key, items)?;
    }
    Ok(builder)
}

/// Whether something is the address of pages: what stands in letters, so no address that runs as a program.
fn is_web_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    ["http", "https"].contains(&url.scheme()) && url.has_host() && bare
}

impl Settings {
    /// Defaults, then the file, then the environment.
    ///
    /// # Errors
    /// A key that does not exist, a value that does not fit: in words that name it.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        let variables = std::env::vars_os().filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)));
        let mut builder = Config::builder().add_source(File::from_str(BASE, FileFormat::Toml));
        if let Some(path) = file {
            builder = builder.add_source(File::from(path).format(FileFormat::Toml));
        }
        Self::from(ours(builder.add_source(usual(std::env::var("DATABASE_URL").ok())), variables.collect())?)
    }

    fn from(builder: Builder) -> Result<Self, SettingsError> {
        let settings: Self = builder.build().and_then(Config::try_deserialize)?;
        settings.checked()
    }

    fn checked(self) -> Result<Self, SettingsError> {
        let loopback = is_loopback(&self.mail.host);
        if self.mail.tls == Tls::NoneLoopback && !self.mail.host.is_empty() && !loopback {
            return Err(SettingsError::PlainTextMail);
        }
        if !(1..=LONGEST_SESSION).contains(&self.session_hours) {
            return Err(SettingsError::SessionHours);
        }
        if !(1..=LONGEST_IDLE).contains(&self.session_idle_minutes) {
            return Err(SettingsError::SessionIdle);
        }
        if !(4..=30).contains(&self.retention_years) {
            return Err(SettingsError::RetentionYears);
        }
        if !(1..=30).contains(&self.log_years) {
            return Err(SettingsError::LogYears);
        }
        if !is_web_address(&self.public_url) {
            return Err(SettingsError::WebAddress("public_url"));
        }
        if !self.letters.link_base.is_empty() && !is_web_address(&self.letters.link_base) {
            return Err(SettingsError::WebAddress("letters.link_base"));
        }
        if self.mail.retry_minutes.is_empty() || self.mail.retry_minutes.iter().any(|minutes| *minutes < 1) {
            return Err(SettingsError::RetryMinutes);
        }
        if !(1..=59).contains(&self.schedule.every_minutes) {
            return Err(SettingsError::Schedule);
        }
        if self.letters.from >= self.letters.until || self.letters.until > 24 {
            return Err(SettingsError::LetterHours);
        }
        let collector = self.otlp.strip_prefix("http://").unwrap_or_default();
        if !self.otlp.is_empty() && (collector.is_empty() || collector.contains(['@', '?', '#'])) {
            return Err(SettingsError::Collector);
        }
        if self.mail.host.is_empty() && self.mail.folder.is_empty() {
            return Err(SettingsError::NoMail);
        }
        self.oidc.check()?;
        Ok(self)
    }

    /// The defaults alone.
    ///
    /// # Errors
    /// None, as a test holds.
    pub fn base() -> Result<Self, SettingsError> {
        Self::from(Config::builder().add_source(File::from_str(BASE, FileFormat::Toml)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(text: &str) -> Result<Settings, SettingsError> {
        Settings::from(
            Config::builder()
                .add_source(File::from_str(BASE, FileFormat::Toml))
                .add_source(File::from_str(text, FileFormat::Toml)),
        )
    }

    #[test]
    fn the_base_file_is_every_key_and_its_default() {
        // No field has a default of its own, so that a key missing in the file fails here.
        Settings::base().unwrap();
        for line in BASE.lines().filter(|line| line.contains(" = ")) {
            assert!(line.contains('#'), "a key without a line on it: {line}");
        }
    }

    #[test]
    fn the_usual_name_of_the_database_goes_over_the_files() {
        let builder = || Config::builder().add_source(File::from_str(BASE, FileFormat::Toml));
        let url = "postgres://u:1@h/true".to_owned();
        assert_eq!(Settings::from(builder().add_source(usual(Some(url.clone())))).unwrap().database, url);
        let base = Settings::base().unwrap();
        assert_eq!(Settings::from(builder().add_source(usual(None))).unwrap(), base);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(over("[mail]\nhots = \"x\"").unwrap_err().to_string().contains("hots"));
    }

    #[test]
    fn plain_text_mail_leaves_the_machine_under_no_setting() {
        assert!(
            over("[mail]\nhost = \"mail.example\"\ntls = \"none-loopback\"")
                .unwrap_err()
                .to_string()
                .contains("this machine only")
        );
        assert!(over("[mail]\nhost = \"127.0.0.1\"\ntls = \"none-loopback\"").is_ok());
    }

    #[test]
    fn a_session_lasts_from_an_hour_to_a_month() {
        for wrong in ["0", "-1", "721", "99999999999"] {
            assert!(over(&format!("session_hours = {wrong}")).unwrap_err().to_string().contains("session_hours"), "{wrong}");
        }
        for wrong in ["0", "-5", "1441"] {
            assert!(over(&format!("session_idle_minutes = {wrong}")).unwrap_err().to_string().contains("idle"), "{wrong}");
        }
        assert!(over("session_hours = 1").is_ok() && over("session_hours = 720").is_ok());
    }

    #[test]
    fn an_address_in_letters_is_one_of_pages() {
        for wrong in [
            "",
            "javascript:alert(1)",
            "praktik.example",
            "ftp://a.example",
            "https://",
            "https://u:p@a.example",
            "https://a.example?x=",
        ] {
            assert!(over(&format!("public_url = \"{wrong}\"")).unwrap_err().to_string().contains("public_url"), "{wrong}");
            let link_base = over(&format!("[letters]\nlink_base = \"{wrong}\""));
            assert_eq!(link_base.is_ok(), wrong.is_empty(), "{wrong}");
        }
        assert!(
            over("public_url = \"https://praktik.example.dk/app\"\n[letters]\nlink_base = \"http://127.0.0.1:3000/l\"").is_ok()
        );
    }

    #[test]
    fn a_text_of_digits_keeps_its_leading_zero_and_numbers_and_lists_are_read() {
        let variables = [
            ("RETTEMATCH__MUNICIPALITY", "0101"),
            ("RETTEMATCH__MAIL__PASSWORD", "007"),
            ("RETTEMATCH__MAIL__USER", "true"),
            ("RETTEMATCH__SESSION_HOURS", "8"),
            ("RETTEMATCH__SCHEDULE__ENABLED", "false"),
            ("RETTEMATCH__MAIL__RETRY_MINUTES", "1, 5"),
            ("RETTEMATCH__TRUSTED_PROXIES", "10.0.0.5,fd00::5"),
            ("OTHER__MUNICIPALITY", "851"),
        ];
        let variables = variables.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let builder = Config::builder().add_source(File::from_str(BASE, FileFormat::Toml));
        let settings = Settings::from(ours(builder, variables).unwrap()).unwrap();
        assert_eq!((settings.municipality.as_str(), settings.mail.password.reveal()), ("0101", "007"));
        assert_eq!((settings.mail.user.as_str(), settings.session_hours, settings.schedule.enabled), ("true", 8, false));
        assert_eq!(settings.mail.retry_minutes, [1, 5]);
        assert_eq!(settings.trusted_proxies, ["10.0.0.5", "fd00::5"].map(|text| text.parse::<IpAddr>().unwrap()));
        let one = [("RETTEMATCH__MAIL__RETRY_MINUTES".to_owned(), "7".to_owned())].into();
        let builder = Config::builder().add_source(File::from_str(BASE, FileFormat::Toml));
        assert_eq!(Settings::from(ours(builder, one).unwrap()).unwrap().mail.retry_minutes, [7]);
    }

    #[test]
    fn a_collector_of_traces_is_reached_by_plain_http_and_without_a_password_in_its_address() {
        for wrong in ["https://collector.example", "http://", "127.0.0.1:4318", "http://me:secret@127.0.0.1:4318"] {
            assert!(over(&format!("otlp = \"{wrong}\"")).unwrap_err().to_string().contains("otlp"), "{wrong}");
        }
        assert!(over("otlp = \"http://127.0.0.1:4318\"").is_ok());
    }

    #[test]
    fn a_provider_is_reached_over_tls_and_knows_roles_and_a_sign_in_opens_no_api() {
        let set = |lines: &str| {
            let usual = "client_id = \"rm\"\nroles = [\"leder=team-leader\"]\n";
            over(&format!("[oidc]\n{}{lines}", if lines.contains("client_id") { "" } else { usual }))
        };
        for right in ["https://login.example.dk/realms/k", "http://127.0.0.1:8081", "http://localhost/"] {
            assert!(set(&format!("issuer = \"{right}\"")).unwrap().oidc.is_on(), "{right}");
        }
        for wrong in ["http://login.example.dk", "login.example.dk", "https://u:p@login.example.dk", "https://login.example.dk?x"]
        {
            assert!(matches!(set(&format!("issuer = \"{wrong}\"")), Err(SettingsError::OidcIssuer)), "{wrong}");
        }
        let on = "issuer = \"https://l.example\"\n";
        for (lines, missing) in [("client_id = \"\"", "client_id"), ("client_id = \"rm\"", "roles")] {
            assert!(set(&format!("{on}{lines}")).unwrap_err().to_string().contains(missing), "{lines}");
        }
        let role = format!("{on}client_id = \"rm\"\nroles = [\"leder\"]");
        assert!(matches!(set(&role), Err(SettingsError::OidcRoles)));
        assert!(matches!(set(&format!("{on}audience = \"rm\"")), Err(SettingsError::OidcAudience)));
        assert!(matches!(set(&format!("{on}clock_skew_seconds = 301")), Err(SettingsError::OidcSeconds)));
        assert!(matches!(set(&format!("{on}keys_every_seconds = 0")), Err(SettingsError::OidcSeconds)));
    }

    #[test]
    fn a_secret_cannot_be_printed() {
        let settings = over("key = \"abc123\"\n[mail]\npassword = \"hunter2\"\n[oidc]\nclient_secret = \"s3cret\"").unwrap();
        let text = format!("{settings:?}");
        assert!(!text.contains("abc123") && !text.contains("hunter2") && !text.contains("s3cret"));
    }
}
