//! To somebody who works here: a link to choose a password; and that somebody else has changed the account.

use crate::{
    domain::values::{
        in_words::day_in_words,
        localized::{Localized, localized},
    },
    outbox::letters::letter::{Block, LINK, Letter},
};
use chrono::NaiveDate;

/// A link to choose a password, by its last day; a new one takes the place of what there was.
pub fn choose_password(last: NaiveDate, is_new_account: bool) -> Letter {
    let day = day_in_words(last);
    let what = if is_new_account {
        localized("Du har fået en konto i RetteMatch.", "You have been given an account in RetteMatch.")
    } else {
        localized(
            "Kommunens administrator har sendt dig et nyt link. Tidligere adgangskoder og links virker ikke længere.",
            "The municipality's administrator has sent you a new link. Earlier passwords and links work no longer.",
        )
    };
    Letter {
        subject: localized("Vælg din adgangskode til RetteMatch", "Choose your password for RetteMatch"),
        blocks: vec![
            Block::Text(what),
            Block::Text(localized(
                "Vælg selv en adgangskode. Ingen andre kender den, heller ikke administratoren.",
                "Choose a password yourself. Nobody else knows it, not even the administrator.",
            )),
            Block::Button(localized("Vælg adgangskode", "Choose a password"), LINK.into()),
            Block::Note(localized(
                format!(
                    "Linket virker én gang, og til og med den {}. Bed administratoren om et nyt, hvis det er for gammelt.",
                    day.da
                ),
                format!("The link works once, until {}. Ask the administrator for a new one if it is too old.", day.en),
            )),
        ],
    }
}

/// What of an account somebody else has changed: what it is, and what it is now.
pub fn account_changed(by: &str, changes: &[(Localized, Localized)]) -> Letter {
    Letter {
        subject: localized("Din konto i RetteMatch er ændret", "Your account in RetteMatch was changed"),
        blocks: vec![
            Block::Text(localized(format!("{by} har ændret din konto:"), format!("{by} has changed your account:"))),
            Block::Facts(changes.to_vec()),
            Block::Text(localized(
                "Du skal logge ind igen. Har du ikke aftalt det, så sig det til din leder eller en anden administrator med det samme.",
                "You have to sign in again. If you did not agree on it, tell your leader or another administrator at once.",
            )),
        ],
    }
}
