//! The REST API under `/api/v1`, its description and its readable page.
//!
//! Promise: a handler parses, calls one action or view, and shows. It asks the database nothing and authorises nobody.

mod access_log;
mod addresses;
pub mod api;
mod auth;
mod connections;
mod description;
pub mod export;
mod language;
mod openapi;
mod page_paths;
mod pages;
mod path;
pub mod problem;
mod request;
mod response;
mod routes;
mod security_headers;
mod server;

pub use openapi::{describe, describe_with};
pub use server::serve;
