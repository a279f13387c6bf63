//! How a request is answered: reads with an `ETag`, writes with `If-Match` and `Idempotency-Key`, lists by cursor.

use crate::{
    actions::ActionError,
    app::App,
    context::{Context, Seen},
    domain::{input::Field, values::localized::localized},
    store::{Conn, StoreError, TransactionError, Tx, company_lists::PageKey, idempotency, schema::ReplyRow, sealed},
    web::{
        export::{self, Form},
        problem::{LANG, Problem, ProblemKind, lang},
        request::{Authenticated, Rehearses, USUAL_LIMIT, query},
    },
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

pub type Answered = Result<HttpResponse, Problem>;

/// What is shown of a thing.
pub struct Representation<V> {
    pub body: V,
    /// Its revision, where it can be changed.
    pub revision: Option<i32>,
    /// Its address, where it is new.
    pub location: Option<String>,
}

impl<V> Representation<V> {
    pub fn of(body: V, revision: i32) -> Self {
        Self { body, revision: Some(revision), location: None }
    }
    pub fn only(body: V) -> Self {
        Self { body, revision: None, location: None }
    }
    pub fn at(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }
}

/// What a write does to what is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WriteKind {
    /// Makes something new: 201.
    Create,
    /// Changes what was there: `If-Match` is asked for.
    Change,
    /// Adds to what is there without changing what was seen: 200.
    Add,
}

/// The header that a change asks for.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header; the request reads it itself")]
pub struct IfMatch {
    /// The `ETag` of the state that was seen.
    #[param(rename = "If-Match", example = "\"1-0a1b2c3d\"")]
    if_match: String,
}

struct Reply {
    status: u16,
    etag: Option<String>,
    location: Option<String>,
    body: String,
}

/// An error of a write that may be the reuse of a key.
enum WriteError {
    Action(ActionError),
    KeyReused,
}
impl From<StoreError> for WriteError {
    fn from(failure: StoreError) -> Self {
        Self::Action(failure.into())
    }
}
impl From<ActionError> for WriteError {
    fn from(stop: ActionError) -> Self {
        Self::Action(stop)
    }
}
impl TransactionError for WriteError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Action(stop) => stop.store_error(),
            Self::KeyReused => None,
        }
    }
}
impl From<WriteError> for Problem {
    fn from(halt: WriteError) -> Self {
        match halt {
            WriteError::Action(stop) => stop.into(),
            WriteError::KeyReused => Self::new(ProblemKind::KeyReused),
        }
    }
}

fn reply<V: Serialize>(status: StatusCode, shown: Representation<V>) -> Result<Reply, StoreError> {
    let body = serde_json::to_string(&shown.body).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&body));
    let digest: String = digest.chars().take(16).collect();
    Ok(Reply {
        status: status.as_u16(),
        etag: shown.revision.map(|revision| format!("\"{revision}-{digest}\"")),
        location: shown.location,
        body,
    })
}

impl Reply {
    fn send(self) -> HttpResponse {
        let mut answer = HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK));
        if let Some(etag) = self.etag {
            answer.insert_header((header::ETAG, etag));
        }
        if let Some(location) = self.location {
            answer.insert_header((header::LOCATION, location));
        }
        answer.insert_header((header::CACHE_CONTROL, "no-store")).content_type("application/json").body(self.body)
    }
}

