//! The JSON body of a request.

use crate::{
    app::App,
    domain::{
        input::{self, Field},
        values::localized::localized,
    },
    web::{
        problem::{Problem, ProblemKind},
        request::{headers::media_type, paced::PacedBody, strict_json::Strict},
    },
};
use actix_web::{HttpRequest, dev::Payload, http::Method, web};

/// No body is asked for.
pub struct NoBody;

/// A body that may be left out: then nothing is sent, and no kind of content is named.
pub struct MaybeBody<T>(pub Option<T>);

impl<T: Field> FromBody for MaybeBody<T> {
    fn from_body(request: &HttpRequest, bytes: &[u8]) -> Result<Self, Problem> {
        let is_left_out = bytes.is_empty() && media_type(request).is_empty();
        if is_left_out { Ok(Self(None)) } else { T::from_body(request, bytes).map(|body| Self(Some(body))) }
    }
    const READS: bool = true;
}

/// A body that is read, or none.
pub trait FromBody: Sized {
    /// # Errors
    /// Another kind of content; no JSON; fields that do not fit, all at once.
    fn from_body(request: &HttpRequest, bytes: &[u8]) -> Result<Self, Problem>;
    /// Whether the bytes are to be read at all.
    const READS: bool;
}

impl FromBody for NoBody {
    fn from_body(_: &HttpRequest, _: &[u8]) -> Result<Self, Problem> {
        Ok(Self)
    }
    const READS: bool = false;
}

impl<T: Field> FromBody for T {
    fn from_body(request: &HttpRequest, bytes: &[u8]) -> Result<Self, Problem> {
        let sent = media_type(request);
        let patches = request.method() == Method::PATCH && sent.eq_ignore_ascii_case("application/merge-patch+json");
        if !patches && !sent.eq_ignore_ascii_case("application/json") {
            let only = localized("Indholdet skal være application/json.", "The body must be application/json.");
            return Err(Problem::with(ProblemKind::UnsupportedMediaType, only));
        }
        let Strict(value) = serde_json::from_slice(bytes).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Problem::with(
                ProblemKind::MalformedJson,
                localized(format!("Fejl i linje {line}, tegn {column}."), format!("Wrong at line {line}, column {column}.")),
            )
        })?;
        input::read(&value).map_err(|faults| Problem::faults(faults, false))
    }
    const READS: bool = true;
}

/// The bytes of a body, up to the limit of the settings; nothing where none is asked for.
///
/// # Errors
/// A body that is too large, too slow, or breaks off.
pub async fn read_body<B: FromBody>(app: &App, request: &HttpRequest, payload: &mut Payload) -> Result<web::Bytes, Problem> {
    if !B::READS {
        return Ok(web::Bytes::new());
    }
    let limit = u64::try_from(app.services.settings.body_bytes).unwrap_or(u64::MAX);
    PacedBody::of(request, payload, limit).await?.whole().await
}
