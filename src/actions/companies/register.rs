//! Registers and changes companies (S18).

use crate::{
    actions::{ActionError, companies::openings, error::unknown, people::accounts::taken},
    context::{Context, Seen},
    domain::{
        input::MergePatch,
        people::access::{Permission, Role},
        values::{
            ids::{AccountId, CompanyId},
            register::{Cvr, Industry, IndustryScheme},
            text::{Line, Whole},
        },
    },
    store::{
        Tx, accounts, companies,
        schema::CompanyRow,
        search::{self, SearchSubject},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// A company to register.
    pub struct NewCompany {
        pub cvr: Cvr,
        pub name: Line,
        pub industry: Option<Industry>,
        pub industry_scheme: Option<IndustryScheme>,
        /// The company form as the register names it (A/S, ApS, kommune …).
        pub form: Option<Line>,
        /// `reklamebeskyttet`: no unsolicited mail to the company.
        pub advertising_protected: bool,
        /// How often it may be approached in a month; left out: as the rulebook says.
        pub approaches_at_most: Option<Whole<0, 1000>>,
        /// Who keeps the contact; left out: the asker.
        pub liaison: Option<AccountId>,
    }
}

crate::input! {
    /// What a company is to be from now on; its CVR number stays.
    pub struct CompanyDetails {
        pub name: Line,
        pub industry: Option<Industry>,
        pub industry_scheme: Option<IndustryScheme>,
        pub form: Option<Line>,
        pub advertising_protected: bool,
        /// Left out: as the rulebook says.
        pub approaches_at_most: Option<Whole<0, 1000>>,
        /// The day on which it closed.
        pub closed_on: Option<NaiveDate>,
        pub liaison: AccountId,
    }
}

/// Some fields of it.
pub type CompanyPatch = MergePatch<CompanyDetails>;

fn liaison(tx: &mut Tx, context: &Context, id: &AccountId) -> Result<(), ActionError> {
    let found = accounts::find_person(tx, context.tenant, id)?;
    if found.is_some_and(|account| account.closed_on.is_none() && matches!(account.role, Role::Liaison | Role::TeamLeader)) {
        return Ok(());
    }
    unknown("liaison")
}

/// Registers a company.
///
/// # Errors
/// A CVR number that is registered; a liaison who is none.
pub fn register(tx: &mut Tx, context: &Context, company: &NewCompany) -> Result<CompanyId, ActionError> {
    let by = context.authorize(Permission::KeepCompanies)?;
    let keeper = company.liaison.clone().unwrap_or_else(|| by.id.clone());
    liaison(tx, context, &keeper)?;
    let id = CompanyId::new(context.at);
    let row = CompanyRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        cvr: company.cvr.as_str().into(),
        name: company.name.to_string(),
        industry: company.industry.as_ref().map(|industry| industry.as_str().into()),
        industry_scheme: company.industry_scheme,
        advertising_protected: company.advertising_protected,
        liaison_id: keeper.clone(),
        revision: 1,
        form: company.form.as_ref().map(ToString::to_string),
        closed_on: None,
        approaches_at_most: company.approaches_at_most.and_then(|most| i32::try_from(most.get()).ok()),
    };
    companies::insert(tx, &row).map_err(|failure| taken(failure.into(), "cvr"))?;
    search::put(tx, context.tenant, SearchSubject::Company, id.as_str(), &[&row.name])?;
    Ok(id)
}

/// Changes a company.
///
/// # Errors
/// Not found; changed since; a liaison who is none.
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &CompanyId, details: &CompanyDetails) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = companies::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    // Whoever has left keeps the contact until somebody takes over.
    if row.liaison_id != details.liaison {
        liaison(tx, context, &details.liaison)?;
        companies::workplaces::look_again_in(tx, context.tenant, id, context.at.today)?;
    }
    let renamed = row.name != details.name.as_str();
    row.name = details.name.to_string();
    row.industry = details.industry.as_ref().map(|industry| industry.as_str().into());
    row.industry_scheme = details.industry_scheme;
    row.advertising_protected = details.advertising_protected;
    row.form = details.form.as_ref().map(ToString::to_string);
    row.closed_on = details.closed_on;
    row.approaches_at_most = details.approaches_at_most.and_then(|most| i32::try_from(most.get()).ok());
    row.liaison_id = details.liaison.clone();
    row.revision += 1;
    companies::update(tx, &row)?;
    companies::workplaces::follow_trade(tx, &row)?;
    openings::follow_company(tx, context.at, &row)?;
    if renamed { find_by_new_name(tx, context, &row) } else { Ok(()) }
}

/// A company's name is one that its workplaces are found by too.
///
/// # Errors
/// A failure of the database.
pub fn find_by_new_name(tx: &mut Tx, context: &Context, company: &CompanyRow) -> Result<(), ActionError> {
    search::put(tx, context.tenant, SearchSubject::Company, company.id.as_str(), &[&company.name])?;
    for (id, name) in companies::workplaces::names_of_company(tx, context.tenant, &company.id)? {
        search::put(tx, context.tenant, SearchSubject::Workplace, id.as_str(), &[&name, &company.name])?;
    }
    Ok(())
}
