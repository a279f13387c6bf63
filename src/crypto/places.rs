//! The places where passwords are hashed: few, each with memory of its own, and a short queue in front of them.
//!
//! Promise: however many ask at once, no more are hashed at a time than there are places, and memory does not grow; whoever does
//! not fit into the queue is told so at once, and nobody waits for longer than a queue takes.

use crate::crypto::passwords::HashingMemory;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Each place keeps 19 MB.
const MOST_PLACES: usize = 4;
/// So many wait for each place.
const WAITING_EACH: usize = 16;

/// As many wait as may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("as many passwords wait to be hashed as may")]
pub struct HashingBusy;

/// See the module.
pub struct HashingPlaces {
    /// Those who hash and those who wait.
    admitted: Arc<Semaphore>,
    places: Arc<Semaphore>,
    kept: Arc<Mutex<Vec<HashingMemory>>>,
}

impl HashingPlaces {
    /// As many as the machine has cores, and not more than a few.
    pub fn new(cores: usize) -> Self {
        let places = cores.clamp(1, MOST_PLACES);
        Self {
            admitted: Arc::new(Semaphore::new(places * (WAITING_EACH + 1))),
            places: Arc::new(Semaphore::new(places)),
            kept: Arc::default(),
        }
    }

    /// Waits for a place, and works there beside the threads that answer.
    ///
    /// # Errors
    /// As many wait as may.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut HashingMemory) -> T + Send + 'static,
    ) -> Result<T, HashingBusy> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| HashingBusy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| HashingBusy)?;
        let kept = Arc::clone(&self.kept);
        let at_place = move || {
            // Held here: whoever has asked may be gone long before the work is done.
            let _held = (admitted, place);
            let memory = kept.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut memory = memory.unwrap_or_default();
            let done = work(&mut memory);
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            done
        };
        tokio::task::spawn_blocking(at_place).await.map_err(|_| HashingBusy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn no_more_are_hashed_at_once_than_there_are_places_and_their_memory_is_kept() {
        let places = Arc::new(HashingPlaces::new(2));
        let (now, most) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let hash = |_| {
            let (places, now, most) = (Arc::clone(&places), Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                let work = move |memory: &mut HashingMemory| {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let hash = memory.hash("hemmelig kode").unwrap();
                    now.fetch_sub(1, Ordering::SeqCst);
                    hash
                };
                places.work(work).await
            })
        };
        let all: Vec<_> = (0..60).map(hash).collect();
        let mut busy = 0;
        for one in all {
            busy += usize::from(one.await.unwrap().is_err());
        }
        assert_eq!(busy, 60 - 2 * 17, "whoever does not fit into the queue is told so");
        assert!(most.load(Ordering::SeqCst) <= 2);
        assert!((1..=2).contains(&places.kept.lock().unwrap().len()), "a place's memory is used again");
    }

    #[tokio::test]
    async fn whoever_goes_away_leaves_the_place_to_others() {
        let places = Arc::new(HashingPlaces::new(1));
        let gate = Arc::new(std::sync::Barrier::new(2));
        let (held, blocked) = (Arc::clone(&gate), Arc::clone(&places));
        let working = tokio::spawn(async move { blocked.work(move |_| held.wait().is_leader()).await });
        tokio::task::yield_now().await;
        // They wait, and give up.
        for _ in 0..40 {
            let waited = tokio::time::timeout(std::time::Duration::from_millis(1), places.work(|_| ())).await;
            assert!(waited.is_err());
        }
        tokio::task::spawn_blocking(move || gate.wait()).await.unwrap();
        working.await.unwrap().unwrap();
        places.work(|_| ()).await.unwrap();
    }
}
