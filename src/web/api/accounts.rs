//! The accounts of a municipality.

use crate::{
    actions::people::accounts::{self as act, Digests, NewAccount, NewPassword},
    app::App,
    domain::values::ids::AccountId,
    views::{
        accounts::{self, AccountView},
        page::{Page, Pages},
    },
    web::{
        auth::hash_password,
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, put, web};

/// The accounts of the municipality.
#[utoipa::path(tag = "accounts", params(Pages), responses((status = 200, body = Page<AccountView>)))]
#[get("/accounts")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, Pages>) -> Answered {
    ask.list(&app, accounts::page).await
}

/// Opens an account.
#[utoipa::path(tag = "accounts", request_body = NewAccount, responses((status = 201, body = AccountView)))]
#[post("/accounts")]
pub async fn open(app: web::Data<App>, ask: Authenticated<NewAccount>) -> Answered {
    let hash = hash_password(&ask.body.password).await?;
    ask.create(&app, move |tx, context, body| {
        let id = act::open(tx, context, body, &hash)?;
        Ok(accounts::one(tx, context, &id)?.at(format!("/api/v1/accounts/{id}")))
    })
    .await
}

/// One account.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path)), responses((status = 200, body = AccountView)))]
#[get("/accounts/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.read(&app, move |conn, context, _| accounts::one(conn, context, &id.0)).await
}

/// Sets a password, one's own or as an administrator anybody's, and signs its holder out everywhere.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = NewPassword, responses((status = 200, body = AccountView)))]
#[put("/accounts/{id}/password")]
pub async fn set_password(app: web::Data<App>, ask: Authenticated<NewPassword>, id: Id<AccountId>) -> Answered {
    let hash = hash_password(&ask.body.password).await?;
    ask.change(&app, move |tx, context, seen, _| {
        act::set_password(tx, context, seen, &id.0, &hash)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Closes an account; its holder is signed out and told nothing more.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), responses((status = 200, body = AccountView)))]
#[post("/accounts/{id}/closure")]
pub async fn close(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        act::close(tx, context, seen, &id.0)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Sets whether one wants the daily digest of notices. Warnings and alarms always come.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = Digests, responses((status = 200, body = AccountView)))]
#[put("/accounts/{id}/digests")]
pub async fn want_digests(app: web::Data<App>, ask: Authenticated<Digests>, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::want_digests(tx, context, seen, &id.0, body)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}
