//! Openings: what workplaces offer; and the approaches that somebody here made to them.

use crate::{
    actions::{
        ActionError,
        companies::{
            approaches::{self, NewApproach},
            openings::{self, Closure, OpeningDetails, Renewal},
        },
    },
    app::App,
    context::Context,
    domain::{
        internships::purpose::Kind,
        people::access::Permission,
        values::{
            ids::{CompanyId, OpeningId, WorkplaceId},
            register::Municipality,
            text::Text,
            vocabulary::Term,
        },
    },
    store::{
        Conn, approaches as history,
        approaches::Of,
        companies,
        openings::{self as shelf, OpeningFilter},
        search::{self, SearchSubject},
    },
    views::{self, ApproachView, OpeningView},
    web::{
        api::accounts::Pages,
        path::Id,
        request::{AsText, Authenticated, DryRun, Limit, NoBody},
        response::{Answered, Cursor, IfMatch, Page, PageRequest, Representation},
    },
};
use actix_web::{get, post, put, web};
use utoipa::IntoParams;

fn show(conn: &mut Conn, context: &Context, id: &OpeningId) -> Result<Representation<OpeningView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = shelf::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::opening(row, context.at.today)?, revision))
}

crate::input! {
    /// Which openings.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct OpeningQuery {
        /// Those of one occupation, by its term.
        #[param(value_type = Option<String>)]
        pub occupation: Option<AsText<Term>>,
        /// Those of one type of internship.
        pub kind: Option<Kind>,
        /// Those that have these words, or words so written but for a typing error, in the order in which they were registered.
        #[param(value_type = Option<String>, max_length = 100)]
        pub text: Option<AsText<Text<100>>>,
        /// Those at workplaces that lie in a municipality, by its code.
        #[param(value_type = Option<String>)]
        pub lies_in: Option<AsText<Municipality>>,
        /// True: those that have expired or are closed, too.
        pub all: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

crate::input! {
    /// Whether those that have expired or are closed are wanted, too.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct AtWorkplace {
        /// True: those that have expired or are closed, too.
        pub all: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

fn page(
    conn: &mut Conn,
    context: &Context,
    narrow: OpeningFilter,
    text: Option<&str>,
    all: Option<bool>,
    cut: &PageRequest,
) -> Result<Page<OpeningView>, ActionError> {
    let tenant = context.tenant;
    let narrow = OpeningFilter { in_force_on: (!all.unwrap_or_default()).then_some(context.at.today), ..narrow };
    let rows = match text {
        Some(text) => {
            let found = search::find(conn, tenant, SearchSubject::Opening, text)?;
            let found: Vec<String> = found.into_iter().map(|hit| hit.id).collect();
            shelf::page_of(conn, tenant, &found, &narrow, &cut.after, cut.wanted())?
        }
        None => shelf::page(conn, tenant, &narrow, &cut.after, cut.wanted())?,
    };
    cut.page(rows, |row| row.id.clone(), |row| views::opening(row, context.at.today))
}

/// The openings in force.
#[utoipa::path(tag = "openings", params(OpeningQuery), responses((status = 200, body = Page<OpeningView>)))]
#[get("/openings")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, OpeningQuery>) -> Answered {
    ask.list(&app, |conn, context, which| {
        context.authorize(Permission::SeeCompanies)?;
        let narrow = OpeningFilter {
            occupation: which.occupation.as_ref().map(|term| term.0.to_string()),
            kind: which.kind.map(|kind| kind.code().into()),
            lies_in: which.lies_in.as_ref().map(|code| code.0.as_str().into()),
            ..OpeningFilter::default()
        };
        let text = which.text.as_ref().map(|text| text.0.as_str());
        page(conn, context, narrow, text, which.all, &PageRequest::new(which.cursor.as_ref(), which.limit))
    })
    .await
}

/// The openings at a workplace.
#[utoipa::path(tag = "openings", params(("id" = WorkplaceId, Path), AtWorkplace), responses((status = 200, body = Page<OpeningView>)))]
#[get("/workplaces/{id}/openings")]
pub async fn at_workplace(app: web::Data<App>, ask: Authenticated<NoBody, AtWorkplace>, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, which| {
        context.authorize(Permission::SeeCompanies)?;
        companies::workplaces::find(conn, context.tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        let narrow = OpeningFilter { workplace: Some(id.0.to_string()), ..OpeningFilter::default() };
        page(conn, context, narrow, None, which.all, &PageRequest::new(which.cursor.as_ref(), which.limit))
    })
    .await
}

/// Registers what a workplace offers. Recruitment only where a job is in sight.
#[utoipa::path(tag = "openings", params(("id" = WorkplaceId, Path), DryRun), request_body = OpeningDetails, responses((status = 201, body = OpeningView), (status = 200, description = "A rehearsal: nothing was written.", body = OpeningView)))]
#[post("/workplaces/{id}/openings")]
pub async fn offer(app: web::Data<App>, ask: Authenticated<OpeningDetails, DryRun>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = openings::offer(tx, context, &id.0, body)?;
        Ok(show(tx, context, &new)?.at(format!("/api/v1/openings/{new}")))
    })
    .await
}

