//! Plays cases: one into an app, or all of some files, each into a database of its own.

use crate::{
    app::App,
    clock::Clock,
    jobs::Progress,
    replay::{course::RunningCase, error::ReplayError, folder::Folder, format::Case, played::Played, reading::read, stage::Cast},
};
use std::sync::Arc;

/// So many cases are played at a time: most of the time of one is spent waiting for its disk.
const AT_ONCE: usize = 4;

/// Plays every case of the files, each into an empty database of its own in a temporary folder, which is taken away again.
/// Some are played at a time; their answers keep the order of the files.
/// The progress is told in days, of all days of all cases.
///
/// # Errors
/// A file that does not fit, a rulebook that is not whole, a failure of the machine.
pub async fn replay(texts: &[String], rules: Option<&str>, progress: Progress<'_>) -> Result<Vec<Played>, ReplayError> {
    let mut cases = Vec::new();
    for text in texts {
        cases.extend(read(text)?.cases);
    }
    replay_cases(cases, rules, progress).await
}

/// As [`replay`], cases that were read already.
///
/// # Errors
/// A rulebook that is not whole, a failure of the machine.
pub async fn replay_cases(cases: Vec<Case>, rules: Option<&str>, progress: Progress<'_>) -> Result<Vec<Played>, ReplayError> {
    let all: u64 = cases.iter().map(count).sum();
    let (told, mut days) = tokio::sync::mpsc::unbounded_channel();
    let limit = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut playing = Vec::new();
    for case in cases {
        let (told, limit, rules) = (told.clone(), Arc::clone(&limit), rules.map(ToOwned::to_owned));
        playing.push(tokio::spawn(async move {
            let _permit = limit.acquire_owned().await;
            let folder = Folder::make()?;
            let settings = folder.settings(&case, rules.as_deref())?;
            let app = tokio::task::spawn_blocking(move || App::open(settings)).await??;
            let report = move |_, _| {
                // Whoever listens may be gone; the case is played all the same.
                let _ = told.send(());
            };
            play(&app, &case, &Cast::default(), &report).await
        }));
    }
    drop(told);
    let mut done = 0;
    while days.recv().await.is_some() {
        done += 1;
        progress(done, all);
    }
    let mut played = Vec::new();
    for case in playing {
        played.push(case.await??);
    }
    Ok(played)
}

fn count(case: &Case) -> u64 {
    case.days().and_then(|(first, last)| u64::try_from((last - first).num_days() + 1).ok()).unwrap_or_default()
}

/// Plays one case into an app, whose clock must be a set one; what stands in its database already stays.
///
/// # Errors
/// A citizen or workplace that is registered already, a failure of the machine: in words that name the case.
pub async fn play(app: &App, case: &Case, cast: &Cast, report: Progress<'_>) -> Result<Played, ReplayError> {
    if matches!(app.clock, Clock::System) {
        return Err(ReplayError::Clock);
    }
    let (first, last) = case.days().ok_or_else(|| ReplayError::no_events(case))?;
    let days = count(case);
    let mut course = RunningCase::stage(app, case, cast, first).await?;
    for (number, today) in (1..).zip(first.iter_days().take_while(|day| *day <= last)) {
        course.day(today).await?;
        report(number, days);
    }
    course.judged().await
}
