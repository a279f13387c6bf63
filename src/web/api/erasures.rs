//! Who was erased, and who will be.

use crate::{
    app::App,
    views::{
        erasures::{self, ErasureAhead, ErasureView},
        page::{Page, Pages},
    },
    web::{
        request::{Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{get, web};

/// Who was erased, the newest first.
#[utoipa::path(operation_id = "erasures", tag = "reads", params(Pages), responses((status = 200, body = Page<ErasureView>)))]
#[get("/erasures")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, Pages>) -> Answered {
    ask.list(&app, erasures::page).await
}

/// Who will be erased within 90 days, in time to restrict what is still needed.
#[utoipa::path(operation_id = "erasures_ahead", tag = "reads", params(Pages), responses((status = 200, body = Page<ErasureAhead>)))]
#[get("/erasures/ahead")]
pub async fn ahead(app: web::Data<App>, ask: Authenticated<NoBody, Pages>) -> Answered {
    ask.list(&app, erasures::ahead).await
}
