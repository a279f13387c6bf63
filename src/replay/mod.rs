//! Replay: plays people's courses from a file, day by day, through the same actions as the API, and compares what the system
//! said. It is a demonstration, an acceptance test, and a way to try a changed rulebook on known courses.
//!
//! Promise: a case has a clock of its own, so that the same file always gives the same diary. An event that is refused leaves
//! nothing but the refusal. Expectations are compared with what is in the database, not with what was meant to be written there.

mod diary;
mod events;
mod expect;
mod following;
mod format;
mod implied;
mod read;
mod stage;
#[cfg(test)]
mod tests;

pub use diary::{Came, DiaryEntry, Played, print};
pub use expect::Shortfall;
pub use format::{Case, CourseFile};
pub use read::{ReadError, read};
pub use stage::{Cast, Player};

use crate::{
    actions::ActionError,
    app::{App, OpenError},
    clock::{Clock, local},
    domain::values::ids::ConsultantChangeId,
    jobs::{self, Progress, quiet},
    settings::{Settings, SettingsError},
    store::{Conn, Tx},
};
use chrono::{Datelike, Duration, NaiveDate};
use diary::{entries, opening, refused};
use events::{Done, begin, perform, record_papers};
use format::{Event, What};
use stage::Stage;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};
use thiserror::Error;

/// Why a replay ends before its last day.
#[derive(Debug, Error)]
pub enum ReplayError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{}: {error}", path.display())]
    Folder { path: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("a case could not be played: {0}")]
    Panicked(#[from] tokio::task::JoinError),
    #[error("case {0}: has no events")]
    NoEvents(String),
    #[error("a case can be played only into an app whose clock is set")]
    Clock,
    /// A citizen or workplace that is registered already, a failure of the machine.
    #[error("case {name}: {why}")]
    Case { name: String, why: String },
}

/// People act from this hour on.
const MORNING: u32 = 10;
/// So many cases are played at a time: most of the time of one is spent waiting for its disk.
const AT_ONCE: usize = 4;
/// The schedule runs at this hour.
const EVENING: u32 = 18;

/// Plays every case of the files, each into an empty database of its own in a temporary folder, which is taken away again.
/// Some are played at a time; their answers keep the order of the files.
/// The progress is told in days, of all days of all cases.
///
/// # Errors
/// A file that does not fit, a rulebook that is not whole, a failure of the machine.
pub async fn replay(texts: &[String], rules: Option<&str>, progress: Progress<'_>) -> Result<Vec<Played>, ReplayError> {
    let mut cases = Vec::new();
    for text in texts {
        cases.extend(read(text)?.cases);
    }
    let all: u64 = cases.iter().map(count).sum();
    let (told, mut days) = tokio::sync::mpsc::unbounded_channel();
    let limit = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut playing = Vec::new();
    for case in cases {
        let (told, limit, rules) = (told.clone(), Arc::clone(&limit), rules.map(ToOwned::to_owned));
        playing.push(tokio::spawn(async move {
            let _permit = limit.acquire_owned().await;
            let folder = Folder::make()?;
            let settings = folder.settings(&case, rules.as_deref())?;
            let app = tokio::task::spawn_blocking(move || App::open(settings)).await??;
            let report = move |_, _| {
                // Whoever listens may be gone; the case is played all the same.
                let _ = told.send(());
            };
            play(&app, &case, &Cast::default(), &report).await
        }));
    }
    drop(told);
    let mut done = 0;
    while days.recv().await.is_some() {
        done += 1;
        progress(done, all);
    }
    let mut played = Vec::new();
    for case in playing {
        played.push(case.await??);
    }
    Ok(played)
}

fn count(case: &Case) -> u64 {
    case.days().and_then(|(first, last)| u64::try_from((last - first).num_days() + 1).ok()).unwrap_or_default()
}

/// A temporary folder, gone when it is let go.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, ReplayError> {
        let path = std::env::temp_dir().join(format!("rettematch-replay-{}", uuid::Uuid::new_v4()));
        match std::fs::create_dir_all(&path) {
            Ok(()) => Ok(Self(path)),
            Err(error) => Err(ReplayError::Folder { path, error }),
        }
    }

    fn settings(&self, case: &Case, rules: Option<&str>) -> Result<Settings, ReplayError> {
        let inside = |name: &str| self.0.join(name).display().to_string();
        let (first, _) = case.days().ok_or_else(|| no_events(case))?;
        let mut settings = Settings::base()?;
        settings.database = format!("sqlite:{}", inside("case.db"));
        settings.key_file = inside("case.key");
        settings.mail.folder = inside("letters");
        settings.rules = rules.unwrap_or_default().to_owned();
        settings.clock = local(first, MORNING).to_rfc3339();
        settings.public_url = "http://localhost".into();
        Ok(settings)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be taken away is left to the machine's own tidying of its temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn no_events(case: &Case) -> ReplayError {
    ReplayError::NoEvents(case.name.clone())
}

