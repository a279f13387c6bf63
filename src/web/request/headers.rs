//! Headers that say how a request is meant: which state was seen, and that it is to be done once.

use crate::{
    app::App,
    domain::input::{Fault, Faults, Pointer},
    web::problem::{Problem, ProblemKind},
};
use actix_web::{HttpRequest, http::header, web};

/// What the whole program shares.
///
/// # Errors
/// The server was not given it.
pub fn app(request: &HttpRequest) -> Result<App, Problem> {
    request.app_data::<web::Data<App>>().map(|app| app.get_ref().clone()).ok_or_else(|| Problem::new(ProblemKind::Internal))
}

/// A header that is text.
pub fn text<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// The media type of the body, without its parameters.
pub fn media_type(request: &HttpRequest) -> &str {
    let given = text(request, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim()
}

/// The revision in `If-Match`. A tag that is not ours matches nothing.
pub fn seen(request: &HttpRequest) -> Option<i32> {
    let header = request.headers().get(header::IF_MATCH)?;
    let text = header.to_str().unwrap_or_default().trim();
    let revision = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .and_then(|tag| tag.split_once('-'))
        .and_then(|(revision, _)| revision.parse().ok());
    Some(revision.unwrap_or(-1))
}

/// An `Idempotency-Key`: 1 to 200 visible characters.
///
/// # Errors
/// A key that is not so.
pub fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(header) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    let key = header.to_str().unwrap_or_default().trim();
    if (1..=200).contains(&key.len()) && key.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(Some(key.to_owned()));
    }
    let mut faults = Faults::default();
    faults.add::<()>(
        &Pointer::root().to("Idempotency-Key"),
        Fault::not("idempotency-key", "1 til 200 synlige tegn (ASCII)", "1 to 200 visible characters (ASCII)"),
    );
    Err(Problem::faults(faults, true))
}
