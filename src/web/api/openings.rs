//! Openings: what workplaces offer.

use crate::{
    actions::companies::openings::{self as act, Closure, OpeningDetails, OpeningPatch, Renewal},
    actions::patching::patched,
    app::App,
    domain::{
        people::access::Permission,
        values::ids::{OpeningId, WorkplaceId},
    },
    views::{
        openings::{self, OpeningQuery, OpeningView, WorkplaceOpeningQuery},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, DryRun, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, patch, post, put, web};

/// The openings in force.
#[utoipa::path(tag = "openings", params(OpeningQuery), responses((status = 200, body = Page<OpeningView>)))]
#[get("/openings")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, OpeningQuery>) -> Answered {
    ask.list(&app, openings::page).await
}

/// The openings at a workplace.
#[utoipa::path(tag = "openings", params(("id" = WorkplaceId, Path), WorkplaceOpeningQuery), responses((status = 200, body = Page<OpeningView>)))]
#[get("/workplaces/{id}/openings")]
pub async fn at_workplace(
    app: web::Data<App>,
    ask: Authenticated<NoBody, WorkplaceOpeningQuery>,
    id: Id<WorkplaceId>,
) -> Answered {
    ask.list(&app, move |conn, context, query| openings::of_workplace(conn, context, &id.0, query)).await
}

/// Registers what a workplace offers. Recruitment only where a job is in sight.
#[utoipa::path(tag = "openings", params(("id" = WorkplaceId, Path), DryRun), request_body = OpeningDetails, responses((status = 201, body = OpeningView), (status = 200, description = "A rehearsal: nothing was written.", body = OpeningView)))]
#[post("/workplaces/{id}/openings")]
pub async fn offer(app: web::Data<App>, ask: Authenticated<OpeningDetails, DryRun>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::offer(tx, context, &id.0, body)?;
        Ok(openings::one(tx, context, &new)?.at(format!("/api/v1/openings/{new}")))
    })
    .await
}

/// One opening.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path)), responses((status = 200, body = OpeningView)))]
#[get("/openings/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<OpeningId>) -> Answered {
    ask.read(&app, move |conn, context, _| openings::one(conn, context, &id.0)).await
}

/// Changes an opening.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch, DryRun), request_body = OpeningDetails, responses((status = 200, body = OpeningView)))]
#[put("/openings/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<OpeningDetails, DryRun>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        openings::one(tx, context, &id.0)
    })
    .await
}

/// Changes some fields of an opening: what is left out stays (RFC 7396).
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch, DryRun), request_body(content(
    (OpeningPatch = "application/json"), (OpeningPatch = "application/merge-patch+json"))), responses((status = 200, body = OpeningView)))]
#[patch("/openings/{id}")]
pub async fn amend(app: web::Data<App>, ask: Authenticated<OpeningPatch, DryRun>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, patch| {
        let whole = patched(context, Permission::KeepCompanies, patch, || Ok(openings::one(tx, context, &id.0)?.body))?;
        act::change(tx, context, seen, &id.0, &whole)?;
        openings::one(tx, context, &id.0)
    })
    .await
}

/// Lets an opening stand on, when the company says that it still does; one that has expired stands again.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch), request_body = Renewal, responses((status = 200, body = OpeningView)))]
#[post("/openings/{id}/renewal")]
pub async fn renew(app: web::Data<App>, ask: Authenticated<Renewal>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::renew(tx, context, seen, &id.0, body)?;
        openings::one(tx, context, &id.0)
    })
    .await
}

/// Closes an opening that is no longer there.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch), request_body = Closure, responses((status = 200, body = OpeningView)))]
#[post("/openings/{id}/closure")]
pub async fn close(app: web::Data<App>, ask: Authenticated<Closure>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::close(tx, context, seen, &id.0, body)?;
        openings::one(tx, context, &id.0)
    })
    .await
}
