//! The follow-ups that come next for whoever is signed in.

use crate::{
    domain::values::day::plus,
    views::named,
    web::pages::{
        error::PageError,
        frame::WebPage,
        staff::{follow_up_line::follow_up_line, signed_in::SignedIn},
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use chrono::NaiveDate;
use maud::html;

/// So many days ahead, where the address names no day.
const AHEAD: i64 = 14;

/// Shows them, up to the day that the address names.
///
/// # Errors
/// Not for this role.
pub async fn follow_ups(own: SignedIn, request: HttpRequest) -> Result<HttpResponse, PageError> {
    let locale = &own.locale;
    let until = request.query_string().split('&').find_map(|pair| pair.strip_prefix("until="));
    let until = until.and_then(|day| day.parse::<NaiveDate>().ok()).unwrap_or_else(|| plus(own.at.today, AHEAD));
    let found = own.read(move |conn, context| named::follow_ups_until(conn, context, until)).await?;
    let body = html! {
        p {
            (locale.t(
                "Se, at tid og sted er aftalt med borger og virksomhed – eller flyt opfølgningen.",
                "See that time and place are agreed with citizen and company – or move the follow-up.",
            ))
        }
        @if found.is_empty() { p { (locale.t("Der er ingen opfølgninger i de dage.", "There are no follow-ups in those days.")) } }
        ul {
            @for own in &found { li { strong { (own.case) } br; (follow_up_line(locale, own)) } }
        }
    };
    let page = WebPage::new(locale.t("Dine opfølgninger", "Your follow-ups"), body);
    Ok(own.framed(page).answer(locale, StatusCode::OK))
}
