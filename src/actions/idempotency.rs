//! The same request twice is done once: what an `Idempotency-Key` stands for.
//!
//! Promise: a key is claimed before anything is done, so of two requests with one key one is done and the other gets its answer,
//! or is told that it is still in flight (409). The same key with another request is refused (422). An answer is kept sealed:
//! it can hold what is sealed elsewhere. A request that fails gives its key back, so that it can be mended and sent again.

use crate::{
    actions::{ActionError, error::conflict},
    context::Context,
    store::{Tx, idempotency, schema::ReplyRow, sealed},
};
use chrono::Duration;

/// A claim whose request has not been answered for so long was broken off, and the key is free again. Only imports leave claims
/// behind: they take many transactions, and doing one twice changes nothing.
const CLAIM_MINUTES: i64 = 30;

/// No status yet: claimed, and not answered.
const IN_FLIGHT: i32 = 0;

/// A key, and what makes two requests the same.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    pub key: String,
    /// A digest of method, address and body.
    pub fingerprint: String,
}

/// An answer as it is sent and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestAnswer {
    pub status: u16,
    pub etag: Option<String>,
    pub location: Option<String>,
    pub body: String,
}

/// What a key was found to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nobody has used it: do it, then [`complete`] or [`release`].
    Claimed,
    /// The same request was answered before.
    Answered(RequestAnswer),
}

/// Does something once, in the caller's transaction: what fails leaves neither anything done nor the key used. Open to everybody
/// who is signed in, as the others here; `act` authorises.
///
/// # Errors
/// The key was used for something else; those of `act`.
pub fn once(
    tx: &mut Tx,
    context: &Context,
    key: &IdempotencyKey,
    act: impl FnOnce(&mut Tx) -> Result<RequestAnswer, ActionError>,
) -> Result<RequestAnswer, ActionError> {
    match claim(tx, context, key)? {
        Claim::Answered(answer) => Ok(answer),
        Claim::Claimed => {
            let answer = act(tx)?;
            complete(tx, context, key, &answer)?;
            Ok(answer)
        }
    }
}

/// Claims a key for what takes more than one transaction. Open to everybody who is signed in.
///
/// # Errors
/// The key was used for something else; the same request is in flight.
pub fn claim(tx: &mut Tx, context: &Context, key: &IdempotencyKey) -> Result<Claim, ActionError> {
    let account = &context.account()?.id;
    let Some(found) = idempotency::find(tx, account, &key.key)? else {
        idempotency::insert(tx, &row(context, key)?)?;
        return Ok(Claim::Claimed);
    };
    if found.fingerprint != key.fingerprint {
        return Err(ActionError::KeyReused);
    }
    if found.status != IN_FLIGHT {
        let body = sealed::reply_body(&context.services.keys, &found);
        let status = u16::try_from(found.status).unwrap_or(200);
        return Ok(Claim::Answered(RequestAnswer { status, etag: found.etag, location: found.location, body }));
    }
    if found.created_at + Duration::minutes(CLAIM_MINUTES) > context.at.instant.naive_utc() {
        return conflict(
            "in-flight",
            "Den samme forespørgsel er i gang. Spørg igen om lidt med samme nøgle.",
            "The same request is in flight. Ask again soon with the same key.",
        );
    }
    idempotency::complete(tx, &row(context, key)?)?;
    Ok(Claim::Claimed)
}

/// Keeps the answer to what was claimed. Open to everybody who is signed in.
///
/// # Errors
/// A failure of the database.
pub fn complete(tx: &mut Tx, context: &Context, key: &IdempotencyKey, answer: &RequestAnswer) -> Result<(), ActionError> {
    let claimed = row(context, key)?;
    let answered = ReplyRow {
        status: i32::from(answer.status),
        etag: answer.etag.clone(),
        location: answer.location.clone(),
        body: sealed::seal_reply(&context.services.keys, &claimed, &answer.body)?,
        ..claimed
    };
    Ok(idempotency::complete(tx, &answered)?)
}

/// Gives a key back whose request could not be done. Open to everybody who is signed in.
///
/// # Errors
/// A failure of the database.
pub fn release(tx: &mut Tx, context: &Context, key: &IdempotencyKey) -> Result<(), ActionError> {
    Ok(idempotency::remove(tx, &context.account()?.id, &key.key)?)
}

fn row(context: &Context, key: &IdempotencyKey) -> Result<ReplyRow, ActionError> {
    Ok(ReplyRow {
        account_id: context.account()?.id.clone(),
        idempotency_key: key.key.clone(),
        fingerprint: key.fingerprint.clone(),
        status: IN_FLIGHT,
        etag: None,
        location: None,
        body: String::new(),
        created_at: context.at.instant.naive_utc(),
    })
}
