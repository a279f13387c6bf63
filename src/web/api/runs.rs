//! Runs of the schedule.

use crate::{
    app::App,
    views::{
        page::Page,
        runs::{self, RunQuery, RunView},
    },
    web::{
        request::{Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{get, web};

/// The runs of the schedule, latest first.
#[utoipa::path(operation_id = "list_runs", tag = "letters", params(RunQuery), responses((status = 200, body = Page<RunView>)))]
#[get("/runs")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, RunQuery>) -> Answered {
    ask.list(&app, runs::page).await
}
