//! The threads that hold connections, one each, so that prepared statements stay prepared and no test query is needed.
//!
//! On SQLite one thread writes: the jobs that have gathered in its queue are committed together, each in a savepoint of its own,
//! and all are answered after the commit. That is durable, fair, and several times as fast as a commit for each job.
//!
//! On PostgreSQL several threads write at a time, and a transaction that conflicts with another is run again. Conflicts are
//! frequent, since PostgreSQL tracks what serializable transactions have read by pages of an index, and all new rows stand on its
//! last page. So after two conflicts a transaction is run while no other of this pool writes.
//!
//! A connection that turns out to be broken is replaced, and the job is run once more where nothing of it can have been kept. What
//! became of a COMMIT whose connection broke is not known: such a job is never run again, and its caller is told so.

use crate::store::db::{
    address::Address,
    conn::{Conn, commit, rollback},
    dialect::{
        connect::connect,
        failures::is_out_of_room,
        session::{begin_read, begin_write, find_by_index},
    },
    error::StoreError,
    job::JobWork,
    queue::Queue,
};
use diesel::connection::SimpleConnection;
use std::{
    sync::{Arc, PoisonError, RwLock},
    thread,
    time::Duration,
};

/// How many jobs are committed together at most.
const GROUP: usize = 64;
/// How often PostgreSQL runs a transaction that conflicts with others …
const TRIES: u64 = 16;
/// … and how many of those tries run beside other writers.
const TRIES_BESIDE_OTHERS: u64 = 2;
/// The longest wait between two attempts to connect again.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// What a thread does with its jobs.
#[derive(Clone, Copy, PartialEq)]
pub enum WorkerKind {
    Read,
    /// A transaction for each job, beside other writers.
    Write,
    /// One transaction for all jobs that wait.
    GroupedWrite,
}

/// How a run on a connection failed.
enum RunError {
    /// The connection is broken, and nothing was kept: the jobs may run again.
    NothingKept(StoreError),
    /// Nothing more is tried.
    Final(StoreError),
    /// The jobs' results stand, but the connection is broken.
    AfterResults,
}

/// A thread with its connection.
pub struct Worker {
    conn: Conn,
    address: Arc<Address>,
    kind: WorkerKind,
    queue: Arc<Queue<dyn JobWork>>,
    /// Held shared by transactions that run beside others, exclusively by one that runs alone.
    alone: Arc<RwLock<()>>,
}

impl Worker {
    pub fn connect(
        address: Arc<Address>,
        kind: WorkerKind,
        queue: Arc<Queue<dyn JobWork>>,
        alone: Arc<RwLock<()>>,
    ) -> Result<Self, StoreError> {
        Ok(Self { conn: open(&address, kind)?, address, kind, queue, alone })
    }

    /// Works until the queue is closed and empty.
    pub fn work(mut self) {
        let most = if self.kind == WorkerKind::GroupedWrite { GROUP } else { 1 };
        while let Some(mut jobs) = self.queue.take(most) {
            let mut end = self.run(&mut jobs);
            let mut connected = end.is_ok();
            if let Err(RunError::NothingKept(why)) = &end {
                tracing::warn!(%why, "a connection was lost; another is made");
                connected = self.renew();
                if connected {
                    end = self.run(&mut jobs);
                    connected = end.is_ok();
                }
            }
            self.answer(jobs, end);
            if !connected && !self.renew() {
                self.reconnect();
            }
        }
    }

    fn run(&mut self, jobs: &mut [Box<dyn JobWork>]) -> Result<(), RunError> {
        match self.kind {
            WorkerKind::GroupedWrite => write_together(&mut self.conn, jobs),
            WorkerKind::Write => jobs.iter_mut().try_for_each(|job| write(&mut self.conn, job.as_mut(), &self.alone)),
            WorkerKind::Read => jobs.iter_mut().try_for_each(|job| read(&mut self.conn, job.as_mut())),
        }
    }

