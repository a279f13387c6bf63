//! Other programs of the municipality.

use crate::{
    actions::{
        ActionError,
        people::clients::{self as act, NewClient, NewClientKey},
    },
    app::App,
    crypto,
    domain::values::ids::ClientId,
    views::{
        clients::{self, ClientView, NewKeyView},
        page::{Page, Pages},
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch, ShownOnce},
    },
};
use actix_web::{get, post, web};

/// The programs that may use the API, or might before.
#[utoipa::path(tag = "clients", params(Pages), responses((status = 200, body = Page<ClientView>)))]
#[get("/clients")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, Pages>) -> Answered {
    ask.list(&app, clients::page).await
}

/// Registers a program, and shows its key: this once. A role that two people give waits until another administrator or a team leader
/// confirms it; until then the key opens nothing.
#[utoipa::path(tag = "clients", request_body = NewClient, responses((status = 201, body = NewKeyView)))]
#[post("/clients")]
pub async fn register(app: web::Data<App>, ask: Authenticated<NewClient>) -> Answered {
    let key = ShownOnce::of(crypto::new_client_key().map_err(ActionError::from)?);
    let own = key.clone();
    let made = ask.create(&app, move |tx, context, body| {
        let id = act::register(tx, context, body, own.reveal())?;
        own.is_for(id.as_str());
        Ok(clients::one(tx, context, &id)?.at(format!("/api/v1/clients/{id}")))
    });
    key.shown_in(made.await, "key").await
}

/// One program.
#[utoipa::path(tag = "clients", params(("id" = ClientId, Path)), responses((status = 200, body = ClientView)))]
#[get("/clients/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ClientId>) -> Answered {
    ask.read(&app, move |conn, context, _| clients::one(conn, context, &id.0)).await
}

/// Makes another key, and shows it: this once. Those until now work for another day, or end at once.
#[utoipa::path(tag = "clients", params(("id" = ClientId, Path), IfMatch), request_body = NewClientKey, responses((status = 200, body = NewKeyView)))]
#[post("/clients/{id}/keys")]
pub async fn renew_key(app: web::Data<App>, ask: Authenticated<NewClientKey>, id: Id<ClientId>) -> Answered {
    let key = ShownOnce::of(crypto::new_client_key().map_err(ActionError::from)?);
    let own = key.clone();
    let made = ask.change(&app, move |tx, context, seen, body| {
        own.is_for(act::renew_key(tx, context, seen, &id.0, body, own.reveal())?.as_str());
        clients::one(tx, context, &id.0)
    });
    key.shown_in(made.await, "key").await
}

/// Confirms the role of a program that somebody else has asked for: an administrator or a team leader. From then on its key works.
#[utoipa::path(tag = "clients", params(("id" = ClientId, Path), IfMatch), responses((status = 200, body = ClientView)))]
#[post("/clients/{id}/confirmation")]
pub async fn confirm(app: web::Data<App>, ask: Authenticated, id: Id<ClientId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        act::confirm(tx, context, seen, &id.0)?;
        clients::one(tx, context, &id.0)
    })
    .await
}

/// Ends the access of a program: none of its keys works any longer.
#[utoipa::path(tag = "clients", params(("id" = ClientId, Path), IfMatch), responses((status = 200, body = ClientView)))]
#[post("/clients/{id}/end")]
pub async fn end(app: web::Data<App>, ask: Authenticated, id: Id<ClientId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        act::end(tx, context, seen, &id.0)?;
        clients::one(tx, context, &id.0)
    })
    .await
}
