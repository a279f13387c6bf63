//! The directory of colleagues.

use crate::{
    app::App,
    views::{
        colleagues::{self, ColleagueQuery, ColleagueView},
        page::Page,
    },
    web::{
        request::{Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{get, web};

/// The colleagues of the municipality: who they are, in which team, and who stands in for whom today.
#[utoipa::path(tag = "accounts", params(ColleagueQuery), responses((status = 200, body = Page<ColleagueView>)))]
#[get("/colleagues")]
pub async fn directory(app: web::Data<App>, ask: Authenticated<NoBody, ColleagueQuery>) -> Answered {
    ask.list(&app, colleagues::page).await
}
