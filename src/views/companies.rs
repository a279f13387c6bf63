//! Companies: one, and the list of those that are looked for.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        companies::search::IndustryStart,
        people::access::Permission,
        values::{
            ids::{AccountId, CompanyId},
            register::Cvr,
            text::Line,
        },
    },
    store::{Conn, companies, company_lists, schema::CompanyRow},
    views::{
        Representation,
        page::{Cursor, Limit, Page, PageRequest},
        query::AsText,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct CompanyView {
    pub id: CompanyId,
    pub cvr: String,
    pub name: String,
    pub industry: Option<String>,
    pub industry_scheme: Option<String>,
    pub form: Option<String>,
    /// `reklamebeskyttet`: no unsolicited mail.
    pub advertising_protected: bool,
    /// How often it may be approached in a month; null: as the rulebook says.
    pub approaches_at_most: Option<i32>,
    pub closed_on: Option<NaiveDate>,
    pub liaison: AccountId,
}

fn view(row: CompanyRow) -> CompanyView {
    CompanyView {
        id: row.id,
        cvr: row.cvr,
        name: row.name,
        industry: row.industry,
        industry_scheme: row.industry_scheme.map(|scheme| scheme.to_string()),
        form: row.form,
        advertising_protected: row.advertising_protected,
        approaches_at_most: row.approaches_at_most,
        closed_on: row.closed_on,
        liaison: row.liaison_id,
    }
}

crate::input! {
    /// Which companies.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct CompanyQuery {
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
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &CompanyQuery) -> Result<Page<CompanyView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let filter = company_lists::WhichCompanies {
        tenant: context.tenant,
        name: query.name.as_ref().map(|name| &name.0),
        cvr: query.cvr.as_ref().map(|cvr| &cvr.0),
        industry: query.industry.as_ref().map(|start| &start.0),
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = company_lists::companies(conn, &filter, &request.after, request.wanted())?;
    request.keyed(rows, |_, row| Ok(view(row)))
}

/// One company.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &CompanyId) -> Result<Representation<CompanyView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = row(conn, context, id)?;
    let revision = row.revision;
    Ok(Representation::of(view(row), revision))
}

pub(super) fn row(conn: &mut Conn, context: &Context, id: &CompanyId) -> Result<CompanyRow, ActionError> {
    companies::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)
}