impl<B: 'static, Q: 'static> Authenticated<B, Q> {
    /// Answers a read; 304 where the asker has it already.
    pub async fn read<V, F>(self, app: &App, read: F) -> Answered
    where
        V: Serialize + Send + 'static,
        B: Send,
        Q: Send,
        F: Fn(&mut Conn, &Context, &Q) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        let desk = app.desk.clone();
        let none_match = self.none_match;
        let (by, at, query) = (self.by, self.at, self.query);
        let made = app
            .db
            .read(move |conn: &mut Conn| -> Result<Reply, ActionError> {
                let context = Context::of(&desk, &by, at);
                Ok(reply(StatusCode::OK, read(conn, &context, &query)?)?)
            })
            .await?;
        if let (Some(etag), Some(known)) = (&made.etag, &none_match)
            && known.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
        {
            return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag.as_str())).finish());
        }
        Ok(made.send())
    }

    /// Makes something new: 201.
    pub async fn create<V, F>(self, app: &App, create: F) -> Answered
    where
        V: Serialize + Send + 'static,
        B: Send,
        Q: Rehearses + Send,
        F: Fn(&mut Tx, &Context, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        self.write(app, WriteKind::Create, move |tx, context, _, body| create(tx, context, body)).await
    }

    /// Adds to what is there without changing what was seen: 200.
    pub async fn add<V, F>(self, app: &App, add: F) -> Answered
    where
        V: Serialize + Send + 'static,
        B: Send,
        Q: Rehearses + Send,
        F: Fn(&mut Tx, &Context, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        self.write(app, WriteKind::Add, move |tx, context, _, body| add(tx, context, body)).await
    }

    /// Changes what was there: `If-Match` is asked for.
    pub async fn change<V, F>(self, app: &App, change: F) -> Answered
    where
        V: Serialize + Send + 'static,
        B: Send,
        Q: Rehearses + Send,
        F: Fn(&mut Tx, &Context, Seen, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        self.write(app, WriteKind::Change, change).await
    }

    /// Answers a write: the stored answer where the same key asked the same before; otherwise it is done, once.
    async fn write<V, F>(self, app: &App, does: WriteKind, write: F) -> Answered
    where
        V: Serialize + Send + 'static,
        B: Send,
        Q: Rehearses + Send,
        F: Fn(&mut Tx, &Context, Seen, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        if does == WriteKind::Change && self.seen.is_none() {
            return Err(Problem::with(
                ProblemKind::PreconditionRequired,
                localized("Send If-Match med den ETag, du så.", "Send If-Match with the ETag that you saw."),
            ));
        }
        let rehearses = self.query.rehearses();
        let desk = app.desk.clone();
        let Self { by, at, body, key, fingerprint, seen, .. } = self;
        let seen = seen.filter(|_| does == WriteKind::Change).map_or(Seen::Newest, Seen::Revision);
        let status = match does {
            WriteKind::Create if !rehearses => StatusCode::CREATED,
            _ => StatusCode::OK,
        };
        let run = move |tx: &mut Tx| -> Result<Reply, WriteError> {
            let context = Context::of(&desk, &by, at);
            let Some(key) = &key else { return Ok(reply(status, write(tx, &context, seen, &body)?)?) };
            if let Some(before) = idempotency::find(tx, by.id.as_str(), key)? {
                if before.fingerprint != fingerprint {
                    return Err(WriteError::KeyReused);
                }
                let status = u16::try_from(before.status).unwrap_or(200);
                let body = sealed::reply_body(&desk.keys, &before);
                return Ok(Reply { status, etag: before.etag, location: before.location, body });
            }
            // The key is taken before anything is done: whoever asks the same at once waits here and then finds the answer,
            // instead of meeting what the first one made.
            let mut row = ReplyRow {
                account_id: by.id.to_string(),
                idempotency_key: key.clone(),
                fingerprint: fingerprint.clone(),
                status: 0,
                etag: None,
                location: None,
                body: String::new(),
                created_at: at.instant.naive_utc(),
            };
            idempotency::insert(tx, &row)?;
            let made = reply(status, write(tx, &context, seen, &body)?)?;
            row.status = i32::from(made.status);
            row.etag.clone_from(&made.etag);
            row.location.clone_from(&made.location);
            // It can hold what is sealed elsewhere; what an earlier version wrote stands there as it was.
            row.body = sealed::seal_reply(&desk.keys, &row, &made.body).map_err(ActionError::from)?;
            idempotency::complete(tx, &row)?;
            Ok(made)
        };
        let made = if rehearses { app.db.dry_run(run).await } else { app.db.write(run).await };
        Ok(made?.send())
    }
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    #[serde(skip)]
    pub next: Option<String>,
}

/// A page of any list: its items, and where the next page begins.
pub trait Listed: Serialize + Send + 'static {
    type Item: Serialize + ToSchema;
    fn next(&self) -> Option<&str>;
    fn items(self) -> Vec<Self::Item>;
}

impl<T: Serialize + ToSchema + Send + 'static> Listed for Page<T> {
    type Item = T;
    fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }
    fn items(self) -> Vec<T> {
        self.items
    }
}

/// Where a page begins and how long it is.
pub struct PageRequest {
    /// After this id.
    pub after: String,
    /// After this, where the list has another order than that of the ids.
    pub place: PageKey,
    pub limit: i64,
}

/// An opaque place in a list: after the thing in it.
#[derive(Clone, Debug, ToSchema)]
#[schema(value_type = String, min_length = 48, max_length = 220, pattern = "^[A-Za-z0-9_-]+$")]
pub struct Cursor(PageKey);

/// Stands between the parts of a place; no folded name and no code has it.
const BETWEEN: char = '\u{1f}';

impl Cursor {
    fn text(place: &PageKey) -> String {
        let PageKey { rank, text, id } = place;
        let whole = if (*rank, text.as_str()) == (0, "") { id.clone() } else { format!("{id}{BETWEEN}{rank}{BETWEEN}{text}") };
        BASE64URL_NOPAD.encode(whole.as_bytes())
    }

