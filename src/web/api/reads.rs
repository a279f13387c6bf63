//! Who has looked at whom, and why somebody looks at a colleague's citizen.

use crate::{
    actions::people::access_reasons::{self, NewAccessReason},
    app::App,
    domain::values::ids::{AccessReasonId, CitizenId},
    views::{
        Representation,
        changed_values::{self, ChangedValueQuery, ChangedValueView},
        changes::{self, PersonChangeView},
        extracts::{self, CitizenExtract},
        page::{Page, Pages},
        reads::{self, ReadQuery, ReadView},
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::Answered,
    },
};
use actix_web::{get, post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// The log of who has read of whom, the newest first.
#[utoipa::path(operation_id = "reads", tag = "reads", params(ReadQuery), responses((status = 200, body = Page<ReadView>)))]
#[get("/reads")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, ReadQuery>) -> Answered {
    ask.list(&app, reads::page).await
}

/// Who has looked at one citizen, the newest first: what the citizen is handed on asking who has.
#[utoipa::path(operation_id = "reads_of_citizen", tag = "reads", params(("id" = CitizenId, Path), Pages), responses((status = 200, body = Page<ReadView>)))]
#[get("/citizens/{id}/reads")]
pub async fn of_citizen(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, pages| reads::of_citizen(conn, context, &id.0, pages)).await
}

/// Who has changed what of one citizen, the newest first.
#[utoipa::path(operation_id = "changes_of_citizen", tag = "reads", params(("id" = CitizenId, Path), Pages), responses((status = 200, body = Page<PersonChangeView>)))]
#[get("/citizens/{id}/changes")]
pub async fn changes_of_citizen(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, pages| changes::of_citizen(conn, context, &id.0, pages)).await
}

/// What was changed of one citizen, value by value, the newest first: what stood there before and what stands there now.
#[utoipa::path(operation_id = "changed_values_of_citizen", tag = "reads", params(("id" = CitizenId, Path), Pages), responses((status = 200, body = Page<ChangedValueView>)))]
#[get("/citizens/{id}/changed-values")]
pub async fn values_of_citizen(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, pages| changed_values::of_citizen(conn, context, &id.0, pages)).await
}

/// What everybody has changed, value by value, the newest first.
#[utoipa::path(operation_id = "changed_values", tag = "reads", params(ChangedValueQuery), responses((status = 200, body = Page<ChangedValueView>)))]
#[get("/changes")]
pub async fn changed(app: web::Data<App>, ask: Authenticated<NoBody, ChangedValueQuery>) -> Answered {
    ask.list(&app, changed_values::page).await
}

/// All that is kept of a citizen: what the citizen may demand to be handed.
#[utoipa::path(operation_id = "extract_of_citizen", tag = "reads", params(("id" = CitizenId, Path)), responses((status = 200, body = CitizenExtract)))]
#[get("/citizens/{id}/extract")]
pub async fn extract(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| Ok(Representation::only(extracts::of_citizen(conn, context, &id.0)?))).await
}

/// A reason that was written.
#[derive(Serialize, ToSchema)]
pub struct AccessReasonView {
    pub id: AccessReasonId,
}

/// Writes why one looks at a colleague's citizen: it opens the citizen for the rest of the day. The citizen may read it.
#[utoipa::path(operation_id = "give_access_reason", tag = "reads", params(("id" = CitizenId, Path)), request_body = NewAccessReason, responses((status = 201, body = AccessReasonView)))]
#[post("/citizens/{id}/access-reasons")]
pub async fn give_reason(app: web::Data<App>, ask: Authenticated<NewAccessReason>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = access_reasons::give(tx, context, &id.0, body)?;
        Ok(Representation::only(AccessReasonView { id: made }))
    })
    .await
}
