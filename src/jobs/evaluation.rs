//! Evaluates every citizen and every workplace whose day has come, each once and in a transaction of its own.

use crate::{
    actions::{ActionError, flags::evaluate},
    app::App,
    context::Context,
    domain::{
        people::tenant::Tenant,
        values::{
            day::At,
            ids::{CitizenId, WorkplaceId},
        },
    },
    jobs::{progress::Progress, run::Done},
    store::{Conn, StoreError, Tx, system::schedule},
};
use chrono::NaiveDate;

/// So many are found at a time.
const BATCH: i64 = 200;

/// Of what kind the things evaluated are.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Course,
    Workplace,
}

/// What is evaluated.
#[derive(Clone, Debug)]
enum DueSubject {
    Citizen(CitizenId),
    Workplace(WorkplaceId),
}

impl Kind {
    /// Those that are due after the last of the batch before: municipality, id, day.
    fn due(
        self,
        conn: &mut Conn,
        today: NaiveDate,
        after: &(NaiveDate, String),
    ) -> Result<Vec<(Tenant, DueSubject, NaiveDate)>, StoreError> {
        fn subjects<I>(due: Vec<(Tenant, I, NaiveDate)>, of: fn(I) -> DueSubject) -> Vec<(Tenant, DueSubject, NaiveDate)> {
            due.into_iter().map(|(tenant, id, day)| (tenant, of(id), day)).collect()
        }
        Ok(match self {
            Self::Course => subjects(schedule::citizens_to_look_at(conn, today, after, BATCH)?, DueSubject::Citizen),
            Self::Workplace => subjects(schedule::workplaces_to_look_at(conn, today, after, BATCH)?, DueSubject::Workplace),
        })
    }
}

impl DueSubject {
    fn id(&self) -> &str {
        match self {
            Self::Citizen(id) => id.as_str(),
            Self::Workplace(id) => id.as_str(),
        }
    }

    /// How many flags changed.
    fn evaluate(&self, tx: &mut Tx, context: &Context) -> Result<usize, ActionError> {
        match self {
            Self::Citizen(id) => evaluate::evaluate_citizen(tx, context, id),
            Self::Workplace(id) => evaluate::evaluate_workplace(tx, context, id),
        }
    }
}

/// Evaluates what is due. One that fails is logged and stays due.
pub async fn run(app: &App, at: At, progress: Progress<'_>) -> Result<Done, StoreError> {
    let count = move |conn: &mut Conn| {
        Ok::<_, StoreError>(
            schedule::count_citizens_to_look_at(conn, at.today)? + schedule::count_workplaces_to_look_at(conn, at.today)?,
        )
    };
    let total = u64::try_from(app.jobs_db.read(count).await?).unwrap_or_default();
    let mut done = Done::default();
    for kind in [Kind::Course, Kind::Workplace] {
        let mut after = (NaiveDate::default(), String::new());
        loop {
            let from = after.clone();
            let batch = app.jobs_db.read(move |conn: &mut Conn| kind.due(conn, at.today, &from)).await?;
            let Some((_, last, day)) = batch.last() else { break };
            after = (*day, last.id().to_owned());
            for (tenant, subject, _) in batch {
                if app.shutdown.is_requested() {
                    return Ok(done);
                }
                done.changed += evaluate_one(app, at, subject, tenant).await;
                done.handled += 1;
                progress(u64::try_from(done.handled).unwrap_or(total), total);
            }
        }
    }
    Ok(done)
}

async fn evaluate_one(app: &App, at: At, subject: DueSubject, tenant: Tenant) -> usize {
    let (services, about) = (app.services.clone(), subject.clone());
    let evaluate = move |tx: &mut Tx| about.evaluate(tx, &Context::schedule(&services, &tenant, at));
    match app.jobs_db.write(evaluate).await {
        Ok(changed) => changed,
        Err(error) => {
            tracing::error!(?subject, %error, "could not be evaluated");
            0
        }
    }
}
