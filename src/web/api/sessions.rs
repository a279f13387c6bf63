//! Signing in and out.

use crate::{
    actions::people::sessions::{self as act, SignIn},
    app::App,
    context::Context,
    domain::values::ids::SessionId,
    views::{
        accounts::{self, AccountView},
        page::{Page, Pages},
        sessions::{self, SessionLine, SessionView},
    },
    web::{
        auth,
        path::Id,
        request::{Anonymous, Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{HttpRequest, HttpResponse, delete, get, http::header, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A session, with the token that is shown only once.
#[derive(Serialize, ToSchema)]
struct SessionMade {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    /// Keep it on this device, and send it as `Device` when this account signs in again: then strangers' tries lock nobody out here.
    device: String,
    expires_at: DateTime<Utc>,
    account: AccountView,
    /// The password is the one that the program made: until another is chosen, nothing else is answered.
    has_first_password: bool,
}

/// Signs in. After five failures the address is closed for a quarter of an hour, but not to a device that has signed in before.
#[utoipa::path(tag = "sign-in", params(auth::DeviceHeader), request_body = SignIn, responses((status = 201, body = SessionMade)))]
#[post("/sessions")]
pub async fn sign_in(app: web::Data<App>, request: HttpRequest, ask: Anonymous<SignIn>) -> Answered {
    let begun = auth::begin(&app, ask.at, ask.body, auth::knock(&app, &request)).await?;
    let auth::BegunSession { token, device, expires_at, account, has_first_password } = begun;
    let (services, at) = (app.services.clone(), ask.at);
    let account = app.db.read(move |conn| accounts::one(conn, &Context::of(&services, &account, at), &account.id)).await?.body;
    let made = SessionMade { token, device, expires_at, account, has_first_password };
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(made))
}

/// Who one is signed in as.
#[utoipa::path(tag = "sign-in", responses((status = 200, body = SessionView)))]
#[get("/sessions/current")]
pub async fn session(app: web::Data<App>, ask: Authenticated) -> Answered {
    let expires_at = ask.session.expires_at;
    ask.read(&app, move |conn, context, _| sessions::current(conn, context, expires_at)).await
}

/// Where one is signed in.
#[utoipa::path(tag = "sign-in", params(Pages), responses((status = 200, body = Page<SessionLine>)))]
#[get("/sessions")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, Pages>) -> Answered {
    let current = ask.session.token_hash.clone();
    ask.list(&app, move |conn, context, pages| sessions::own(conn, context, &current, pages)).await
}

/// Signs out everywhere.
#[utoipa::path(tag = "sign-in", responses((status = 204)))]
#[delete("/sessions")]
pub async fn sign_out_everywhere(app: web::Data<App>, ask: Authenticated) -> Answered {
    let (services, account, at) = (app.services.clone(), ask.session.account, ask.at);
    app.db.write(move |tx| act::end_all(tx, &Context::of(&services, &account, at))).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends one of one's own sessions.
#[utoipa::path(tag = "sign-in", params(("id" = SessionId, Path)), responses((status = 204)))]
#[delete("/sessions/{id}")]
pub async fn end(app: web::Data<App>, ask: Authenticated, id: Id<SessionId>) -> Answered {
    let (services, account, at) = (app.services.clone(), ask.session.account, ask.at);
    app.db.write(move |tx| act::end_own(tx, &Context::of(&services, &account, at), &id.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Signs out.
#[utoipa::path(tag = "sign-in", responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn sign_out(app: web::Data<App>, ask: Authenticated) -> Answered {
    let token_hash = ask.session.token_hash;
    app.db.write(move |tx| act::end(tx, &token_hash)).await?;
    Ok(HttpResponse::NoContent().finish())
}
