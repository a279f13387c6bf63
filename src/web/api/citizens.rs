//! Citizens, their needs and capacity, and the list of terms.

use crate::{
    actions::{
        ActionError,
        internships::{
            approvals::{self, Approval},
            ending::{self, LaterStep},
        },
        people::citizens::{self as act, CitizenDetails, CprSearch, Needs, NewCapacity, NewCitizen, NewTerm},
    },
    app::App,
    context::Context,
    domain::{
        people::access::Permission,
        values::{
            ids::{AccountId, ApprovalId, CitizenId},
            vocabulary::{Term, TermEntry, TermKind, built_in},
        },
    },
    store::{Conn, citizens, courses, terms},
    views::{self, CitizenLine, CitizenView, Made, NeedView, NeedsView},
    web::{
        path::Id,
        request::{Authenticated, Limit, NoBody},
        response::{Answered, Cursor, IfMatch, Page, PageRequest, Representation},
    },
};
use actix_web::{get, post, put, web};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

fn show(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<Representation<CitizenView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = citizens::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::citizen(conn, context, row)?, revision))
}

crate::input! {
    /// Which citizens.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct CitizenQuery {
        /// Those of one consultant.
        pub consultant: Option<AccountId>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The citizens of the municipality.
#[utoipa::path(tag = "citizens", params(CitizenQuery), responses((status = 200, body = Page<CitizenLine>)))]
#[get("/citizens")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, CitizenQuery>) -> Answered {
    ask.list(&app, |conn, context, which| {
        context.authorize(Permission::SeeCitizens)?;
        let cut = PageRequest::new(which.cursor.as_ref(), which.limit);
        let rows =
            citizens::page(conn, context.tenant, which.consultant.as_ref().map(AccountId::as_str), &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), |row| Ok(views::citizen_line(row)))
    })
    .await
}

/// Registers a citizen.
#[utoipa::path(tag = "citizens", request_body = NewCitizen, responses((status = 201, body = CitizenView)))]
#[post("/citizens")]
pub async fn register(app: web::Data<App>, ask: Authenticated<NewCitizen>) -> Answered {
    ask.create(&app, |tx, context, body| {
        let id = act::register(tx, context, body)?;
        Ok(show(tx, context, &id)?.at(format!("/api/v1/citizens/{id}")))
    })
    .await
}

/// Finds a citizen by CPR number: in the body, so that no number stands in an address.
#[utoipa::path(tag = "citizens", request_body = CprSearch, responses((status = 200, body = CitizenView)))]
#[post("/citizens/search")]
pub async fn search(app: web::Data<App>, ask: Authenticated<CprSearch>) -> Answered {
    ask.add(&app, |tx, context, body| {
        context.authorize(Permission::SeeCitizens)?;
        let hash = context.services.keys.lookup_hash("cpr", body.cpr.reveal());
        let row = citizens::by_cpr(tx, context.tenant, &hash)?.ok_or(ActionError::NotFound)?;
        show(tx, context, &CitizenId::stored(row.id))
    })
    .await
}

/// One citizen.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path)), responses((status = 200, body = CitizenView)))]
#[get("/citizens/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Changes a citizen's record.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = CitizenDetails, responses((status = 200, body = CitizenView)))]
#[put("/citizens/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<CitizenDetails>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Agrees with the citizen on hours a week, from a date.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = NewCapacity, responses((status = 200, body = CitizenView)))]
#[post("/citizens/{id}/capacities")]
pub async fn agree_capacity(app: web::Data<App>, ask: Authenticated<NewCapacity>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::agree_capacity(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

fn show_needs(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<Representation<NeedsView>, ActionError> {
    context.authorize(Permission::SeeNeeds)?;
    let row = citizens::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let needs = courses::needs(conn, &context.services.keys, context.tenant, id.as_str())?;
    let needs = needs.into_iter().map(|need| NeedView { id: need.id, facts: need.facts }).collect();
    Ok(Representation::of(NeedsView { needs }, row.revision))
}

/// The needs of a citizen: health data, for those who may see them.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path)), responses((status = 200, body = NeedsView)))]
#[get("/citizens/{id}/needs")]
pub async fn list_needs(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| show_needs(conn, context, &id.0)).await
}

/// Puts all needs of a citizen, in place of those before.
#[utoipa::path(tag = "citizens", params(("id" = CitizenId, Path), IfMatch), request_body = Needs, responses((status = 200, body = NeedsView)))]
#[put("/citizens/{id}/needs")]
pub async fn put_needs(app: web::Data<App>, ask: Authenticated<Needs>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::put_needs(tx, context, seen, &id.0, body)?;
        show_needs(tx, context, &id.0)
    })
    .await
}

/// Records work, wage subsidy or education found outside any internship.
#[utoipa::path(tag = "outcomes", params(("id" = CitizenId, Path)), request_body = LaterStep, responses((status = 201, body = Made)))]
#[post("/citizens/{id}/outcomes")]
pub async fn found_elsewhere(app: web::Data<App>, ask: Authenticated<LaterStep>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let made = ending::found_elsewhere(tx, context, &id.0, body)?;
        Ok(Representation::only(Made { id: made.clone() }).at(format!("/api/v1/outcomes/{made}")))
    })
    .await
}

/// What a team leader approved.
#[derive(Serialize, ToSchema)]
struct Approved {
    id: ApprovalId,
}

/// A team leader approves a further extension to a given last day, before a consultant registers it.
#[utoipa::path(tag = "internships", params(("id" = CitizenId, Path)), request_body = Approval, responses((status = 201, body = Approved)))]
#[post("/citizens/{id}/extension-approvals")]
pub async fn approve_extension(app: web::Data<App>, ask: Authenticated<Approval>, id: Id<CitizenId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        Ok(Representation::only(Approved { id: approvals::approve(tx, context, &id.0, body)? }))
    })
    .await
}

/// The terms that rules compare.
#[derive(Serialize, ToSchema)]
struct TermsView {
    occupations: Vec<TermEntry>,
    tasks: Vec<TermEntry>,
    accommodations: Vec<TermEntry>,
}

/// The list of occupations, tasks and accommodations, built in and the municipality's own.
#[utoipa::path(tag = "rules", responses((status = 200, body = TermsView)))]
#[get("/terms")]
pub async fn list_terms(app: web::Data<App>, ask: Authenticated) -> Answered {
    ask.read(&app, |conn, context, _| {
        let mut all = |kind| -> Result<Vec<TermEntry>, ActionError> {
            let own = terms::all(conn, context.tenant, kind)?;
            let own = own.into_iter().filter_map(|row| Some(TermEntry::own(Term::parse(&row.term)?, row.da, row.en)));
            Ok(built_in(kind).iter().cloned().chain(own).collect())
        };
        Ok(Representation::only(TermsView {
            occupations: all(TermKind::Occupation)?,
            tasks: all(TermKind::Task)?,
            accommodations: all(TermKind::Accommodation)?,
        }))
    })
    .await
}

/// A term as it was added.
#[derive(Serialize, ToSchema)]
struct TermAdded {
    kind: TermKind,
    key: Term,
}

/// Adds a term to the municipality's list.
#[utoipa::path(tag = "rules", request_body = NewTerm, responses((status = 201, body = TermAdded)))]
#[post("/terms")]
pub async fn add_term(app: web::Data<App>, ask: Authenticated<NewTerm>) -> Answered {
    ask.create(&app, |tx, context, body| {
        act::add_term(tx, context, body)?;
        Ok(Representation::only(TermAdded { kind: body.kind, key: body.key.clone() }))
    })
    .await
}
