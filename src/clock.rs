//! The only place that asks for the time. Read once per request or tick, it yields [`At`], which is handed down.
//!
//! Days are those of Europe/Copenhagen, whatever the machine's zone: 22:30 UTC on 30 June is 1 July.

use crate::domain::values::{copenhagen::at, day::At};
use chrono::{DateTime, Utc};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

/// The system's clock, or one that is set by hand (replay, demo, tests).
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    pub fn set(instant: DateTime<Utc>) -> Self {
        Self::Set(Arc::new(Mutex::new(instant)))
    }

    /// Moves a set clock; the system's stays as it is.
    pub fn turn(&self, instant: DateTime<Utc>) {
        if let Self::Set(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    pub fn now(&self) -> At {
        let instant = match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
            Self::System => Utc::now(),
            Self::Set(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        at(instant)
    }
}

/// Measures how long something takes, whatever the clock is set to. Nothing is decided by it.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
