//! What a request asks: who, with which headers, query and body; parsed once, in the order in which a person would
//! want to be told: sign in, then the address, then the body with all its faults.

use crate::{
    actions::people::accounts,
    app::App,
    clock,
    context::Account,
    crypto::token_hash,
    domain::{
        input::{self, Fault, Faults, Field, Pointer},
        values::{day::At, localized::localized, text::Whole},
    },
    store::{Conn, accounts as people},
    web::{
        Addresses,
        json::Strict,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::{future::Future, pin::Pin};
use utoipa::{IntoParams, ToSchema};

/// No body is asked for.
pub struct NoBody;
/// No query is asked for.
pub struct NoQuery;

impl Field for NoQuery {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.object(value, at, &[])?;
        Some(Self)
    }
}

/// A body that is read, or none.
pub trait FromBody: Sized {
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
        let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = given.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
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

crate::input! {
    /// Whether only to rehearse.
    #[derive(Default, IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct DryRun {
        /// True: the same answer, and nothing is written.
        pub dry_run: Option<bool>,
    }
}

/// Whether a query asks only to rehearse.
pub trait Rehearses {
    fn rehearses(&self) -> bool;
}
impl Rehearses for NoQuery {
    fn rehearses(&self) -> bool {
        false
    }
}
impl Rehearses for DryRun {
    fn rehearses(&self) -> bool {
        self.dry_run.unwrap_or_default()
    }
}

/// A text in the query. What looks like a number or a yes is text here all the same: a name, a code.
#[derive(Clone, Debug, ToSchema)]
pub struct AsText<T>(pub T);

impl<T: Field> Field for AsText<T> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = match value {
            Value::Number(number) => Value::String(number.to_string()),
            Value::Bool(yes) => Value::String(yes.to_string()),
            other => other.clone(),
        };
        T::read(&text, at, faults).map(Self)
    }
}
/// How many items a page has.
pub type Limit = Whole<1, 200>;
pub const USUAL_LIMIT: i64 = 50;

/// A request without a sign-in: links, signing in.
pub struct Open<B = NoBody> {
    pub body: B,
    pub at: At,
}

/// A request of somebody who is signed in.
pub struct Authenticated<B = NoBody, Q = NoQuery> {
    pub by: Account,
    /// The token's hash and its end.
    pub session: (String, chrono::DateTime<chrono::Utc>),
    pub body: B,
    pub query: Q,
    pub at: At,
    pub seen: Option<i32>,
    pub key: Option<String>,
    pub none_match: Option<String>,
    /// What makes two requests the same: method, address, body.
    pub fingerprint: String,
    pub path: String,
    pub query_text: String,
    /// What the asker wants to be answered in.
    pub accept: String,
}

type Boxed<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

async fn bytes(app: &App, request: &HttpRequest, payload: &mut Payload, reads: bool) -> Result<web::Bytes, Problem> {
    if !reads {
        return Ok(web::Bytes::new());
    }
    let limit = app.desk.settings.body_bytes;
    let body = web::Payload::from_request(request, payload).await.map_err(|_| Problem::new(ProblemKind::MalformedJson))?;
    match body.to_bytes_limited(limit).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::new(ProblemKind::MalformedJson)),
        Err(_) => Err(Problem::with(
            ProblemKind::TooLarge,
            localized(format!("Højst {limit} byte."), format!("At most {limit} bytes.")),
        )),
    }
}

pub(super) fn app(request: &HttpRequest) -> Result<App, Problem> {
    request.app_data::<web::Data<App>>().map(|app| app.get_ref().clone()).ok_or_else(|| Problem::new(ProblemKind::Internal))
}

impl<B: FromBody + 'static> FromRequest for Open<B> {
    type Error = Problem;
    type Future = Boxed<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let app = app(&request)?;
            query::<NoQuery>(request.query_string())?;
            let bytes = bytes(&app, &request, &mut payload, B::READS).await?;
            Ok(Self { body: B::from_body(&request, &bytes)?, at: app.clock.now() })
        })
    }
}

