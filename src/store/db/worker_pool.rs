//! Worker threads of one kind and the queue in front of them.

use crate::store::db::{
    address::Address,
    conn::Tx,
    error::{StoreError, TransactionError},
    job::{JobRequest, JobWork},
    queue::{Lane, Queue},
    worker::{Worker, WorkerKind},
};
use std::{
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use tokio::sync::oneshot;

/// The threads end when the pool is dropped.
pub struct WorkerPool(Arc<Queue<dyn JobWork>>);

impl WorkerPool {
    pub fn start(address: &Arc<Address>, kind: WorkerKind, threads: usize) -> Result<Self, StoreError> {
        let pool = Self(Arc::new(Queue::default()));
        let alone = Arc::<RwLock<()>>::default();
        for _ in 0..threads {
            let worker = Worker::connect(Arc::clone(address), kind, Arc::clone(&pool.0), Arc::clone(&alone))?;
            let name = if kind == WorkerKind::Read { "db-read" } else { "db-write" };
            let started = thread::Builder::new().name(name.into()).spawn(move || worker.work());
            started.map_err(|error| StoreError::Unreachable(error.to_string()))?;
            pool.0.connected();
        }
        Ok(pool)
    }

    /// Runs a closure in a transaction on one of the threads, and commits it where it succeeds and `commits` is true.
    ///
    /// # Errors
    /// Those of the closure, a failure of the database, or that it is too busy.
    pub async fn run<T, E, F>(&self, lane: Lane, commits: bool, call: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TransactionError,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let (reply, mut answer) = oneshot::channel();
        let ended = |_| E::from(StoreError::UnknownCommit("the thread of the database ended".into()));
        let taken = Arc::<AtomicBool>::default();
        self.0.push(lane, Box::new(JobRequest { call, commits, result: None, taken: Arc::clone(&taken), reply }))?;
        if let Ok(answer) = tokio::time::timeout(lane.longest_wait(), &mut answer).await {
            return answer.map_err(ended)?;
        }
        if !taken.swap(true, Ordering::SeqCst) {
            return Err(StoreError::Busy("a request has waited too long for a connection".into()).into());
        }
        // It runs: the engine's own time limits end it.
        answer.await.map_err(ended)?
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        self.0.close();
    }
}
