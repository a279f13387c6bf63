//! An answer in JSON.

use crate::{
    actions::{ActionError, error::unserializable, idempotency::RequestAnswer},
    views::Representation,
    web::problem::Problem,
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub type Answered = Result<HttpResponse, Problem>;

/// The answer that shows a thing: its `ETag` names the revision and the text that was shown.
///
/// # Errors
/// A shape that has no JSON.
pub fn answer<V: Serialize>(status: StatusCode, shown: Representation<V>) -> Result<RequestAnswer, ActionError> {
    let body = serde_json::to_string(&shown.body).map_err(unserializable)?;
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&body));
    let digest: String = digest.chars().take(16).collect();
    Ok(RequestAnswer {
        status: status.as_u16(),
        etag: shown.revision.map(|revision| format!("\"{revision}-{digest}\"")),
        location: shown.location,
        body,
    })
}

/// Sends an answer; nobody on the way may keep it.
pub fn send(answer: RequestAnswer) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK));
    if let Some(etag) = answer.etag {
        response.insert_header((header::ETAG, etag));
    }
    if let Some(location) = answer.location {
        response.insert_header((header::LOCATION, location));
    }
    response.insert_header((header::CACHE_CONTROL, "no-store")).content_type("application/json").body(answer.body)
}
