//! The rulebook.

use crate::{
    app::App,
    views::rules::{self, RulesQuery, RulesView},
    web::{
        request::{Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{get, web};

/// What is in force on a day, with references, in words.
#[utoipa::path(operation_id = "rules", tag = "rules", params(RulesQuery), responses((status = 200, body = RulesView)))]
#[get("/rules")]
pub async fn on_day(app: web::Data<App>, ask: Authenticated<NoBody, RulesQuery>) -> Answered {
    ask.read(&app, rules::on_day).await
}
