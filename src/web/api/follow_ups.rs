//! Follow-ups: planned, held, moved, cancelled; and what citizen and consultant believe over time (S16).

use crate::{
    actions::internships::follow_ups::{self as act, FollowUpCancelling, Move, NewAddendum},
    app::App,
    domain::{
        internships::follow_up::Record,
        values::ids::{CitizenId, FollowUpId, InternshipId},
    },
    views::{
        follow_ups::{self, BeliefsView, FollowUpQuery, FollowUpView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// The follow-ups of the municipality, in the order in which they were planned.
#[utoipa::path(tag = "follow-ups", params(FollowUpQuery), responses((status = 200, body = Page<FollowUpView>)))]
#[get("/follow-ups")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, FollowUpQuery>) -> Answered {
    ask.list(&app, follow_ups::page).await
}

/// One follow-up, with what was said.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path)), responses((status = 200, body = FollowUpView)))]
#[get("/follow-ups/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<FollowUpId>) -> Answered {
    ask.read(&app, move |conn, context, _| follow_ups::one(conn, context, &id.0)).await
}

/// Records a planned follow-up as held.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path), IfMatch), request_body = Record, responses((status = 200, body = FollowUpView)))]
#[post("/follow-ups/{id}/record")]
pub async fn hold(app: web::Data<App>, ask: Authenticated<Record>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::hold(tx, context, seen, &id.0, body)?;
        follow_ups::one(tx, context, &id.0)
    })
    .await
}

/// Records a follow-up held on a day of its own; it takes the place of the planned one nearest to it.
#[utoipa::path(tag = "follow-ups", params(("id" = InternshipId, Path)), request_body = Record, responses((status = 201, body = FollowUpView)))]
#[post("/internships/{id}/follow-ups")]
pub async fn hold_extra(app: web::Data<App>, ask: Authenticated<Record>, id: Id<InternshipId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::hold_extra(tx, context, &id.0, body)?;
        Ok(follow_ups::one(tx, context, &made)?.at(format!("/api/v1/follow-ups/{made}")))
    })
    .await
}

/// Moves a follow-up to another day, or records the time and place that are agreed for it.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path), IfMatch), request_body = Move, responses((status = 200, body = FollowUpView)))]
#[post("/follow-ups/{id}/move")]
pub async fn move_to(app: web::Data<App>, ask: Authenticated<Move>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::move_to(tx, context, seen, &id.0, body)?;
        follow_ups::one(tx, context, &id.0)
    })
    .await
}

/// Cancels a follow-up, with the reason.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path), IfMatch), request_body = FollowUpCancelling, responses((status = 200, body = FollowUpView)))]
#[post("/follow-ups/{id}/cancellation")]
pub async fn cancel(app: web::Data<App>, ask: Authenticated<FollowUpCancelling>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::cancel(tx, context, seen, &id.0, body)?;
        follow_ups::one(tx, context, &id.0)
    })
    .await
}

/// Adds to a follow-up that was held; what was said stays as it is.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path)), request_body = NewAddendum, responses((status = 201, body = FollowUpView)))]
#[post("/follow-ups/{id}/addenda")]
pub async fn append(app: web::Data<App>, ask: Authenticated<NewAddendum>, id: Id<FollowUpId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        act::append(tx, context, &id.0, body)?;
        follow_ups::one(tx, context, &id.0)
    })
    .await
}

/// What citizen and consultant believe, with phase and motivation, over time; and what the study advises for the latest.
#[utoipa::path(tag = "follow-ups", params(("id" = CitizenId, Path)), responses((status = 200, body = BeliefsView)))]
#[get("/citizens/{id}/beliefs")]
pub async fn beliefs(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| follow_ups::beliefs(conn, context, &id.0)).await
}
