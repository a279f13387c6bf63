//! Internships: booked, aligned, started, extended, ended. Each answer is the internship as it stands then.

use crate::{
    actions::internships::{
        accommodations::{self, Agreeing, Settlement},
        answers::{self, RecordedAnswer},
        approvals::{self, ApprovalAsking},
        booking::{self, Booking},
        cancelling::{self, Cancelling},
        changing::{self, Change},
        confirming::{self, Confirming, Objecting, Withdrawing},
        employer_statement::{self, EmployerStating},
        ending::{self, End, NextStep},
        extension::{self, Extension},
        inviting::{self, Inviting},
        meeting,
        papers::{self, ContactPerson, Deciding},
        retention,
        starting::{self, Start},
        statement::{self, Overruling, StatementAsking, Stating},
        taking_back::{self, TakingBack},
        withdrawing::{self, VersionWithdrawing},
    },
    app::App,
    domain::{internships::meeting::Meeting, values::ids::InternshipId},
    views::{
        approval_requests::{self, ApprovalRequestView},
        internships::{self, InternshipLine, InternshipQuery, InternshipView},
        page::Page,
    },
    web::{
        path::Id,
        request::{Authenticated, DryRun, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, post, put, web};

/// The internships of the municipality.
#[utoipa::path(tag = "internships", params(InternshipQuery), responses((status = 200, body = Page<InternshipLine>)))]
#[get("/internships")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, InternshipQuery>) -> Answered {
    ask.list(&app, internships::page).await
}

/// Books an internship: version 1 of its alignment. Citizen and company are asked by letter to confirm it.
#[utoipa::path(tag = "internships", params(DryRun), request_body = Booking, responses((status = 201, body = InternshipView), (status = 200, description = "A rehearsal: nothing was written.", body = InternshipView)))]
#[post("/internships")]
pub async fn book(app: web::Data<App>, ask: Authenticated<Booking, DryRun>) -> Answered {
    ask.create(&app, |tx, context, body| {
        let id = booking::book(tx, context, body)?;
        Ok(internships::one(tx, context, &id)?.at(format!("/api/v1/internships/{id}")))
    })
    .await
}

/// One internship as it stands.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), responses((status = 200, body = InternshipView)))]
#[get("/internships/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<InternshipId>) -> Answered {
    ask.read(&app, move |conn, context, _| internships::one(conn, context, &id.0)).await
}

