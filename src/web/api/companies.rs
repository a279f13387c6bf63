//! Companies and what belongs to them.

use crate::{
    actions::{
        ActionError,
        companies::register::{
            self as act, CompanyDetails, ContactDetails, NewCompany, NewProspect, NewWorkplace, PlacedByOthers, Staff,
            Withdrawal, WorkplaceDetails,
        },
    },
    app::App,
    context::Context,
    domain::{
        companies::search::IndustryStart,
        people::access::Permission,
        values::{
            ids::{CompanyId, ContactId, ProspectId, WorkplaceId},
            register::Cvr,
            text::Line,
        },
    },
    store::{Conn, companies, company_lists},
    views::{self, CompanyView, ContactView, PlacedView, ProspectView, StaffView, WorkplaceView},
    web::{
        api::accounts::Pages,
        path::{Id, InMonth},
        request::{AsText, Authenticated, Limit, NoBody},
        response::{Answered, Cursor, IfMatch, Page, PageRequest, Representation},
    },
};
use actix_web::{get, post, put, web};
use utoipa::IntoParams;

fn show(conn: &mut Conn, context: &Context, id: &CompanyId) -> Result<Representation<CompanyView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = companies::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::company(row), revision))
}

fn show_workplace(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<Representation<WorkplaceView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = companies::workplaces::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::workplace(row), revision))
}

fn show_contact(conn: &mut Conn, context: &Context, id: &ContactId) -> Result<Representation<ContactView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = companies::contacts::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::contact(row), revision))
}

fn show_prospect(conn: &mut Conn, context: &Context, id: &ProspectId) -> Result<Representation<ProspectView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = companies::prospects::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(views::prospect(row), revision))
}

fn known(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<(), ActionError> {
    show_workplace(conn, context, id).map(|_| ())
}

crate::input! {
    /// Which companies.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WhichCompanies {
        /// Words of its name, also with a typing error, or beginnings of them. The best come first; at most 5,000 are found.
        #[param(value_type = Option<Line>)]
        pub name: Option<AsText<Line>>,
        #[param(value_type = Option<Cvr>)]
        pub cvr: Option<AsText<Cvr>>,
        /// How the code of its industry begins. Without a name the list is then in the order of the codes.
        #[param(value_type = Option<IndustryStart>)]
        pub industry: Option<AsText<IndustryStart>>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The companies of the municipality, all or those that are looked for.
#[utoipa::path(tag = "companies", params(WhichCompanies), responses((status = 200, body = Page<CompanyView>)))]
#[get("/companies")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, WhichCompanies>) -> Answered {
    ask.list(&app, |conn, context, asked| {
        context.authorize(Permission::SeeCompanies)?;
        let which = company_lists::WhichCompanies {
            tenant: context.tenant,
            name: asked.name.as_ref().map(|name| &name.0),
            cvr: asked.cvr.as_ref().map(|cvr| &cvr.0),
            industry: asked.industry.as_ref().map(|start| &start.0),
        };
        let cut = PageRequest::new(asked.cursor.as_ref(), asked.limit);
        let rows = company_lists::companies(conn, &which, &cut.place, cut.wanted())?;
        cut.placed(rows, |_, row| Ok(views::company(row)))
    })
    .await
}

/// Registers a company.
#[utoipa::path(tag = "companies", request_body = NewCompany, responses((status = 201, body = CompanyView)))]
#[post("/companies")]
pub async fn register(app: web::Data<App>, ask: Authenticated<NewCompany>) -> Answered {
    ask.create(&app, |tx, context, body| {
        let id = act::register(tx, context, body)?;
        Ok(show(tx, context, &id)?.at(format!("/api/v1/companies/{id}")))
    })
    .await
}

/// One company.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path)), responses((status = 200, body = CompanyView)))]
#[get("/companies/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<CompanyId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Changes a company.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path), IfMatch), request_body = CompanyDetails, responses((status = 200, body = CompanyView)))]
#[put("/companies/{id}")]
pub async fn change(app: web::Data<App>, ask: Authenticated<CompanyDetails>, id: Id<CompanyId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// The workplaces of a company.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path), Pages), responses((status = 200, body = Page<WorkplaceView>)))]
#[get("/companies/{id}/workplaces")]
pub async fn workplaces(app: web::Data<App>, ask: Authenticated<NoBody, Pages>, id: Id<CompanyId>) -> Answered {
    ask.list(&app, move |conn, context, pages| {
        show(conn, context, &id.0)?;
        let cut = PageRequest::new(pages.cursor.as_ref(), pages.limit);
        let rows = companies::workplaces::of_company(conn, context.tenant, id.0.as_str(), &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), |row| Ok(views::workplace(row)))
    })
    .await
}

/// Registers a workplace (production unit) of a company.
#[utoipa::path(tag = "companies", params(("id" = CompanyId, Path)), request_body = NewWorkplace, responses((status = 201, body = WorkplaceView)))]
#[post("/companies/{id}/workplaces")]
pub async fn add_workplace(app: web::Data<App>, ask: Authenticated<NewWorkplace>, id: Id<CompanyId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::add_workplace(tx, context, &id.0, body)?;
        Ok(show_workplace(tx, context, &new)?.at(format!("/api/v1/workplaces/{new}")))
    })
    .await
}

