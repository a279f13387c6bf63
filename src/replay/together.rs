//! Plays all cases of some files in one database, day by day together: one consultant's caseload.
//!
//! Promise: on each day people act in every case first; then the schedule runs once, and letters leave once, so that what is told
//! of several citizens on a day is one mail, as it would be at work.

use crate::{
    app::App,
    domain::{
        people::tenant::Tenant,
        values::{day::Period, register::Municipality},
    },
    jobs::Progress,
    replay::{
        course::{RunningCase, evening},
        error::ReplayError,
        folder::Folder,
        format::Case,
        played::Played,
        reading::read,
        stage::Cast,
        summary::{Summary, refused, summarise},
    },
    store::Conn,
};
use chrono::NaiveDate;

/// The days that a summary counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Days {
    /// None: the first day played.
    pub from: Option<NaiveDate>,
    /// Inclusive; nothing is played after it. None: the last day of the cases.
    pub to: Option<NaiveDate>,
}

/// Plays every case of the files in one database in a temporary folder, which is taken away again, and counts what it costs
/// people's attention. The progress is told in days.
///
/// # Errors
/// A file that does not fit, a rulebook that is not whole, a citizen in two cases, a failure of the machine.
pub async fn replay_together(
    texts: &[String],
    rules: Option<&str>,
    days: Days,
    progress: Progress<'_>,
) -> Result<(Vec<Played>, Summary), ReplayError> {
    let mut cases = Vec::new();
    for text in texts {
        cases.extend(read(text)?.cases);
    }
    let folder = Folder::make()?;
    let first = first_of(&cases)?;
    let settings = folder.settings(first, rules)?;
    let app = tokio::task::spawn_blocking(move || App::open(settings)).await??;
    let cast = Cast { shared: true, ..Cast::default() };
    let (played, period) = play_together(&app, &cases, &cast, days.to, progress).await?;
    let period = Period { first: days.from.unwrap_or(period.first), ..period };
    let tenant = Municipality::parse(&app.services.settings.municipality).map(Tenant::of);
    let count = move |conn: &mut Conn| tenant.as_ref().map_or_else(|| Ok(Summary::default()), |own| summarise(conn, own, period));
    let summary = app.db.read(count).await.map_err(|failure| failed("the summary", failure))?;
    let refused = refused(&played);
    Ok((played, Summary { refused, ..summary }))
}

/// Plays cases together into an app, whose clock must be a set one; in the order of the cases, with the days that were played. The
/// cast must be a shared one.
///
/// # Errors
/// As [`replay_together`].
pub(super) async fn play_together(
    app: &App,
    cases: &[Case],
    cast: &Cast,
    to: Option<NaiveDate>,
    progress: Progress<'_>,
) -> Result<(Vec<Played>, Period), ReplayError> {
    for (number, case) in cases.iter().enumerate() {
        if cases.iter().take(number).any(|earlier| earlier.name == case.name) {
            return Err(failed(&case.name, "another case has the same name"));
        }
    }
    let first = first_of(cases)?.days().map_or(NaiveDate::MIN, |(first, _)| first);
    let last = cases.iter().filter_map(Case::days).map(|(_, last)| last).max().unwrap_or(first);
    let last = to.map_or(last, |to| last.min(to));
    let period = Period::new(first, last).ok_or(ReplayError::NoDays(last))?;
    let all = u64::try_from(period.days()).unwrap_or_default();
    let mut running: Vec<(usize, RunningCase)> = Vec::new();
    for (done, today) in (1..).zip(first.iter_days().take_while(|day| *day <= last)) {
        for (number, case) in cases.iter().enumerate() {
            if case.days().is_some_and(|(first, _)| first == today) {
                running.push((number, RunningCase::stage(app, case, cast, today).await?));
            }
        }
        let mut second = 0;
        for (_, course) in &mut running {
            second = course.acts(today, second).await?;
        }
        if running.iter().all(|(_, course)| course.schedule_runs()) {
            evening(app, today).await.map_err(|failure| failed("all", failure))?;
        }
        progress(done, all);
    }
    running.sort_by_key(|(number, _)| *number);
    let mut played = Vec::new();
    for (_, course) in running {
        played.push(course.judged().await?);
    }
    Ok((played, period))
}

fn first_of(cases: &[Case]) -> Result<&Case, ReplayError> {
    if let Some(idle) = cases.iter().find(|case| case.days().is_none()) {
        return Err(ReplayError::no_events(idle));
    }
    cases.iter().min_by_key(|case| case.days()).ok_or_else(|| crate::replay::reading::ReadError::NoCases.into())
}

fn failed(name: &str, why: impl std::fmt::Display) -> ReplayError {
    ReplayError::Case { name: name.to_owned(), why: why.to_string() }
}