    fn answer(&self, jobs: Vec<Box<dyn JobWork>>, end: Result<(), RunError>) {
        let end = match end {
            Ok(()) | Err(RunError::AfterResults) => Ok(()),
            Err(RunError::NothingKept(failure)) => Err(failure.on_broken_connection()),
            Err(RunError::Final(failure)) => Err(failure),
        };
        // Asked once for all, and only where it makes a difference.
        let suspect = |failure: &StoreError| matches!(failure, StoreError::InputOutput(_));
        let any = end.as_ref().is_err_and(suspect) || jobs.iter().any(|job| job.store_error().is_some_and(suspect));
        let full = any && is_out_of_room(&self.address);
        for job in jobs {
            let end = match end.as_ref().err().or(job.store_error()) {
                Some(StoreError::InputOutput(text)) if full => Err(StoreError::DiskFull(text.clone())),
                _ => end.clone(),
            };
            job.answer(end);
        }
    }

    fn renew(&mut self) -> bool {
        open(&self.address, self.kind)
            .map(|fresh| self.conn = fresh)
            .inspect_err(|why| tracing::warn!(%why, "no connection"))
            .is_ok()
    }

    /// Tries until there is a connection again. Meanwhile other threads work; where there are none, callers are refused at once.
    fn reconnect(&mut self) {
        self.queue.disconnected();
        let mut pause = LONGEST_PAUSE / 8;
        while !self.queue.is_closed() {
            thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
            if let Ok(fresh) = open(&self.address, self.kind) {
                self.conn = fresh;
                self.queue.connected();
                return;
            }
        }
    }
}

fn open(address: &Address, kind: WorkerKind) -> Result<Conn, StoreError> {
    let mut conn = connect(address)?;
    if kind == WorkerKind::Write {
        find_by_index(&mut conn)?;
    }
    Ok(conn)
}

fn read(conn: &mut Conn, job: &mut dyn JobWork) -> Result<(), RunError> {
    begin_read(conn).map_err(RunError::NothingKept)?;
    job.run(conn);
    match rollback(conn) {
        Ok(()) => Ok(()),
        Err(_) if job.succeeded() => Err(RunError::AfterResults),
        Err(failure) => Err(RunError::NothingKept(failure)),
    }
}

fn write(conn: &mut Conn, job: &mut dyn JobWork, alone: &RwLock<()>) -> Result<(), RunError> {
    for attempt in 1..=TRIES {
        let end = if attempt <= TRIES_BESIDE_OTHERS {
            let _shared = alone.read().unwrap_or_else(PoisonError::into_inner);
            write_once(conn, job)?
        } else {
            let _exclusive = alone.write().unwrap_or_else(PoisonError::into_inner);
            write_once(conn, job)?
        };
        let again = end.as_ref().err().or(job.store_error()).is_some_and(StoreError::is_worth_rerunning);
        if !again || attempt == TRIES {
            return end.map_err(RunError::Final);
        }
        // Two transactions that conflict would conflict again if both waited equally long.
        thread::sleep(Duration::from_micros(jitter() % (attempt * attempt * 2_000)));
    }
    Ok(())
}

/// Runs a job in a transaction. The inner result is that of the commit, where there was one.
fn write_once(conn: &mut Conn, job: &mut dyn JobWork) -> Result<Result<(), StoreError>, RunError> {
    begin_write(conn).map_err(RunError::NothingKept)?;
    let commits = job.run(conn);
    let end = if commits { commit(conn) } else { Ok(()) };
    if !commits || end.is_err() {
        rollback(conn).map_err(|failure| match (commits, job.succeeded()) {
            (true, _) => RunError::Final(StoreError::UnknownCommit(failure.to_string())),
            (false, true) => RunError::AfterResults,
            (false, false) => RunError::NothingKept(failure),
        })?;
    }
    Ok(end)
}

/// A number that differs between threads and from try to try. It spreads retries and is no secret.
fn jitter() -> u64 {
    getrandom::u64().unwrap_or(7_777)
}

fn write_together(conn: &mut Conn, jobs: &mut [Box<dyn JobWork>]) -> Result<(), RunError> {
    // A file that another process holds is no broken connection.
    begin_write(conn).map_err(RunError::Final)?;
    let run = (|| {
        for job in jobs {
            conn.batch_execute("SAVEPOINT job")?;
            if !job.run(conn) {
                conn.batch_execute("ROLLBACK TO job")?;
            }
            conn.batch_execute("RELEASE job")?;
        }
        commit(conn)
    })();
    run.map_err(|failure| {
        let _ = rollback(conn);
        RunError::Final(failure)
    })
}
