//! Pages for people without an account, and the first pages for those who have one. Server-rendered; everything works without scripts.
//!
//! Promise: opening a page only shows; a button acts (mail scanners open every link). Nothing of a page is fetched from elsewhere, no
//! page is kept by the browser or frames another, and a page says no code where a word exists. Danish and English stand side by side in
//! the source ([`locale::Locale::t`]).

mod components;
mod course;
mod error;
mod form;
mod frame;
mod home;
mod link;
mod locale;
mod routes;
mod staff;
mod style;
mod written;

pub use error::PageError;
pub use locale::Locale;
pub use routes::served;
