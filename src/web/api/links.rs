//! One-time links, for those who have no account: the citizen and the company's contact. `GET` only shows.

use crate::{
    actions::{
        ActionError,
        internships::{
            answers::Answering,
            case::case,
            links::{self, LinkConfirming, LinkObjecting},
        },
        people::accounts,
    },
    app::App,
    context::Context,
    domain::{
        internships::{
            alignment::Party,
            internship::{Answer, State},
        },
        values::ids::AccommodationId,
    },
    store::{Conn, Tx},
    views::{VersionView, version},
    web::{
        path::Token,
        request::{NoBody, Open},
        response::Answered,
    },
};
use actix_web::{HttpResponse, get, http::header, post, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// An accommodation as a party sees it: never the need behind it.
#[derive(Serialize, ToSchema)]
struct LinkAccommodation {
    id: AccommodationId,
    function: String,
    agreed: bool,
}

/// What a link opens.
#[derive(Serialize, ToSchema)]
struct LinkView {
    /// `alignment`: confirm or object. `decision`: answer.
    purpose: String,
    party: Party,
    reference: String,
    state: State,
    /// Expired: ask for a new one with `POST …/renewal`.
    expired: bool,
    /// The newest version, which a confirmation binds to; null where the link has expired.
    version: Option<VersionView>,
    confirmed: bool,
    accommodations: Vec<LinkAccommodation>,
    /// When the company decides.
    decision_on: Option<NaiveDate>,
    /// The company's answers.
    answers: Vec<Answer>,
}

/// What a party may read of a version: not the papers, which can tell of health, and no words but its own.
fn for_party(version: VersionView, party: Party) -> VersionView {
    let objections = version.objections.into_iter().filter(|objection| objection.party == party).collect();
    VersionView { papers: None, objections, ..version }
}

async fn show(app: &App, at: crate::domain::values::day::At, token: String) -> Answered {
    let desk = app.desk.clone();
    let view = app
        .db
        .read(move |conn: &mut Conn| -> Result<LinkView, ActionError> {
            let opened = links::open(conn, at, &token)?;
            let internship = case(conn, &Context::link(&desk, &opened.tenant, at), &opened.internship)?.internship;
            let newest = internship.newest();
            let live = !opened.expired;
            Ok(LinkView {
                state: internship.state(at.today),
                expired: opened.expired,
                confirmed: newest.confirmed_by(opened.party),
                version: live.then(|| for_party(version(newest), opened.party)),
                accommodations: internship
                    .accommodations
                    .iter()
                    .filter(|_| live)
                    .map(|item| LinkAccommodation {
                        id: item.id.clone(),
                        function: item.function.clone(),
                        agreed: item.agreed_by(opened.party),
                    })
                    .collect(),
                decision_on: internship.decision_on(),
                answers: if opened.party == Party::Company && live { internship.answers.clone() } else { Vec::new() },
                reference: internship.reference,
                purpose: opened.purpose,
                party: opened.party,
            })
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .json(view))
}

/// Shows what a link opens, and does nothing.
#[utoipa::path(tag = "links", params(("token" = String, Path)), responses((status = 200, body = LinkView)))]
#[get("/links/{token}")]
pub async fn open(app: web::Data<App>, ask: Open<NoBody>, token: Token) -> Answered {
    show(&app, ask.at, token.0).await
}

/// Confirms the version that was shown, and the accommodations named.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = LinkConfirming, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/confirmation")]
pub async fn confirm(app: web::Data<App>, ask: Open<LinkConfirming>, token: Token) -> Answered {
    let (desk, at, body, given) = (app.desk.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx: &mut Tx| links::confirm(tx, &desk, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Objects, in the party's own words.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = LinkObjecting, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/objection")]
pub async fn object_to(app: web::Data<App>, ask: Open<LinkObjecting>, token: Token) -> Answered {
    let (desk, at, body, given) = (app.desk.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx: &mut Tx| links::object(tx, &desk, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Answers: we hire, we do not, or we ask for more time.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = Answering, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/answer")]
pub async fn answer(app: web::Data<App>, ask: Open<Answering>, token: Token) -> Answered {
    let (desk, at, body, given) = (app.desk.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx: &mut Tx| links::answer(tx, &desk, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Sends a new link by mail for one that has expired.
#[utoipa::path(tag = "links", params(("token" = String, Path)), responses((status = 200, body = LinkView)))]
#[post("/links/{token}/renewal")]
pub async fn renew(app: web::Data<App>, ask: Open<NoBody>, token: Token) -> Answered {
    let (desk, at, given) = (app.desk.clone(), ask.at, token.0.clone());
    app.db.write(move |tx: &mut Tx| links::renew(tx, &desk, at, &given)).await?;
    show(&app, at, token.0).await
}

/// One click in a mail program takes its reader off the daily digest (RFC 8058).
#[utoipa::path(tag = "links", params(("token" = String, Path)), responses((status = 204)))]
#[post("/links/{token}/unsubscription")]
pub async fn unsubscribe(app: web::Data<App>, _ask: Open<NoBody>, token: Token) -> Answered {
    let desk = app.desk.clone();
    app.db.write(move |tx: &mut Tx| accounts::unsubscribe(tx, &desk.keys, &token.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}
