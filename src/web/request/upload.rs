//! A file as the body of a request. Before any of it is read, the caller must be signed in and have the permission; then it is
//! streamed into an unnamed temporary file, which is gone when the request is answered or the process ends.

use crate::{
    actions::{companies::import::may_import, idempotency::IdempotencyKey},
    app::App,
    context::{Account, Context},
    domain::values::{day::At, localized::localized},
    import::Format,
    web::{
        auth,
        problem::{Problem, ProblemKind},
        request::{
            dry_run::{DryRun, MayDryRun},
            headers,
            intake_places::IntakePlaces,
            paced::PacedBody,
            query::query,
        },
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use sha2::{Digest, Sha256};
use std::{fs::File, future::Future, io::SeekFrom, path::Path, pin::Pin};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use utoipa::ToSchema;

/// A list of companies or postcodes, as a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes a body that is streamed into a file")]
pub struct ListFile(Vec<u8>);

/// A file that somebody who keeps companies has sent.
pub struct Upload {
    pub account: Account,
    pub at: At,
    pub dry_run: bool,
    pub key: Option<IdempotencyKey>,
    pub file: File,
    pub format: Format,
    pub places: IntakePlaces,
}

/// What any list may be sent as; the last is found out by looking.
const ANY: &str = "application/octet-stream";

fn wrong_type() -> Problem {
    Problem::with(
        ProblemKind::UnsupportedMediaType,
        localized(
            "Send filen som text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet eller application/x-ndjson.",
            "Send the file as text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet or application/x-ndjson.",
        ),
    )
}

/// Streams a body into a file; its fingerprint beside it.
async fn stream(request: &HttpRequest, payload: &mut Payload, limit: u64) -> Result<(File, String), Problem> {
    let broken = |error: std::io::Error| {
        tracing::error!(%error, "a file that was sent cannot be kept while it is read");
        Problem::new(ProblemKind::Internal)
    };
    let mut body = PacedBody::of(request, payload, limit).await?;
    let mut digest = Sha256::new();
    digest.update(format!("{} {}\n", request.method(), request.uri()));
    let mut file = tokio::fs::File::from_std(tempfile::tempfile().map_err(broken)?);
    while let Some(piece) = body.next().await? {
        digest.update(&piece);
        file.write_all(&piece).await.map_err(broken)?;
    }
    file.flush().await.map_err(broken)?;
    file.seek(SeekFrom::Start(0)).await.map_err(broken)?;
    Ok((file.into_std().await, data_encoding::HEXLOWER.encode(&digest.finalize())))
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let app: App = headers::app(&request)?;
            let at = app.clock.now();
            let account = auth::session(&app, &request, at).await?.account;
            let query = query::<DryRun>(request.query_string())?;
            let key = headers::idempotency_key(&request)?;
            may_import(&Context::of(&app.services, &account, at))?;
            let essence = headers::media_type(&request);
            let named = Format::of_type(essence);
            if named.is_none() && !essence.eq_ignore_ascii_case(ANY) {
                return Err(wrong_type());
            }
            let places = request.app_data::<web::Data<IntakePlaces>>().map(|places| places.get_ref().clone());
            let places = places.ok_or_else(|| Problem::new(ProblemKind::Internal))?;
            let _place = places.to_send(&account.id)?;
            let (mut file, fingerprint) = stream(&request, &mut payload, app.services.settings.import_bytes).await?;
            let format = match named {
                Some(format) => format,
                None => Format::of(&mut file, Path::new("")).map_err(|_| Problem::new(ProblemKind::Internal))?,
            };
            let key = key.map(|key| IdempotencyKey { key, fingerprint });
            Ok(Self { account, at, dry_run: query.is_dry_run(), key, file, format, places })
        })
    }
}