/// One workplace.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = WorkplaceView)))]
#[get("/workplaces/{id}")]
pub async fn workplace(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.read(&app, move |conn, context, _| show_workplace(conn, context, &id.0)).await
}

/// Changes a workplace, and whether it foresees a vacancy.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path), IfMatch), request_body = WorkplaceDetails, responses((status = 200, body = WorkplaceView)))]
#[put("/workplaces/{id}")]
pub async fn change_workplace(app: web::Data<App>, ask: Authenticated<WorkplaceDetails>, id: Id<WorkplaceId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change_workplace(tx, context, seen, &id.0, body)?;
        show_workplace(tx, context, &id.0)
    })
    .await
}

/// The contacts who work at a workplace.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<ContactView>)))]
#[get("/workplaces/{id}/contacts")]
pub async fn contacts(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        known(conn, context, &id.0)?;
        let rows = companies::contacts::of_workplace(conn, context.tenant, id.0.as_str())?;
        Ok(Page { items: rows.into_iter().map(views::contact).collect(), next: None })
    })
    .await
}

/// Adds a contact at a workplace.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), request_body = ContactDetails, responses((status = 201, body = ContactView)))]
#[post("/workplaces/{id}/contacts")]
pub async fn add_contact(app: web::Data<App>, ask: Authenticated<ContactDetails>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::add_contact(tx, context, &id.0, body)?;
        Ok(show_contact(tx, context, &new)?.at(format!("/api/v1/contacts/{new}")))
    })
    .await
}

/// One contact.
#[utoipa::path(tag = "companies", params(("id" = ContactId, Path)), responses((status = 200, body = ContactView)))]
#[get("/contacts/{id}")]
pub async fn contact(app: web::Data<App>, ask: Authenticated, id: Id<ContactId>) -> Answered {
    ask.read(&app, move |conn, context, _| show_contact(conn, context, &id.0)).await
}

/// Changes a contact; nobody signs again for it.
#[utoipa::path(tag = "companies", params(("id" = ContactId, Path), IfMatch), request_body = ContactDetails, responses((status = 200, body = ContactView)))]
#[put("/contacts/{id}")]
pub async fn change_contact(app: web::Data<App>, ask: Authenticated<ContactDetails>, id: Id<ContactId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::change_contact(tx, context, seen, &id.0, body)?;
        show_contact(tx, context, &id.0)
    })
    .await
}

/// Ordinary staff at a workplace, month by month.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<StaffView>)))]
#[get("/workplaces/{id}/staff")]
pub async fn staff(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        known(conn, context, &id.0)?;
        let rows = companies::staff::of_workplace(conn, context.tenant, id.0.as_str())?;
        Ok(Page { items: rows.into_iter().map(views::staff).collect(), next: None })
    })
    .await
}