/// Plays one case into an app, whose clock must be a set one; what stands in its database already stays.
///
/// # Errors
/// A citizen or workplace that is registered already, a failure of the machine: in words that name the case.
pub async fn play(app: &App, case: &Case, cast: &Cast, report: Progress<'_>) -> Result<Played, ReplayError> {
    if matches!(app.clock, Clock::System) {
        return Err(ReplayError::Clock);
    }
    let (first, last) = case.days().ok_or_else(|| no_events(case))?;
    let days = count(case);
    let mut course = Course::stage(app, case, cast, first).await?;
    for (number, today) in (1..).zip(first.iter_days().take_while(|day| *day <= last)) {
        course.day(today).await?;
        report(number, days);
    }
    course.judged().await
}

/// A case while it is played.
struct Course<'a> {
    app: &'a App,
    case: Arc<Case>,
    scene: Stage,
    diary: Vec<DiaryEntry>,
    /// The day of each start that is implied, by internship.
    starts: BTreeMap<String, NaiveDate>,
    /// Implied starts that the gate refused.
    held_up: BTreeSet<String>,
    schedule_runs: bool,
    /// Handovers that are read on a later day.
    to_read: BTreeMap<NaiveDate, ConsultantChangeId>,
    first: NaiveDate,
    /// Seconds since the morning: what happens later on a day stands later in the database.
    second: i64,
}

impl<'a> Course<'a> {
    async fn stage(app: &'a App, case: &Case, cast: &Cast, first: NaiveDate) -> Result<Self, ReplayError> {
        let case = Arc::new(case.clone());
        app.clock.turn(local(first, MORNING));
        let (desk, wanted, cast, at) = (Arc::clone(&app.desk), Arc::clone(&case), cast.clone(), app.clock.now());
        let set = app.db.write(move |tx: &mut Tx| stage::set(tx, &desk, &wanted, &cast, at)).await;
        let scene = set.map_err(|stop| {
            let why: Vec<String> = refused("", first, &stop).into_iter().map(|entry| entry.text.trim().to_owned()).collect();
            ReplayError::Case { name: case.name.clone(), why: why.join("; ") }
        })?;
        let diary = vec![opening(&case, first)];
        Ok(Self {
            app,
            case,
            scene,
            diary,
            starts: BTreeMap::new(),
            held_up: BTreeSet::new(),
            schedule_runs: true,
            to_read: BTreeMap::new(),
            first,
            second: 0,
        })
    }

    fn failed(&self, why: impl std::fmt::Display) -> ReplayError {
        ReplayError::Case { name: self.case.name.clone(), why: why.to_string() }
    }

    /// One day: what is implied, the events in file order, the tick, delivery.
    async fn day(&mut self, today: NaiveDate) -> Result<(), ReplayError> {
        self.second = 0;
        let since = (today > self.first).then(|| today.pred_opt()).flatten();
        if since.is_none() || today.day() == 1 {
            let reported = self.write(today, move |tx, scene, at| scene.report_staff(tx, at, since)).await?;
            reported.map_err(|stop| self.failed(stop))?;
        }
        let others = self.write(today, move |tx, scene, at| scene.report_others(tx, at, since)).await?;
        others.map_err(|stop| self.failed(stop))?;
        self.begin_what_is_due(today).await?;
        let case = Arc::clone(&self.case);
        for event in case.events.iter().filter(|event| event.on == today) {
            self.event(today, event).await?;
            self.begin_what_is_due(today).await?;
        }
        if let Some(change) = self.to_read.remove(&today) {
            self.read(today, change).await?;
        }
        if !case.follow_ups_as_given {
            let held = self.write(today, following::hold_due).await?;
            held.map_err(|stop| self.failed(stop))?;
        }
        if self.schedule_runs {
            self.app.clock.turn(local(today, EVENING));
            jobs::tick(self.app, &quiet).await.map_err(|failure| self.failed(failure))?;
            jobs::deliver(self.app, &quiet).await.map_err(|failure| self.failed(failure))?;
        }
        Ok(())
    }

