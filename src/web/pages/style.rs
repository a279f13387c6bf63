//! The one style sheet. Its address changes with its text, so browsers may keep it for ever.

use actix_web::{HttpResponse, http::header};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");

pub static STYLE_PATH: LazyLock<String> = LazyLock::new(|| {
    let digest: String = data_encoding::HEXLOWER.encode(&Sha256::digest(STYLE)).chars().take(16).collect();
    format!("/assets/style-{digest}.css")
});

pub async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type("text/css; charset=utf-8")
        .body(STYLE)
}
