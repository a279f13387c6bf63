//! Citizens, their needs and capacity.

use crate::{
    actions::{
        internships::{
            approvals::{self, Approval},
            ending::{self, LaterStep},
        },
        patching::patched,
        people::citizens::{self as act, CitizenDetails, CitizenPatch, CprSearch, NameSearch, Needs, NewCapacity, NewCitizen},
    },
    app::App,
    domain::{
        people::access::Permission,
        values::ids::{ApprovalId, CitizenId, OutcomeId},
    },
    views::{
        Representation,
        citizens::{self, CitizenLine, CitizenQuery, CitizenView, FoundCitizens},
        needs::{self, NeedsView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, patch, post, put, web};
use serde::Serialize;
use utoipa::ToSchema;

/// The citizens of the municipality.
#[utoipa::path(tag = "citizens", params(CitizenQuery), responses((status = 200, body = Page<CitizenLine>)))]
#[get("/citizens")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, CitizenQuery>) -> Answered {
    ask.list(&app, citizens::page).await
}

/// Registers a citizen.
#[utoipa::path(tag = "citizens", request_body = NewCitizen, responses((status = 201, body = CitizenView)))]
#[post("/citizens")]
pub async fn register(app: web::Data<App>, ask: Authenticated<NewCitizen>) -> Answered {
    ask.create(&app, |tx, context, body| {
        let id = act::register(tx, context, body)?;
        Ok(citizens::one(tx, context, &id)?.at(format!("/api/v1/citizens/{id}")))
    })
    .await
}

/// Finds a citizen by CPR number: in the body, so that no number stands in an address. 30 an hour and 200 a day for each account.
#[utoipa::path(tag = "citizens", request_body = CprSearch, responses((status = 200, body = CitizenView)))]
#[post("/citizens/search")]
pub async fn search(app: web::Data<App>, ask: Authenticated<CprSearch>) -> Answered {
    ask.count_look_up(&app).await?;
    ask.find(&app, citizens::by_cpr).await
}

/// Finds citizens by name: in the body, so that no name stands in an address. Beginnings of words do, and a typing error is forgiven.
#[utoipa::path(operation_id = "find_citizens_by_name", tag = "citizens", request_body = NameSearch, responses((status = 200, body = FoundCitizens)))]
#[post("/citizens/name-search")]
pub async fn search_by_name(app: web::Data<App>, ask: Authenticated<NameSearch>) -> Answered {
    ask.find(&app, citizens::by_name).await
}

/// One citizen.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path)), responses((status = 200, body = CitizenView)))]
#[get("/citizens/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| citizens::one(conn, context, &id.0)).await
}

/// Changes a citizen's record.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = CitizenDetails, responses((status = 200, body = CitizenView)))]
#[put("/citizens/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<CitizenDetails>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}

/// Changes some fields of a citizen's record: what is left out stays (RFC 7396).
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body(content(
    (CitizenPatch = "application/json"), (CitizenPatch = "application/merge-patch+json"))), responses((status = 200, body = CitizenView)))]
#[patch("/citizens/{id}")]
pub async fn amend(app: web::Data<App>, ask: Authenticated<CitizenPatch>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, patch| {
        let whole = patched(context, Permission::KeepCitizens, patch, || Ok(citizens::one(tx, context, &id.0)?.body))?;
        act::change(tx, context, seen, &id.0, &whole)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}

/// Agrees with the citizen on hours a week, from a date.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = NewCapacity, responses((status = 200, body = CitizenView)))]
#[post("/citizens/{id}/capacities")]
pub async fn agree_capacity(app: web::Data<App>, ask: Authenticated<NewCapacity>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::agree_capacity(tx, context, seen, &id.0, body)?;
        citizens::one(tx, context, &id.0)
    })
    .await
}

/// The needs of a citizen: health data, for those who may see them.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path)), responses((status = 200, body = NeedsView)))]
#[get("/citizens/{id}/needs")]
pub async fn list_needs(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| needs::of_citizen(conn, context, &id.0)).await
}

/// Puts all needs of a citizen, in place of those before.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = Needs, responses((status = 200, body = NeedsView)))]
#[put("/citizens/{id}/needs")]
pub async fn put_needs(app: web::Data<App>, ask: Authenticated<Needs>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::put_needs(tx, context, seen, &id.0, body)?;
        needs::of_citizen(tx, context, &id.0)
    })
    .await
}

/// Records work, wage subsidy or education found outside any internship.
#[utoipa::path(tag = "outcomes", params(("id" = CitizenId, Path)), request_body = LaterStep, responses((status = 201, body = Made)))]
#[post("/citizens/{id}/outcomes")]
pub async fn found_elsewhere(app: web::Data<App>, ask: Authenticated<LaterStep>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = ending::found_elsewhere(tx, context, &id.0, body)?;
        Ok(Representation::only(Made { id: made.clone() }).at(format!("/api/v1/outcomes/{made}")))
    })
    .await
}

/// An outcome that was recorded, where nothing more is to be said of it.
#[derive(Serialize, ToSchema)]
struct Made {
    id: OutcomeId,
}

/// What a team leader approved.
#[derive(Serialize, ToSchema)]
struct Approved {
    id: ApprovalId,
}

/// A team leader approves a further extension to a given last day, before a consultant registers it.
#[utoipa::path(tag = "internships", params(("id" = CitizenId, Path)), request_body = Approval, responses((status = 201, body = Approved)))]
#[post("/citizens/{id}/extension-approvals")]
pub async fn approve_extension(app: web::Data<App>, ask: Authenticated<Approval>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        Ok(Representation::only(Approved { id: approvals::approve(tx, context, &id.0, body)? }))
    })
    .await
}
