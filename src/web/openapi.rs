//! The description of the API, as it is served.

use crate::{
    domain::rules::rulebook::{BUILT_IN, Rulebook},
    web::{description, routes},
};
use actix_web::{App, HttpResponse, web};
use serde_json::Value;
use utoipa_actix_web::{AppExt, scope};

/// The whole description, with the built-in rulebook.
pub fn describe() -> Value {
    Rulebook::read(BUILT_IN).map_or(Value::Null, |book| describe_with(&book))
}

/// The whole description, with the rules of a book.
pub fn describe_with(book: &Rulebook) -> Value {
    let (_, mut api) = App::new()
        .into_utoipa_app()
        .openapi(description::base())
        .service(scope::scope("/api/v1").configure(routes::described))
        .split_for_parts();
    api.openapi = utoipa::openapi::OpenApiVersion::Version31;
    description::complete(&api, book)
}

/// The description in its text, made once.
pub struct DescriptionText(web::Bytes);

impl DescriptionText {
    pub fn of(description: &Value) -> Self {
        Self(serde_json::to_vec_pretty(description).unwrap_or_default().into())
    }
}

/// `/api/v1/openapi.json`.
pub async fn openapi(text: web::Data<DescriptionText>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(text.0.clone())
}
