//! Approaches: who turned to a company when.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        companies::approach::ApproachVia,
        people::access::Permission,
        values::ids::{AccountId, ApproachId, CompanyId, OpeningId, WorkplaceId},
    },
    store::{
        Conn,
        approaches::{self, Of},
        schema::ApproachRow,
    },
    views::{
        Representation, companies,
        page::{Page, PageRequest, Pages},
        workplaces,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ApproachView {
    pub id: ApproachId,
    pub company: CompanyId,
    pub workplace: WorkplaceId,
    pub opening: Option<OpeningId>,
    pub made_on: NaiveDate,
    pub made_by: AccountId,
    pub via: ApproachVia,
    pub invited: bool,
    pub words: Option<String>,
}

fn view(row: ApproachRow) -> Result<ApproachView, ActionError> {
    Ok(ApproachView {
        id: row.id,
        company: row.company_id,
        workplace: row.workplace_id,
        opening: row.opening_id,
        made_on: row.made_on,
        made_by: row.made_by,
        via: row.via,
        invited: row.invited,
        words: row.words,
    })
}

/// One approach.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &ApproachId) -> Result<Representation<ApproachView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = approaches::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    Ok(Representation::only(view(row)?))
}

/// Who turned to a workplace when.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(
    conn: &mut Conn,
    context: &Context,
    workplace: &WorkplaceId,
    pages: &Pages,
) -> Result<Page<ApproachView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    page(conn, context, Of::Workplace(workplace), pages)
}

/// Who turned to a company when, at whichever of its workplaces.
///
/// # Errors
/// Not for this role; not found.
pub fn of_company(
    conn: &mut Conn,
    context: &Context,
    company: &CompanyId,
    pages: &Pages,
) -> Result<Page<ApproachView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    companies::row(conn, context, company)?;
    page(conn, context, Of::Company(company), pages)
}

fn page(conn: &mut Conn, context: &Context, of: Of, pages: &Pages) -> Result<Page<ApproachView>, ActionError> {
    let request = PageRequest::from(pages);
    let rows = approaches::page(conn, context.tenant, of, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), view)
}
