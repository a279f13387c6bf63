//! Steps without an internship: conversations, what must come first, clarifications that are awaited.

use crate::{
    actions::people::steps::{self as act, NewStep, StepCancelling, StepDone, StepMove},
    app::App,
    domain::values::ids::{CitizenId, StepId},
    views::{
        page::Page,
        steps::{self, StepView},
    },
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// What is planned or awaited for a citizen, and what was done.
#[utoipa::path(tag = "steps", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<StepView>)))]
#[get("/citizens/{id}/steps")]
pub async fn of_citizen(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| steps::of_citizen(conn, context, &id.0)).await
}

/// Plans a conversation or a step, notes a clarification that is awaited, or records what was done.
#[utoipa::path(tag = "steps", params(("id" = CitizenId, Path)), request_body = NewStep, responses((status = 201, body = StepView)))]
#[post("/citizens/{id}/steps")]
pub async fn add(app: web::Data<App>, ask: Authenticated<NewStep>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::add(tx, context, &id.0, body)?;
        Ok(steps::one(tx, context, &made)?.at(format!("/api/v1/steps/{made}")))
    })
    .await
}

/// One step.
#[utoipa::path(tag = "steps", params(("id" = StepId, Path)), responses((status = 200, body = StepView)))]
#[get("/steps/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<StepId>) -> Answered {
    ask.read(&app, move |conn, context, _| steps::one(conn, context, &id.0)).await
}

/// Records that it was done, held, or has come.
#[utoipa::path(tag = "steps", params(("id" = StepId, Path), IfMatch), request_body = StepDone, responses((status = 200, body = StepView)))]
#[post("/steps/{id}/done")]
pub async fn finish(app: web::Data<App>, ask: Authenticated<StepDone>, id: Id<StepId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::finish(tx, context, seen, &id.0, body)?;
        steps::one(tx, context, &id.0)
    })
    .await
}

/// Gives it another day.
#[utoipa::path(tag = "steps", params(("id" = StepId, Path), IfMatch), request_body = StepMove, responses((status = 200, body = StepView)))]
#[post("/steps/{id}/move")]
pub async fn move_to(app: web::Data<App>, ask: Authenticated<StepMove>, id: Id<StepId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::move_to(tx, context, seen, &id.0, body)?;
        steps::one(tx, context, &id.0)
    })
    .await
}

/// Gives it up, with the reason.
#[utoipa::path(tag = "steps", params(("id" = StepId, Path), IfMatch), request_body = StepCancelling, responses((status = 200, body = StepView)))]
#[post("/steps/{id}/cancellation")]
pub async fn cancel(app: web::Data<App>, ask: Authenticated<StepCancelling>, id: Id<StepId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::cancel(tx, context, seen, &id.0, body)?;
        steps::one(tx, context, &id.0)
    })
    .await
}
