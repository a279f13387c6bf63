//! Verifying and hashing a password takes long on purpose: it is done beside the threads that answer.

use crate::{
    actions::people::accounts::Password,
    crypto,
    web::problem::{Problem, ProblemKind},
};
use actix_web::web;

/// A hash of no password, verified where there is no account, so that both cases take the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash under which a new password is kept.
///
/// # Errors
/// No room for it just now; no random numbers.
pub async fn hash_password(password: &Password) -> Result<String, Problem> {
    let password = password.clone();
    aside(move || crypto::hash_password(password.reveal())).await?.map_err(|_| Problem::new(ProblemKind::Internal))
}

/// Whether a password is the one of a hash; where there is none it takes as long to say no.
///
/// # Errors
/// No room for it just now.
pub async fn fits(password: Password, hash: Option<String>) -> Result<bool, Problem> {
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    aside(move || crypto::password_fits(password.reveal(), &hash)).await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    web::block(work).await.map_err(|_| Problem::new(ProblemKind::Unavailable))
}