impl<B: FromBody + 'static, Q: Field + 'static> FromRequest for Authenticated<B, Q> {
    type Error = Problem;
    type Future = Boxed<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let app = app(&request)?;
            misdirected(&request)?;
            let at = app.clock.now();
            let (by, session) = caller(&app, &request, at).await?;
            let query_text = request.query_string().to_owned();
            let query = query::<Q>(request.query_string())?;
            let seen = seen(&request)?;
            let key = key(&request)?;
            let bytes = bytes(&app, &request, &mut payload, B::READS).await?;
            let mut digest = Sha256::new();
            digest.update(format!("{} {}\n", request.method(), request.uri()));
            digest.update(&bytes);
            let fingerprint = data_encoding::HEXLOWER.encode(&digest.finalize());
            let none_match = text_of(&request, "If-None-Match").map(ToOwned::to_owned);
            let body = B::from_body(&request, &bytes)?;
            Ok(Self {
                by,
                session,
                body,
                query,
                at,
                seen,
                key,
                none_match,
                fingerprint,
                path: request.path().to_owned(),
                query_text,
                accept: text_of(&request, "Accept").unwrap_or_default().to_owned(),
            })
        })
    }
}

/// `PUT /citizens/search` came to the handler of `/citizens/{id}`, but the fixed address has other methods.
fn misdirected(request: &HttpRequest) -> Result<(), Problem> {
    let fixed = request.app_data::<web::Data<Addresses>>().filter(|addresses| {
        let took_a_pattern = !request.match_info().is_empty();
        took_a_pattern && addresses.is_fixed(request.path())
    });
    fixed.map_or(Ok(()), |addresses| Err(addresses.refusal(request.path())))
}

pub(super) fn text_of<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

pub(super) async fn caller(
    app: &App,
    request: &HttpRequest,
    at: At,
) -> Result<(Account, (String, chrono::DateTime<chrono::Utc>)), Problem> {
    let given = text_of(request, "Authorization").and_then(|value| value.split_once(' '));
    let token = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let hash = token_hash(token.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?);
    let wanted = hash.clone();
    let now = at.instant.naive_utc();
    let found = app.db.read(move |conn: &mut Conn| people::of_session(conn, &wanted, now)).await?;
    let (row, ends) = found.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?;
    let by = accounts::by(row)?;
    // The log tells the role, not who it is.
    request.extensions_mut().insert(by.role);
    Ok((by, (hash, clock::at(ends.and_utc()).instant)))
}

/// The query's parameters as a body would have them: a repeated or unknown one is a fault.
pub fn query<Q: Field>(text: &str) -> Result<Q, Problem> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(text);
    let pairs = pairs.map_err(|_| {
        Problem::with(
            ProblemKind::InvalidFields,
            localized("Adressens parametre kan ikke læses.", "The parameters of the address cannot be read."),
        )
    })?;
    let mut map = Map::new();
    let mut faults = Faults::default();
    for (name, text) in pairs.into_inner() {
        let value = match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            // A zero before a number belongs to a code, a postcode for instance.
            digits
                if (1..10).contains(&digits.len())
                    && digits.chars().all(|c| c.is_ascii_digit())
                    && (digits == "0" || !digits.starts_with('0')) =>
            {
                digits.parse::<i64>().map_or(Value::Null, Value::from)
            }
            _ => Value::String(text),
        };
        if map.insert(name.clone(), value).is_some() {
            faults.add::<()>(&Pointer::root().to(&name), Fault::new("repeated", "Kun én gang.", "Only once."));
        }
    }
    let read = Q::read(&Value::Object(map), &Pointer::root(), &mut faults);
    read.filter(|_| faults.0.is_empty()).ok_or_else(|| Problem::faults(faults, true))
}

/// The revision that an `If-Match` names. One that is no tag of ours matches nothing.
fn seen(request: &HttpRequest) -> Result<Option<i32>, Problem> {
    let Some(header) = request.headers().get(header::IF_MATCH) else { return Ok(None) };
    let text = header.to_str().unwrap_or_default().trim();
    let revision = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .and_then(|tag| tag.split_once('-'))
        .and_then(|(revision, _)| revision.parse().ok());
    Ok(Some(revision.unwrap_or(-1)))
}

/// An `Idempotency-Key`: 1 to 200 visible characters.
pub(super) fn key(request: &HttpRequest) -> Result<Option<String>, Problem> {
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