    fn parse(text: &str) -> Option<Self> {
        let whole = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let mut parts = whole.splitn(3, BETWEEN);
        let id = parts.next().filter(|id| uuid::Uuid::try_parse(id).is_ok())?.to_owned();
        let Some(rank) = parts.next() else { return Some(Self(PageKey { id, ..PageKey::default() })) };
        Some(Self(PageKey { rank: rank.parse().ok()?, text: parts.next()?.to_owned(), id }))
    }
}

impl crate::domain::input::Field for Cursor {
    fn read(
        value: &serde_json::Value,
        at: &crate::domain::input::Pointer,
        faults: &mut crate::domain::input::Faults,
    ) -> Option<Self> {
        value.as_str().and_then(Self::parse).or_else(|| {
            faults.add(
                at,
                crate::domain::input::Fault::not(
                    "cursor",
                    "et sted fra et tidligere svars Link",
                    "a place from an earlier answer's Link",
                ),
            )
        })
    }
}

impl PageRequest {
    pub fn new(cursor: Option<&Cursor>, limit: Option<crate::web::request::Limit>) -> Self {
        let place = cursor.map(|cursor| cursor.0.clone()).unwrap_or_default();
        Self { after: place.id.clone(), place, limit: limit.map_or(USUAL_LIMIT, crate::web::request::Limit::get) }
    }

    /// One more than is shown, to know whether there is a next page.
    pub fn wanted(&self) -> i64 {
        self.limit + 1
    }

    /// Makes a page of what was found, in the order of the ids.
    pub fn page<R, T>(
        &self,
        rows: Vec<R>,
        id: impl Fn(&R) -> String,
        mut show: impl FnMut(R) -> Result<T, ActionError>,
    ) -> Result<Page<T>, ActionError> {
        let placed = rows.into_iter().map(|row| (PageKey { id: id(&row), ..PageKey::default() }, row)).collect();
        self.placed(placed, |_, row| show(row))
    }

    /// Makes a page of what was found, each with its place.
    pub fn placed<R, T>(
        &self,
        rows: Vec<(PageKey, R)>,
        mut show: impl FnMut(&PageKey, R) -> Result<T, ActionError>,
    ) -> Result<Page<T>, ActionError> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        let shown: Vec<(PageKey, R)> = rows.into_iter().take(limit).collect();
        let next = shown.last().filter(|_| more).map(|(place, _)| Cursor::text(place));
        let items = shown.into_iter().map(|(place, row)| show(&place, row)).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }
}

/// A list has no body: what does not fit stands in the query.
fn of_the_query(stop: ActionError) -> Problem {
    Problem { in_query: true, ..stop.into() }
}

/// The parameters of an address without some.
fn without(query: &str, names: &[&str]) -> String {
    let kept = |pair: &&str| !pair.is_empty() && !names.contains(&pair.split('=').next().unwrap_or_default());
    query.split('&').filter(kept).map(|pair| format!("{pair}&")).collect()
}

impl<B: 'static, Q: Field + Send + 'static> Authenticated<B, Q> {
    /// Answers a list, with a `Link` to the next page (RFC 8288); or all its pages as a file, where one is asked for.
    pub async fn list<L, F>(self, app: &App, list: F) -> Answered
    where
        L: Listed,
        F: Fn(&mut Conn, &Context, &Q) -> Result<L, ActionError> + Send + Sync + 'static,
    {
        let (by, at, path, text, list) = (self.by, self.at, self.path, self.query_text, Arc::new(list));
        let (app, lang) = (app.clone(), lang());
        let read = move |query: Q| {
            let (app, desk, by, list) = (app.clone(), app.desk.clone(), by.clone(), Arc::clone(&list));
            let read = move |conn: &mut Conn| list(conn, &Context::of(&desk, &by, at), &query);
            async move { app.db.read(read).await.map_err(of_the_query) }
        };
        let page = read(self.query).await?;
        if let Some(form) = Form::wanted(&self.accept) {
            let kept = without(&text, &["cursor", "limit"]);
            let next = move |cursor: String| {
                // Where there is a cursor there is a limit; the pages of a file are the longest.
                let page = query::<Q>(&format!("{kept}limit=200&cursor={cursor}")).map(&read);
                LANG.scope(lang, async move { page?.await })
            };
            return export::answer(form, &path, page, next).await;
        }
        let mut answer = HttpResponse::Ok();
        answer.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::VARY, "Accept"));
        if let Some(next) = page.next() {
            let kept = without(&text, &["cursor"]);
            answer.insert_header((header::LINK, format!("<{path}?{kept}cursor={next}>; rel=\"next\"")));
        }
        Ok(answer.json(page))
    }
}
