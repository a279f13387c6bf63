//! A closure on its way through the queue: what it is to run, what came of it, and who waits for the result.

use crate::store::db::{
    conn::{Conn, Tx},
    error::{StoreError, TransactionError},
    queue::Queued,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::oneshot;

/// A job in the queue: it runs, perhaps more than once, and its caller is answered once.
pub trait JobWork: Queued {
    /// Runs it. True where its changes are to be committed.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Whether the last run ended without an error.
    fn succeeded(&self) -> bool;
    /// The failure of the database with which the last run ended, if it did.
    fn store_error(&self) -> Option<&StoreError>;
    /// Sends the caller the result of the last run, or the failure of what followed: a commit that failed undoes a success, and
    /// explains a failure of the database better than the statement that met it.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

pub struct JobRequest<T, E, F> {
    pub call: F,
    /// Whether a success is committed; a dry run is not.
    pub commits: bool,
    pub result: Option<Result<T, E>>,
    /// Set by whoever is first: the thread that runs the job, or the caller that gives up.
    pub taken: Arc<AtomicBool>,
    pub reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Queued for JobRequest<T, E, F>
where
    T: Send + 'static,
    E: TransactionError,
    F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
{
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn take(&self) -> bool {
        !self.taken.swap(true, Ordering::SeqCst)
    }

    fn refuse(self: Box<Self>, failure: StoreError) {
        let _ = self.reply.send(Err(failure.into()));
    }
}

impl<T, E, F> JobWork for JobRequest<T, E, F>
where
    T: Send + 'static,
    E: TransactionError,
    F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
{
    fn run(&mut self, conn: &mut Conn) -> bool {
        let result = catch_unwind(AssertUnwindSafe(|| (self.call)(&mut Tx::new(conn))));
        let result = result.unwrap_or_else(|_| Err(StoreError::Panicked.into()));
        let commit = result.is_ok() && self.commits;
        self.result = Some(result);
        commit
    }

    fn succeeded(&self) -> bool {
        matches!(self.result, Some(Ok(_)))
    }

    fn store_error(&self) -> Option<&StoreError> {
        self.result.as_ref()?.as_ref().err()?.store_error()
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        let result = match (commit, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(StoreError::Unreachable("the job was not run".into()).into()),
            // What the closure itself decided stands, whatever became of the connection.
            (Err(_), Some(Err(error))) if error.store_error().is_none() => Err(error),
            (Err(failure), _) => Err(failure.into()),
        };
        // The caller may be gone; the commit stands all the same.
        let _ = self.reply.send(result);
    }
}
