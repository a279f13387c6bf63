//! Flags: listed, shown, acknowledged, snoozed.

use crate::{
    actions::flags::handling::{self, Acknowledgement, Snooze},
    app::App,
    domain::values::ids::FlagId,
    views::{
        flags::{self, FlagLine, FlagQuery, FlagView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// The flags of the municipality.
#[utoipa::path(tag = "flags", params(FlagQuery), responses((status = 200, body = Page<FlagLine>)))]
#[get("/flags")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, FlagQuery>) -> Answered {
    ask.list(&app, flags::page).await
}

/// One flag: its evidence, its history, and who was told.
#[utoipa::path(tag = "flags", params(("id" = FlagId, Path)), responses((status = 200, body = FlagView)))]
#[get("/flags/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<FlagId>) -> Answered {
    ask.read(&app, move |conn, context, _| flags::one(conn, context, &id.0)).await
}

/// Acknowledges a flag with a reason: no more letters at its level. An alarm only by a team leader.
#[utoipa::path(tag = "flags", params(("id" = FlagId, Path), IfMatch), request_body = Acknowledgement, responses((status = 200, body = FlagView)))]
#[post("/flags/{id}/acknowledgement")]
pub async fn acknowledge(app: web::Data<App>, ask: Authenticated<Acknowledgement>, id: Id<FlagId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        handling::acknowledge(tx, context, seen, &id.0, body)?;
        flags::one(tx, context, &id.0)
    })
    .await
}

/// Lets a flag be quiet for at most 28 days.
#[utoipa::path(tag = "flags", params(("id" = FlagId, Path), IfMatch), request_body = Snooze, responses((status = 200, body = FlagView)))]
#[post("/flags/{id}/snooze")]
pub async fn snooze(app: web::Data<App>, ask: Authenticated<Snooze>, id: Id<FlagId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        handling::snooze(tx, context, seen, &id.0, body)?;
        flags::one(tx, context, &id.0)
    })
    .await
}
