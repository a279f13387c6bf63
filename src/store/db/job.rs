//! A request on its way through the queue: what it is to run, what came of it, who waits for the answer.

use crate::store::db::{
    conn::{Conn, Tx},
    error::{StoreError, TransactionError},
    queue::Waiting,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::oneshot;

/// A request in the queue: it runs, perhaps more than once, and is answered once.
pub trait JobWork: Waiting {
    /// Runs it; whether its changes are to be kept.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Whether it ran without an error.
    fn is_done(&self) -> bool;
    /// Whether it failed because another came between, so that it may pass when repeated.
    fn met_another(&self) -> bool;
    /// Answers, with the failure of the commit where it failed.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

pub struct JobRequest<T, E, F> {
    pub call: F,
    pub keep: bool,
    pub done: Option<Result<T, E>>,
    /// Set by whoever is first: the thread that begins, or the asker who gives up.
    pub taken: Arc<AtomicBool>,
    pub reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Waiting for JobRequest<T, E, F>
where
    T: Send + 'static,
    E: TransactionError,
    F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
{
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn begin(&self) -> bool {
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
        let done = catch_unwind(AssertUnwindSafe(|| (self.call)(&mut Tx(conn))));
        let done = done.unwrap_or_else(|_| Err(StoreError::Panicked.into()));
        let keep = done.is_ok() && self.keep;
        self.done = Some(done);
        keep
    }

    fn is_done(&self) -> bool {
        matches!(self.done, Some(Ok(_)))
    }

    fn met_another(&self) -> bool {
        matches!(&self.done, Some(Err(error)) if error.failure().is_some_and(StoreError::met_another))
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        let done = match (commit, self.done) {
            (Err(failure), Some(Ok(_)) | None) => Err(failure.into()),
            (Err(failure), Some(Err(error))) if error.failure().is_some() => Err(failure.into()),
            (_, Some(Err(error))) => Err(match error.failure().map(StoreError::is_for_later) {
                Some(Some(later)) => later.into(),
                _ => error,
            }),
            (Ok(()), Some(done)) => done,
            (Ok(()), None) => Err(StoreError::Unreachable("not run".into()).into()),
        };
        // Whoever asked may be gone; the commit stands all the same.
        let _ = self.reply.send(done);
    }
}
