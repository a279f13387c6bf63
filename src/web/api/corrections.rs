//! What was recorded wrongly is registered in error, with reasons: the wrong one stays visible and counts nowhere.

use crate::{
    actions::put_right::{
        answers, bookings, follow_ups,
        merging::{self, Merging},
        outcomes,
        persons::{self, RightCpr},
        recording::Correcting,
        stays,
    },
    app::App,
    domain::values::ids::{AnswerId, CitizenId, FollowUpId, InternshipId, OutcomeId, RetentionCheckId},
    views::{
        corrections::{self, CorrectionView},
        page::{Page, Pages},
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, web};

/// What was put right in a citizen's course, the newest first: what stood before, who put it right, when and why, and who was told.
#[utoipa::path(operation_id = "corrections", tag = "corrections", params(("id" = CitizenId, Path), Pages), responses((status = 200, body = Page<CorrectionView>)))]
#[get("/citizens/{id}/corrections")]
pub async fn of_citizen(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, pages| corrections::of_citizen(conn, context, &id.0, pages)).await
}

/// Replaces a citizen's CPR number, mistyped or changed: the one before still finds the citizen.
#[utoipa::path(operation_id = "right_cpr", tag = "corrections", params(("id" = CitizenId, Path), IfMatch), request_body = RightCpr, responses((status = 200, body = CorrectionView)))]
#[post("/citizens/{id}/cpr")]
pub async fn cpr(app: web::Data<App>, ask: Authenticated<RightCpr>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = persons::cpr(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Merges another record of the same person into this one: everything of it becomes this citizen's, and both numbers find the citizen.
/// What there can be one of stands as it is here; the answer says what was left out. The other record says from then on where the
/// person went.
#[utoipa::path(operation_id = "merge_citizens", tag = "corrections", params(("id" = CitizenId, Path), IfMatch), request_body = Merging, responses((status = 200, body = CorrectionView)))]
#[post("/citizens/{id}/merge")]
pub async fn merge(app: web::Data<App>, ask: Authenticated<Merging>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = merging::merge(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers a booking in error: it is as if never booked. A job that came of it has to be put right first. After 14 days only a team
/// leader.
#[utoipa::path(operation_id = "booking_in_error", tag = "corrections", params(("id" = InternshipId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/internships/{id}/in-error")]
pub async fn booking(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = bookings::booking(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers the start of an internship in error: it waits for its start again. Its end has to be put right first.
#[utoipa::path(operation_id = "start_in_error", tag = "corrections", params(("id" = InternshipId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/internships/{id}/start/in-error")]
pub async fn start(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = stays::start(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers the end of an internship in error, with the next step that was recorded with it: it runs again. A later step has to be put
/// right first.
#[utoipa::path(operation_id = "end_in_error", tag = "corrections", params(("id" = InternshipId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/internships/{id}/end/in-error")]
pub async fn end(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = stays::end(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers a held follow-up in error: a planned one waits to be held again.
#[utoipa::path(operation_id = "follow_up_in_error", tag = "corrections", params(("id" = FollowUpId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/follow-ups/{id}/in-error")]
pub async fn follow_up(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<FollowUpId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = follow_ups::follow_up(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers a company's answer in error: the question is open again. The tag is that of the internship.
#[utoipa::path(operation_id = "answer_in_error", tag = "corrections", params(("id" = AnswerId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/answers/{id}/in-error")]
pub async fn answer(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<AnswerId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = answers::answer(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers a job, wage subsidy or education in error. A check of it has to be put right first.
#[utoipa::path(operation_id = "outcome_in_error", tag = "corrections", params(("id" = OutcomeId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/outcomes/{id}/in-error")]
pub async fn outcome(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<OutcomeId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = outcomes::outcome(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}

/// Registers a check of a job in error: it is due again, and a job that it ended goes on. The tag is that of the job.
#[utoipa::path(operation_id = "retention_check_in_error", tag = "corrections", params(("id" = RetentionCheckId, Path), IfMatch), request_body = Correcting, responses((status = 200, body = CorrectionView)))]
#[post("/retention-checks/{id}/in-error")]
pub async fn retention_check(app: web::Data<App>, ask: Authenticated<Correcting>, id: Id<RetentionCheckId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        let made = outcomes::retention_check(tx, context, seen, &id.0, body)?;
        corrections::one(tx, context, &made)
    })
    .await
}
