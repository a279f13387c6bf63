//! The threads that hold connections. Requests wait in a [`Queue`]; each thread has one connection, so that prepared
//! statements stay prepared and no test query is asked.
//!
//! On SQLite one thread writes: what has gathered in its queue is committed together, each request in a savepoint of its
//! own, and all are answered after the commit. Durable, fair, and several times as fast as a commit a request.
//!
//! On PostgreSQL some threads write at a time. Transactions that meet are tried again; they meet easily, since what serializable
//! reads have looked at is kept by pages of an index, and whatever is new stands on its last page. So who has met others twice is
//! tried alone.
//!
//! A connection that turns out to be broken is made anew, and what was asked of it is asked once more where nothing of it can
//! have been kept. What a lost connection made of a COMMIT nobody knows: that is never asked again, and answered so.

use crate::store::db::{
    address::Address,
    conn::{Conn, Tx, commit, rollback},
    connect::connect,
    dialect,
    error::{StoreError, TransactionError},
    job::{JobRequest, JobWork},
    queue::{Lane, Queue},
};
use diesel::connection::SimpleConnection;
use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};
use tokio::sync::oneshot;

/// How many requests are committed together at most.
const GROUP: usize = 64;
/// How often PostgreSQL is asked again when two transactions met …
const TRIES: u64 = 8;
/// … and after how many tries alone: while it is tried none of the others of this pool writes.
const BESIDE_OTHERS: u64 = 2;
/// How long a thread without a connection waits between two tries to make one, at most.
const BETWEEN_TRIES: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, PartialEq)]
pub enum WorkerKind {
    Read,
    Write,
    GroupedWrite,
}

/// Threads, each with a connection of its own, and the queue before them. They end when the pool is dropped.
pub struct Pool(Arc<Queue<dyn JobWork>>);

impl Pool {
    pub fn start(address: &Arc<Address>, kind: WorkerKind, count: usize) -> Result<Self, StoreError> {
        let pool = Self(Arc::new(Queue::new()));
        let turns = Arc::<RwLock<()>>::default();
        for _ in 0..count {
            let (address, queue, turns) = (Arc::clone(address), Arc::clone(&pool.0), Arc::clone(&turns));
            let worker = Worker { conn: open(&address, kind)?, address, kind, queue, turns };
            let name = if kind == WorkerKind::Read { "db-read" } else { "db-write" };
            let started = thread::Builder::new().name(name.into()).spawn(move || worker.work());
            started.map_err(|error| StoreError::Unreachable(error.to_string()))?;
            pool.0.well();
        }
        Ok(pool)
    }

