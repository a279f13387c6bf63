//! Closing a citizen's course, and opening it again.

use crate::{
    actions::people::closing::{self as act, Closing, Reopening},
    app::App,
    domain::values::ids::CitizenId,
    views::citizens::{self, CitizenView},
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{post, web};

/// Closes the course of a citizen who dies, moves or goes otherwise. Everything open is closed with it.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = Closing, responses((status = 200, body = CitizenView)))]
#[post("/citizens/{id}/closing")]
pub async fn close(app: web::Data<App>, ask: Authenticated<Closing>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::close(tx, context, seen, &id.0, body)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}

/// Opens a closed course again: it was closed in error, or the citizen has come back.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = Reopening, responses((status = 200, body = CitizenView)))]
#[post("/citizens/{id}/reopening")]
pub async fn reopen(app: web::Data<App>, ask: Authenticated<Reopening>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::reopen(tx, context, seen, &id.0, body)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}
