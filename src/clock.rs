//! The only place that asks for the time. Read once per request or tick, it yields [`At`], which is handed down.
//!
//! Days are those of Europe/Copenhagen, whatever the machine's zone: 22:30 UTC on 30 June is 1 July.

use crate::domain::values::{copenhagen::at, day::At};
use chrono::{DateTime, Utc};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
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

/// Measures how long something takes, whatever the clock is set to. Nothing is decided by it but how long somebody is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn seconds(self) -> f64 {
        self.elapsed().as_secs_f64()
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// A clock that goes on by so many minutes more or less than time does has jumped.
const JUMP_MINUTES: i64 = 10;
/// How long a jump is told.
const TOLD: Duration = Duration::from_secs(3_600);

/// Sees whether the system's clock goes on as time does. A clock that is set by hand is never asked.
#[derive(Debug, Default)]
pub struct ClockWatch(Mutex<WatchState>);

#[derive(Debug, Default)]
struct WatchState {
    seen: Option<(DateTime<Utc>, Stopwatch)>,
    jumped: Option<Stopwatch>,
}

impl ClockWatch {
    /// Looks at the clock, and logs a jump since the last look.
    pub fn look(&self, clock: &Clock) {
        if !matches!(clock, Clock::System) {
            return;
        }
        let now = clock.now().instant;
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minutes = state.seen.and_then(|(then, since)| jump(then, now, since.elapsed()));
        state.seen = Some((now, Stopwatch::start()));
        if let Some(minutes) = minutes {
            state.jumped = Some(Stopwatch::start());
            tracing::error!(minutes, "the clock of this machine has jumped; see that the time is right");
        }
    }

    /// Whether it has jumped within the last hour.
    pub fn has_jumped(&self) -> bool {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.jumped.is_some_and(|since| since.elapsed() < TOLD)
    }
}

/// By how many minutes a clock went on more than time did, where that is a jump.
fn jump(then: DateTime<Utc>, now: DateTime<Utc>, elapsed: Duration) -> Option<i64> {
    let elapsed = chrono::Duration::from_std(elapsed).ok()?;
    let minutes = (now - then - elapsed).num_minutes();
    (minutes.abs() >= JUMP_MINUTES).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_goes_on_otherwise_than_time_has_jumped() {
        let then: DateTime<Utc> = "2026-01-05T09:00:00Z".parse().unwrap();
        for (minutes, elapsed, expected) in [(5, 5, None), (14, 5, None), (15, 5, Some(10)), (-10, 5, Some(-15)), (0, 9, None)] {
            let now = then + chrono::Duration::minutes(minutes);
            assert_eq!(jump(then, now, Duration::from_secs(elapsed * 60)), expected, "{minutes} {elapsed}");
        }
        let days = then + chrono::Duration::days(40);
        assert_eq!(jump(then, days, Duration::from_secs(0)), Some(40 * 24 * 60));
    }
}
