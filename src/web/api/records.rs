//! What became of the internships at a workplace, or at all workplaces of a company (S8).

use crate::{
    app::App,
    domain::values::ids::{CompanyId, WorkplaceId},
    views::records::{self, RecordView},
    web::{path::Id, request::Authenticated, response::Answered},
};
use actix_web::{get, web};

/// The record of a workplace: internships, extensions, hires, supported persons against staff, decisions, share hired with its
/// uncertainty, flags, contact history. No citizen's name or reference is in it.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = RecordView)))]
#[get("/workplaces/{id}/record")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.read(&app, move |conn, context, _| records::of_workplace(conn, context, &id.0)).await
}

/// The record of a company: all its workplaces together, and each of them.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path)), responses((status = 200, body = RecordView)))]
#[get("/companies/{id}/record")]
pub async fn of_company(app: web::Data<App>, ask: Authenticated, id: Id<CompanyId>) -> Answered {
    ask.read(&app, move |conn, context, _| records::of_company(conn, context, &id.0)).await
}
