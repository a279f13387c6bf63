//! The queue in front of the connections: two lanes, for people and for background jobs, served by turns so that neither starves
//! the other. Its length is limited; a caller that has waited too long, or has gone, is not served.

use crate::store::db::error::StoreError;
use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The most that may wait in a lane. More would wait longer than anybody should.
const MOST_WAITING: usize = 512;

/// On whose behalf the database is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    People,
    Jobs,
}

impl Lane {
    /// The longest wait for a connection.
    pub fn longest_wait(self) -> Duration {
        match self {
            Self::People => Duration::from_secs(10),
            // Nobody watches it; and the result of a delivery has to be recorded.
            Self::Jobs => Duration::from_secs(60),
        }
    }
}

/// An entry of the queue.
pub trait Queued: Send {
    /// Whether somebody still waits for the answer.
    fn is_wanted(&self) -> bool;
    /// Takes it over from the caller; false where the caller has given up.
    fn take(&self) -> bool;
    /// Answers without having run it.
    fn refuse(self: Box<Self>, failure: StoreError);
}

struct QueueState<W: ?Sized> {
    people: VecDeque<Box<W>>,
    jobs: VecDeque<Box<W>>,
    next: Lane,
    /// Threads whose connection is not known to be broken.
    connected: usize,
    closed: bool,
}

pub struct Queue<W: ?Sized>(Mutex<QueueState<W>>, Condvar);

impl<W: ?Sized> Default for Queue<W> {
    fn default() -> Self {
        let state =
            QueueState { people: VecDeque::new(), jobs: VecDeque::new(), next: Lane::People, connected: 0, closed: false };
        Self(Mutex::new(state), Condvar::new())
    }
}

impl<W: Queued + ?Sized> Queue<W> {
    fn state(&self) -> MutexGuard<'_, QueueState<W>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// # Errors
    /// The lane is full, or there is no connection at all.
    pub fn push(&self, lane: Lane, entry: Box<W>) -> Result<(), StoreError> {
        let mut state = self.state();
        if state.closed || state.connected == 0 {
            return Err(StoreError::Unreachable("there is no connection just now; it is being made again".into()));
        }
        let waiting = state.lane(lane);
        if waiting.len() >= MOST_WAITING {
            waiting.retain(|entry| entry.is_wanted());
        }
        if waiting.len() >= MOST_WAITING {
            return Err(StoreError::Busy("as many requests wait for the database as may".into()));
        }
        waiting.push_back(entry);
        drop(state);
        self.1.notify_one();
        Ok(())
    }

    /// Waits for work, and takes up to `most` entries of one lane; of the other lane the next time. None when it is closed and empty.
    pub fn take(&self, most: usize) -> Option<Vec<Box<W>>> {
        let mut state = self.state();
        loop {
            for _ in 0..2 {
                let lane = state.next;
                state.next = if lane == Lane::People { Lane::Jobs } else { Lane::People };
                let waiting = state.lane(lane);
                let mut taken = Vec::new();
                while taken.len() < most
                    && let Some(entry) = waiting.pop_front()
                {
                    if entry.is_wanted() && entry.take() {
                        taken.push(entry);
                    }
                }
                if !taken.is_empty() {
                    return Some(taken);
                }
            }
            if state.closed {
                return None;
            }
            state = self.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A thread has a connection.
    pub fn connected(&self) {
        self.state().connected += 1;
    }

    /// A thread has lost its connection. Where it was the last, whoever waits is refused.
    pub fn disconnected(&self) {
        let mut state = self.state();
        state.connected = state.connected.saturating_sub(1);
        if state.connected > 0 {
            return;
        }
        let waiting: Vec<_> =
            { state.people.drain(..).collect::<Vec<_>>() }.into_iter().chain(state.jobs.drain(..).collect::<Vec<_>>()).collect();
        drop(state);
        for entry in waiting {
            entry.refuse(StoreError::Unreachable("the last connection was lost".into()));
        }
    }

    /// Takes no more; what waits is still done.
    pub fn close(&self) {
        self.state().closed = true;
        self.1.notify_all();
    }

    pub fn is_closed(&self) -> bool {
        self.state().closed
    }
}

impl<W: ?Sized> QueueState<W> {
    fn lane(&mut self, lane: Lane) -> &mut VecDeque<Box<W>> {
        match lane {
            Lane::People => &mut self.people,
            Lane::Jobs => &mut self.jobs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    struct Entry(&'static str, bool, Arc<AtomicUsize>);
    impl Queued for Entry {
        fn is_wanted(&self) -> bool {
            self.1
        }
        fn take(&self) -> bool {
            true
        }
        fn refuse(self: Box<Self>, _: StoreError) {
            self.2.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn queue() -> (Queue<Entry>, impl Fn(&'static str, bool) -> Box<Entry>, Arc<AtomicUsize>) {
        let refused = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&refused);
        let queue = Queue::default();
        queue.connected();
        (queue, move |name, wanted| Box::new(Entry(name, wanted, Arc::clone(&counted))), refused)
    }

    #[test]
    fn people_and_jobs_take_turns_and_who_has_gone_is_not_served() {
        let (queue, asked, _) = queue();
        for (lane, name, wanted) in [
            (Lane::Jobs, "j1", true),
            (Lane::Jobs, "j2", true),
            (Lane::People, "p1", true),
            (Lane::People, "gone", false),
            (Lane::People, "p2", true),
            (Lane::People, "p3", true),
        ] {
            queue.push(lane, asked(name, wanted)).unwrap();
        }
        queue.close();
        let mut taken = Vec::new();
        while let Some(group) = queue.take(2) {
            taken.push(group.iter().map(|asked| asked.0).collect::<Vec<_>>().join(" "));
        }
        assert_eq!(taken, ["p1 p2", "j1 j2", "p3"]);
    }

    #[test]
    fn a_full_queue_refuses_and_takes_again_when_someone_has_gone() {
        let (queue, asked, _) = queue();
        for number in 0..MOST_WAITING {
            queue.push(Lane::People, asked("p", number % 2 == 0)).unwrap();
        }
        for _ in 0..MOST_WAITING / 2 {
            queue.push(Lane::People, asked("p", true)).unwrap();
        }
        assert!(matches!(queue.push(Lane::People, asked("p", true)), Err(StoreError::Busy(_))));
        queue.push(Lane::Jobs, asked("j", true)).unwrap();
    }

    #[test]
    fn without_a_connection_nobody_waits() {
        let (queue, asked, refused) = queue();
        queue.push(Lane::People, asked("p", true)).unwrap();
        queue.push(Lane::Jobs, asked("j", true)).unwrap();
        queue.disconnected();
        assert_eq!(refused.load(Ordering::SeqCst), 2);
        assert!(matches!(queue.push(Lane::People, asked("p", true)), Err(StoreError::Unreachable(_))));
        queue.connected();
        queue.push(Lane::People, asked("p", true)).unwrap();
    }
}
