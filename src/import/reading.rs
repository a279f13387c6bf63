//! Reads on a thread of its own, and hands on a batch at a time.

use crate::import::{
    error::ImportError,
    rows::{BadCell, BadRow, Good, Layout, Original, RowBatch},
};

use tokio::sync::{mpsc, oneshot};

/// How many rows are compared and written together.
const BATCH: usize = 500;

/// Where a reader puts what it has read: handed on a batch at a time, and waiting while nobody takes it.
pub(super) struct Out<T> {
    pub(super) batch: RowBatch<T>,
    pub(super) to: mpsc::Sender<RowBatch<T>>,
}

impl<T> Out<T> {
    pub(super) fn layout(&mut self, layout: Layout) {
        self.batch.layout = Some(layout);
    }

    pub(super) fn far(&mut self, done: u64, of: u64) {
        (self.batch.done, self.batch.of) = (done, of);
    }

    pub(super) fn row(&mut self, line: u64, row: T, original: Original) -> Result<(), ImportError> {
        self.batch.rows.push(Good { line, row, original });
        self.full()
    }

    pub(super) fn bad(&mut self, line: u64, faults: Vec<BadCell>, original: Original) -> Result<(), ImportError> {
        self.batch.bad.push(BadRow { line, faults, original });
        self.full()
    }

    fn full(&mut self) -> Result<(), ImportError> {
        if self.batch.rows.len() + self.batch.bad.len() < BATCH { Ok(()) } else { self.hand_on() }
    }

    fn hand_on(&mut self) -> Result<(), ImportError> {
        let (done, of) = (self.batch.done, self.batch.of);
        let full = std::mem::replace(&mut self.batch, RowBatch { done, of, ..RowBatch::default() });
        self.to.blocking_send(full).map_err(|_| ImportError::Abandoned)
    }
}

/// How a reader ended.
pub(super) type ReaderEnd = oneshot::Receiver<Result<(), ImportError>>;

/// Reads on a thread of its own, two batches ahead: a list takes minutes, and there are few threads that serve requests.
pub(super) fn reading<T: Send + 'static>(
    read: impl FnOnce(&mut Out<T>) -> Result<(), ImportError> + Send + 'static,
) -> Result<(mpsc::Receiver<RowBatch<T>>, ReaderEnd), ImportError> {
    let ((to, from), (end, ended)) = (mpsc::channel(2), oneshot::channel());
    let run = move || {
        let mut out = Out { batch: RowBatch::default(), to };
        let done = read(&mut out).and_then(|()| {
            out.far(1, 1);
            out.hand_on()
        });
        // Whoever asked may be gone.
        let _ = end.send(done);
    };
    std::thread::Builder::new().name("intake".into()).spawn(run)?;
    Ok((from, ended))
}

pub(super) async fn ended(reader: ReaderEnd) -> Result<(), ImportError> {
    reader.await.unwrap_or_else(|_| Err(ImportError::unreadable("Filen kan ikke læses.", "The file cannot be read.")))
}
