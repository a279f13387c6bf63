//! Continuity (S9, S17, S20): changes of consultant with their handovers, the citizen's story, and the timeline.

use crate::{
    actions::{
        ActionError,
        internships::reasons::{self, GivenReasons},
        people::continuity::{self, Handover, MassChange, NewConsultant, NewStory},
    },
    app::App,
    context::{Context, Seen},
    domain::{
        people::{
            access::Permission,
            timeline::{Flagged, Moment, Told, timeline as assemble},
        },
        values::ids::{CitizenId, ConsultantChangeId, WrittenReasonsId},
    },
    store::{Conn, citizens, continuity as shelf, courses, flags},
    views::{self, ConsultantChangeView, Moved, StoryView},
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch, Page, Representation},
    },
};
use actix_web::{get, post, put, web};
use serde::Serialize;
use utoipa::ToSchema;

fn show(
    conn: &mut Conn,
    context: &Context,
    id: &ConsultantChangeId,
) -> Result<Representation<ConsultantChangeView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = shelf::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::consultant_change(&context.services.keys, row)?, revision))
}

fn is_ours(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<(), ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    citizens::find(conn, context.tenant, citizen.as_str())?.ok_or(ActionError::NotFound)?;
    Ok(())
}

/// Gives a citizen another consultant, with a handover or without one yet.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), request_body = NewConsultant, responses((status = 201, body = ConsultantChangeView)))]
#[post("/citizens/{id}/consultant-changes")]
pub async fn change(app: web::Data<App>, ask: Authenticated<NewConsultant>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = continuity::change(tx, context, Seen::Newest, &id.0, body)?;
        Ok(show(tx, context, &made)?.at(format!("/api/v1/consultant-changes/{made}")))
    })
    .await
}

/// The changes of a citizen's consultant, with their handovers.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<ConsultantChangeView>)))]
#[get("/citizens/{id}/consultant-changes")]
pub async fn changes(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        is_ours(conn, context, &id.0)?;
        let rows = shelf::of_citizen(conn, context.tenant, id.0.as_str())?;
        let items =
            rows.into_iter().map(|row| views::consultant_change(&context.services.keys, row)).collect::<Result<_, _>>()?;
        Ok(Page { items, next: None })
    })
    .await
}

/// One change of consultant.
#[utoipa::path(tag = "continuity", params(("id" = ConsultantChangeId, Path)), responses((status = 200, body = ConsultantChangeView)))]
#[get("/consultant-changes/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ConsultantChangeId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Gives all citizens of one consultant to another.
#[utoipa::path(tag = "continuity", request_body = MassChange, responses((status = 201, body = Moved)))]
#[post("/consultant-changes")]
pub async fn change_all(app: web::Data<App>, ask: Authenticated<MassChange>) -> Answered {
    ask.create(&app, |tx, context, body| Ok(Representation::only(Moved { citizens: continuity::change_all(tx, context, body)? })))
        .await
}

/// Writes the handover of a change, until it has been read.
#[utoipa::path(tag = "continuity", params(("id" = ConsultantChangeId, Path), IfMatch), request_body = Handover, responses((status = 200, body = ConsultantChangeView)))]
#[put("/consultant-changes/{id}/handover")]
pub async fn hand_over(app: web::Data<App>, ask: Authenticated<Handover>, id: Id<ConsultantChangeId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        continuity::hand_over(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// The responsible consultant confirms having read the handover.
#[utoipa::path(tag = "continuity", params(("id" = ConsultantChangeId, Path)), responses((status = 200, body = ConsultantChangeView)))]
#[post("/consultant-changes/{id}/reading")]
pub async fn confirm_reading(app: web::Data<App>, ask: Authenticated, id: Id<ConsultantChangeId>) -> Answered {
    ask.add(&app, move |tx, context, _: &NoBody| {
        continuity::confirm_reading(tx, context, &id.0)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Adds to the citizen's story: a wish, a piece of it, an offer, a turning point.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), request_body = NewStory, responses((status = 201, body = StoryView)))]
#[post("/citizens/{id}/story")]
pub async fn tell(app: web::Data<App>, ask: Authenticated<NewStory>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = continuity::tell(tx, context, &id.0, body)?;
        let row = shelf::story::find(tx, context.tenant, made.as_str())?.ok_or(ActionError::NotFound)?;
        Ok(Representation::only(views::story(&context.services.keys, row)?))
    })
    .await
}

/// The citizen's wishes and story, in one place.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<StoryView>)))]
#[get("/citizens/{id}/story")]
pub async fn story(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        is_ours(conn, context, &id.0)?;
        let rows = shelf::story::of_citizen(conn, context.tenant, id.0.as_str())?;
        let items = rows.into_iter().map(|row| views::story(&context.services.keys, row)).collect::<Result<_, _>>()?;
        Ok(Page { items, next: None })
    })
    .await
}

/// The citizen's whole course, in order of days.
#[utoipa::path(tag = "continuity", params(("id" = CitizenId, Path)), responses((status = 200, body = Page<Moment>)))]
#[get("/citizens/{id}/timeline")]
pub async fn timeline(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        context.authorize(Permission::SeeCitizens)?;
        let tenant = context.tenant;
        let course = courses::load(conn, &context.services.keys, tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        let mut told = Vec::new();
        for row in shelf::story::of_citizen(conn, tenant, id.0.as_str())? {
            let view = views::story(&context.services.keys, row)?;
            told.push(Told { id: view.id, kind: view.kind, on: view.happened_on, words: view.words });
        }
        let flagged = flags::events_of(conn, tenant, id.0.as_str())?;
        let flagged = flagged.into_iter().map(|(flag, event)| Flagged {
            id: flag.id,
            rule: flag.rule,
            on: event.happened_on,
            what: event.what,
            level: event.level,
        });
        Ok(Page { items: assemble(&course, told, flagged.collect()), next: None })
    })
    .await
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
