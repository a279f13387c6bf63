//! What whoever runs the service asks: does it live, is it ready, what are its counts.
//!
//! *Live* touches nothing: it fails where a restart helps. *Ready* fails where requests cannot be answered: the database does not
//! answer in time, or tables are missing. What a restart or another instance would not mend leaves it ready and is told as
//! `degraded`: letters that wait too long, a schedule that has stopped, tables newer than this program (which is so while
//! instances are replaced one by one), a clock that jumped. A damaged database is not ready: nothing can be written.

use crate::{
    app::App,
    domain::values::{day::At, localized::localized},
    store::{Conn, StoreError},
    telemetry::DatabaseMetrics,
    views::health::{Health, health},
    web::problem::{Problem, ProblemKind},
};
use actix_web::{HttpResponse, http::header, web};
use std::time::Duration;

/// Health checks do not wait: a database that takes longer counts as not answering.
const PATIENCE: Duration = Duration::from_secs(2);
/// When to ask again, in seconds.
const AGAIN: i64 = 5;

/// Touches nothing.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "live"}))
}

/// Whether requests can be answered, and how the schedule keeps up.
pub async fn ready(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    if app.db.is_damaged() {
        return Err(StoreError::Damaged("it was met before".into()).into());
    }
    let found = ask(&app, app.clock.now()).await.map_err(|failure| {
        tracing::warn!(%failure, "not ready");
        Problem { retry_after: Some(AGAIN), ..Problem::new(ProblemKind::Unavailable) }
    })?;
    match found {
        Health::Stands(standing) => {
            app.clock_watch.look(&app.clock);
            let every_minutes = i64::from(app.services.settings.schedule.every_minutes);
            let body = standing.view(every_minutes, app.clock_watch.has_jumped());
            Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body))
        }
        Health::TablesMissing(missing) => {
            let names = missing.join(", ");
            tracing::warn!(missing = names, "not ready");
            let detail = localized(
                format!("Tabellerne mangler {names}: kør `rettematch migrate`."),
                format!("The tables lack {names}: run `rettematch migrate`."),
            );
            Err(Problem { retry_after: Some(AGAIN), ..Problem::with(ProblemKind::TablesBehind, detail) })
        }
    }
}

/// All metrics for Prometheus; without the database's figures if it does not answer.
pub async fn metrics(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let database = match ask(&app, app.clock.now()).await {
        Ok(Health::Stands(standing)) => Some(DatabaseMetrics {
            due: standing.due(),
            oldest_due_seconds: standing.oldest_due_seconds().unwrap_or_default(),
            finished: standing.finished(),
        }),
        Ok(Health::TablesMissing(_)) | Err(_) => None,
    };
    let text = app.metrics.text(database.as_ref()).map_err(|why| {
        tracing::error!(%why, "a request failed");
        Problem::new(ProblemKind::Internal)
    })?;
    let answer = HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text);
    Ok(answer)
}

async fn ask(app: &App, at: At) -> Result<Health, StoreError> {
    let read = app.db.read(move |conn: &mut Conn| health(conn, at));
    let answered = tokio::time::timeout(PATIENCE, read).await;
    answered.unwrap_or_else(|_| Err(StoreError::Unreachable(format!("no answer within {} seconds", PATIENCE.as_secs()))))
}
