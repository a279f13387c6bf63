//! Keeps what is read of people durably in the log before it is answered.
//!
//! Promise: an answer that shows personal data is sent only after its entry is committed; where it cannot be, nothing is answered.
//! Entries that come together are committed together, so that many readers cost one commit and do not fight for the end of the chain.

use crate::{
    actions::people::read_log::append,
    crypto::Keys,
    domain::people::{read_log::LoggedRead, tenant::Tenant},
    store::{Db, StoreError},
};
use std::sync::{Arc, PoisonError};
use tokio::sync::{
    Mutex,
    oneshot::{self, error::TryRecvError},
};

/// How often the end of the chain is asked for again, where another instance was faster.
const TRIES: u32 = 20;

type Entry = (Tenant, LoggedRead);
type Waiting = std::sync::Mutex<Vec<(Entry, oneshot::Sender<bool>)>>;

/// See the module. Clones share what waits.
#[derive(Clone)]
pub struct ReadLog {
    db: Db,
    keys: Keys,
    waiting: Arc<Waiting>,
    /// Whoever has it commits what waits.
    turn: Arc<Mutex<()>>,
}

impl ReadLog {
    pub fn new(db: Db, keys: Keys) -> Self {
        Self { db, keys, waiting: Arc::default(), turn: Arc::default() }
    }

    /// Returns once the entry is committed.
    ///
    /// # Errors
    /// A failure of the database: the entry may be there, and is not known to be.
    pub async fn keep(&self, tenant: &Tenant, read: LoggedRead) -> Result<(), StoreError> {
        let entry = (tenant.clone(), read);
        let (told, mut done) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((entry.clone(), told));
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let (entries, others): (Vec<Entry>, Vec<oneshot::Sender<bool>>) = match done.try_recv() {
            Ok(true) => return Ok(()),
            Err(TryRecvError::Empty) => {
                std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().unzip()
            }
            // Whoever took it along has failed: it is tried once more, alone.
            Ok(false) | Err(TryRecvError::Closed) => (vec![entry], Vec::new()),
        };
        let own = self.clone();
        // Whoever asks may go away; those whose entries it took along must not be left waiting.
        let commit = tokio::spawn(async move {
            let _turn = turn;
            let written = own.write(entries).await;
            for other in others {
                // Its asker may be gone.
                let _ = other.send(written.is_ok());
            }
            written
        });
        commit.await.map_err(|_| StoreError::Panicked)?
    }

    async fn write(&self, entries: Vec<Entry>) -> Result<(), StoreError> {
        let entries = Arc::new(entries);
        let mut tries = TRIES;
        loop {
            let (keys, together) = (self.keys.clone(), Arc::clone(&entries));
            let written = self.db.write(move |tx| append(tx, &keys, &together)).await;
            tries -= 1;
            match written {
                // Another instance has added the same number just before.
                Err(StoreError::Duplicate(_)) if tries > 0 => {}
                other => return other,
            }
        }
    }
}
