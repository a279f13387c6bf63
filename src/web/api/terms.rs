//! The list of terms that rules compare.

use crate::{
    actions::people::citizens::{self as act, NewTerm},
    app::App,
    domain::values::vocabulary::{Term, TermKind},
    views::{
        Representation,
        terms::{self, VocabularyView},
    },
    web::{request::Authenticated, response::Answered},
};
use actix_web::{get, post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// The list of occupations, tasks and accommodations, built in and the municipality's own.
#[utoipa::path(operation_id = "list_terms", tag = "rules", responses((status = 200, body = VocabularyView)))]
#[get("/terms")]
pub async fn list(app: web::Data<App>, ask: Authenticated) -> Answered {
    ask.read(&app, |conn, context, _| terms::all(conn, context)).await
}

/// A term as it was added.
#[derive(Serialize, ToSchema)]
struct TermAdded {
    kind: TermKind,
    key: Term,
}

/// Adds a term to the municipality's list.
#[utoipa::path(operation_id = "add_term", tag = "rules", request_body = NewTerm, responses((status = 201, body = TermAdded)))]
#[post("/terms")]
pub async fn add(app: web::Data<App>, ask: Authenticated<NewTerm>) -> Answered {
    ask.create(&app, |tx, context, body| {
        act::add_term(tx, context, body)?;
        Ok(Representation::only(TermAdded { kind: body.kind, key: body.key.clone() }))
    })
    .await
}