/// Changes what was agreed: a new version, which all three confirm. The old one stands until then.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch, DryRun), request_body = Change, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/versions")]
pub async fn change(app: web::Data<App>, ask: Authenticated<Change, DryRun>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        changing::change(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records a confirmation of the newest version: the consultant's own, or one given on paper, by telephone or at a meeting.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = Confirming, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/confirmations")]
pub async fn confirm(app: web::Data<App>, ask: Authenticated<Confirming>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        confirming::confirm(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Settles the accommodations, or that the citizen says none are needed: a new version.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Settlement, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/accommodations")]
pub async fn settle(app: web::Data<App>, ask: Authenticated<Settlement>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        accommodations::settle(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records which accommodations a party agrees to.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = Agreeing, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/agreements")]
pub async fn agree(app: web::Data<App>, ask: Authenticated<Agreeing>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        accommodations::agree(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Names the contact person at the workplace.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = ContactPerson, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/contact-person")]
pub async fn name_contact(app: web::Data<App>, ask: Authenticated<ContactPerson>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        papers::name_contact(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records when and where the citizen is met on the first day, and whom to ask for; no part of what is signed.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Meeting, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/meeting")]
pub async fn arrange_meeting(app: web::Data<App>, ask: Authenticated<Meeting>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        meeting::arrange(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records that a party has taken back its yes to an accommodation.
#[utoipa::path(operation_id = "take_agreement_back", tag = "internships", params(("id" = InternshipId, Path)), request_body = TakingBack, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/agreements/withdrawal")]
pub async fn take_back(app: web::Data<App>, ask: Authenticated<TakingBack>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        taking_back::record(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records what the employee representative states in writing.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Stating, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/representative-statement")]
pub async fn state(app: web::Data<App>, ask: Authenticated<Stating>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        statement::state(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records what the employer states in writing.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = EmployerStating, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/employer-statement")]
pub async fn state_as_employer(app: web::Data<App>, ask: Authenticated<EmployerStating>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        employer_statement::record(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Asks the employee representative for the statement, by a letter with a link.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = StatementAsking, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/representative-statement/request")]
pub async fn ask_for_statement(app: web::Data<App>, ask: Authenticated<StatementAsking>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        statement::ask(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// A team leader lets it start with reasons, though the conditions are not met.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Overruling, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/representative-statement/overruling")]
pub async fn overrule(app: web::Data<App>, ask: Authenticated<Overruling>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        statement::overrule(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records the decision, its reasons and how to complain.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Deciding, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/decision")]
pub async fn decide(app: web::Data<App>, ask: Authenticated<Deciding>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        papers::decide(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Starts, when nothing is missing; otherwise everything missing is named at once, and from whom.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch, DryRun), request_body = Start, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/start")]
pub async fn start(app: web::Data<App>, ask: Authenticated<Start, DryRun>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        starting::start(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Registers an extension: a new version with a later end. Each further one asks for more.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch, DryRun), request_body = Extension, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/extensions")]
pub async fn extend(app: web::Data<App>, ask: Authenticated<Extension, DryRun>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        extension::extend(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records the decision of the extension that waits, its reasons and how to complain. With the three confirmations it is in force.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Deciding, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/extension-decision")]
pub async fn decide_extension(app: web::Data<App>, ask: Authenticated<Deciding>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        papers::decide_extension(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Withdraws the newest version, which is not in force: the one before it, with its confirmations, is the newest again.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = VersionWithdrawing, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/versions/withdrawal")]
pub async fn withdraw_version(app: web::Data<App>, ask: Authenticated<VersionWithdrawing>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        withdrawing::withdraw(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Asks the citizen or the company again to confirm or answer, at the address that is on record now; once a day.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = Inviting, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/invitations")]
pub async fn invite_again(app: web::Data<App>, ask: Authenticated<Inviting>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        inviting::invite_again(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Asks a team leader to approve an extension, or that a start before everything was agreed is recorded.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = ApprovalAsking, responses((status = 201, body = ApprovalRequestView)))]
#[post("/internships/{id}/approval-requests")]
pub async fn ask_for_approval(app: web::Data<App>, ask: Authenticated<ApprovalAsking>, id: Id<InternshipId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = approvals::ask(tx, context, &id.0, body)?;
        Ok(approval_requests::one(tx, context, &made)?.at(format!("/api/v1/approval-requests/{made}")))
    })
    .await
}

/// Records how it ended and what came of it.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = End, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/end")]
pub async fn end(app: web::Data<App>, ask: Authenticated<End>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        ending::end(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Cancels an internship that has not begun.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = Cancelling, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/cancellation")]
pub async fn cancel(app: web::Data<App>, ask: Authenticated<Cancelling>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        cancelling::cancel(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records what comes next, agreed with the citizen.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), request_body = NextStep, responses((status = 200, body = InternshipView)))]
#[put("/internships/{id}/next-step")]
pub async fn plan_next(app: web::Data<App>, ask: Authenticated<NextStep>, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        ending::plan_next(tx, context, seen, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records the company's answer: hire, no, or more time.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = RecordedAnswer, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/answers")]
pub async fn answer(app: web::Data<App>, ask: Authenticated<RecordedAnswer>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        answers::record(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records an objection of the citizen or the company. It stops the start; it is never a refusal of an offer.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = Objecting, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/objections")]
pub async fn object_to(app: web::Data<App>, ask: Authenticated<Objecting>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        confirming::record_objection(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Takes a party's objections back.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path)), request_body = Withdrawing, responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/objections/withdrawal")]
pub async fn withdraw(app: web::Data<App>, ask: Authenticated<Withdrawing>, id: Id<InternshipId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        confirming::withdraw(tx, context, &id.0, body)?;
        internships::one(tx, context, &id.0)
    })
    .await
}

/// Records that the job which a recruitment aims at is no longer there.
#[utoipa::path(tag = "internships", params(("id" = InternshipId, Path), IfMatch), responses((status = 200, body = InternshipView)))]
#[post("/internships/{id}/prospect-withdrawal")]
pub async fn prospect_gone(app: web::Data<App>, ask: Authenticated, id: Id<InternshipId>) -> Answered {
    ask.change(&app, move |tx, context, seen, _: &NoBody| {
        retention::prospect_gone(tx, context, seen, &id.0)?;
        internships::one(tx, context, &id.0)
    })
    .await
}
