//! A body as it comes: no larger than it may be, and not too slow.
//!
//! Promise: whoever sends a byte now and then holds neither a worker nor a connection for long; a slow but honest upload goes
//! through, however large.

use crate::{
    clock::Stopwatch,
    domain::values::localized::localized,
    web::{
        problem::{Problem, ProblemKind},
        request::headers,
    },
};
use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    web::{self, Bytes, BytesMut},
};
use futures_util::Stream;
use std::{future::poll_fn, pin::Pin, time::Duration};
use tokio::time::timeout;

/// What a body may take beside what its rate allows.
const GRACE: Duration = Duration::from_secs(10);
/// The least bytes a millisecond: a list of 500 MB comes within nine hours.
const LEAST_RATE: u64 = 16;

/// See the module.
pub struct PacedBody {
    payload: web::Payload,
    limit: u64,
    length: u64,
    waited: Duration,
}

fn too_large(limit: u64) -> Problem {
    Problem::with(ProblemKind::TooLarge, localized(format!("Højst {limit} byte."), format!("At most {limit} bytes.")))
}

impl PacedBody {
    /// # Errors
    /// A body that says itself that it is too large.
    pub async fn of(request: &HttpRequest, payload: &mut Payload, limit: u64) -> Result<Self, Problem> {
        let declared = headers::text(request, "Content-Length").and_then(|length| length.parse::<u64>().ok());
        if declared.is_some_and(|length| length > limit) {
            return Err(too_large(limit));
        }
        let payload = web::Payload::from_request(request, payload).await;
        let payload = payload.map_err(|_| Problem::new(ProblemKind::MalformedJson))?;
        Ok(Self { payload, limit, length: 0, waited: Duration::ZERO })
    }

    /// The next piece. Only the time in which we wait for it counts.
    ///
    /// # Errors
    /// A body that is too large, too slow, or breaks off.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let most = GRACE + Duration::from_millis(self.length / LEAST_RATE);
        let since = Stopwatch::start();
        let piece = poll_fn(|context| Pin::new(&mut self.payload).poll_next(context));
        let piece = timeout(most.saturating_sub(self.waited), piece).await;
        self.waited += since.elapsed();
        let Some(piece) = piece.map_err(|_| Problem::new(ProblemKind::TooSlow))? else { return Ok(None) };
        let piece = piece.map_err(|_| Problem::new(ProblemKind::MalformedJson))?;
        self.length = self.length.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if self.length > self.limit { Err(too_large(self.limit)) } else { Ok(Some(piece)) }
    }

    /// All of it.
    ///
    /// # Errors
    /// As those of [`next`](Self::next).
    pub async fn whole(mut self) -> Result<Bytes, Problem> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}
