//! Every request is counted, traced, and logged in one line: method, pattern of the path, status, duration, role.
//!
//! Never logged: the path itself (it may hold a token or what somebody typed), the query, headers, the body, who asked.

use crate::{
    app::App,
    clock::Stopwatch,
    domain::people::access::Role,
    telemetry::{REQUEST, RequestId, Traceparent, record_response, request_span},
};
use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web,
};
use tracing::{Instrument, Span};

/// The route's label where no route matches.
const NOWHERE: &str = "none";

pub async fn watch(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Stopwatch::start();
    let app = request.app_data::<web::Data<App>>().cloned();
    let method = method(request.method());
    let came_with = request.headers().get("traceparent").and_then(|value| value.to_str().ok()).and_then(Traceparent::parse);
    // Probes come every few seconds and are counted only.
    let asks_health = request.path().starts_with("/health/") || request.path() == "/metrics";
    let (span, traced) = if asks_health { (Span::none(), None) } else { request_span(method, came_with) };
    let id = traced.or(came_with.map(|parent| RequestId(parent.trace))).unwrap_or_else(RequestId::next);

    let done = REQUEST.scope(id, next.call(request).instrument(span.clone())).await;

    let (route, status, role) = match &done {
        Ok(answer) => {
            let role = answer.request().extensions().get::<Role>().map(|role| role.code());
            (answer.request().match_pattern(), answer.status(), role)
        }
        Err(error) => (None, error.as_response_error().status_code(), None),
    };
    let route = route.as_deref().unwrap_or(NOWHERE);
    let seconds = began.seconds();
    if let Some(app) = app {
        app.metrics.request(method, route, status.as_str(), seconds);
    }
    record_response(&span, method, route, status.as_u16(), role);
    let status = status.as_u16();
    // Failures on our side are always logged; the rest on request (RUST_LOG=info,requests=debug).
    if status >= 500 {
        tracing::info!(target: "requests", method, route, status, seconds, role, request = %id, "answered");
    } else {
        tracing::debug!(target: "requests", method, route, status, seconds, role, request = %id, "answered");
    }
    done
}

/// A method may be any word that somebody sends; only the known ones become labels.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
