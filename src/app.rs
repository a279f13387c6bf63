//! What the whole program shares: built once, cloned wherever it is needed.

use crate::{
    actions::people::accounts,
    clock::Clock,
    context::Services,
    crypto::{self, Keys},
    domain::{
        people::{access::Role, tenant::Tenant},
        rules::rulebook::{BUILT_IN, Rulebook},
        values::{
            register::Municipality,
            text::{Email, Line},
        },
    },
    outbox::mailer::Post,
    settings::Settings,
    store::{Db, StoreError, accounts as people, db::address::Address, runs, schema::RulebookRow},
    telemetry::Counts,
};
use chrono::{DateTime, Utc};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

#[derive(Clone)]
pub struct App {
    pub desk: Arc<Services>,
    pub clock: Clock,
    pub db: Db,
    /// The same database for the schedule and the courier, on connections that people do not wait for.
    pub jobs_db: Db,
    pub post: Post,
    pub counts: Arc<Counts>,
    pub stopping: Stopping,
}

/// Whether the program has been told to stop. Whoever works for long asks between two things.
#[derive(Clone, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    pub fn begin(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl App {
    /// Reads the rulebook and the key, opens database and post, brings the tables up to date, keeps the rulebook.
    ///
    /// # Errors
    /// What cannot be read or opened, in words that say what to do.
    pub fn open(settings: Settings) -> Result<Self, String> {
        let clock = clock(&settings)?;
        let book = rulebook(&settings.rules)?;
        let keys = if settings.key.reveal().is_empty() {
            Keys::from_file(Path::new(&settings.key_file))?
        } else {
            Keys::parse(settings.key.reveal())?
        };
        let said = |failure: StoreError| format!("{}: {failure}", Address::without_password(&settings.database));
        let db = Db::open(&settings.database, 4).map_err(said)?;
        db.migrate().map_err(said)?;
        let kept = RulebookRow { version: book.version.clone(), text: book.text.clone(), first_used_on: clock.now().today };
        db.keep_rulebook(&kept).map_err(said)?;
        let post = Post::open(&settings.mail)?;
        let counts = Arc::new(Counts::new(runs::JOBS.into_iter().chain([runs::DELIVER]))?);
        let desk = Arc::new(Services { keys, book, settings });
        Ok(Self { desk, clock, jobs_db: db.for_jobs(), db, post, counts, stopping: Stopping::default() })
    }

    /// Opens an administrator's account in a municipality. Its first password is announced before the account is there: whoever
    /// is killed in between has announced a password that opens nothing, and not lost one that does.
    ///
    /// # Errors
    /// An unknown municipality, an address that does not fit or has an account, a failure of the database.
    pub async fn make_administrator(&self, municipality: &str, email: &str, announce: impl FnOnce(&str)) -> Result<(), String> {
        let tenant = Municipality::parse(municipality)
            .map(Tenant::of)
            .ok_or_else(|| format!("{municipality} is no municipality's code (101 is København)"))?;
        let email = Email::parse(email).ok_or_else(|| format!("{email} is no address of e-mail"))?;
        let password = crypto::new_password()?;
        let hash = crypto::hash_password(&password)?;
        let name = Line::parse("Administrator").map_err(|fault| fault.message.en)?;
        let at = self.clock.now();
        announce(&password);
        let make = move |tx: &mut crate::store::Tx| accounts::create(tx, at, &tenant, &email, &name, Role::Administrator, &hash);
        self.db.write(make).await.map_err(|stop| match stop {
            crate::actions::ActionError::Faults(_) => "the address has an account already".to_owned(),
            other => format!("{other:?}"),
        })?;
        Ok(())
    }

    /// Whether nobody can sign in yet.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        self.db.read(people::none_yet).await
    }
}

/// The built-in rulebook, or the one of a file.
///
/// # Errors
/// A file that cannot be read, or a book that is not whole.
pub fn rulebook(path: &str) -> Result<Rulebook, String> {
    if path.is_empty() {
        return Rulebook::read(BUILT_IN);
    }
    let text = std::fs::read_to_string(path).map_err(|error| format!("rulebook {path}: {error}"))?;
    Rulebook::read(&text).map_err(|why| format!("rulebook {path}: {why}"))
}

fn clock(settings: &Settings) -> Result<Clock, String> {
    if settings.clock.is_empty() {
        return Ok(Clock::System);
    }
    let instant: DateTime<Utc> = settings.clock.parse().map_err(|error| format!("settings: clock: {error}"))?;
    Ok(Clock::set(instant))
}