/// One opening.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path)), responses((status = 200, body = OpeningView)))]
#[get("/openings/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<OpeningId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Changes an opening.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch, DryRun), request_body = OpeningDetails, responses((status = 200, body = OpeningView)))]
#[put("/openings/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<OpeningDetails, DryRun>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        openings::change(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Lets an opening stand on, when the company says that it still does; one that has expired stands again.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch), request_body = Renewal, responses((status = 200, body = OpeningView)))]
#[post("/openings/{id}/renewal")]
pub async fn renew(app: web::Data<App>, ask: Authenticated<Renewal>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        openings::renew(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Closes an opening that is no longer there.
#[utoipa::path(tag = "openings", params(("id" = OpeningId, Path), IfMatch), request_body = Closure, responses((status = 200, body = OpeningView)))]
#[post("/openings/{id}/closure")]
pub async fn close(app: web::Data<App>, ask: Authenticated<Closure>, id: Id<OpeningId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        openings::close(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Records that somebody here turned to a company: no more uninvited ones in a month than its limit, and none in writing to one
/// that is protected against advertising.
#[utoipa::path(tag = "openings", params(("id" = WorkplaceId, Path), DryRun), request_body = NewApproach, responses((status = 201, body = ApproachView), (status = 200, description = "A rehearsal: nothing was written.", body = ApproachView)))]
#[post("/workplaces/{id}/approaches")]
pub async fn approach(app: web::Data<App>, ask: Authenticated<NewApproach, DryRun>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = approaches::record(tx, context, &id.0, body)?;
        let row = history::find(tx, context.tenant, new.as_str())?.ok_or(ActionError::NotFound)?;
        Ok(Representation::only(views::approach(row)?))
    })
    .await
}

fn made(conn: &mut Conn, context: &Context, of: Of, pages: &Pages) -> Result<Page<ApproachView>, ActionError> {
    let cut = PageRequest::new(pages.cursor.as_ref(), pages.limit);
    let rows = history::page(conn, context.tenant, of, &cut.after, cut.wanted())?;
    cut.page(rows, |row| row.id.clone(), views::approach)
}

/// Who turned to a workplace when.
#[utoipa::path(tag = "openings", params(("id" = WorkplaceId, Path), Pages), responses((status = 200, body = Page<ApproachView>)))]
#[get("/workplaces/{id}/approaches")]
pub async fn approaches_there(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, pages| {
        context.authorize(Permission::SeeCompanies)?;
        companies::workplaces::find(conn, context.tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        made(conn, context, Of::Workplace(id.0.as_str()), pages)
    })
    .await
}

/// Who turned to a company when, at whichever of its workplaces.
#[utoipa::path(tag = "openings", params(("id" = CompanyId, Path), Pages), responses((status = 200, body = Page<ApproachView>)))]
#[get("/companies/{id}/approaches")]
pub async fn approaches_to(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CompanyId>) -> Answered {
    ask.list(&app, move |conn, context, pages| {
        context.authorize(Permission::SeeCompanies)?;
        companies::find(conn, context.tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        made(conn, context, Of::Company(id.0.as_str()), pages)
    })
    .await
}
