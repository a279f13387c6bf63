//! Days on which a workplace is closed.

use crate::{
    actions::{
        companies::closures::{self as act, NewClosure},
        put_right::recording::Correcting,
    },
    app::App,
    domain::values::ids::{ClosureId, WorkplaceId},
    views::{
        closures::{self, ClosureView},
        page::Page,
    },
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// The days on which a workplace is closed, in their order.
#[utoipa::path(operation_id = "closures", tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<ClosureView>)))]
#[get("/workplaces/{id}/closures")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| closures::of_workplace(conn, context, &id.0)).await
}

/// Records days on which a workplace is closed. Whoever waits for the company does not count them, and follow-ups there wait until the
/// day after; no internship is paused.
#[utoipa::path(operation_id = "add_closure", tag = "companies", params(("id" = WorkplaceId, Path)), request_body = NewClosure, responses((status = 201, body = ClosureView)))]
#[post("/workplaces/{id}/closures")]
pub async fn add(app: web::Data<App>, ask: Authenticated<NewClosure>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::add(tx, context, &id.0, body)?;
        Ok(closures::one(tx, context, &made)?.at(format!("/api/v1/closures/{made}")))
    })
    .await
}

/// Days on which a workplace is closed.
#[utoipa::path(operation_id = "closure", tag = "companies", params(("id" = ClosureId, Path)), responses((status = 200, body = ClosureView)))]
#[get("/closures/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ClosureId>) -> Answered {
    ask.read(&app, move |conn, context, _| closures::one(conn, context, &id.0)).await
}

/// Registers such days in error: they count nowhere, and what waited for them comes back.
#[utoipa::path(operation_id = "closure_in_error", tag = "corrections", params(("id" = ClosureId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = ClosureView)))]
#[post("/closures/{id}/in-error")]
pub async fn in_error(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<ClosureId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::in_error(tx, context, seen, &id.0, body)?;
        closures::one(tx, context, &id.0)
    })
    .await
}
