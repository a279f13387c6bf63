//! The two ways into the database: [`Db::read`] passes a [`Conn`], [`Db::write`] a [`Tx`], which nothing else can make, so that
//! code that only reads cannot write by accident.
//!
//! Promise: a write returns after its commit, or leaves nothing behind; where a broken connection leaves that open, the error says
//! so. A closure passed to `write` touches nothing but its `Tx`, since it may run several times.

use super::{
    address::Address,
    conn::{Conn, Tx},
    dialect::connect::has_single_writer,
    error::{StoreError, TransactionError},
    queue::Lane,
    worker::WorkerKind,
    worker_pool::WorkerPool,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// The database: readers and writers on threads of their own, for people and for background jobs.
#[derive(Clone)]
pub struct Db {
    pools: Arc<Pools>,
    lane: Lane,
    pub(in crate::store) address: Arc<Address>,
}

/// Connections on which background jobs write, where several can.
const JOB_WRITERS: usize = 2;

struct Pools {
    readers: WorkerPool,
    writers: WorkerPool,
    job_readers: WorkerPool,
    /// None where there is a single writer: there people and jobs take turns.
    job_writers: Option<WorkerPool>,
    /// Whether a damaged part of the database was met.
    damaged: AtomicBool,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`, with a number of threads that read and, on PostgreSQL, as many that write.
    ///
    /// # Errors
    /// Another form of address, or a database that cannot be reached: in words that say what to do.
    pub fn open(url: &str, threads: usize) -> Result<Self, StoreError> {
        let address = Arc::new(Address::parse(url)?);
        let start = |kind, threads| WorkerPool::start(&address, kind, threads);
        // SQLite has a single writer. A queue in front of it is fair, its own lock is not.
        let (writers, job_writers) = if has_single_writer(&address) {
            (start(WorkerKind::GroupedWrite, 1)?, None)
        } else {
            (start(WorkerKind::Write, threads)?, Some(start(WorkerKind::Write, JOB_WRITERS)?))
        };
        let (readers, job_readers) = (start(WorkerKind::Read, threads)?, start(WorkerKind::Read, 1)?);
        let pools = Pools { readers, writers, job_readers, job_writers, damaged: AtomicBool::new(false) };
        Ok(Self { pools: Arc::new(pools), lane: Lane::People, address })
    }

    /// The same database on connections that people do not wait for: for the schedule and delivery.
    pub fn for_jobs(&self) -> Self {
        Self { lane: Lane::Jobs, ..self.clone() }
    }

    fn readers(&self) -> &WorkerPool {
        if self.lane == Lane::Jobs { &self.pools.job_readers } else { &self.pools.readers }
    }

    fn writers(&self) -> &WorkerPool {
        match (self.lane, &self.pools.job_writers) {
            (Lane::Jobs, Some(own)) => own,
            _ => &self.pools.writers,
        }
    }

    /// Reads from one state of the database.
    ///
    /// # Errors
    /// Those of the closure, or a failure of the database.
    pub async fn read<T, E, F>(&self, read: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TransactionError,
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        let done = self.readers().run(self.lane, true, move |tx| read(&mut *tx)).await;
        self.noting_damage(done)
    }

    /// Writes all or nothing, and answers after the commit.
    ///
    /// # Errors
    /// Those of the closure, which undo it, or a failure of the database.
    pub async fn write<T, E, F>(&self, write: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TransactionError,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        self.refuse_damaged()?;
        let done = self.writers().run(self.lane, true, write).await;
        self.noting_damage(done)
    }

    /// Does the same as [`Db::write`], answers the same, and leaves nothing.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn dry_run<T, E, F>(&self, write: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TransactionError,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        self.refuse_damaged()?;
        let done = self.writers().run(self.lane, false, write).await;
        self.noting_damage(done)
    }

    /// Whether a damaged part of the database was met since the start: then nothing more is written, and what can be read is read.
    pub fn is_damaged(&self) -> bool {
        self.pools.damaged.load(Ordering::SeqCst)
    }

    fn refuse_damaged(&self) -> Result<(), StoreError> {
        if self.is_damaged() { Err(StoreError::Damaged("it was met before".into())) } else { Ok(()) }
    }

    fn noting_damage<T, E: TransactionError>(&self, done: Result<T, E>) -> Result<T, E> {
        let met = done.as_ref().err().and_then(TransactionError::store_error);
        if let Some(failure @ StoreError::Damaged(_)) = met
            && !self.pools.damaged.swap(true, Ordering::SeqCst)
        {
            tracing::error!(%failure, "a damaged part of the database was met");
        }
        done
    }
}
