//! Verifying and hashing a password takes long on purpose: it is done beside the threads that answer, at few places.

use crate::{
    actions::people::accounts::Password,
    app::App,
    crypto::{HashingBusy, HashingMemory},
    domain::values::localized::localized,
    web::problem::{Problem, ProblemKind},
};

/// A hash of no password, verified where there is no account, so that both cases take the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash under which a new password is kept. Asked for only where whoever asks may set it.
///
/// # Errors
/// No room for it just now; no random numbers.
pub async fn hash_password(app: &App, password: &Password) -> Result<String, Problem> {
    let password = password.clone();
    let hash = at_a_place(app, move |memory| memory.hash(password.reveal())).await?;
    hash.map_err(|_| Problem::new(ProblemKind::Internal))
}

/// Whether a password is the one of a hash; where there is none it takes as long to say no.
///
/// # Errors
/// No room for it just now.
pub async fn fits(app: &App, password: Password, hash: Option<String>) -> Result<bool, Problem> {
    // Who has not chosen a password yet has an empty one.
    let hash = hash.filter(|hash| !hash.is_empty()).unwrap_or_else(|| NOBODY.to_owned());
    at_a_place(app, move |memory| memory.fits(password.reveal(), &hash)).await
}

async fn at_a_place<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&mut HashingMemory) -> T + Send + 'static,
) -> Result<T, Problem> {
    app.hashing.work(work).await.map_err(|HashingBusy| {
        let detail = localized("Der er travlt lige nu. Prøv igen om lidt.", "It is busy just now. Try again soon.");
        Problem { retry_after: Some(2), ..Problem::with(ProblemKind::Unavailable, detail) }
    })
}
