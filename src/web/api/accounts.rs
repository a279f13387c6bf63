//! The accounts of a municipality.

use crate::{
    actions::people::{
        account_changes::{self, AccountPatch},
        account_closing::{self, AccountClosing},
        account_confirming, account_opening,
        accounts::{self as act, Digests, NewAccount, NewPassword},
        password_links,
        substitutes::{self, NewSubstitute},
    },
    app::App,
    domain::values::ids::AccountId,
    views::{
        Representation,
        accounts::{self, AccountChangeView, AccountView, ClosedAccountView},
        page::{Page, Pages},
    },
    web::{
        auth::{confirm, hash_password},
        path::Id,
        request::{Authenticated, MaybeBody, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{delete, get, patch, post, put, web};

/// The accounts of the municipality.
#[utoipa::path(tag = "accounts", params(Pages), responses((status = 200, body = Page<AccountView>)))]
#[get("/accounts")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, Pages>) -> Answered {
    ask.list(&app, accounts::page).await
}

/// Opens an account, and sends its holder a link to choose a password. A role that sees health data waits until another administrator or a
/// team leader confirms it; where there is no other administrator it is given at once, and `role_confirmation` says so.
#[utoipa::path(tag = "accounts", request_body = NewAccount, responses((status = 201, body = AccountView)))]
#[post("/accounts")]
pub async fn open(app: web::Data<App>, ask: Authenticated<NewAccount>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let id = account_opening::open(tx, context, body)?;
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

/// Sets one's own password, with the one until now, and ends one's other sessions.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = NewPassword, responses((status = 200, body = AccountView)))]
#[put("/accounts/{id}/password")]
pub async fn set_password(app: web::Data<App>, ask: Authenticated<NewPassword>, id: Id<AccountId>) -> Answered {
    let (seen, account, new) = (ask.seen()?, id.0.clone(), ask.body.password.clone());
    let hash = ask.ask_first(&app, move |conn, context| act::may_set_password(conn, context, seen, &account, &new)).await?;
    confirm(&app, ask.at, &id.0, hash, &ask.body).await?;
    let kept = ask.session.token_hash.clone();
    let hash = hash_password(&app, &ask.body.password).await?;
    ask.change(&app, move |tx, context, seen, _| {
        act::set_password(tx, context, seen, &id.0, &hash, &kept)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Changes name, address, role or team of an account: what is left out stays (RFC 7396). Another role or address signs its holder out.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body(content(
    (AccountPatch = "application/json"), (AccountPatch = "application/merge-patch+json"))), responses((status = 200, body = AccountView)))]
#[patch("/accounts/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<AccountPatch>, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        account_changes::change(tx, context, seen, &id.0, body)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// What was changed of an account, when and by whom.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), Pages), responses((status = 200, body = Page<AccountChangeView>)))]
#[get("/accounts/{id}/changes")]
pub async fn changes(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<AccountId>) -> Answered {
    ask.list(&app, move |conn, context, pages| accounts::changes(conn, context, &id.0, pages)).await
}

/// Closes an account; its holder is signed out and told nothing more. All that its holder is responsible for can be handed over at
/// once (without a body nothing is); the answer counts what was, and what is left.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = AccountClosing, responses((status = 200, body = ClosedAccountView)))]
#[post("/accounts/{id}/closure")]
pub async fn close(app: web::Data<App>, ask: Authenticated<MaybeBody<AccountClosing>>, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let handed_over = account_closing::close(tx, context, seen, &id.0, body.0.as_ref())?;
        let Representation { body: account, revision, location } = accounts::one(tx, context, &id.0)?;
        Ok(Representation { body: ClosedAccountView { account, handed_over }, revision, location })
    })
    .await
}

/// Opens a closed account again, under the same identity, and sends its holder a link to choose a password; or asks for it, as a new one.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), responses((status = 200, body = AccountView)))]
#[post("/accounts/{id}/reopening")]
pub async fn reopen(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        account_opening::reopen(tx, context, seen, &id.0)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Confirms a role that somebody else has asked for: an administrator or a team leader, who neither asked for it nor gets it.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), responses((status = 200, body = AccountView)))]
#[post("/accounts/{id}/confirmation")]
pub async fn confirm_role(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        account_confirming::confirm(tx, context, seen, &id.0)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Takes the password of an account away, signs its holder out, and sends a link to choose another.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), responses((status = 200, body = AccountView)))]
#[post("/accounts/{id}/password-link")]
pub async fn send_password_link(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        password_links::send_anew(tx, context, seen, &id.0)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Names who stands in for somebody who is away or has left: for oneself, or as a team leader or an administrator for anybody.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), request_body = NewSubstitute, responses((status = 200, body = AccountView)))]
#[put("/accounts/{id}/substitute")]
pub async fn name_substitute(app: web::Data<App>, ask: Authenticated<NewSubstitute>, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        substitutes::name(tx, context, seen, &id.0, body)?;
        accounts::one(tx, context, &id.0)
    })
    .await
}

/// Nobody stands in any longer.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path), IfMatch), responses((status = 200, body = AccountView)))]
#[delete("/accounts/{id}/substitute")]
pub async fn end_substitute(app: web::Data<App>, ask: Authenticated, id: Id<AccountId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _| {
        substitutes::end(tx, context, seen, &id.0)?;
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
