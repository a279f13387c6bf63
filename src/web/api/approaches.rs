//! Approaches: who turned to a company when.

use crate::{
    actions::companies::approaches::{self as act, NewApproach},
    app::App,
    domain::values::ids::{CompanyId, WorkplaceId},
    views::{
        approaches::{self, ApproachView},
        page::{Page, Pages},
    },
    web::{
        path::Id,
        request::{Authenticated, DryRun, NoBody},
        response::Answered,
    },
};
use actix_web::{get, post, web};

/// Records that somebody here turned to a company: no more uninvited ones in a month than its limit, and none in writing to one
/// that is protected against advertising.
#[utoipa::path(operation_id = "approach", tag = "openings", params(("id" = WorkplaceId, Path), DryRun), request_body = NewApproach, responses((status = 201, body = ApproachView), (status = 200, description = "A rehearsal: nothing was written.", body = ApproachView)))]
#[post("/workplaces/{id}/approaches")]
pub async fn record(app: web::Data<App>, ask: Authenticated<NewApproach, DryRun>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::record(tx, context, &id.0, body)?;
        approaches::one(tx, context, &made)
    })
    .await
}

/// Who turned to a workplace when.
#[utoipa::path(operation_id = "approaches_there", tag = "openings", params(("id" = WorkplaceId, Path), Pages), responses((status = 200, body = Page<ApproachView>)))]
#[get("/workplaces/{id}/approaches")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, pages| approaches::of_workplace(conn, context, &id.0, pages)).await
}

/// Who turned to a company when, at whichever of its workplaces.
#[utoipa::path(operation_id = "approaches_to", tag = "openings", params(("id" = CompanyId, Path), Pages), responses((status = 200, body = Page<ApproachView>)))]
#[get("/companies/{id}/approaches")]
pub async fn of_company(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CompanyId>) -> Answered {
    ask.list(&app, move |conn, context, pages| approaches::of_company(conn, context, &id.0, pages)).await
}
