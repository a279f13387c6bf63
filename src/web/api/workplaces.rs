//! Workplaces (production units).

use crate::{
    actions::companies::workplaces::{self as act, NewWorkplace, WorkplaceDetails, WorkplacePatch},
    actions::patching::patched,
    app::App,
    domain::{
        people::access::Permission,
        values::ids::{CompanyId, WorkplaceId},
    },
    views::{
        page::{Page, Pages},
        workplaces::{self, WorkplaceQuery, WorkplaceView, WorkplacesFound},
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, patch, post, put, web};

/// The workplaces of the municipality's register, all or those that are looked for: the nearest first where `near` is given,
/// the best name first where `name` is.
#[utoipa::path(operation_id = "list_workplaces", tag = "companies", params(WorkplaceQuery), responses((status = 200, body = WorkplacesFound)))]
#[get("/workplaces")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, WorkplaceQuery>) -> Answered {
    ask.list(&app, workplaces::page).await
}

/// The workplaces of a company.
#[utoipa::path(operation_id = "workplaces", tag = "companies", params(("id" = CompanyId, Path), Pages), responses((status = 200, body = Page<WorkplaceView>)))]
#[get("/companies/{id}/workplaces")]
pub async fn of_company(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CompanyId>) -> Answered {
    ask.list(&app, move |conn, context, pages| workplaces::of_company(conn, context, &id.0, pages)).await
}

/// Registers a workplace (production unit) of a company.
#[utoipa::path(operation_id = "add_workplace", tag = "companies", params(("id" = CompanyId, Path)), request_body = NewWorkplace, responses((status = 201, body = WorkplaceView)))]
#[post("/companies/{id}/workplaces")]
pub async fn add(app: web::Data<App>, ask: Authenticated<NewWorkplace>, id: Id<CompanyId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::add(tx, context, &id.0, body)?;
        Ok(workplaces::one(tx, context, &new)?.at(format!("/api/v1/workplaces/{new}")))
    })
    .await
}

/// One workplace.
#[utoipa::path(operation_id = "workplace", tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = WorkplaceView)))]
#[get("/workplaces/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.read(&app, move |conn, context, _| workplaces::one(conn, context, &id.0)).await
}

/// Changes a workplace, and whether it foresees a vacancy.
#[utoipa::path(operation_id = "change_workplace", tag = "companies", params(("id" = WorkplaceId, Path), IfMatch), request_body = WorkplaceDetails, responses((status = 200, body = WorkplaceView)))]
#[put("/workplaces/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<WorkplaceDetails>, id: Id<WorkplaceId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        workplaces::one(tx, context, &id.0)
    })
    .await
}

/// Changes some fields of a workplace: what is left out stays (RFC 7396), its `location` too.
#[utoipa::path(operation_id = "patch_workplace", tag = "companies", params(("id" = WorkplaceId, Path), IfMatch), request_body(content(
    (WorkplacePatch = "application/json"), (WorkplacePatch = "application/merge-patch+json"))), responses((status = 200, body = WorkplaceView)))]
#[patch("/workplaces/{id}")]
pub async fn amend(app: web::Data<App>, ask: Authenticated<WorkplacePatch>, id: Id<WorkplaceId>) -> Answered {
    ask.change(&app, move |tx, context, seen, patch| {
        let whole = patched(context, Permission::KeepCompanies, patch, || workplaces::whole(tx, context, &id.0))?;
        act::change(tx, context, seen, &id.0, &whole)?;
        workplaces::one(tx, context, &id.0)
    })
    .await
}