    pub async fn ask<T, E, F>(&self, lane: Lane, keep: bool, call: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TransactionError,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let (reply, mut answer) = oneshot::channel();
        let gone = |_| E::from(StoreError::Unreachable("the thread that asks the database is gone".into()));
        let taken = Arc::<AtomicBool>::default();
        self.0.push(lane, Box::new(JobRequest { call, keep, done: None, taken: Arc::clone(&taken), reply }))?;
        if let Ok(answer) = tokio::time::timeout(lane.patience(), &mut answer).await {
            return answer.map_err(gone)?;
        }
        if !taken.swap(true, Ordering::SeqCst) {
            return Err(StoreError::Busy("a request has waited too long for a connection".into()).into());
        }
        // Begun: the engine's own limits end it.
        answer.await.map_err(gone)?
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// How a try on a connection ended badly.
enum Lost {
    /// The connection is broken, and nothing was kept.
    Before(StoreError),
    /// The connection broke at COMMIT, or cannot be trusted any more: not to be tried again.
    After(StoreError),
    /// The answer stands, but the connection is broken.
    Answered,
}

struct Worker {
    conn: Conn,
    address: Arc<Address>,
    kind: WorkerKind,
    queue: Arc<Queue<dyn JobWork>>,
    /// Held by all who write beside each other, or by one who writes alone.
    turns: Arc<RwLock<()>>,
}

impl Worker {
    fn work(mut self) {
        let most = if self.kind == WorkerKind::GroupedWrite { GROUP } else { 1 };
        while let Some(mut group) = self.queue.take(most) {
            let mut end = self.run(&mut group);
            let mut whole = end.is_ok();
            if let Err(Lost::Before(why)) = &end {
                tracing::warn!(%why, "a connection was lost; another is made");
                whole = self.renew();
                if whole {
                    end = self.run(&mut group);
                    whole = end.is_ok();
                }
            }
            for asked in group {
                asked.answer(match &end {
                    Ok(()) | Err(Lost::Answered) => Ok(()),
                    Err(Lost::Before(failure) | Lost::After(failure)) => Err(failure.again()),
                });
            }
            if !whole && !self.renew() {
                self.mend();
            }
        }
    }

    fn run(&mut self, group: &mut [Box<dyn JobWork>]) -> Result<(), Lost> {
        match self.kind {
            WorkerKind::GroupedWrite => write_together(&mut self.conn, group),
            WorkerKind::Write => group.iter_mut().try_for_each(|asked| write(&mut self.conn, asked.as_mut(), &self.turns)),
            WorkerKind::Read => group.iter_mut().try_for_each(|asked| read(&mut self.conn, asked.as_mut())),
        }
    }

    fn renew(&mut self) -> bool {
        open(&self.address, self.kind)
            .map(|fresh| self.conn = fresh)
            .inspect_err(|why| tracing::warn!(%why, "no connection"))
            .is_ok()
    }

    /// Tries until there is a connection again. Meanwhile others work, or where there are none askers are told at once.
    fn mend(&mut self) {
        self.queue.ill();
        let mut pause = BETWEEN_TRIES / 8;
        while !self.queue.is_closed() {
            thread::sleep(pause);
            pause = (pause * 2).min(BETWEEN_TRIES);
            if let Ok(fresh) = open(&self.address, self.kind) {
                self.conn = fresh;
                self.queue.well();
                return;
            }
        }
    }
}

fn open(address: &Address, kind: WorkerKind) -> Result<Conn, StoreError> {
    let mut conn = connect(address)?;
    if kind == WorkerKind::Write {
        dialect::find_by_index(&mut conn)?;
    }
    Ok(conn)
}

fn read(conn: &mut Conn, asked: &mut dyn JobWork) -> Result<(), Lost> {
    dialect::begin_read(conn).map_err(Lost::Before)?;
    asked.run(conn);
    match rollback(conn) {
        Ok(()) => Ok(()),
        Err(_) if asked.is_done() => Err(Lost::Answered),
        Err(failure) => Err(Lost::Before(failure)),
    }
}

fn write(conn: &mut Conn, asked: &mut dyn JobWork, turns: &RwLock<()>) -> Result<(), Lost> {
    for attempt in 1..=TRIES {
        let end = if attempt <= BESIDE_OTHERS {
            let _turn = turns.read().unwrap_or_else(PoisonError::into_inner);
            write_once(conn, asked)?
        } else {
            let _turn = turns.write().unwrap_or_else(PoisonError::into_inner);
            write_once(conn, asked)?
        };
        let again = asked.met_another() || end.as_ref().is_err_and(StoreError::met_another);
        if !again || attempt == TRIES {
            return end.map_err(Lost::After);
        }
        // Two that met would meet again if both waited as long.
        thread::sleep(Duration::from_micros(jitter() % (attempt * attempt * 2_000)));
    }
    Ok(())
}

/// How the commit ended, where there was one.
fn write_once(conn: &mut Conn, asked: &mut dyn JobWork) -> Result<Result<(), StoreError>, Lost> {
    dialect::begin_write(conn).map_err(Lost::Before)?;
    let keep = asked.run(conn);
    let end = if keep { commit(conn) } else { Ok(()) };
    if !keep || end.is_err() {
        rollback(conn).map_err(|failure| match (keep, asked.is_done()) {
            (true, _) => Lost::After(StoreError::Unreachable(format!("whether it was kept is not known: {failure}"))),
            (false, true) => Lost::Answered,
            (false, false) => Lost::Before(failure),
        })?;
    }
    Ok(end)
}

/// A number that nobody else has at this moment.
fn jitter() -> u64 {
    getrandom::u64().unwrap_or(7_777)
}

fn write_together(conn: &mut Conn, group: &mut [Box<dyn JobWork>]) -> Result<(), Lost> {
    // A file that another process holds is no broken connection.
    dialect::begin_write(conn).map_err(Lost::After)?;
    let run = (|| {
        for asked in group {
            conn.batch_execute("SAVEPOINT asked")?;
            if !asked.run(conn) {
                conn.batch_execute("ROLLBACK TO asked")?;
            }
            conn.batch_execute("RELEASE asked")?;
        }
        commit(conn)
    })();
    run.map_err(|failure| {
        let _ = rollback(conn);
        Lost::After(failure)
    })
}
