//! Whoever changes their own password gives the old one: a session that somebody has left open is not enough.

use crate::{
    actions::people::{
        accounts::{NewPassword, old_password},
        tries::{self, TryCount},
    },
    app::App,
    domain::values::{day::At, ids::AccountId},
    web::{auth::passwords::fits, problem::Problem},
};

/// Looks whether the old password is the one of a hash. Tries are counted, as when signing in.
///
/// # Errors
/// It is missing or does not fit; too many tries.
pub async fn confirm(app: &App, at: At, account: &AccountId, hash: String, new: &NewPassword) -> Result<(), Problem> {
    let old = old_password(new.old_password.as_ref(), true)?;
    let (services, own) = (app.services.clone(), account.clone());
    let taken = app.db.write(move |tx| tries::take(tx, at, &TryCount::of_signed_in(&services.keys, &own))).await?;
    let fits = fits(app, old, Some(hash)).await?;
    old_password(new.old_password.as_ref(), fits)?;
    Ok(app.db.write(move |tx| tries::forgive(tx, &taken)).await?)
}
