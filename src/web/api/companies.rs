//! Companies.

use crate::{
    actions::companies::register::{self as act, CompanyDetails, CompanyPatch, NewCompany},
    actions::patching::patched,
    app::App,
    domain::{people::access::Permission, values::ids::CompanyId},
    views::{
        companies::{self, CompanyQuery, CompanyView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, patch, post, put, web};

/// The companies of the municipality, all or those that are looked for.
#[utoipa::path(tag = "companies", params(CompanyQuery), responses((status = 200, body = Page<CompanyView>)))]
#[get("/companies")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, CompanyQuery>) -> Answered {
    ask.list(&app, companies::page).await
}

/// Registers a company.
#[utoipa::path(tag = "companies", request_body = NewCompany, responses((status = 201, body = CompanyView)))]
#[post("/companies")]
pub async fn register(app: web::Data<App>, ask: Authenticated<NewCompany>) -> Answered {
    ask.create(&app, |tx, context, body| {
        let id = act::register(tx, context, body)?;
        Ok(companies::one(tx, context, &id)?.at(format!("/api/v1/companies/{id}")))
    })
    .await
}

/// One company.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path)), responses((status = 200, body = CompanyView)))]
#[get("/companies/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<CompanyId>) -> Answered {
    ask.read(&app, move |conn, context, _| companies::one(conn, context, &id.0)).await
}

/// Changes a company.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path), IfMatch), request_body = CompanyDetails, responses((status = 200, body = CompanyView)))]
#[put("/companies/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<CompanyDetails>, id: Id<CompanyId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        companies::one(tx, context, &id.0)
    })
    .await
}

/// Changes some fields of a company: what is left out stays (RFC 7396).
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path), IfMatch), request_body(content(
    (CompanyPatch = "application/json"), (CompanyPatch = "application/merge-patch+json"))), responses((status = 200, body = CompanyView)))]
#[patch("/companies/{id}")]
pub async fn amend(app: web::Data<App>, ask: Authenticated<CompanyPatch>, id: Id<CompanyId>) -> Answered {
    ask.change(&app, move |tx, context, seen, patch| {
        let whole = patched(context, Permission::KeepCompanies, patch, || Ok(companies::one(tx, context, &id.0)?.body))?;
        act::change(tx, context, seen, &id.0, &whole)?;
        companies::one(tx, context, &id.0)
    })
    .await
}
