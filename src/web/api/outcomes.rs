//! Outcomes: what somebody went on to, how long it lasted, and what follows it.

use crate::{
    actions::internships::{
        ending::{self, LaterStep, NextStep, OutcomeEnd},
        retention,
    },
    app::App,
    context::Seen,
    domain::{
        internships::retention::NewRetentionCheck,
        values::ids::{InternshipId, OutcomeId},
    },
    views::outcomes::{self, OutcomeView},
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, put, web};

/// Records a later step that came of an internship: the job after the wage subsidy.
#[utoipa::path(tag = "outcomes", params(("id" = InternshipId, Path)), request_body = LaterStep, responses((status = 201, body = OutcomeView)))]
#[post("/internships/{id}/outcomes")]
pub async fn later_step(app: web::Data<App>, ask: Authenticated<LaterStep>, id: Id<InternshipId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = ending::later_step(tx, context, &id.0, body)?;
        Ok(outcomes::one(tx, context, &made)?.at(format!("/api/v1/outcomes/{made}")))
    })
    .await
}

/// One outcome.
#[utoipa::path(operation_id = "outcome", tag = "outcomes", params(("id" = OutcomeId, Path)), responses((status = 200, body = OutcomeView)))]
#[get("/outcomes/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<OutcomeId>) -> Answered {
    ask.read(&app, move |conn, context, _| outcomes::one(conn, context, &id.0)).await
}

/// Records that a job, wage subsidy or education has ended. A hire that did not hold 13 weeks counts as if it had not been.
#[utoipa::path(operation_id = "end_outcome", tag = "outcomes", params(("id" = OutcomeId, Path), IfMatch), request_body = OutcomeEnd, responses((status = 200, body = OutcomeView)))]
#[post("/outcomes/{id}/end")]
pub async fn end(app: web::Data<App>, ask: Authenticated<OutcomeEnd>, id: Id<OutcomeId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        ending::end_outcome(tx, context, seen, &id.0, body)?;
        outcomes::one(tx, context, &id.0)
    })
    .await
}

/// Checks that a job holds, 13 and 26 weeks after its first day, and that the accommodations still do.
#[utoipa::path(tag = "outcomes", params(("id" = OutcomeId, Path)), request_body = NewRetentionCheck, responses((status = 201, body = OutcomeView)))]
#[post("/outcomes/{id}/retention-checks")]
pub async fn check_retention(app: web::Data<App>, ask: Authenticated<NewRetentionCheck>, id: Id<OutcomeId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        retention::check(tx, context, Seen::Newest, &id.0, body)?;
        outcomes::one(tx, context, &id.0)
    })
    .await
}

/// Records what follows a wage subsidy.
#[utoipa::path(tag = "outcomes", params(("id" = OutcomeId, Path), IfMatch), request_body = NextStep, responses((status = 200, body = OutcomeView)))]
#[put("/outcomes/{id}/next-step")]
pub async fn plan_after(app: web::Data<App>, ask: Authenticated<NextStep>, id: Id<OutcomeId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        ending::plan_after(tx, context, seen, &id.0, body)?;
        outcomes::one(tx, context, &id.0)
    })
    .await
}
