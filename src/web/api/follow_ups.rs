//! Follow-ups: planned, held, moved, cancelled; and what citizen and consultant believe over time (S16).

use crate::{
    actions::{
        ActionError,
        internships::follow_ups::{self, FollowUpCancelling, Move},
    },
    app::App,
    context::Context,
    domain::{
        internships::follow_up::Record,
        people::access::Permission,
        values::ids::{CitizenId, FollowUpId, InternshipId},
    },
    store::{Conn, courses, follow_ups as shelf},
    views::{self, BeliefsView, FollowUpView},
    web::{
        path::Id,
        request::{Authenticated, Limit, NoBody},
        response::{Answered, Cursor, IfMatch, Page, PageRequest, Representation},
    },
};
use actix_web::{get, post, web};
use chrono::NaiveDate;
use utoipa::IntoParams;

crate::input! {
    /// Which follow-ups.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WhichFollowUps {
        pub citizen: Option<CitizenId>,
        pub internship: Option<InternshipId>,
        /// True: those still to be held; false: those held or cancelled.
        pub open: Option<bool>,
        /// Due on that day or before.
        pub due_by: Option<NaiveDate>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The follow-ups of the municipality, in the order in which they were planned.
#[utoipa::path(tag = "follow-ups", params(WhichFollowUps), responses((status = 200, body = Page<FollowUpView>)))]
#[get("/follow-ups")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, WhichFollowUps>) -> Answered {
    ask.list(&app, |conn, context, which| {
        context.authorize(Permission::SeeCitizens)?;
        let narrow = shelf::FollowUpFilter {
            citizen: which.citizen.as_ref().map(ToString::to_string),
            internship: which.internship.as_ref().map(ToString::to_string),
            open: which.open,
            due_by: which.due_by,
        };
        let cut = PageRequest::new(which.cursor.as_ref(), which.limit);
        let rows = shelf::page(conn, context.tenant, &narrow, &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), |row| views::follow_up(&context.services.keys, &row))
    })
    .await
}

fn show(conn: &mut Conn, context: &Context, id: &FollowUpId) -> Result<Representation<FollowUpView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = shelf::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    Ok(Representation::of(views::follow_up(&context.services.keys, &row)?, row.revision))
}

/// One follow-up, with what was said.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path)), responses((status = 200, body = FollowUpView)))]
#[get("/follow-ups/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<FollowUpId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Records a planned follow-up as held.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path), IfMatch), request_body = Record, responses((status = 200, body = FollowUpView)))]
#[post("/follow-ups/{id}/record")]
pub async fn hold(app: web::Data<App>, ask: Authenticated<Record>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        follow_ups::hold(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Records a follow-up held on a day of its own; it takes the place of the planned one nearest to it.
#[utoipa::path(tag = "follow-ups", params(("id" = InternshipId, Path)), request_body = Record, responses((status = 201, body = FollowUpView)))]
#[post("/internships/{id}/follow-ups")]
pub async fn hold_extra(app: web::Data<App>, ask: Authenticated<Record>, id: Id<InternshipId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = follow_ups::hold_extra(tx, context, &id.0, body)?;
        Ok(show(tx, context, &made)?.at(format!("/api/v1/follow-ups/{made}")))
    })
    .await
}

/// Moves a follow-up to another day.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path), IfMatch), request_body = Move, responses((status = 200, body = FollowUpView)))]
#[post("/follow-ups/{id}/move")]
pub async fn move_to(app: web::Data<App>, ask: Authenticated<Move>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        follow_ups::move_to(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Cancels a follow-up, with the reason.
#[utoipa::path(tag = "follow-ups", params(("id" = FollowUpId, Path), IfMatch), request_body = FollowUpCancelling, responses((status = 200, body = FollowUpView)))]
#[post("/follow-ups/{id}/cancellation")]
pub async fn cancel(app: web::Data<App>, ask: Authenticated<FollowUpCancelling>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        follow_ups::cancel(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// What citizen and consultant believe, with phase and motivation, over time; and what the study advises for the latest.
#[utoipa::path(tag = "follow-ups", params(("id" = CitizenId, Path)), responses((status = 200, body = BeliefsView)))]
#[get("/citizens/{id}/beliefs")]
pub async fn beliefs(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| {
        context.authorize(Permission::SeeCitizens)?;
        let found = courses::load(conn, &context.services.keys, context.tenant, id.0.as_str())?;
        Ok(Representation::only(views::beliefs(&found.ok_or(ActionError::NotFound)?)))
    })
    .await
}
