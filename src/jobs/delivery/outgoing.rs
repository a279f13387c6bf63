//! A letter as the mailer sends it: the addresses of the service and of the one-time link are put in only now, so that no token
//! stands in the database.

use crate::{
    actions::people::accounts::unsubscribe_token,
    app::App,
    context::Services,
    outbox::{
        calendar::CalendarObject,
        letters::{HOME, LINK},
        mailer::Outgoing,
        queue::LetterCause,
    },
    store::{StoreError, schema::LetterRow},
};

/// # Errors
/// What it says cannot be opened.
pub fn outgoing(app: &App, letter: &LetterRow) -> Result<Outgoing, StoreError> {
    let text = letter.text(&app.services.keys)?;
    let home = app.services.home();
    let link = link_address(&app.services, letter);
    let unsubscribe = letter
        .digest_of
        .as_ref()
        .map(|account| format!("{home}/api/v1/links/{}/unsubscription", unsubscribe_token(&app.services.keys, account)));
    let addressed = |text: &str| text.replace(LINK, &link).replace(HOME, home);
    Ok(Outgoing {
        id: letter.id.to_string(),
        from: letter.municipality.municipality().authority(),
        to: letter.address(&app.services.keys)?,
        reply_to: letter.reply_to.clone(),
        plain: addressed(&text.plain),
        html: addressed(&text.html),
        calendar: calendar(letter, text.calendar.as_deref()),
        subject: text.subject,
        unsubscribe,
        written: letter.created_at.and_utc(),
    })
}

/// Where the letter's link leads: to an agreement, or to where a password is chosen.
fn link_address(services: &Services, letter: &LetterRow) -> String {
    match (&letter.link_id, serde_json::from_str(&letter.cause)) {
        (Some(link), _) => services.link_address(link),
        (None, Ok(LetterCause::AccountLink { link })) => services.password_address(&link),
        _ => String::new(),
    }
}

fn calendar(letter: &LetterRow, written: Option<&str>) -> Vec<CalendarObject> {
    let Some(text) = written else { return Vec::new() };
    serde_json::from_str(text).unwrap_or_else(|error| {
        tracing::error!(letter = %letter.id, %error, "what a letter puts into a calendar cannot be read");
        Vec::new()
    })
}
