//! Pages for people without an account, and the first pages for those who have one. Server-rendered; everything works without scripts.
//!
//! Promise: opening a page only shows; a button acts (mail scanners open every link). Nothing of a page is fetched from elsewhere, no
//! page is kept by the browser or frames another, and a page says no code where a word exists. Danish and English stand side by side in
//! the source ([`site::Site::t`]).

mod components;
mod error;
mod form;
mod frame;
mod home;
mod link;
mod site;
mod style;

pub use error::PageError;
pub use site::Site;

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
        .route("/l/{token}/renewal", web::post().to(link::renew));
}
