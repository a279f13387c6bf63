//! The threads that hold connections. Requests wait in a queue, in order; each thread has one connection, so that
//! prepared statements stay prepared and no test query is asked.
//!
//! On SQLite one thread writes: what has gathered in its queue is committed together, each request in a savepoint of its
//! own, and all are answered after the commit. Durable, fair, and several times as fast as a commit a request.

use super::{Conn, Failure, Stops, Tx, commit, connect, rollback, seam};
use diesel::connection::SimpleConnection;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};
use tokio::sync::oneshot;

/// How many requests are committed together at most.
const GROUP: usize = 64;
/// How often PostgreSQL is asked again when two transactions met.
const TRIES: u32 = 8;

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Read,
    Write,
    GroupedWrite,
}

/// A request in the queue: it runs, perhaps more than once, and is answered once.
trait Work: Send {
    /// Runs it; whether its changes are to be kept.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Whether it failed in a way that may pass when repeated.
    fn passes_if_repeated(&self) -> bool;
    /// Answers, with the failure of the commit where it failed.
    fn answer(self: Box<Self>, commit: Result<(), Failure>);
}

struct Asked<T, E, F> {
    call: F,
    keep: bool,
    done: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Asked<T, E, F>
where
    T: Send,
    E: Stops,
    F: Fn(&mut Tx) -> Result<T, E> + Send,
{
    fn run(&mut self, conn: &mut Conn) -> bool {
        let done = catch_unwind(AssertUnwindSafe(|| (self.call)(&mut Tx(conn))));
        let done = done.unwrap_or_else(|_| Err(Failure::Unreachable("a panic while the database was asked".into()).into()));
        let keep = done.is_ok() && self.keep;
        self.done = Some(done);
        keep
    }

    fn passes_if_repeated(&self) -> bool {
        matches!(&self.done, Some(Err(error)) if error.failure().is_some_and(Failure::passes_if_repeated))
    }

    fn answer(self: Box<Self>, commit: Result<(), Failure>) {
        let done = match (commit, self.done) {
            (Err(failure), Some(Ok(_)) | None) => Err(failure.into()),
            (_, Some(done)) => done,
            (Ok(()), None) => Err(Failure::Unreachable("not run".into()).into()),
        };
        // Whoever asked may be gone; the commit stands all the same.
        let _ = self.reply.send(done);
    }
}

pub struct Pool {
    queue: mpsc::Sender<Box<dyn Work>>,
}

impl Pool {
    /// Starts `count` threads, each with a connection of its own.
    pub fn start(url: &str, kind: Kind, count: usize) -> Result<Self, Failure> {
        let (queue, waiting) = mpsc::channel::<Box<dyn Work>>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..count {
            let (mut conn, waiting, url) = (connect(url)?, Arc::clone(&waiting), url.to_owned());
            let name = if kind == Kind::Read { "db-read" } else { "db-write" };
            let run = move || {
                while let Some(mut group) = next(&waiting, kind) {
                    if work(&mut conn, kind, &mut group).is_err()
                        && let Ok(fresh) = connect(&url)
                    {
                        conn = fresh;
                    }
                }
            };
            thread::Builder::new().name(name.into()).spawn(run).map_err(|error| Failure::Unreachable(error.to_string()))?;
        }
        Ok(Self { queue })
    }

    pub async fn ask<T, E, F>(&self, keep: bool, call: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Stops,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let gone = || Failure::Unreachable("the thread that asks the database is gone".into());
        self.queue.send(Box::new(Asked { call, keep, done: None, reply })).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// The next request, and where writes are grouped all that wait behind it. None when nobody can ask any more.
fn next(waiting: &Mutex<mpsc::Receiver<Box<dyn Work>>>, kind: Kind) -> Option<Vec<Box<dyn Work>>> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let mut group = vec![waiting.recv().ok()?];
    if kind == Kind::GroupedWrite {
        group.extend(waiting.try_iter().take(GROUP - 1));
    }
    Some(group)
}

/// Works off a group and answers it. An error means that the connection is broken.
fn work(conn: &mut Conn, kind: Kind, group: &mut Vec<Box<dyn Work>>) -> Result<(), ()> {
    let end = match kind {
        Kind::Read => read(conn, group),
        Kind::Write => write(conn, group),
        Kind::GroupedWrite => write_together(conn, group),
    };
    let broken = end.is_err();
    for asked in group.drain(..) {
        let end = match &end {
            Ok(()) => Ok(()),
            Err(failure) => Err(Failure::Unreachable(failure.to_string())),
        };
        asked.answer(end);
    }
    if broken { Err(()) } else { Ok(()) }
}

fn read(conn: &mut Conn, group: &mut [Box<dyn Work>]) -> Result<(), Failure> {
    for asked in group {
        seam::begin_read(conn)?;
        asked.run(conn);
        rollback(conn);
    }
    Ok(())
}

fn write(conn: &mut Conn, group: &mut [Box<dyn Work>]) -> Result<(), Failure> {
    for asked in group {
        for attempt in 1..=TRIES {
            seam::begin_write(conn)?;
            let keep = asked.run(conn);
            let end = if keep { commit(conn) } else { Ok(()) };
            if !keep || end.is_err() {
                rollback(conn);
            }
            let again = asked.passes_if_repeated() || end.as_ref().is_err_and(Failure::passes_if_repeated);
            if !again || attempt == TRIES {
                end?;
                break;
            }
            thread::sleep(Duration::from_millis(u64::from(attempt * attempt)));
        }
    }
    Ok(())
}

fn write_together(conn: &mut Conn, group: &mut [Box<dyn Work>]) -> Result<(), Failure> {
    seam::begin_write(conn)?;
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
    if run.is_err() {
        rollback(conn);
    }
    run
}
