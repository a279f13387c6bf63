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
        .route("/l/{token}/course", shown().to(link::course))
        .route("/l/{token}/confirmation", web::post().to(link::confirm))
        .route("/l/{token}/objection", web::post().to(link::object_to))
        .route("/l/{token}/agreements/withdrawal", web::post().to(link::take_back))
        .route("/l/{token}/answer", web::post().to(link::answer))
        .route("/l/{token}/words", web::post().to(link::write))
        .route("/l/{token}/digits", web::post().to(link::unlock))
        .route("/l/{token}/statement", web::post().to(link::state))
        .route("/l/{token}/renewal", web::post().to(link::renew))
        .route("/sign-in", shown().to(staff::ask))
        .route("/sign-in", web::post().to(staff::sign_in))
        .route("/sign-in/provider", web::get().to(staff::go_to_provider))
        .route("/sign-in/provider/answer", web::get().to(staff::come_from_provider))
        .route("/password/{token}", shown().to(staff::ask_password))
        .route("/password/{token}", web::post().to(staff::choose_password))
        .route("/sign-out", web::post().to(staff::sign_out))
        .route("/flags/{id}", shown().to(staff::flag))
        .route("/flags/{id}/acknowledgement", web::post().to(staff::acknowledge))
        .route("/flags/{id}/snooze", web::post().to(staff::snooze))
        .route("/internships/{id}", shown().to(staff::internship))
        .route("/approvals/{id}", shown().to(staff::approval))
        .route("/approvals/{id}/answer", web::post().to(staff::answer_approval))
        .route("/openings/{id}", shown().to(staff::opening))
        .route("/openings/{id}/renewal", web::post().to(staff::renew_opening))
        .route("/openings/{id}/closure", web::post().to(staff::close_opening))
        .route("/follow-ups", shown().to(staff::follow_ups))
        .route("/follow-ups/{id}", shown().to(staff::follow_up))
        .route("/follow-ups/{id}/move", web::post().to(staff::move_follow_up))
        .route("/follow-ups/{id}/cancellation", web::post().to(staff::cancel_follow_up))
        .route("/citizens/{id}/course", shown().to(staff::course_of_citizen))
        .route("/citizens/{id}/access-reasons", web::post().to(staff::give_access_reason))
        .route("/citizens/{id}/extract", shown().to(staff::extract_of_citizen))
        .route("/citizens/{id}/corrections", shown().to(staff::corrections));
}
