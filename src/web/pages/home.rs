//! The first page: what this is, and where to go on.

use crate::web::pages::{frame::WebPage, locale::Locale, staff::SignedIn};
use actix_web::{HttpResponse, http::StatusCode};
use maud::html;

pub async fn home(locale: Locale, own: Option<SignedIn>) -> HttpResponse {
    let body = html! {
        p {
            (locale.t(
                "Her aftaler borgere, virksomheder og kommunen virksomhedspraktik, der fører til job.",
                "Here citizens, companies and the municipality agree on internships that lead to a job.",
            ))
        }
        h2 { (locale.t("Har du fået et brev fra os?", "Have you received a letter from us?")) }
        p {
            (locale.t(
                "Brug knappen i brevet. Virker den ikke, så ring til den, der står i brevet.",
                "Use the button in the letter. If it does not work, call whoever is named in the letter.",
            ))
        }
        h2 { (locale.t("Arbejder du i kommunen?", "Do you work in the municipality?")) }
        @if own.is_some() {
            p { a href=(locale.to("/follow-ups")) { (locale.t("Dine opfølgninger", "Your follow-ups")) } }
        } @else {
            p { a.button href=(locale.to("/sign-in")) { (locale.t("Log ind", "Sign in")) } }
        }
        h2 { (locale.t("Bygger du et system, der skal tale med dette?", "Are you building a system that is to talk to this one?")) }
        p { a href="/docs/" { (locale.t("Beskrivelsen af grænsefladen (på engelsk)", "The description of the API")) } }
    };
    let page = WebPage::new("RetteMatch", body);
    match own {
        Some(own) => own.framed(page).answer(&locale, StatusCode::OK),
        None => page.answer(&locale, StatusCode::OK),
    }
}
