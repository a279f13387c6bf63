//! What became of the internships at a workplace, or at all workplaces of a company (S8).

use crate::{
    actions::ActionError,
    app::App,
    domain::{
        people::access::Permission,
        values::ids::{CompanyId, WorkplaceId},
    },
    store::companies,
    views::{self, RecordView},
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, Representation},
    },
};
use actix_web::{get, web};

/// The record of a workplace: internships, extensions, hires, supported persons against staff, decisions, share hired with its
/// uncertainty, flags, contact history. No citizen's name or reference is in it.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = RecordView)))]
#[get("/workplaces/{id}/record")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.read(&app, move |conn, context, _| {
        context.authorize(Permission::SeeCompanies)?;
        let place = companies::workplaces::find(conn, context.tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        Ok(Representation::only(views::workplace_record(conn, context, &place)?))
    })
    .await
}

/// The record of a company: all its workplaces together, and each of them.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path)), responses((status = 200, body = RecordView)))]
#[get("/companies/{id}/record")]
pub async fn of_company(app: web::Data<App>, ask: Authenticated, id: Id<CompanyId>) -> Answered {
    ask.read(&app, move |conn, context, _| {
        context.authorize(Permission::SeeCompanies)?;
        let company = companies::find(conn, context.tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        Ok(Representation::only(views::company_record(conn, context, &company)?))
    })
    .await
}
