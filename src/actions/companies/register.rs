//! What liaisons register: companies, workplaces, contacts, ordinary staff by month, prospects of a job (S2, S8, S18).

use crate::{
    actions::{
        ActionError,
        companies::{openings, places},
        error::{fault, not_in_future, unknown},
        internships::retention::look_there,
        people::accounts::taken,
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        matching::{Prospect, Standing},
        people::access::Permission,
        values::{
            ids::{AccountId, CompanyId, ContactId, ProspectId, WorkplaceId},
            register::{Cvr, Industry, IndustryScheme, Location, PNumber, trade_of},
            text::{Email, FullTime, Line, Prose, Text, WeeklyHours, Whole},
        },
    },
    store::{
        Tx, accounts, companies,
        schema::{CompanyRow, ContactRow, PlacedByOthersRow, ProspectRow, StaffRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use chrono::{Datelike, NaiveDate};
use utoipa::ToSchema;

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

crate::input! {
    /// A person at a workplace.
    pub struct ContactDetails {
        pub name: Line,
        /// Letters go here.
        pub email: Option<Email>,
        pub phone: Option<Text<40>>,
        /// What the person does there.
        pub job: Option<Line>,
        /// The day on which the person left.
        pub left_on: Option<NaiveDate>,
    }
}

crate::input! {
    /// Ordinary staff in a month.
    pub struct Staff {
        pub full_time: FullTime,
    }
}

/// A month, written 2026-08.
#[derive(Clone, Copy, Debug, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", examples("2026-08"))]
pub struct Month(NaiveDate);

impl Month {
    /// From its text, years 1900 to 2199.
    pub fn parse(text: &str) -> Option<Self> {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        (text.len() == 7 && (1900..2200).contains(&first.year())).then_some(Self(first))
    }
    pub fn first_day(self) -> NaiveDate {
        self.0
    }
}

crate::input! {
    /// A prospect of a job (S2, S18).
    pub struct NewProspect {
        pub position: Line,
        pub weekly_hours: WeeklyHours,
        /// When the job may begin.
        pub from: Option<NaiveDate>,
        /// What must be fulfilled first.
        pub condition: Option<Prose>,
        /// The company's own words.
        pub words: Prose,
    }
}

fn liaison(tx: &mut Tx, context: &Context, id: &AccountId) -> Result<(), ActionError> {
    let found = accounts::find(tx, context.tenant, id)?;
    if found.is_some_and(|account| account.closed_on.is_none() && matches!(account.role.as_str(), "liaison" | "team-leader")) {
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
        industry_scheme: company.industry_scheme.map(|scheme| scheme.code().into()),
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
    liaison(tx, context, &details.liaison)?;
    let renamed = row.name != details.name.as_str();
    row.name = details.name.to_string();
    row.industry = details.industry.as_ref().map(|industry| industry.as_str().into());
    row.industry_scheme = details.industry_scheme.map(|scheme| scheme.code().into());
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

/// The industry of a workplace: its own, or the company's; and the trade by which it is found.
fn trade(row: &mut WorkplaceRow, company: &CompanyRow, own: Option<&Industry>, scheme: Option<IndustryScheme>) {
    row.industry = own.map(|industry| industry.as_str().into());
    row.industry_scheme = scheme.map(|scheme| scheme.code().into());
    row.trade = row.industry.as_ref().or(company.industry.as_ref()).map(|industry| trade_of(industry));
}

/// Registers a workplace of a company.
///
/// # Errors
/// Not found; a P-number that is registered.
pub fn add_workplace(
    tx: &mut Tx,
    context: &Context,
    company: &CompanyId,
    workplace: &NewWorkplace,
) -> Result<WorkplaceId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let whole = companies::find(tx, context.tenant, company)?.ok_or(ActionError::NotFound)?;
    let id = WorkplaceId::new(context.at);
    let mut row = WorkplaceRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        company_id: company.clone(),
        p_number: workplace.p_number.as_str().into(),
        name: workplace.name.to_string(),
        address: workplace.address.as_ref().map(ToString::to_string),
        foresees_vacancy: workplace.foresees_vacancy,
        asked_on: workplace.foresees_vacancy.map(|_| context.at.today),
        look_on: None,
        revision: 1,
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
        known: true,
        placed_here: false,
        standing: Standing { prospect: Prospect::of(false, workplace.foresees_vacancy), tried: false }.code(),
    };
    places::put(tx, &mut row, workplace.location.as_ref())?;
    trade(&mut row, &whole, workplace.industry.as_ref(), workplace.industry_scheme);
    companies::workplaces::insert(tx, &row).map_err(|failure| taken(failure.into(), "p_number"))?;
    search::put(tx, context.tenant, SearchSubject::Workplace, row.id.as_str(), &[&row.name, &whole.name])?;
    Ok(id)
}

/// Changes a workplace.
///
/// # Errors
/// Not found; changed since.
pub fn change_workplace(
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

fn contact_row(
    context: &Context,
    id: &ContactId,
    workplace: &WorkplaceId,
    details: &ContactDetails,
    revision: i32,
) -> ContactRow {
    ContactRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        workplace_id: workplace.clone(),
        name: details.name.to_string(),
        email: details.email.as_ref().map(|email| email.as_str().into()),
        phone: details.phone.as_ref().map(ToString::to_string),
        job: details.job.as_ref().map(ToString::to_string),
        left_on: details.left_on,
        revision,
    }
}

/// Adds a contact at a workplace.
///
/// # Errors
/// Not found.
pub fn add_contact(
    tx: &mut Tx,
    context: &Context,
    workplace: &WorkplaceId,
    details: &ContactDetails,
) -> Result<ContactId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    companies::workplaces::find(tx, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    let id = ContactId::new(context.at);
    companies::contacts::insert(tx, &contact_row(context, &id, workplace, details, 1))?;
    Ok(id)
}

/// Changes a contact: no alignment is signed again for it.
///
/// # Errors
/// Not found; changed since.
pub fn change_contact(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &ContactId,
    details: &ContactDetails,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let row = companies::contacts::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    Ok(companies::contacts::update(tx, &contact_row(context, id, &row.workplace_id, details, row.revision + 1))?)
}

/// Puts the ordinary staff of a month, over an older figure.
///
/// # Errors
/// Not found; a month still to come.
pub fn put_staff(
    tx: &mut Tx,
    context: &Context,
    workplace: &WorkplaceId,
    month: Month,
    staff: &Staff,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    companies::workplaces::find(tx, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    if month.0 > context.at.today {
        return fault("month", Fault::new("in-the-future", "Måneden er ikke begyndt.", "The month has not begun."));
    }
    companies::staff::put(
        tx,
        &StaffRow {
            workplace_id: workplace.clone(),
            month: month.0,
            municipality: context.tenant.clone(),
            hundredths: staff.full_time.hundredths(),
            given_here: true,
        },
    )?;
    look_there(tx, context, workplace)
}

/// Records a prospect of a job, with the company's own words.
///
/// # Errors
/// Not found.
pub fn add_prospect(
    tx: &mut Tx,
    context: &Context,
    workplace: &WorkplaceId,
    prospect: &NewProspect,
) -> Result<ProspectId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    companies::workplaces::find(tx, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    let id = ProspectId::new(context.at);
    companies::prospects::insert(
        tx,
        &ProspectRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            workplace_id: workplace.clone(),
            position: prospect.position.to_string(),
            weekly_minutes: prospect.weekly_hours.minutes(),
            from_on: prospect.from,
            condition: prospect.condition.as_ref().map(ToString::to_string),
            words: prospect.words.to_string(),
            recorded_on: context.at.today,
            withdrawn_on: None,
            revision: 1,
        },
    )?;
    look_there(tx, context, workplace)?;
    Ok(id)
}

crate::input! {
    /// When a prospect went.
    pub struct Withdrawal {
        /// Left out: today.
        pub on: Option<NaiveDate>,
    }
}

/// Withdraws a prospect.
///
/// # Errors
/// Not found; changed since.
pub fn withdraw_prospect(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &ProspectId,
    withdrawal: &Withdrawal,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = companies::prospects::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    let on = withdrawal.on.unwrap_or(context.at.today);
    not_in_future("on", on, context.at.today)?;
    row.withdrawn_on = Some(on);
    row.revision += 1;
    companies::prospects::update(tx, &row)?;
    look_there(tx, context, &row.workplace_id)
}

crate::input! {
    /// Some persons whom others have placed there.
    pub struct PlacedGroup {
        pub persons: Whole<0, 1000>,
        /// Of each.
        pub weekly_hours: WeeklyHours,
    }
}

crate::input! {
    /// All persons whom others (another municipality, the unemployment funds) have placed there as of a day (L13).
    pub struct PlacedByOthers {
        /// Today or before.
        pub as_of: NaiveDate,
        pub groups: Vec<PlacedGroup>,
    }
}

/// Puts who has been placed there by others as of a day, over what was said of that day before.
///
/// # Errors
/// Not found; a day to come.
pub fn put_others(tx: &mut Tx, context: &Context, id: &WorkplaceId, others: &PlacedByOthers) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let as_of = others.as_of;
    let tenant = context.tenant;
    companies::workplaces::find(tx, tenant, id)?.ok_or(ActionError::NotFound)?;
    not_in_future("as_of", as_of, context.at.today)?;
    let row = |(position, group): (i32, &PlacedGroup)| {
        Some(PlacedByOthersRow {
            workplace_id: id.clone(),
            as_of,
            position,
            municipality: tenant.clone(),
            persons: i32::try_from(group.persons.get()).ok()?,
            weekly_minutes: group.weekly_hours.minutes(),
        })
    };
    // Nobody is there any more: that is said by nobody with no hours.
    let none = PlacedByOthersRow {
        workplace_id: id.clone(),
        as_of,
        position: 0,
        municipality: tenant.clone(),
        persons: 0,
        weekly_minutes: 0,
    };
    let mut rows: Vec<PlacedByOthersRow> = (0..).zip(&others.groups).filter_map(row).collect();
    if rows.is_empty() {
        rows.push(none);
    }
    companies::staff::put_others(tx, tenant, id, as_of, &rows)?;
    look_there(tx, context, id)
}
