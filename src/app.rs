//! What the whole program shares: built once, cloned wherever it is needed.

use crate::{
    actions::{ActionError, people::accounts},
    clock::{Clock, ClockWatch},
    context::Services,
    crypto::{self, HashingPlaces, KeyFileError, KeyFormatError, Keys},
    domain::{
        people::tenant::Tenant,
        rules::rulebook::{BUILT_IN, Rulebook, RulebookFaults},
        values::{
            register::Municipality,
            text::{Email, Line},
        },
    },
    outbox::mailer::{Mailer, MailerError},
    provider::{Provider, ProviderSetupError},
    read_log::ReadLog,
    settings::Settings,
    store::{Db, StoreError, db::address::Address, key_proofs::KeyProofError, runs, schema::RulebookRow, system::doors},
    telemetry::{Metrics, MetricsError},
};
use chrono::{DateTime, Utc};
use std::{
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use thiserror::Error;

/// Why the program cannot start, in words that say what to do.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error("settings: clock: {0}")]
    Clock(#[from] chrono::ParseError),
    #[error("rulebook {path}: {error}")]
    RulebookFile { path: String, error: io::Error },
    #[error("rulebook {path}: {why}")]
    Rulebook { path: String, why: RulebookFaults },
    #[error("{0}")]
    BuiltInRulebook(RulebookFaults),
    #[error(transparent)]
    Key(#[from] KeyFormatError),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error(
        "the key file {0} is missing, and the database was written under its key. Nothing was started, and no new key was made: put \
         the copy of the file back, or say where it is (key_file). Without it, what is sealed is lost"
    )]
    KeyLost(String),
    #[error("{address}: {error}")]
    Database { address: String, error: StoreError },
    #[error("{address}: {error}")]
    Keys { address: String, error: KeyProofError },
    #[error(transparent)]
    Mailer(#[from] MailerError),
    #[error(transparent)]
    Provider(#[from] ProviderSetupError),
    #[error("the metrics cannot be made: {0}")]
    Metrics(#[from] MetricsError),
}

/// Why there is no new administrator.
#[derive(Debug, Error)]
pub enum AdministratorError {
    #[error("{0} is no municipality's code (101 is København)")]
    Municipality(String),
    #[error("{0} is no address of e-mail")]
    Email(String),
    #[error("the address has an account already")]
    Taken,
    #[error("the first password cannot be kept: {0}")]
    Announcement(#[from] io::Error),
    #[error(transparent)]
    Action(#[from] ActionError),
}

#[derive(Clone)]
pub struct App {
    pub services: Arc<Services>,
    pub clock: Clock,
    pub clock_watch: Arc<ClockWatch>,
    pub db: Db,
    /// The same database for the schedule and delivery, on connections that people do not wait for.
    pub jobs_db: Db,
    pub mailer: Mailer,
    /// Where people sign in beside our own passwords, where the settings name it.
    pub provider: Option<Arc<Provider>>,
    pub metrics: Arc<Metrics>,
    /// Where the passwords of whoever asks are hashed.
    pub hashing: Arc<HashingPlaces>,
    pub read_log: ReadLog,
    pub shutdown: Shutdown,
}

/// Whether the program is to stop. Long work asks between two steps.
#[derive(Clone, Default)]
pub struct Shutdown(Arc<AtomicBool>);

impl Shutdown {
    pub fn request(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl App {
    /// Reads the rulebook, opens the database, brings the tables up to date, reads the key and proves it, keeps the rulebook, opens
    /// the mailer. It waits for files and the database: not to be called where other tasks would wait too.
    ///
    /// # Errors
    /// What cannot be read or opened, in words that say what to do.
    pub fn open(settings: Settings) -> Result<Self, OpenError> {
        let clock = clock(&settings)?;
        let book = rulebook(&settings.rules)?;
        let address = || Address::without_password(&settings.database);
        let database = |error| OpenError::Database { address: address(), error };
        let db = Db::open(&settings.database, settings.connections()).map_err(database)?;
        db.migrate().map_err(database)?;
        // Asked before the file is looked for: another start that is first makes the file before anything is sealed.
        let has_sealed = db.has_sealed().map_err(database)?;
        let keys = keys(&settings, has_sealed)?;
        db.prove_keys(&keys).map_err(|error| OpenError::Keys { address: address(), error })?;
        db.catch_up(&keys).map_err(database)?;
        let kept = RulebookRow { version: book.version.clone(), text: book.text.clone(), first_used_on: clock.now().today };
        db.keep_rulebook(&kept).map_err(database)?;
        let mailer = Mailer::open(&settings.mail)?;
        let provider = Provider::open(&settings)?.map(Arc::new);
        let metrics = Arc::new(Metrics::new(runs::JOBS.into_iter().chain([runs::DELIVER]))?);
        let hashing = Arc::new(HashingPlaces::new(settings.worker_threads()));
        let read_log = ReadLog::new(db.clone(), keys.clone());
        let services = Arc::new(Services { keys, book, settings });
        let (jobs_db, clock_watch, shutdown) = (db.for_jobs(), Arc::default(), Shutdown::default());
        Ok(Self { services, clock, clock_watch, jobs_db, db, mailer, provider, metrics, hashing, read_log, shutdown })
    }

    /// Opens an administrator's account in a municipality. Its first password is announced before the account is there: whoever
    /// is killed in between has announced a password that opens nothing, and not lost one that does.
    ///
    /// # Errors
    /// An unknown municipality, an address that does not fit or has an account, a failure of the database.
    pub async fn make_administrator(
        &self,
        municipality: &str,
        email: &str,
        announce: impl FnOnce(&str) -> io::Result<()>,
    ) -> Result<(), AdministratorError> {
        let tenant = Municipality::parse(municipality)
            .map(Tenant::of)
            .ok_or_else(|| AdministratorError::Municipality(municipality.to_owned()))?;
        let email = Email::parse(email).ok_or_else(|| AdministratorError::Email(email.to_owned()))?;
        let password = crypto::new_password().map_err(ActionError::from)?;
        let hash = crypto::hash_password(&password).map_err(ActionError::from)?;
        let name = Line::parse("Administrator").map_err(|_| ActionError::NotFound)?;
        let at = self.clock.now();
        announce(&password)?;
        let make = move |tx: &mut crate::store::Tx| accounts::create_first(tx, at, &tenant, &email, &name, &hash);
        self.db.write(make).await.map_err(|error| match error {
            ActionError::Faults(_) => AdministratorError::Taken,
            other => other.into(),
        })?;
        Ok(())
    }

    /// Whether nobody can sign in yet.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        self.db.read(doors::no_account_yet).await
    }
}

/// The built-in rulebook, or the one of a file.
///
/// # Errors
/// A file that cannot be read, or a book that is not whole.
pub fn rulebook(path: &str) -> Result<Rulebook, OpenError> {
    if path.is_empty() {
        return Rulebook::read(BUILT_IN).map_err(OpenError::BuiltInRulebook);
    }
    let text = std::fs::read_to_string(path).map_err(|error| OpenError::RulebookFile { path: path.to_owned(), error })?;
    Rulebook::read(&text).map_err(|why| OpenError::Rulebook { path: path.to_owned(), why })
}

/// The keys of the settings or of their file, which is made where nothing can have been sealed yet.
fn keys(settings: &Settings, has_sealed: bool) -> Result<Keys, OpenError> {
    let path = Path::new(&settings.key_file);
    if !settings.key.reveal().is_empty() {
        return Ok(Keys::parse(settings.key.reveal())?);
    }
    if has_sealed && !path.exists() {
        return Err(OpenError::KeyLost(path.display().to_string()));
    }
    Ok(Keys::from_file(path)?)
}

fn clock(settings: &Settings) -> Result<Clock, OpenError> {
    if settings.clock.is_empty() {
        return Ok(Clock::System);
    }
    Ok(Clock::set(settings.clock.parse::<DateTime<Utc>>()?))
}
