//! Who works at a workplace: ordinary staff, and persons whom others have placed there.

use crate::{
    actions::companies::staff::{self as act, PlacedByOthers, Staff},
    app::App,
    domain::values::{ids::WorkplaceId, month::Month},
    views::{
        Representation,
        page::Page,
        staff::{self, PlacedView, StaffView},
    },
    web::{
        path::{Id, InMonth},
        request::Authenticated,
        response::Answered,
    },
};
use actix_web::{get, post, put, web};

/// Ordinary staff at a workplace, month by month.
#[utoipa::path(operation_id = "staff", tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<StaffView>)))]
#[get("/workplaces/{id}/staff")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| staff::of_workplace(conn, context, &id.0)).await
}

/// Puts the ordinary staff of a month, over an older figure.
#[utoipa::path(operation_id = "put_staff", tag = "companies", params(("id" = WorkplaceId, Path), ("month" = Month, Path)), request_body = Staff, responses((status = 200, body = Page<StaffView>)))]
#[put("/workplaces/{id}/staff/{month}")]
pub async fn put(app: web::Data<App>, ask: Authenticated<Staff>, id: Id<WorkplaceId>, month: InMonth) -> Answered {
    ask.add(&app, move |tx, context, body| {
        act::put(tx, context, &id.0, month.0, body)?;
        Ok(Representation::only(staff::of_workplace(tx, context, &id.0)?))
    })
    .await
}

/// Persons whom others have placed at a workplace, the latest report first; the latest counts for the ratio.
#[utoipa::path(operation_id = "others", tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<PlacedView>)))]
#[get("/workplaces/{id}/placed-by-others")]
pub async fn placed_by_others(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| staff::placed_by_others(conn, context, &id.0)).await
}

/// Reports all persons whom others have placed there as of a day, over what was said of that day before.
#[utoipa::path(operation_id = "put_others", tag = "companies", params(("id" = WorkplaceId, Path)), request_body = PlacedByOthers, responses((status = 200, body = Page<PlacedView>)))]
#[post("/workplaces/{id}/placed-by-others")]
pub async fn report_placed_by_others(app: web::Data<App>, ask: Authenticated<PlacedByOthers>, id: Id<WorkplaceId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        act::put_others(tx, context, &id.0, body)?;
        Ok(Representation::only(staff::placed_by_others(tx, context, &id.0)?))
    })
    .await
}
