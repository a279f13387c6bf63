//! Letters: what was sent, what waits, what failed.

use crate::{
    actions::letters as act,
    app::App,
    domain::values::ids::LetterId,
    views::{
        letters::{self, LetterLine, LetterQuery, LetterView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{get, post, web};

/// The letters of the municipality: sent, waiting, failed, dropped.
#[utoipa::path(operation_id = "list_letters", tag = "letters", params(LetterQuery), responses((status = 200, body = Page<LetterLine>)))]
#[get("/letters")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, LetterQuery>) -> Answered {
    ask.list(&app, letters::page).await
}

/// One letter with its text.
#[utoipa::path(operation_id = "letter", tag = "letters", params(("id" = LetterId, Path)), responses((status = 200, body = LetterView)))]
#[get("/letters/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<LetterId>) -> Answered {
    ask.read(&app, move |conn, context, _| letters::one(conn, context, &id.0)).await
}

/// Sends a letter again that could not be delivered.
#[utoipa::path(operation_id = "send_letter_again", tag = "letters", params(("id" = LetterId, Path)), responses((status = 200, body = LetterView)))]
#[post("/letters/{id}/resending")]
pub async fn send_again(app: web::Data<App>, ask: Authenticated, id: Id<LetterId>) -> Answered {
    ask.add(&app, move |tx, context, _| {
        act::send_again(tx, context, &id.0)?;
        letters::one(tx, context, &id.0)
    })
    .await
}