/// Puts the ordinary staff of a month, over an older figure.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path), ("month" = act::Month, Path)), request_body = Staff, responses((status = 200, body = Page<StaffView>)))]
#[put("/workplaces/{id}/staff/{month}")]
pub async fn put_staff(app: web::Data<App>, ask: Authenticated<Staff>, id: Id<WorkplaceId>, month: InMonth) -> Answered {
    ask.add(&app, move |tx, context, body| {
        act::put_staff(tx, context, &id.0, month.0, body)?;
        let rows = companies::staff::of_workplace(tx, context.tenant, id.0.as_str())?;
        Ok(Representation::only(Page { items: rows.into_iter().map(views::staff).collect(), next: None }))
    })
    .await
}

fn show_others(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<Page<PlacedView>, ActionError> {
    let rows = companies::staff::others(conn, context.tenant, id.as_str())?;
    Ok(Page { items: rows.into_iter().map(views::placed).collect(), next: None })
}

/// Persons whom others have placed at a workplace, the latest report first; the latest counts for the ratio.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<PlacedView>)))]
#[get("/workplaces/{id}/placed-by-others")]
pub async fn others(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        known(conn, context, &id.0)?;
        show_others(conn, context, &id.0)
    })
    .await
}

/// Reports all persons whom others have placed there as of a day, over what was said of that day before.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), request_body = PlacedByOthers, responses((status = 200, body = Page<PlacedView>)))]
#[post("/workplaces/{id}/placed-by-others")]
pub async fn put_others(app: web::Data<App>, ask: Authenticated<PlacedByOthers>, id: Id<WorkplaceId>) -> Answered {
    ask.add(&app, move |tx, context, body| {
        act::put_others(tx, context, &id.0, body)?;
        Ok(Representation::only(show_others(tx, context, &id.0)?))
    })
    .await
}

/// The prospects of a job at a workplace.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), responses((status = 200, body = Page<ProspectView>)))]
#[get("/workplaces/{id}/prospects")]
pub async fn prospects(app: web::Data<App>, ask: Authenticated, id: Id<WorkplaceId>) -> Answered {
    ask.list(&app, move |conn, context, _| {
        known(conn, context, &id.0)?;
        let rows = companies::prospects::of_workplace(conn, context.tenant, id.0.as_str())?;
        Ok(Page { items: rows.into_iter().map(views::prospect).collect(), next: None })
    })
    .await
}

/// Records a prospect of a job, with the company's own words.
#[utoipa::path(tag = "companies", params(("id" = WorkplaceId, Path)), request_body = NewProspect, responses((status = 201, body = ProspectView)))]
#[post("/workplaces/{id}/prospects")]
pub async fn add_prospect(app: web::Data<App>, ask: Authenticated<NewProspect>, id: Id<WorkplaceId>) -> Answered {
    ask.create(&app, move |tx, context, body| {
        let new = act::add_prospect(tx, context, &id.0, body)?;
        Ok(show_prospect(tx, context, &new)?.at(format!("/api/v1/prospects/{new}")))
    })
    .await
}

/// One prospect.
#[utoipa::path(tag = "companies", params(("id" = ProspectId, Path)), responses((status = 200, body = ProspectView)))]
#[get("/prospects/{id}")]
pub async fn prospect(app: web::Data<App>, ask: Authenticated, id: Id<ProspectId>) -> Answered {
    ask.read(&app, move |conn, context, _| show_prospect(conn, context, &id.0)).await
}

/// Withdraws a prospect.
#[utoipa::path(tag = "companies", params(("id" = ProspectId, Path), IfMatch), request_body = Withdrawal, responses((status = 200, body = ProspectView)))]
#[post("/prospects/{id}/withdrawal")]
pub async fn withdraw_prospect(app: web::Data<App>, ask: Authenticated<Withdrawal>, id: Id<ProspectId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::withdraw_prospect(tx, context, seen, &id.0, body)?;
        show_prospect(tx, context, &id.0)
    })
    .await
}
