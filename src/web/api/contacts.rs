//! The contacts who work at a workplace.

use crate::{
    actions::companies::contacts::{self as act, ContactDetails, ContactPatch},
    actions::patching::patched,
    app::App,
    domain::{
        people::access::Permission,
        values::ids::{ContactId, WorkplaceId},
    },
    views::{
        contacts::{self, ContactView},
        page::Page,
    },
    web::{
        path::Id,
        request::Authenticated,
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, patch, post, put, web};

/// The contacts who work at a workplace.
#[utoipa::path(operation_id = "contacts", tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<ContactView>)))]
#[get("/workplaces/{id}/contacts")]
pub async fn of_workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| contacts::of_workplace(conn, context, &id.0)).await
}

/// Adds a contact at a workplace.
#[utoipa::path(operation_id = "add_contact", tag = "companies", params(("id" = WorkplaceId, Path)), request_body = ContactDetails, responses((status = 201, body = ContactView)))]
#[post("/workplaces/{id}/contacts")]
pub async fn add(app: web::Data<App>, ask: Authenticated<ContactDetails>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::add(tx, context, &id.0, body)?;
        Ok(contacts::one(tx, context, &new)?.at(format!("/api/v1/contacts/{new}")))
    })
    .await
}

/// One contact.
#[utoipa::path(operation_id = "contact", tag = "companies", params(("id" = ContactId, Path)), responses((status = 200, body = ContactView)))]
#[get("/contacts/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ContactId>) -> Answered {
    ask.read(&app, move |conn, context, _| contacts::one(conn, context, &id.0)).await
}

/// Changes a contact; nobody signs again for it.
#[utoipa::path(operation_id = "change_contact", tag = "companies", params(("id" = ContactId, Path), IfMatch), request_body = ContactDetails, responses((status = 200, body = ContactView)))]
#[put("/contacts/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<ContactDetails>, id: Id<ContactId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        contacts::one(tx, context, &id.0)
    })
    .await
}

/// Changes some fields of a contact: what is left out stays (RFC 7396).
#[utoipa::path(operation_id = "patch_contact", tag = "companies", params(("id" = ContactId, Path), IfMatch), request_body(content(
    (ContactPatch = "application/json"), (ContactPatch = "application/merge-patch+json"))), responses((status = 200, body = ContactView)))]
#[patch("/contacts/{id}")]
pub async fn amend(app: web::Data<App>, ask: Authenticated<ContactPatch>, id: Id<ContactId>) -> Answered {
    ask.change(&app, move |tx, context, seen, patch| {
        let whole = patched(context, Permission::KeepCompanies, patch, || Ok(contacts::one(tx, context, &id.0)?.body))?;
        act::change(tx, context, seen, &id.0, &whole)?;
        contacts::one(tx, context, &id.0)
    })
    .await
}