    /// Writes at the next second of the morning. A refusal is an answer; a failure of the machine ends the replay.
    async fn write<T, F>(&mut self, today: NaiveDate, act: F) -> Result<Result<T, ActionError>, ReplayError>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Stage, crate::domain::values::day::At) -> Result<T, ActionError> + Send + 'static,
    {
        self.ask(today, false, act).await
    }

    async fn ask<T, F>(&mut self, today: NaiveDate, dry_run: bool, act: F) -> Result<Result<T, ActionError>, ReplayError>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Stage, crate::domain::values::day::At) -> Result<T, ActionError> + Send + 'static,
    {
        self.app.clock.turn(local(today, MORNING) + Duration::seconds(self.second));
        self.second += 1;
        let (scene, at) = (self.scene.clone(), self.app.clock.now());
        let call = move |tx: &mut Tx| act(tx, &scene, at);
        let answer = if dry_run { self.app.db.dry_run(call).await } else { self.app.db.write(call).await };
        match answer {
            Err(ActionError::Store(failure)) => Err(self.failed(failure)),
            answer => Ok(answer),
        }
    }

    /// Begins what is implied to begin by today: once, since the gate was to be open on that day.
    async fn begin_what_is_due(&mut self, today: NaiveDate) -> Result<(), ReplayError> {
        let due: Vec<String> = self.starts.iter().filter(|(_, on)| **on <= today).map(|(name, _)| name.clone()).collect();
        for name in due {
            self.starts.remove(&name);
            let internship = name.clone();
            let answer = self.write(today, move |tx, scene, at| begin(tx, scene, at, &internship)).await?;
            if answer.is_err() {
                self.held_up.insert(name.clone());
            }
            let text = format!("Praktikken »{name}« begynder");
            let entries = match &answer {
                Ok(()) => vec![DiaryEntry::new(today, Came::Done, text)],
                Err(stop) => refused(&text, today, stop),
            };
            self.diary.extend(entries.into_iter().map(|entry| DiaryEntry { about: Some(name.clone()), ..entry }));
        }
        Ok(())
    }

    async fn event(&mut self, today: NaiveDate, event: &Event) -> Result<(), ReplayError> {
        let answer = match &event.what {
            // The papers are acts of their own, and stay when the gate stays shut.
            What::Start(start) if !event.dry_run => {
                let (papers, internship) = (start.clone(), start.internship.clone());
                match self.write(today, move |tx, scene, at| record_papers(tx, scene, at, &papers)).await? {
                    Ok(()) => {
                        self.write(today, move |tx, scene, at| begin(tx, scene, at, &internship)).await?.map(|()| Done::default())
                    }
                    Err(stop) => Err(stop),
                }
            }
            _ => {
                let wanted = event.clone();
                self.ask(today, event.dry_run, move |tx, scene, at| perform(tx, scene, at, &wanted)).await?
            }
        };
        self.diary.extend(entries(&self.scene, event, today, answer.as_ref()));
        if let Ok(mut done) = answer
            && !event.dry_run
        {
            let consultant = done.consultant.take();
            self.keep(event, done);
            if let Some((by, change, read_on)) = consultant {
                self.scene.take_over(by).map_err(|stop| self.failed(stop))?;
                match read_on {
                    Some(day) if day <= today => self.read(today, change).await?,
                    Some(day) => {
                        self.to_read.insert(day, change);
                    }
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// The responsible consultant reads a handover.
    async fn read(&mut self, today: NaiveDate, change: ConsultantChangeId) -> Result<(), ReplayError> {
        let read = self.write(today, move |tx, scene, at| following::read_handover(tx, scene, at, &change)).await?;
        let text = "Overleveringen er læst";
        self.diary.extend(match read {
            Ok(()) => vec![DiaryEntry::new(today, Came::Done, text)],
            Err(stop) => refused(text, today, &stop),
        });
        Ok(())
    }

    /// What the loader has to remember of an event.
    fn keep(&mut self, event: &Event, done: Done) {
        match &event.what {
            What::ScheduleOff => self.schedule_runs = false,
            What::ScheduleOn => self.schedule_runs = true,
            What::Book(book) => {
                self.scene.internships.extend(done.booked.map(|id| (book.internship.clone(), id)));
                self.starts.extend(done.starts_on.map(|on| (book.internship.clone(), on)));
            }
            What::Change(change) => {
                self.starts.extend(done.starts_on.map(|on| (change.internship.clone(), on)));
            }
            // What held an implied start up may be out of the way.
            What::Confirm { internship, .. } if self.held_up.remove(internship) => {
                self.starts.insert(internship.clone(), event.on);
            }
            What::Cancel { internship, .. } => {
                self.starts.remove(internship);
            }
            _ => {}
        }
    }

    /// Reads what stands in the database, and judges what is expected.
    async fn judged(mut self) -> Result<Played, ReplayError> {
        let scene = self.scene.clone();
        let facts =
            self.app.db.read(move |conn: &mut Conn| expect::facts(conn, &scene)).await.map_err(|stop| self.failed(stop))?;
        self.diary.extend(facts.entries(&self.scene));
        // What people did stands before what the schedule said on the same day.
        self.diary.sort_by_key(|entry| entry.on);
        let shortfalls =
            self.case.expected.iter().filter_map(|expectation| facts.judge(&self.scene, &self.diary, expectation)).collect();
        Ok(Played {
            case: self.case.name.clone(),
            not_played: self.diary.iter().filter(|entry| entry.what == Came::NotPlayed).cloned().collect(),
            diary: self.diary,
            shortfalls,
            expected: self.case.expected.len(),
            about: self.case.about.clone(),
            players: self.scene.players,
        })
    }
}
