//! Continuity (S9, S17, S20): changes of consultant with their handovers, the citizen's story, and the timeline.

use crate::{
    actions::{
        internships::reasons::{self, GivenReasons},
        people::{
            continuity::{self as act, Handover, NewConsultant, NewStory},
            work::{self, HandedOver, MassChange},
        },
    },
    app::App,
    context::Seen,
    domain::{
        people::timeline::Moment,
        values::ids::{CitizenId, ConsultantChangeId, WrittenReasonsId},
    },
    views::{
        Representation,
        continuity::{self, ConsultantChangeView, StoryView},
        page::Page,
        timeline as timelines,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, put, web};
use serde::Serialize;
use utoipa::ToSchema;

/// Gives a citizen another consultant, with a handover or without one yet.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), request_body = NewConsultant, responses((status = 201, body = ConsultantChangeView)))]
#[post("/citizens/{id}/consultant-changes")]
pub async fn change(app: web::Data<App>, ask: Authenticated<NewConsultant>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::change(tx, context, Seen::Newest, &id.0, body)?;
        Ok(continuity::change(tx, context, &made)?.at(format!("/api/v1/consultant-changes/{made}")))
    })
    .await
}

/// The changes of a citizen's consultant, with their handovers.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<ConsultantChangeView>)))]
#[get("/citizens/{id}/consultant-changes")]
pub async fn changes(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| continuity::changes(conn, context, &id.0)).await
}

/// One change of consultant.
#[utoipa::path(tag = "continuity", params(("id" = ConsultantChangeId, Path)), responses((status = 200, body = ConsultantChangeView)))]
#[get("/consultant-changes/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ConsultantChangeId>) -> Answered {
    ask.read(&app, move |conn, context, _| continuity::change(conn, context, &id.0)).await
}

/// Hands all work of one colleague over to another, also of one who has left: citizens, companies, openings. The answer counts each, and
/// what is left, because the new one's role cannot have it.
#[utoipa::path(tag = "continuity", request_body = MassChange, responses((status = 201, body = HandedOver)))]
#[post("/consultant-changes")]
pub async fn change_all(app: web::Data<App>, ask: Authenticated<MassChange>) -> Answered {
    ask.create(&app, |tx, context, body| Ok(Representation::only(work::change_all(tx, context, body)?))).await
}

/// Writes the handover of a change, until it has been read.
#[utoipa::path(tag = "continuity", params(("id" = ConsultantChangeId, Path), IfMatch), request_body = Handover, responses((status = 200, body = ConsultantChangeView)))]
#[put("/consultant-changes/{id}/handover")]
pub async fn hand_over(app: web::Data<App>, ask: Authenticated<Handover>, id: Id<ConsultantChangeId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::hand_over(tx, context, seen, &id.0, body)?;
        continuity::change(tx, context, &id.0)
    })
    .await
}

/// The responsible consultant confirms having read the handover.
#[utoipa::path(tag = "continuity", params(("id" = ConsultantChangeId, Path)), responses((status = 200, body = ConsultantChangeView)))]
#[post("/consultant-changes/{id}/reading")]
pub async fn confirm_reading(app: web::Data<App>, ask: Authenticated, id: Id<ConsultantChangeId>) -> Answered {
    ask.add(&app, move |tx, context, _: &NoBody| {
        act::confirm_reading(tx, context, &id.0)?;
        continuity::change(tx, context, &id.0)
    })
    .await
}

/// Adds to the citizen's story: a wish, a piece of it, an offer, a turning point.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), request_body = NewStory, responses((status = 201, body = StoryView)))]
#[post("/citizens/{id}/story")]
pub async fn tell(app: web::Data<App>, ask: Authenticated<NewStory>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = act::tell(tx, context, &id.0, body)?;
        continuity::entry(tx, context, &made)
    })
    .await
}

/// The citizen's wishes and story, in one place.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<StoryView>)))]
#[get("/citizens/{id}/story")]
pub async fn story(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| continuity::story(conn, context, &id.0)).await
}

/// The citizen's whole course, in order of days.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<Moment>)))]
#[get("/citizens/{id}/timeline")]
pub async fn timeline(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| timelines::of_citizen(conn, context, &id.0)).await
}

/// Reasons that were given.
#[derive(Serialize, ToSchema)]
struct ReasonsMade {
    id: WrittenReasonsId,
}

/// A team leader answers beforehand what a rule will ask, for one booking.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), request_body = GivenReasons, responses((status = 201, body = ReasonsMade)))]
#[post("/citizens/{id}/written-reasons")]
pub async fn give_reasons(app: web::Data<App>, ask: Authenticated<GivenReasons>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        Ok(Representation::only(ReasonsMade { id: reasons::give(tx, context, &id.0, body)? }))
    })
    .await
}
