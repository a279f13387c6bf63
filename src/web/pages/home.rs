//! The first page: what this is, and where to go on.

use crate::web::pages::{frame::WebPage, locale::Locale};
use actix_web::{HttpResponse, http::StatusCode};
use maud::html;

pub async fn home(site: Locale) -> HttpResponse {
    let body = html! {
        p {
            (site.t(
                "Her aftaler borgere, virksomheder og kommunen virksomhedspraktik, der fører til job.",
                "Here citizens, companies and the municipality agree on internships that lead to a job.",
            ))
        }
        h2 { (site.t("Har du fået et brev fra os?", "Have you received a letter from us?")) }
        p {
            (site.t(
                "Brug knappen i brevet. Virker den ikke, så ring til den, der står i brevet.",
                "Use the button in the letter. If it does not work, call whoever is named in the letter.",
            ))
        }
        h2 { (site.t("Arbejder du i kommunen?", "Do you work in the municipality?")) }
        p { a.button href=(site.to("/sign-in")) { (site.t("Log ind", "Sign in")) } }
        h2 { (site.t("Bygger du et system, der skal tale med dette?", "Are you building a system that is to talk to this one?")) }
        p { a href="/docs/" { (site.t("Beskrivelsen af grænsefladen (på engelsk)", "The description of the API")) } }
    };
    WebPage::new("RetteMatch", body).answer(&site, StatusCode::OK)
}
