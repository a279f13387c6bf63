//! The two doors to the database: [`Db::read`] hands a [`Conn`], [`Db::write`] a [`Tx`], which nothing else can make, so that
//! what only shows cannot write by accident.
//!
//! Promise: a write answers after its commit, or leaves nothing. A closure handed to `write` touches nothing but its `Tx`, since
//! PostgreSQL may ask for it again.

use super::{
    address::Address,
    conn::{Conn, Tx},
    connect::connect,
    error::{StoreError, TransactionError},
    queue::Lane,
    worker::{Pool, WorkerKind},
};
use crate::store::migrations;
use std::sync::Arc;

/// The database: readers and writers on threads of their own, for people and for jobs.
#[derive(Clone)]
pub struct Db {
    pools: Arc<Pools>,
    lane: Lane,
    pub(in crate::store) address: Arc<Address>,
}

struct Pools {
    readers: Pool,
    writers: Pool,
    job_readers: Pool,
    /// None where there is one writer by nature: there people and jobs take turns.
    job_writers: Option<Pool>,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// Another form of address, or a database that cannot be reached: in words that say what to do.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let address = Arc::new(Address::parse(url).map_err(StoreError::Unreachable)?);
        let start = |kind, count| Pool::start(&address, kind, count);
        let pools = match *address {
            // SQLite has one writer at a time by nature; a queue before it is fair, its own lock is not.
            Address::Sqlite(_) => Pools {
                writers: start(WorkerKind::GroupedWrite, 1)?,
                readers: start(WorkerKind::Read, 4)?,
                job_readers: start(WorkerKind::Read, 1)?,
                job_writers: None,
            },
            Address::Postgres(_) => Pools {
                writers: start(WorkerKind::Write, 4)?,
                readers: start(WorkerKind::Read, 4)?,
                job_readers: start(WorkerKind::Read, 1)?,
                job_writers: Some(start(WorkerKind::Write, 2)?),
            },
        };
        Ok(Self { pools: Arc::new(pools), lane: Lane::People, address })
    }

    /// The same database on connections that people do not wait for: for the schedule and the courier.
    pub fn for_jobs(&self) -> Self {
        Self { lane: Lane::Jobs, ..self.clone() }
    }

    fn readers(&self) -> &Pool {
        if self.lane == Lane::Jobs { &self.pools.job_readers } else { &self.pools.readers }
    }

    fn writers(&self) -> &Pool {
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
        self.readers().ask(self.lane, true, move |tx| read(tx.0)).await
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
        self.writers().ask(self.lane, true, write).await
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
        self.writers().ask(self.lane, false, write).await
    }

    /// Brings the tables up to date. Returns the names of the migrations that were run.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        migrations::run(&mut connect(&self.address)?)
    }

    /// Takes every table away again: for the test that goes up, down and up.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn unmigrate(&self) -> Result<(), StoreError> {
        migrations::revert(&mut connect(&self.address)?)
    }
}
