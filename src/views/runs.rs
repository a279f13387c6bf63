//! Runs of the schedule, of the whole instance.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{people::access::Permission, values::day::plus},
    store::{Conn, runs, schema::RunRow},
    views::page::{Limit, Page, USUAL_LIMIT},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct RunView {
    pub job: String,
    pub day: NaiveDate,
    pub started_at: DateTime<Utc>,
    /// The end of its latest round on that day.
    pub finished_at: Option<DateTime<Utc>>,
    /// How much it has done on that day.
    pub done: i64,
}

fn view(row: RunRow) -> RunView {
    RunView {
        job: row.job,
        day: row.day,
        started_at: row.started_at.and_utc(),
        finished_at: row.finished_at.map(|at| at.and_utc()),
        done: row.done,
    }
}

crate::input! {
    /// Which runs.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct RunQuery {
        /// Those before a day; left out: the latest.
        pub before: Option<NaiveDate>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The runs of the schedule, latest first.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &RunQuery) -> Result<Page<RunView>, ActionError> {
    context.authorize(Permission::SeeRuns)?;
    let before = query.before.unwrap_or(plus(context.at.today, 1));
    let rows = runs::page(conn, before, query.limit.map_or(USUAL_LIMIT, Limit::get))?;
    Ok(Page::whole(rows.into_iter().map(view).collect()))
}
