//! Changes of consultant and their handovers (S9).

use super::{
    accounts::Pages,
    answer::{Answered, Cut, Does, IfMatch, Page, Shown},
    ask::{Ask, NoBody},
    path::Id,
    views::{self, ConsultantChangeView, Moved},
};
use crate::{
    actions::{
        Stop, Turn,
        handing_over::{self as act, Handover, NewConsultant, NewConsultantForAll},
    },
    app::App,
    domain::{
        access::Deed,
        ids::{CitizenId, ConsultantChangeId},
    },
    store::{Conn, citizens, continuity as shelf},
};
use actix_web::{get, post, put, web};

/// Whether the asker may see the citizen of an address.
fn seen(conn: &mut Conn, turn: &Turn, id: &CitizenId) -> Result<(), Stop> {
    turn.may(Deed::SeeCitizens)?;
    citizens::find(conn, &turn.by.municipality, id.as_str())?.ok_or(Stop::NotFound).map(drop)
}

fn show(conn: &mut Conn, turn: &Turn, id: &ConsultantChangeId) -> Result<Shown<ConsultantChangeView>, Stop> {
    turn.may(Deed::SeeCitizens)?;
    let row = shelf::find(conn, &turn.by.municipality, id.as_str())?.ok_or(Stop::NotFound)?;
    let revision = row.revision;
    Ok(Shown::of(views::consultant_change(conn, turn, row)?, revision))
}

/// The changes of a citizen's consultant, with their handovers, eldest first.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), Pages), responses((status = 200, body = Page<ConsultantChangeView>)))]
#[get("/citizens/{id}/consultant-changes")]
pub async fn changes(app: web::Data<App>, ask: Ask<NoBody, Pages>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, turn, pages| {
        seen(conn, turn, &id.0)?;
        let cut = Cut::new(pages.cursor.as_ref(), pages.limit);
        let rows = shelf::page(conn, &turn.by.municipality, id.0.as_str(), &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), |row| views::consultant_change(conn, turn, row))
    })
    .await
}

/// Gives a citizen another consultant from today on, with a handover or one to be written later.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path)), request_body = NewConsultant, responses((status = 201, body = ConsultantChangeView)))]
#[post("/citizens/{id}/consultant-changes")]
pub async fn change(app: web::Data<App>, ask: Ask<NewConsultant>, id: Id<CitizenId>) -> Answered {
    ask.write(&app, Does::Create, move |tx, turn, body| {
        let made = act::change(tx, turn, &id.0, body)?;
        Ok(show(tx, turn, &made)?.at(format!("/api/v1/consultant-changes/{made}")))
    })
    .await
}

/// Gives all citizens of one consultant to another, at once: a team leader, when somebody leaves.
#[utoipa::path(tag = "citizens", request_body = NewConsultantForAll, responses((status = 201, body = Moved)))]
#[post("/consultant-changes")]
pub async fn change_all(app: web::Data<App>, ask: Ask<NewConsultantForAll>) -> Answered {
    ask.write(&app, Does::Create, |tx, turn, body| Ok(Shown::only(Moved { citizens: act::change_all(tx, turn, body)? }))).await
}

/// One change of consultant.
#[utoipa::path(tag = "citizens", params(("id" = ConsultantChangeId, Path)), responses((status = 200, body = ConsultantChangeView)))]
#[get("/consultant-changes/{id}")]
pub async fn one_change(app: web::Data<App>, ask: Ask, id: Id<ConsultantChangeId>) -> Answered {
    ask.read(&app, move |conn, turn, _| show(conn, turn, &id.0)).await
}

/// Writes the handover, or writes it anew while nobody has confirmed having read it.
#[utoipa::path(tag = "citizens", params(("id" = ConsultantChangeId, Path), IfMatch), request_body = Handover, responses((status = 200, body = ConsultantChangeView)))]
#[put("/consultant-changes/{id}/handover")]
pub async fn write_handover(app: web::Data<App>, ask: Ask<Handover>, id: Id<ConsultantChangeId>) -> Answered {
    ask.write(&app, Does::Change, move |tx, turn, body| {
        act::write(tx, turn, &id.0, body)?;
        show(tx, turn, &id.0)
    })
    .await
}

/// The citizen's present consultant confirms having read the handover: the text that the `ETag` stands for.
#[utoipa::path(tag = "citizens", params(("id" = ConsultantChangeId, Path), IfMatch), responses((status = 200, body = ConsultantChangeView)))]
#[post("/consultant-changes/{id}/reading")]
pub async fn read_handover(app: web::Data<App>, ask: Ask, id: Id<ConsultantChangeId>) -> Answered {
    ask.write(&app, Does::Change, move |tx, turn, _| {
        act::read(tx, turn, &id.0)?;
        show(tx, turn, &id.0)
    })
    .await
}
