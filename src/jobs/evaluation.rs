//! Evaluates every citizen and every workplace whose day has come, each once and in a transaction of its own.

use crate::{
    actions::{ActionError, flags::evaluate},
    app::App,
    context::Context,
    domain::{people::tenant::Tenant, values::day::At},
    jobs::{progress::Progress, run::Done},
    store::{Conn, StoreError, Tx, citizens, companies::workplaces},
};
use chrono::NaiveDate;

/// So many are found at a time.
const BATCH: i64 = 200;

/// What is evaluated.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Course,
    Workplace,
}

impl Subject {
    /// Those that are due after the last of the batch before: municipality, id, day.
    fn due(
        self,
        conn: &mut Conn,
        today: NaiveDate,
        after: &(NaiveDate, String),
    ) -> Result<Vec<(Tenant, String, NaiveDate)>, StoreError> {
        match self {
            Self::Course => citizens::to_look_at(conn, today, after, BATCH),
            Self::Workplace => workplaces::to_look_at(conn, today, after, BATCH),
        }
    }

    /// How many flags changed.
    fn evaluate(self, tx: &mut Tx, context: &Context, id: &str) -> Result<usize, ActionError> {
        match self {
            Self::Course => evaluate::look(tx, context, id),
            Self::Workplace => evaluate::look_at(tx, context, id),
        }
    }
}

/// Evaluates what is due. One that fails is logged and stays due.
pub async fn run(app: &App, at: At, progress: Progress<'_>) -> Result<Done, StoreError> {
    let count = move |conn: &mut Conn| {
        Ok::<_, StoreError>(citizens::count_to_look_at(conn, at.today)? + workplaces::count_to_look_at(conn, at.today)?)
    };
    let total = u64::try_from(app.jobs_db.read(count).await?).unwrap_or_default();
    let mut done = Done::default();
    for subject in [Subject::Course, Subject::Workplace] {
        let mut after = (NaiveDate::default(), String::new());
        loop {
            let from = after.clone();
            let batch = app.jobs_db.read(move |conn: &mut Conn| subject.due(conn, at.today, &from)).await?;
            let Some((_, last, day)) = batch.last() else { break };
            after = (*day, last.clone());
            for (tenant, id, _) in batch {
                if app.shutdown.is_requested() {
                    return Ok(done);
                }
                done.changed += evaluate_one(app, at, subject, tenant, id).await;
                done.handled += 1;
                progress(u64::try_from(done.handled).unwrap_or(total), total);
            }
        }
    }
    Ok(done)
}

async fn evaluate_one(app: &App, at: At, subject: Subject, tenant: Tenant, id: String) -> usize {
    let (services, about) = (app.services.clone(), id.clone());
    let evaluate = move |tx: &mut Tx| subject.evaluate(tx, &Context::schedule(&services, &tenant, at), &about);
    match app.jobs_db.write(evaluate).await {
        Ok(changed) => changed,
        Err(error) => {
            tracing::error!(?subject, id, %error, "could not be evaluated");
            0
        }
    }
}
