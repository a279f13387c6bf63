//! Restricting the data of a citizen: it may only be kept, until that is lifted.

use crate::{
    actions::people::restricting::{self as act, RestrictionReasons},
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

/// Restricts the data of a citizen (GDPR art. 18): nothing of it is changed or erased until a team leader lifts it.
#[utoipa::path(operation_id = "restrict_citizen", tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = RestrictionReasons, responses((status = 200, body = CitizenView)))]
#[post("/citizens/{id}/restriction")]
pub async fn restrict(app: web::Data<App>, ask: Authenticated<RestrictionReasons>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::restrict(tx, context, seen, &id.0, body)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}

/// Lifts the restriction: the data may be changed again, and is erased when its time comes.
#[utoipa::path(operation_id = "lift_restriction", tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = RestrictionReasons, responses((status = 200, body = CitizenView)))]
#[post("/citizens/{id}/restriction/lifting")]
pub async fn lift(app: web::Data<App>, ask: Authenticated<RestrictionReasons>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::lift(tx, context, seen, &id.0, body)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}
