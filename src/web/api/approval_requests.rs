//! What team leaders are asked to approve.

use crate::{
    actions::internships::approvals::{self, ApprovalAnswering},
    app::App,
    domain::values::ids::ApprovalRequestId,
    views::{
        approval_requests::{self, ApprovalRequestQuery, ApprovalRequestView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// What has been asked, the eldest first: by what waits, by internship, by who asked.
#[utoipa::path(tag = "approval-requests", params(ApprovalRequestQuery), responses((status = 200, body = Page<ApprovalRequestView>)))]
#[get("/approval-requests")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, ApprovalRequestQuery>) -> Answered {
    ask.list(&app, approval_requests::page).await
}

/// One question to the team leaders.
#[utoipa::path(tag = "approval-requests", params(("id" = ApprovalRequestId, Path)), responses((status = 200, body = ApprovalRequestView)))]
#[get("/approval-requests/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<ApprovalRequestId>) -> Answered {
    ask.read(&app, move |conn, context, _| approval_requests::one(conn, context, &id.0)).await
}

/// A team leader answers; never whoever asked.
#[utoipa::path(tag = "approval-requests", params(("id" = ApprovalRequestId, Path), IfMatch), request_body = ApprovalAnswering, responses((status = 200, body = ApprovalRequestView)))]
#[post("/approval-requests/{id}/answer")]
pub async fn answer(app: web::Data<App>, ask: Authenticated<ApprovalAnswering>, id: Id<ApprovalRequestId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        approvals::answer(tx, context, seen, &id.0, body)?;
        approval_requests::one(tx, context, &id.0)
    })
    .await
}
