//! A case while it is played: what is implied, the events of each day, the schedule in the evening.

use crate::{
    actions::ActionError,
    app::App,
    domain::values::{
        copenhagen::local,
        ids::ConsultantChangeId,
        localized::{Localized, localized},
    },
    jobs::{self, quiet},
    replay::{
        diary::{DiaryEntry, EntryKind, entries, opening, refused},
        error::ReplayError,
        events::{EventOutcome, begin, hold_due, perform, read_handover, record_papers},
        expectations::facts,
        format::{Case, CaseEvent, EventKind},
        played::Played,
        stage::{Cast, Stage, set},
    },
    store::{Conn, StoreError, Tx},
};
use chrono::{Datelike, Duration, NaiveDate};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// People act from this hour on.
pub(super) const MORNING: u32 = 10;

/// The schedule runs at this hour, while letters leave.
const EVENING: u32 = 17;

/// The schedule runs, and letters leave.
///
/// # Errors
/// A failure of the machine.
pub(super) async fn evening(app: &App, today: NaiveDate) -> Result<(), StoreError> {
    app.clock.turn(local(today, EVENING));
    jobs::tick(app, &quiet).await?;
    jobs::deliver(app, &quiet).await?;
    Ok(())
}

/// A case while it is played.
pub(super) struct RunningCase<'a> {
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

impl<'a> RunningCase<'a> {
    pub(super) async fn stage(app: &'a App, case: &Case, cast: &Cast, first: NaiveDate) -> Result<Self, ReplayError> {
        let case = Arc::new(case.clone());
        app.clock.turn(local(first, MORNING));
        let (services, wanted, cast, at) = (Arc::clone(&app.services), Arc::clone(&case), cast.clone(), app.clock.now());
        let set = app.db.write(move |tx: &mut Tx| set(tx, &services, &wanted, &cast, at)).await;
        let scene = set.map_err(|stop| {
            let why: Vec<String> =
                refused(&Localized::default(), first, &stop).into_iter().map(|entry| entry.text.en.trim().to_owned()).collect();
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

    /// One day: what people do, the tick, delivery.
    pub(super) async fn day(&mut self, today: NaiveDate) -> Result<(), ReplayError> {
        self.acts(today, 0).await?;
        if self.schedule_runs {
            evening(self.app, today).await.map_err(|failure| self.failed(failure))?;
        }
        Ok(())
    }

    /// What people do on a day, from a second of the morning on: what is implied, then the events in file order. The first second
    /// after it.
    pub(super) async fn acts(&mut self, today: NaiveDate, second: i64) -> Result<i64, ReplayError> {
        self.second = second;
        let since = (today > self.first).then(|| today.pred_opt()).flatten();
        if since.is_none() || today.day() == 1 {
            let reported = self.write(today, move |tx, scene, at| scene.report_staff(tx, at, since)).await?;
            reported.map_err(|stop| self.failed(stop))?;
        }
        if self.case.companies.iter().any(|company| !company.others.is_empty()) {
            let others = self.write(today, move |tx, scene, at| scene.report_others(tx, at, since)).await?;
            others.map_err(|stop| self.failed(stop))?;
        }
        self.begin_what_is_due(today).await?;
        let case = Arc::clone(&self.case);
        for event in case.events.iter().filter(|event| event.on == today) {
            self.event(today, event).await?;
            self.begin_what_is_due(today).await?;
        }
        if let Some(change) = self.to_read.remove(&today) {
            self.read(today, change).await?;
        }
        if !case.follow_ups_as_given && !self.scene.internships.is_empty() {
            let held = self.write(today, hold_due).await?;
            held.map_err(|stop| self.failed(stop))?;
        }
        Ok(self.second)
    }

    pub(super) fn schedule_runs(&self) -> bool {
        self.schedule_runs
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
            let answer = self.write(today, move |tx, scene, at| begin(tx, scene, at, &internship, None, None)).await?;
            if answer.is_err() {
                self.held_up.insert(name.clone());
            }
            let text = localized(format!("Praktikken »{name}« begynder"), format!("The internship »{name}« begins"));
            let entries = match &answer {
                Ok(()) => vec![DiaryEntry::new(today, EntryKind::Done, text)],
                Err(stop) => refused(&text, today, stop),
            };
            self.diary.extend(entries.into_iter().map(|entry| DiaryEntry { about: Some(name.clone()), ..entry }));
        }
        Ok(())
    }

    async fn event(&mut self, today: NaiveDate, event: &CaseEvent) -> Result<(), ReplayError> {
        let answer = match &event.what {
            // The papers are acts of their own, and stay when the gate stays shut.
            EventKind::Start(start) if !event.dry_run => {
                let (papers, start) = (start.clone(), start.clone());
                match self.write(today, move |tx, scene, at| record_papers(tx, scene, at, &papers)).await? {
                    Ok(()) => self
                        .write(today, move |tx, scene, at| {
                            begin(tx, scene, at, &start.internship, start.first_day, start.late_reason.as_ref())
                        })
                        .await?
                        .map(|()| EventOutcome::default()),
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
        let read = self.write(today, move |tx, scene, at| read_handover(tx, scene, at, &change)).await?;
        let text = localized("Overleveringen er læst", "The handover has been read");
        self.diary.extend(match read {
            Ok(()) => vec![DiaryEntry::new(today, EntryKind::Done, text)],
            Err(stop) => refused(&text, today, &stop),
        });
        Ok(())
    }

    /// What the loader has to remember of an event.
    fn keep(&mut self, event: &CaseEvent, done: EventOutcome) {
        match &event.what {
            EventKind::ScheduleOff => self.schedule_runs = false,
            EventKind::ScheduleOn => self.schedule_runs = true,
            EventKind::Book(book) => {
                self.scene.internships.extend(done.booked.map(|id| (book.internship.clone(), id)));
                self.starts.extend(done.starts_on.map(|on| (book.internship.clone(), on)));
            }
            EventKind::Change(change) => {
                self.starts.extend(done.starts_on.map(|on| (change.internship.clone(), on)));
            }
            // What held an implied start up may be out of the way.
            EventKind::Confirm { internship, .. } if self.held_up.remove(internship) => {
                self.starts.insert(internship.clone(), event.on);
            }
            EventKind::Leave { .. } => self.starts.clear(),
            EventKind::Cancel { internship, .. } => {
                self.starts.remove(internship);
            }
            EventKind::InError { event, .. } => {
                if let EventKind::Book(book) = &event.what {
                    self.starts.remove(&book.internship);
                }
            }
            _ => {}
        }
    }

    /// Reads what stands in the database, and judges what is expected.
    pub(super) async fn judged(mut self) -> Result<Played, ReplayError> {
        let scene = self.scene.clone();
        let facts = self.app.db.read(move |conn: &mut Conn| facts(conn, &scene)).await.map_err(|stop| self.failed(stop))?;
        self.diary.extend(facts.entries(&self.scene));
        // What people did stands before what the schedule said on the same day.
        self.diary.sort_by_key(|entry| entry.on);
        let shortfalls =
            self.case.expected.iter().filter_map(|expectation| facts.judge(&self.scene, &self.diary, expectation)).collect();
        Ok(Played {
            case: self.case.name.clone(),
            not_played: self.diary.iter().filter(|entry| entry.what == EntryKind::NotPlayed).cloned().collect(),
            diary: self.diary,
            shortfalls,
            expected: self.case.expected.len(),
            about: self.case.about.clone(),
            players: self.scene.players,
            links: facts.links(),
        })
    }
}
