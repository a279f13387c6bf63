//! An opening that expires soon: what it offers, and whom to ask whether it still stands.

use crate::{
    domain::values::{
        ids::OpeningId,
        in_words::{capital, day_in_words},
        vocabulary::{TermKind, label_of},
    },
    views::named,
    web::{
        pages::{
            components::{Tone, fact, notice},
            error::PageError,
            frame::WebPage,
            staff::signed_in::SignedIn,
        },
        path::Id,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpResponse, http::StatusCode};
use maud::html;

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn opening(own: SignedIn, id: Option<Id<OpeningId>>) -> Result<HttpResponse, PageError> {
    let locale = &own.locale;
    let id = id.ok_or_else(|| PageError::new(locale, Problem::new(ProblemKind::NotFound)))?.0;
    let shown = own.read(move |conn, context| named::opening(conn, context, &id)).await?;
    let view = &shown.opening;
    let occupation = label_of(TermKind::Occupation, &view.occupation);
    let (expires, from) = (day_in_words(view.expires_on), day_in_words(view.from));
    let body = html! {
        @if view.closed_on.is_some() {
            (notice(Tone::Plain, html! { p { (locale.t("Åbningen er lukket.", "The opening is closed.")) } }))
        } @else {
            (notice(Tone::Warn, html! {
                p {
                    (locale.t(
                        format!("Åbningen gælder til og med den {}. Spørg virksomheden, om tilbuddet stadig gælder, og forny eller luk den.", expires.da),
                        format!("The opening stands until {}. Ask the company whether the offer still stands, and renew or close it.", expires.en),
                    ))
                }
            }))
        }
        dl.facts {
            (fact(locale.t("Hvad", "What"), &[&capital(locale.say(&occupation)), locale.say(&view.kind.label())]))
            (fact(locale.t("Fra", "From"), &[locale.say(&from)]))
            (fact(locale.t("Pladser", "Places"), &[&view.places.to_string()]))
            @if let Some(contact) = &shown.contact { (fact(locale.t("Spørg", "Ask"), &[contact])) }
            @if let Some(words) = &view.words { (fact(locale.t("Med egne ord", "In own words"), &[words])) }
        }
        p.quiet { (locale.t("P-nummer ", "P-number ")) (shown.p_number) }
    };
    let title = locale.t(format!("Jobåbning hos {}", shown.workplace), format!("Opening at {}", shown.workplace));
    Ok(own.framed(WebPage::new(title, body)).answer(locale, StatusCode::OK))
}
