//! The prospects of a job at a workplace.

use crate::{
    actions::companies::prospects::{self as act, NewProspect, Withdrawal},
    app::App,
    domain::values::ids::{ProspectId, WorkplaceId},
    views::{
        page::Page,
        prospects::{self, ProspectView},
    },
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// The prospects of a job at a workplace.
#[utoipa::path(operation_id = "prospects", tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<ProspectView>)))]
#[get("/workplaces/{id}/prospects")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| prospects::of_workplace(conn, context, &id.0)).await
}

/// Records a prospect of a job, with the company's own words.
#[utoipa::path(operation_id = "add_prospect", tag = "companies", params(("id" = WorkplaceId, Path)), request_body = NewProspect, responses((status = 201, body = ProspectView)))]
#[post("/workplaces/{id}/prospects")]
pub async fn add(app: web::Data<App>, ask: Authenticated<NewProspect>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::add(tx, context, &id.0, body)?;
        Ok(prospects::one(tx, context, &new)?.at(format!("/api/v1/prospects/{new}")))
    })
    .await
}

/// One prospect.
#[utoipa::path(operation_id = "prospect", tag = "companies", params(("id" = ProspectId, Path)), responses((status = 200, body = ProspectView)))]
#[get("/prospects/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ProspectId>) -> Answered {
    ask.read(&app, move |conn, context, _| prospects::one(conn, context, &id.0)).await
}

/// Withdraws a prospect.
#[utoipa::path(operation_id = "withdraw_prospect", tag = "companies", params(("id" = ProspectId, Path), IfMatch), request_body = Withdrawal, responses((status = 200, body = ProspectView)))]
#[post("/prospects/{id}/withdrawal")]
pub async fn withdraw(app: web::Data<App>, ask: Authenticated<Withdrawal>, id: Id<ProspectId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::withdraw(tx, context, seen, &id.0, body)?;
        prospects::one(tx, context, &id.0)
    })
    .await
}
