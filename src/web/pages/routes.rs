//! The route table of the pages, on one screen.

use crate::web::pages::{home, link, staff, style};
use actix_web::{guard, web};

/// The route table of the pages.
pub fn served(routes: &mut web::ServiceConfig) {
    let shown = || web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    routes
        .route("/", shown().to(home::home))
        .route(style::STYLE_PATH.as_str(), shown().to(style::style))
        .route("/l/{token}", shown().to(link::show))
        .route("/l/{token}/confirmation", web::post().to(link::confirm))
        .route("/l/{token}/objection", web::post().to(link::object_to))
        .route("/l/{token}/answer", web::post().to(link::answer))
        .route("/l/{token}/words", web::post().to(link::write))
        .route("/l/{token}/digits", web::post().to(link::unlock))
        .route("/l/{token}/statement", web::post().to(link::state))
        .route("/l/{token}/renewal", web::post().to(link::renew))
        .route("/sign-in", shown().to(staff::ask))
        .route("/sign-in", web::post().to(staff::sign_in))
        .route("/sign-out", web::post().to(staff::sign_out))
        .route("/flags/{id}", shown().to(staff::flag))
        .route("/flags/{id}/acknowledgement", web::post().to(staff::acknowledge))
        .route("/flags/{id}/snooze", web::post().to(staff::snooze))
        .route("/internships/{id}", shown().to(staff::internship))
        .route("/openings/{id}", shown().to(staff::opening))
        .route("/follow-ups", shown().to(staff::follow_ups))
        .route("/citizens/{id}/corrections", shown().to(staff::corrections));
}
