//! Pauses of an internship: illness, holiday, a closed place.

use crate::{
    actions::{
        internships::pauses::{self as act, NewPause, PauseEnd},
        put_right::{pauses as put_right, recording::Correcting},
    },
    app::App,
    domain::values::ids::{InternshipId, PauseId},
    views::{
        corrections::{self, CorrectionView},
        page::Page,
        pauses::{self, PauseView},
    },
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// The pauses of an internship, in order of their days.
#[utoipa::path(operation_id = "pauses", tag = "internships", params(("id" = InternshipId, Path)), responses((status = 200, body = Page<PauseView>)))]
#[get("/internships/{id}/pauses")]
pub async fn of_internship(app: web::Data<App>, ask: Authenticated, id: Id<InternshipId>) -> Answered {
    ask.list(&app, move |conn, context, _| pauses::of_internship(conn, context, &id.0)).await
}

/// Records a pause that was agreed, with or without its last day. Citizen and company are told from when to when, never why; follow-ups
/// wait until the day after. Nothing of the agreement changes, its end neither.
#[utoipa::path(operation_id = "add_pause", tag = "internships", params(("id" = InternshipId, Path)), request_body = NewPause, responses((status = 201, body = PauseView)))]
#[post("/internships/{id}/pauses")]
pub async fn add(app: web::Data<App>, ask: Authenticated<NewPause>, id: Id<InternshipId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::add(tx, context, &id.0, body)?;
        Ok(pauses::one(tx, context, &made)?.at(format!("/api/v1/pauses/{made}")))
    })
    .await
}

/// One pause.
#[utoipa::path(operation_id = "pause", tag = "internships", params(("id" = PauseId, Path)), responses((status = 200, body = PauseView)))]
#[get("/pauses/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<PauseId>) -> Answered {
    ask.read(&app, move |conn, context, _| pauses::one(conn, context, &id.0)).await
}

/// Records the last day of an open pause.
#[utoipa::path(operation_id = "end_pause", tag = "internships", params(("id" = PauseId, Path), IfMatch), request_body = PauseEnd, responses((status = 200, body = PauseView)))]
#[post("/pauses/{id}/end")]
pub async fn end(app: web::Data<App>, ask: Authenticated<PauseEnd>, id: Id<PauseId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::end(tx, context, seen, &id.0, body)?;
        pauses::one(tx, context, &id.0)
    })
    .await
}

/// Registers a pause in error: what waited for it comes back. After 14 days only a team leader.
#[utoipa::path(operation_id = "pause_in_error", tag = "corrections", params(("id" = PauseId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/pauses/{id}/in-error")]
pub async fn in_error(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<PauseId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = put_right::pause(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}
