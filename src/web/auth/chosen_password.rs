//! Whoever holds the link of a letter chooses a password: nothing is hashed for a link that opens nothing.

use crate::{
    actions::people::{accounts::Password, password_links},
    app::App,
    domain::values::day::At,
    web::{auth::passwords::hash_password, problem::Problem},
};

/// Sets the password.
///
/// # Errors
/// A link that opens nothing; a password that is easy to guess; no room to hash it just now.
pub async fn choose_password(app: &App, at: At, token: String, password: Password) -> Result<(), Problem> {
    let (own, chosen) = (token.clone(), password.clone());
    app.db.read(move |conn| password_links::may_choose(conn, at, &own, Some(&chosen))).await?;
    let hash = hash_password(app, &password).await?;
    Ok(app.db.write(move |tx| password_links::choose(tx, at, &token, &hash)).await?)
}
