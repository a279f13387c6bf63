//! Registers and changes the workplaces of companies: each is found by its own name and by that of its company (S18).

use crate::{
    actions::{
        ActionError,
        companies::{openings, places},
        internships::retention::look_there,
        people::accounts::taken,
    },
    context::{Context, Seen},
    domain::{
        input::MergePatch,
        matching::{Prospect, Standing},
        people::access::Permission,
        values::{
            ids::{CompanyId, WorkplaceId},
            register::{Industry, IndustryScheme, Location, PNumber, trade_of},
            text::Line,
        },
    },
    store::{
        Tx, companies,
        schema::{CompanyRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// A workplace (production unit) of a company.
    pub struct NewWorkplace {
        pub p_number: PNumber,
        pub name: Line,
        pub address: Option<Line>,
        pub location: Option<Location>,
        /// Its own industry; left out: the company's.
        pub industry: Option<Industry>,
        pub industry_scheme: Option<IndustryScheme>,
        /// Whether the company foresees a vacancy there; left out: not asked.
        pub foresees_vacancy: Option<bool>,
    }
}

crate::input! {
    /// What a workplace is to be from now on; its P-number stays.
    pub struct WorkplaceDetails {
        pub name: Line,
        pub address: Option<Line>,
        pub location: Option<Location>,
        /// Left out: the company's.
        pub industry: Option<Industry>,
        pub industry_scheme: Option<IndustryScheme>,
        /// The day on which it closed.
        pub closed_on: Option<NaiveDate>,
        /// Left out: not asked.
        pub foresees_vacancy: Option<bool>,
    }
}

/// Some fields of it.
pub type WorkplacePatch = MergePatch<WorkplaceDetails>;

/// The industry of a workplace: its own, or the company's; and the trade by which it is found.
fn trade(row: &mut WorkplaceRow, company: &CompanyRow, own: Option<&Industry>, scheme: Option<IndustryScheme>) {
    row.industry = own.map(|industry| industry.as_str().into());
    row.industry_scheme = scheme;
    row.trade = row.industry.as_ref().or(company.industry.as_ref()).map(|industry| trade_of(industry));
}

/// A workplace of which nothing else is known yet.
pub fn new_row(context: &Context, company: &CompanyRow, p_number: &PNumber, name: String) -> WorkplaceRow {
    WorkplaceRow {
        id: WorkplaceId::new(context.at),
        municipality: company.municipality.clone(),
        company_id: company.id.clone(),
        p_number: p_number.as_str().into(),
        name,
        address: None,
        foresees_vacancy: None,
        asked_on: None,
        revision: 1,
        look_on: None,
        industry: None,
        industry_scheme: None,
        trade: None,
        lies_in: None,
        postcode: None,
        city: None,
        latitude: None,
        longitude: None,
        placed_by: None,
        cell: None,
        staff_low: None,
        staff_high: None,
        closed_on: None,
        known: false,
        placed_here: false,
        standing: Standing::of_nobody().code(),
    }
}

/// Registers a workplace of a company.
///
/// # Errors
/// Not found; a P-number that is registered.
pub fn add(tx: &mut Tx, context: &Context, company: &CompanyId, workplace: &NewWorkplace) -> Result<WorkplaceId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let whole = companies::find(tx, context.tenant, company)?.ok_or(ActionError::NotFound)?;
    let mut row = WorkplaceRow {
        address: workplace.address.as_ref().map(ToString::to_string),
        foresees_vacancy: workplace.foresees_vacancy,
        asked_on: workplace.foresees_vacancy.map(|_| context.at.today),
        known: true,
        standing: Standing { prospect: Prospect::of(false, workplace.foresees_vacancy), tried: false }.code(),
        ..new_row(context, &whole, &workplace.p_number, workplace.name.to_string())
    };
    places::put(tx, &mut row, workplace.location.as_ref())?;
    trade(&mut row, &whole, workplace.industry.as_ref(), workplace.industry_scheme);
    companies::workplaces::insert(tx, &row).map_err(|failure| taken(failure.into(), "p_number"))?;
    search::put(tx, context.tenant, SearchSubject::Workplace, row.id.as_str(), &[&row.name, &whole.name])?;
    Ok(row.id)
}

/// Changes a workplace.
///
/// # Errors
/// Not found; changed since.
pub fn change(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &WorkplaceId,
    details: &WorkplaceDetails,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = companies::workplaces::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    row.name = details.name.to_string();
    row.address = details.address.as_ref().map(ToString::to_string);
    row.closed_on = details.closed_on;
    places::put(tx, &mut row, details.location.as_ref())?;
    let whole = companies::find(tx, context.tenant, &row.company_id)?.ok_or(ActionError::NotFound)?;
    trade(&mut row, &whole, details.industry.as_ref(), details.industry_scheme);
    if row.foresees_vacancy != details.foresees_vacancy {
        row.asked_on = details.foresees_vacancy.map(|_| context.at.today);
    }
    row.foresees_vacancy = details.foresees_vacancy;
    row.revision += 1;
    companies::workplaces::update(tx, &row)?;
    search::put(tx, context.tenant, SearchSubject::Workplace, row.id.as_str(), &[&row.name, &whole.name])?;
    openings::follow_workplace(tx, context.at, &row)?;
    look_there(tx, context, &row.id)
}
