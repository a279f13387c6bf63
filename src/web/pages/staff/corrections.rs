//! What was registered in error about a citizen's course, and put right.

use crate::{
    domain::values::{
        ids::CitizenId,
        in_words::{capital, day_in_words},
    },
    views::{corrections, page::Pages},
    web::{
        pages::{error::PageError, frame::WebPage, staff::signed_in::SignedIn},
        path::Id,
    },
};
use actix_web::{HttpResponse, http::StatusCode};
use maud::html;

/// Shows the newest.
///
/// # Errors
/// Not for this role; not found.
pub async fn corrections(own: SignedIn, id: Option<Id<CitizenId>>) -> Result<HttpResponse, PageError> {
    let locale = &own.locale;
    let id = own.known(id)?;
    let pages = Pages { cursor: None, limit: None };
    let found = own.read(move |conn, context| corrections::of_citizen(conn, context, &id, &pages)).await?;
    let body = html! {
        @if found.items.is_empty() { p { (locale.t("Der er ikke rettet noget.", "Nothing was put right.")) } }
        @for own in &found.items {
            h2 { (locale.say(&day_in_words(own.on))) ": " (capital(locale.say(&own.what.label()))) }
            @if let Some(reasons) = &own.reasons { p.words { (reasons) } }
            @if let Some(name) = &own.by_name { p.quiet { (name) } }
        }
    };
    let title = locale.t("Registreret ved en fejl og rettet", "Registered in error and put right");
    Ok(own.framed(WebPage::new(title, body)).answer(locale, StatusCode::OK))
}
