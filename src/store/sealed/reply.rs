//! What was answered under an `Idempotency-Key`: it can hold what is sealed elsewhere.

use crate::{
    crypto::Keys,
    store::{
        schema::ReplyRow,
        sealed::{
            column::{SealedError, SealedText},
            columns::REPLY,
        },
    },
};

fn key(row: &ReplyRow) -> String {
    format!("{}/{}", row.account_id, row.idempotency_key)
}

/// # Errors
/// The machine gives no random numbers.
pub fn seal_reply(keys: &Keys, row: &ReplyRow, body: &str) -> Result<String, SealedError> {
    Ok(REPLY.seal(keys, key(row), &body.to_owned())?.as_str().to_owned())
}

/// The answer. What stands there unsealed was written before answers were sealed.
pub fn reply_body(keys: &Keys, row: &ReplyRow) -> String {
    REPLY.open(keys, key(row), &SealedText::stored(row.body.clone())).unwrap_or_else(|_| row.body.clone())
}
