//! Signing in and out.

use crate::{
    actions::{
        ActionError, Tx,
        people::sessions::{self as act, SignIn},
    },
    app::App,
    context::Context,
    crypto,
    views::{
        accounts::{self, AccountView},
        sessions::{self, SessionView},
    },
    web::{
        auth,
        problem::{Problem, ProblemKind},
        request::{Anonymous, Authenticated},
        response::Answered,
    },
};
use actix_web::{HttpResponse, delete, get, http::header, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A session, with the token that is shown only once.
#[derive(Serialize, ToSchema)]
struct SessionMade {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    expires_at: DateTime<Utc>,
    account: AccountView,
}

/// Signs in. After five failures the address is closed for a quarter of an hour.
#[utoipa::path(tag = "sign-in", request_body = SignIn, responses((status = 201, body = SessionMade)))]
#[post("/sessions")]
pub async fn sign_in(app: web::Data<App>, ask: Anonymous<SignIn>) -> Answered {
    let (SignIn { email, password }, at) = (ask.body, ask.at);
    let (services, asked) = (app.services.clone(), email.clone());
    let found = app.db.read(move |conn| act::attempt(conn, &services.keys, at, &asked)).await?;
    let fits = auth::fits(password, found.as_ref().map(|attempt| attempt.password_hash.clone())).await?;
    let Some(attempt) = found.filter(|_| fits) else {
        let services = app.services.clone();
        app.db.write(move |tx| act::fail(tx, &services.keys, at, &email)).await?;
        return Err(Problem::new(ProblemKind::WrongCredentials));
    };
    let token = crypto::new_token().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let (services, account, given) = (app.services.clone(), attempt.account, token.clone());
    let begin = move |tx: &mut Tx| -> Result<_, ActionError> {
        let expires_at = act::begin(tx, at, &account.id, &given, services.settings.session_hours)?;
        Ok((expires_at, accounts::one(tx, &Context::of(&services, &account, at), &account.id)?.body))
    };
    let (expires_at, account) = app.db.write(begin).await?;
    let made = SessionMade { token, expires_at, account };
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(made))
}

/// Who one is signed in as.
#[utoipa::path(tag = "sign-in", responses((status = 200, body = SessionView)))]
#[get("/sessions/current")]
pub async fn session(app: web::Data<App>, ask: Authenticated) -> Answered {
    let expires_at = ask.session.expires_at;
    ask.read(&app, move |conn, context, _| sessions::current(conn, context, expires_at)).await
}

/// Signs out.
#[utoipa::path(tag = "sign-in", responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn sign_out(app: web::Data<App>, ask: Authenticated) -> Answered {
    let token_hash = ask.session.token_hash;
    app.db.write(move |tx| act::end(tx, &token_hash)).await?;
    Ok(HttpResponse::NoContent().finish())
}
