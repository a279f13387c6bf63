//! One-time links, for those who have no account: the citizen and the company's contact. `GET` only shows.

use crate::{
    actions::{
        internships::{
            answers::Answering,
            link_renewal,
            links::{self as act, LinkConfirming, LinkObjecting},
            opened_link::{self, LinkDigits, PresentedLink, Unlocked},
            statement::LinkStating,
            taking_back::LinkTakingBack,
        },
        people::{accounts, password_links::ChosenPassword},
    },
    app::App,
    domain::{internships::questions::Written, people::read_log::ReadVia, values::day::At},
    views::links::{self, LinkView},
    web::{
        auth,
        path::Token,
        request::{Anonymous, NoBody},
        response::{Answered, read_by_link},
    },
};
use actix_web::{HttpResponse, get, http::header, post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the digits were right.
#[derive(Serialize, ToSchema)]
pub struct LinkProof {
    /// Null: they were wrong. After five wrong tries the link no longer works.
    pub proof: Option<String>,
}

async fn show(app: &App, at: At, link: PresentedLink) -> Answered {
    let view = read_by_link(app, at, ReadVia::Api, link, links::one).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .json(view))
}

/// Shows what a link opens, and does nothing.
#[utoipa::path(tag = "links", params(("token" = String, Path)), responses((status = 200, body = LinkView)))]
#[get("/links/{token}")]
pub async fn open(app: web::Data<App>, ask: Anonymous<NoBody>, token: Token) -> Answered {
    show(&app, ask.at, token.0).await
}

/// Confirms the version that was shown, and the accommodations named.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = LinkConfirming, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/confirmation")]
pub async fn confirm(app: web::Data<App>, ask: Anonymous<LinkConfirming>, token: Token) -> Answered {
    let (services, at, body, given) = (app.services.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx| act::confirm(tx, &services, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Objects, in the party's own words.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = LinkObjecting, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/objection")]
pub async fn object_to(app: web::Data<App>, ask: Anonymous<LinkObjecting>, token: Token) -> Answered {
    let (services, at, body, given) = (app.services.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx| act::object(tx, &services, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Takes back the yes to an accommodation.
#[utoipa::path(operation_id = "take_link_agreement_back", tag = "links", params(("token" = String, Path)), request_body = LinkTakingBack, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/agreements/withdrawal")]
pub async fn take_back(app: web::Data<App>, ask: Anonymous<LinkTakingBack>, token: Token) -> Answered {
    let (services, at, body, given) = (app.services.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx| act::take_back(tx, &services, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Answers: we hire, we do not, or we ask for more time.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = Answering, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/answer")]
pub async fn answer(app: web::Data<App>, ask: Anonymous<Answering>, token: Token) -> Answered {
    let (services, at, body, given) = (app.services.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx| act::answer(tx, &services, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Writes before a follow-up, or of a job: what the party was asked, and nothing that has to be answered.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = Written, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/words")]
pub async fn write(app: web::Data<App>, ask: Anonymous<Written>, token: Token) -> Answered {
    let (services, at, body, given) = (app.services.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx| act::write(tx, &services, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// States whether the conditions of the law are met: as the employee representative, or as the employer through the link of the agreement.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = LinkStating, responses((status = 200, body = LinkView)))]
#[post("/links/{token}/statement")]
pub async fn state(app: web::Data<App>, ask: Anonymous<LinkStating>, token: Token) -> Answered {
    let (services, at, body, given) = (app.services.clone(), ask.at, ask.body, token.0.clone());
    app.db.write(move |tx| act::state(tx, &services, at, &given, &body)).await?;
    show(&app, at, token.0).await
}

/// Opens a citizen's link with the last four digits of the CPR number, where the municipality asks for them. The proof goes into the
/// header `Link-Proof` of what is asked after it.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = LinkDigits, responses((status = 200, body = LinkProof)))]
#[post("/links/{token}/digits")]
pub async fn unlock(app: web::Data<App>, ask: Anonymous<LinkDigits>, token: Token) -> Answered {
    let (services, at, body) = (app.services.clone(), ask.at, ask.body);
    let done = app.db.write(move |tx| opened_link::unlock(tx, &services, at, &token.0, &body)).await?;
    let proof = match done {
        Unlocked::Proof(proof) => Some(proof),
        Unlocked::Wrong => None,
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(LinkProof { proof }))
}

/// Chooses the password of an account, through the link in the letter of whoever got one. The link works once.
#[utoipa::path(tag = "links", params(("token" = String, Path)), request_body = ChosenPassword, responses((status = 204)))]
#[post("/links/{token}/password")]
pub async fn choose_password(app: web::Data<App>, ask: Anonymous<ChosenPassword>, token: Token) -> Answered {
    auth::choose_password(&app, ask.at, token.0.token, ask.body.password).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sends a new link by mail for one that has expired.
#[utoipa::path(tag = "links", params(("token" = String, Path)), responses((status = 200, body = LinkView)))]
#[post("/links/{token}/renewal")]
pub async fn renew(app: web::Data<App>, ask: Anonymous<NoBody>, token: Token) -> Answered {
    let (services, at, given) = (app.services.clone(), ask.at, token.0.clone());
    app.db.write(move |tx| link_renewal::renew(tx, &services, at, &given)).await?;
    show(&app, at, token.0).await
}

/// One click in a mail program takes its reader off the daily digest (RFC 8058).
#[utoipa::path(tag = "links", params(("token" = String, Path)), responses((status = 204)))]
#[post("/links/{token}/unsubscription")]
pub async fn unsubscribe(app: web::Data<App>, _ask: Anonymous<NoBody>, token: Token) -> Answered {
    let services = app.services.clone();
    app.db.write(move |tx| accounts::unsubscribe(tx, &services.keys, &token.0.token)).await?;
    Ok(HttpResponse::NoContent().finish())
}
