//! Signing in, and the accounts of a municipality.

use crate::{
    actions::people::accounts::{self, Digests, NewAccount, NewPassword, SignIn, begin_session, failed, who},
    app::App,
    context::Context,
    crypto,
    domain::{
        people::access::Permission,
        values::{ids::AccountId, text::Email},
    },
    store::{Tx, accounts as people},
    views::{AccountView, account},
    web::{
        path::Id,
        problem::{Problem, ProblemKind},
        request::{Authenticated, Limit, NoQuery, Open},
        response::{Answered, Cursor, IfMatch, PageRequest, Representation},
    },
};
use actix_web::{HttpResponse, delete, get, http::header, post, put, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A session, with the token that is shown only once.
#[derive(Serialize, ToSchema)]
struct SessionMade {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    expires_at: DateTime<Utc>,
    account: AccountView,
}

/// The session one is in.
#[derive(Serialize, ToSchema)]
struct SessionView {
    account: AccountView,
    /// The municipality's code and name.
    municipality: String,
    municipality_name: String,
    expires_at: DateTime<Utc>,
}

/// Verifying and hashing a password takes long on purpose: beside the threads that answer.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    web::block(work).await.map_err(|_| Problem::new(ProblemKind::Unavailable))
}

/// A hash of no password, verified where there is no account, so that both take as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Signs in. After five failures the address is closed for a quarter of an hour.
#[utoipa::path(tag = "sign-in", request_body = SignIn, responses((status = 201, body = SessionMade)))]
#[post("/sessions")]
pub async fn sign_in(app: web::Data<App>, ask: Open<SignIn>) -> Answered {
    let (email, password, at) = (ask.body.email, ask.body.password, ask.at);
    let (desk, asked) = (app.desk.clone(), email.clone());
    let found = app.db.read(move |conn: &mut crate::store::Conn| who(conn, &desk.keys, at, &asked)).await?;
    let hash = found.as_ref().map_or_else(|| NOBODY.to_owned(), |row| row.password_hash.clone());
    let fits = aside(move || crypto::password_fits(password.reveal(), &hash)).await?;
    let Some(row) = found.filter(|_| fits) else {
        let desk = app.desk.clone();
        let email: Email = email;
        app.db.write(move |tx: &mut Tx| failed(tx, &desk.keys, at, &email)).await?;
        return Err(Problem::new(ProblemKind::WrongCredentials));
    };
    let token = crypto::new_token().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let (id, hours, shown) = (row.id.clone(), app.desk.settings.session_hours, token.clone());
    let expires_at = app.db.write(move |tx: &mut Tx| begin_session(tx, at, &id, &token, hours)).await?;
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(SessionMade {
        token: shown,
        expires_at,
        account: account(row)?,
    }))
}

/// Who one is signed in as.
#[utoipa::path(tag = "sign-in", responses((status = 200, body = SessionView)))]
#[get("/sessions/current")]
pub async fn session(app: web::Data<App>, ask: Authenticated) -> Answered {
    let expires_at = ask.session.1;
    ask.read(&app, move |conn, context, _| {
        let row =
            people::find(conn, context.tenant, context.account()?.id.as_str())?.ok_or(crate::actions::ActionError::NotFound)?;
        Ok(Representation::only(SessionView {
            account: account(row)?,
            municipality: context.tenant.as_str().into(),
            municipality_name: context.tenant.municipality().name().into(),
            expires_at,
        }))
    })
    .await
}

/// Signs out.
#[utoipa::path(tag = "sign-in", responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn sign_out(app: web::Data<App>, ask: Authenticated) -> Answered {
    let token_hash = ask.session.0;
    app.db.write(move |tx: &mut Tx| people::sign_out(tx, &token_hash)).await?;
    Ok(HttpResponse::NoContent().finish())
}

crate::input! {
    /// A page of a list.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct Pages {
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The accounts of the municipality.
#[utoipa::path(tag = "accounts", params(Pages), responses((status = 200, body = crate::web::response::Page<AccountView>)))]
#[get("/accounts")]
pub async fn list(app: web::Data<App>, ask: Authenticated<crate::web::request::NoBody, Pages>) -> Answered {
    ask.list(&app, |conn, context, pages| {
        context.authorize(Permission::KeepAccounts)?;
        let cut = PageRequest::new(pages.cursor.as_ref(), pages.limit);
        let rows = people::page(conn, context.tenant, &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), account)
    })
    .await
}

fn show(
    conn: &mut crate::store::Conn,
    context: &Context,
    id: &AccountId,
) -> Result<Representation<AccountView>, crate::actions::ActionError> {
    let row = people::find(conn, context.tenant, id.as_str())?.ok_or(crate::actions::ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(account(row)?, revision))
}

/// Opens an account.
#[utoipa::path(tag = "accounts", request_body = NewAccount, responses((status = 201, body = AccountView)))]
#[post("/accounts")]
pub async fn open(app: web::Data<App>, ask: Authenticated<NewAccount>) -> Answered {
    let password = ask.body.password.clone();
    let hash = aside(move || crypto::hash_password(password.reveal())).await?.map_err(|_| Problem::new(ProblemKind::Internal))?;
    ask.create(&app, move |tx, context, body| {
        let id = accounts::open(tx, context, body, &hash)?;
        Ok(show(tx, context, &id)?.at(format!("/api/v1/accounts/{id}")))
    })
    .await
}

/// One account.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path)), responses((status = 200, body = AccountView)))]
#[get("/accounts/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.read(&app, move |conn, context, _: &NoQuery| {
        if context.account()?.id != id.0 {
            context.authorize(Permission::KeepAccounts)?;
        }
        show(conn, context, &id.0)
    })
    .await
}

/// Sets a password, one's own or as an administrator anybody's, and signs its holder out everywhere.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = NewPassword, responses((status = 200, body = AccountView)))]
#[put("/accounts/{id}/password")]
pub async fn set_password(app: web::Data<App>, ask: Authenticated<NewPassword>, id: Id<AccountId>) -> Answered {
    let password = ask.body.password.clone();
    let hash = aside(move || crypto::hash_password(password.reveal())).await?.map_err(|_| Problem::new(ProblemKind::Internal))?;
    ask.change(&app, move |tx, context, seen, _| {
        accounts::set_password(tx, context, seen, &id.0, &hash)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Closes an account; its holder is signed out and told nothing more.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), responses((status = 200, body = AccountView)))]
#[post("/accounts/{id}/closure")]
pub async fn close(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        accounts::close(tx, context, seen, &id.0)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Sets whether one wants the daily digest of notices. Warnings and alarms always come.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = Digests, responses((status = 200, body = AccountView)))]
#[put("/accounts/{id}/digests")]
pub async fn want_digests(app: web::Data<App>, ask: Authenticated<Digests>, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        accounts::want_digests(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}
