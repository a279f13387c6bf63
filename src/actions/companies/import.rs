//! Imports companies from a list or a register: compares each row with the stored one, and writes what is new or different. One
//! call writes one batch, so that other writers are not kept waiting and an interrupted import leaves whole batches.
//!
//! Promise: importing the same rows again changes nothing. What people entered here is never overwritten: who keeps the contact,
//! whether a vacancy is foreseen, contacts, prospects, coordinates corrected here, staff figures given here. A workplace that the
//! municipality works with is evaluated again when it changes (its ratio may be exceeded, L11). What has closed and was never
//! known here is not imported.

use crate::{
    actions::{
        ActionError,
        companies::{
            openings,
            places::{most_exact, stand},
            register::find_by_new_name,
        },
    },
    context::Context,
    domain::{
        import::{Came, Changed, Column, CompanySaid, Difference, Incoming, Life, OfIndustry, Staffing, WorkplaceSaid},
        input::Fault,
        matching::Standing,
        people::access::Permission,
        values::{
            geo::Point,
            ids::{CompanyId, WorkplaceId},
            register::{Municipality, trade_of},
        },
    },
    store::{
        Tx, citizens, companies, postcodes,
        schema::{CompanyRow, StaffRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A row, and what of it the list has told before.
#[derive(Clone, Debug)]
pub struct Item {
    pub row: Incoming,
    /// An earlier row has told of the company, and counts.
    pub company_told: bool,
    /// The company, the workplace is new by an earlier row of the same list, and counted there.
    pub company_counted: bool,
    pub workplace_counted: bool,
}

/// How many of a kind came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub new: u64,
    pub changed: u64,
    pub closed: u64,
    pub unchanged: u64,
}

impl Count {
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.closed += other.closed;
        self.unchanged += other.unchanged;
    }
}

/// What came of a batch.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    pub companies: Count,
    pub workplaces: Count,
    pub staff_up: u64,
    pub staff_down: u64,
    /// Closed, and not known here.
    pub left_out: u64,
    /// On no map: neither coordinates nor a postcode that is loaded nor a municipality.
    pub unplaced: u64,
    pub changes: Vec<Changed>,
    /// Rows that cannot be brought in as they stand, by their place in the batch.
    pub refused: Vec<(usize, Column, Fault)>,
    pub new_companies: Vec<String>,
    pub new_workplaces: Vec<String>,
}

/// A row of a table on its way: as it stood, and as it is to be.
struct Kept<R> {
    row: R,
    stood: bool,
    touched: bool,
    /// Whether it has been told of as new.
    told: bool,
}

impl<R> Kept<R> {
    fn standing(row: R) -> Self {
        Self { row, stood: true, touched: false, told: false }
    }
}

struct Batch<'a> {
    context: &'a Context<'a>,
    companies: BTreeMap<String, Kept<CompanyRow>>,
    /// Companies, workplaces whose names are not those that they are found by.
    renamed_companies: BTreeSet<String>,
    renamed_workplaces: BTreeSet<String>,
    workplaces: BTreeMap<String, Kept<WorkplaceRow>>,
    /// CVR numbers by company: for workplaces that have moved to another.
    cvrs: BTreeMap<CompanyId, String>,
    staff: BTreeMap<(WorkplaceId, NaiveDate), StaffRow>,
    new_staff: Vec<StaffRow>,
    changed_staff: Vec<StaffRow>,
    middles: BTreeMap<String, Point>,
    /// Workplaces that are known here and have changed.
    looks: Vec<WorkplaceId>,
    moved: Vec<WorkplaceRow>,
    trades: Vec<String>,
    brought: Brought,
}

/// Whether whoever acts may bring lists in: asked before a file is received and read, since that takes long.
///
/// # Errors
/// Not for this role.
pub fn may_import(context: &Context) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    Ok(())
}

/// Compares a batch with what stands here, and writes what is new or said otherwise.
///
/// # Errors
/// The role does not keep companies; a failure of the database.
pub fn bring(tx: &mut Tx, context: &Context, items: &[Item]) -> Result<Brought, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut batch = Batch::load(tx, context, items)?;
    for (index, item) in items.iter().enumerate() {
        batch.take(index, item);
    }
    batch.write(tx)
}

/// Puts a value where another stands, and notes the difference.
fn put<T: PartialEq>(slot: &mut T, to: T, column: Column, show: impl Fn(&T) -> String, found: &mut Vec<Difference>) {
    if *slot != to {
        found.push(Difference { column, before: show(slot), after: show(&to) });
        *slot = to;
    }
}

fn shown<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Puts an industry over another; a classification that is not said stays where the code does.
fn put_industry(
    code: &mut Option<String>,
    scheme: &mut Option<String>,
    said: &OfIndustry,
    column: Column,
    found: &mut Vec<Difference>,
) {
    let same = code.as_deref() == Some(said.code.as_str());
    put(code, text(said.code.as_str()), column, shown, found);
    let named = said.scheme.map(|scheme| scheme.code().to_owned());
    let to = if same && named.is_none() { scheme.clone() } else { named };
    put(scheme, to, Column::Scheme, shown, found);
}

/// The first day of the earliest month that some rows have figures for.
fn earliest_month(items: &[Item]) -> Option<NaiveDate> {
    items.iter().filter_map(|item| item.row.workplace.as_ref()?.full_time.keys().next().copied()).min()
}

impl<'a> Batch<'a> {
    fn load(tx: &mut Tx, context: &'a Context<'a>, items: &[Item]) -> Result<Self, ActionError> {
        let own = context.tenant;
        let cvrs: Vec<&str> = items.iter().map(|item| item.row.cvr.as_str()).collect();
        let said = || items.iter().filter_map(|item| item.row.workplace.as_ref());
        let numbers: Vec<&str> = said().map(|place| place.p_number.as_str()).collect();
        let companies = distinct(cvrs, |some| companies::with_cvr(tx, own, some))?;
        let workplaces = distinct(numbers, |some| companies::workplaces::with_p_number(tx, own, some))?;
        let mut known: BTreeMap<CompanyId, String> = companies.iter().map(|row| (row.id.clone(), row.cvr.clone())).collect();
        let others: Vec<&CompanyId> =
            workplaces.iter().map(|row| &row.company_id).filter(|company| !known.contains_key(*company)).collect();
        let others = distinct(others, |some| companies::with_ids(tx, own, some))?;
        known.extend(others.into_iter().map(|row| (row.id, row.cvr)));
        let staff = match earliest_month(items) {
            Some(from) => {
                let ids: Vec<&WorkplaceId> = workplaces.iter().map(|row| &row.id).collect();
                distinct(ids, |some| companies::staff::of_workplaces(tx, own, some, from))?
            }
            None => Vec::new(),
        };
        let wanted: Vec<&str> = said().filter_map(|place| place.postcode.as_ref()).map(|postcode| postcode.as_str()).collect();
        let middles = distinct(wanted, |some| Ok(postcodes::of(tx, own, some)?.into_values().collect()))?;
        Ok(Self {
            context,
            companies: companies.into_iter().map(|row| (row.cvr.clone(), Kept::standing(row))).collect(),
            renamed_companies: BTreeSet::new(),
            renamed_workplaces: BTreeSet::new(),
            workplaces: workplaces.into_iter().map(|row| (row.p_number.clone(), Kept::standing(row))).collect(),
            cvrs: known,
            staff: staff.into_iter().map(|row| ((row.workplace_id.clone(), row.month), row)).collect(),
            new_staff: Vec::new(),
            changed_staff: Vec::new(),
            middles: middles
                .into_iter()
                .map(|row| (row.postcode, Point { latitude: row.latitude, longitude: row.longitude }))
                .collect(),
            looks: Vec::new(),
            moved: Vec::new(),
            trades: Vec::new(),
            brought: Brought::default(),
        })
    }

    fn take(&mut self, index: usize, item: &Item) {
        let row = &item.row;
        let cvr = row.cvr.as_str();
        let here = self.companies.contains_key(cvr);
        let gone = self.is_over(row.company.life);
        let place_gone = row.workplace.as_ref().is_some_and(|place| self.is_over(place.life));
        if !here && !item.company_counted && (gone || place_gone) {
            self.brought.left_out += 1;
            return;
        }
        if !here {
            let Some(new) = self.new_company(row) else {
                let fault = Fault::new(
                    "required",
                    "Virksomheden findes ikke her endnu, og rækken siger ikke, hvad den hedder. Skriv dens navn.",
                    "The company is not here yet, and the row does not say its name. Write its name.",
                );
                self.brought.refused.push((index, Column::CompanyName, fault));
                return;
            };
            self.cvrs.insert(new.id.clone(), new.cvr.clone());
            if !item.company_counted {
                self.brought.companies.new += 1;
                self.brought.new_companies.push(new.cvr.clone());
                self.brought.changes.push(company_came(Came::NewCompany, &new, Vec::new()));
            }
            self.companies.insert(cvr.to_owned(), Kept { row: new, stood: false, touched: false, told: false });
        } else {
            self.company(item);
        }
        if let Some(said) = &row.workplace {
            self.workplace(cvr, said, item.workplace_counted);
        }
    }

    fn is_over(&self, life: Option<Life>) -> bool {
        life.and_then(Life::closed_on).is_some_and(|on| on <= self.context.at.today)
    }

    fn new_company(&self, row: &Incoming) -> Option<CompanyRow> {
        let CompanySaid { name, form, industry, advertising_protected, life, otherwise } = &row.company;
        let industry = industry.as_ref().or(otherwise.industry.as_ref());
        Some(CompanyRow {
            id: CompanyId::new(self.context.at),
            municipality: self.context.tenant.clone(),
            cvr: row.cvr.as_str().into(),
            name: name.as_ref().or(otherwise.name.as_ref())?.to_string(),
            industry: industry.map(|industry| industry.code.as_str().into()),
            industry_scheme: industry.and_then(|industry| industry.scheme).map(|scheme| scheme.code().into()),
            advertising_protected: advertising_protected.or(otherwise.advertising_protected).unwrap_or_default(),
            liaison_id: self.context.account().ok()?.id.clone(),
            revision: 1,
            form: form.as_ref().map(ToString::to_string),
            closed_on: life.and_then(Life::closed_on),
            approaches_at_most: None,
        })
    }

    /// A company that is here, or that an earlier row has brought.
    fn company(&mut self, item: &Item) {
        let said = &item.row.company;
        let Some(kept) = self.companies.get_mut(item.row.cvr.as_str()) else { return };
        let row = &mut kept.row;
        let found = &mut Vec::new();
        let was_open = row.closed_on.is_none();
        let industry = row.industry.clone();
        if !item.company_told {
            if let Some(name) = &said.name {
                put(&mut row.name, name.to_string(), Column::CompanyName, Clone::clone, found);
            }
            if let Some(form) = &said.form {
                put(&mut row.form, text(form.as_str()), Column::Form, shown, found);
            }
            if let Some(industry) = &said.industry {
                put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::CompanyIndustry, found);
            }
            if let Some(protected) = said.advertising_protected {
                let slot = &mut row.advertising_protected;
                put(slot, protected, Column::AdvertisingProtected, |yes| if *yes { "ja" } else { "nej" }.into(), found);
            }
            if let Some(life) = said.life {
                put(&mut row.closed_on, life.closed_on(), Column::CompanyClosed, shown, found);
            }
        }
        if let (None, Some(industry)) = (&row.industry, &said.otherwise.industry) {
            put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::CompanyIndustry, found);
        }
        if kept.stood && found.iter().any(|difference| difference.column == Column::CompanyName) {
            self.renamed_companies.insert(row.cvr.clone());
        }
        if row.industry != industry && kept.stood {
            self.trades.push(row.cvr.clone());
        }
        let closes = was_open && row.closed_on.is_some();
        let counts = kept.stood && !item.company_counted;
        let changes = !found.is_empty();
        kept.touched |= changes;
        if counts && changes && closes {
            self.brought.companies.closed += 1;
            self.brought.changes.push(company_came(Came::CompanyClosed, row, std::mem::take(found)));
        } else if counts && changes {
            self.brought.companies.changed += 1;
            self.brought.changes.push(company_came(Came::CompanyChanged, row, std::mem::take(found)));
        } else if counts && !item.company_told {
            self.brought.companies.unchanged += 1;
        }
    }

    fn workplace(&mut self, cvr: &str, said: &WorkplaceSaid, counted: bool) {
        let Some(company) = self.companies.get(cvr) else { return };
        let number = said.p_number.as_str();
        if !self.workplaces.contains_key(number) {
            if self.is_over(said.life) {
                self.brought.left_out += 1;
                return;
            }
            let new = self.new_workplace(&company.row, said);
            self.workplaces.insert(number.to_owned(), Kept { row: new, stood: false, touched: false, told: false });
        }
        let company = (company.row.id.clone(), company.row.industry.clone(), company.row.name.clone());
        let Some(kept) = self.workplaces.get_mut(number) else { return };
        let found = &mut Vec::new();
        let row = &mut kept.row;
        let was_open = row.closed_on.is_none();
        let staff = (row.staff_low, row.staff_high);
        let moved = row.company_id != company.0 && !said.in_passing;
        if moved {
            let before = self.cvrs.get(&row.company_id).cloned().unwrap_or_default();
            found.push(Difference { column: Column::Cvr, before, after: cvr.to_owned() });
            row.company_id.clone_from(&company.0);
        }
        say(row, said, found);
        place(row, said, self.context.tenant.municipality(), &self.middles, found);
        if row.company_id == company.0 {
            row.trade = row.industry.as_deref().or(company.1.as_deref()).map(trade_of);
        }
        let months = self.staff.range((row.id.clone(), NaiveDate::MIN)..=(row.id.clone(), NaiveDate::MAX));
        let latest = months.last().map(|(_, held)| (held.month, held.hundredths));
        let mut newest = None;
        for (month, figure) in &said.full_time {
            let key = (row.id.clone(), *month);
            let new = StaffRow {
                workplace_id: row.id.clone(),
                month: *month,
                municipality: row.municipality.clone(),
                hundredths: figure.hundredths(),
                given_here: false,
            };
            match self.staff.get(&key) {
                // What the employer has said here stands.
                Some(held) if held.given_here || held.hundredths == new.hundredths || said.in_passing => continue,
                Some(_) => self.changed_staff.push(new.clone()),
                None => self.new_staff.push(new.clone()),
            }
            newest = Some((new.month, new.hundredths));
            self.staff.insert(key, new);
        }
        if kept.stood && moved {
            self.moved.push(row.clone());
        }
        if kept.stood && row.known && (newest.is_some() || !found.is_empty()) {
            self.looks.push(row.id.clone());
            row.look_on = Some(self.context.at.today);
        }
        let touched = !found.is_empty();
        kept.touched |= touched;
        if found.iter().any(|difference| matches!(difference.column, Column::WorkplaceName | Column::Cvr)) {
            self.renamed_workplaces.insert(number.to_owned());
        }
        if row.placed_by.is_none() {
            self.brought.unplaced += 1;
        }
        let came = |came, fields| Changed {
            came,
            cvr: cvr.to_owned(),
            p_number: Some(number.to_owned()),
            name: row.name.clone(),
            fields,
        };
        if !kept.stood {
            if !counted && !kept.told {
                kept.told = true;
                self.brought.workplaces.new += 1;
                self.brought.new_workplaces.push(number.to_owned());
                self.brought.changes.push(came(Came::NewWorkplace, Vec::new()));
            }
            return;
        }
        if counted {
            return;
        }
        let later = newest.zip(latest).filter(|(now, before)| now.0 >= before.0);
        let by_months = later.map(|((_, now), (_, before))| (now.cmp(&before), before, now));
        let by_count = compare(staff, (row.staff_low, row.staff_high));
        let direction = by_count.or(by_months.map(|(order, ..)| order));
        if touched {
            let closes = was_open && row.closed_on.is_some();
            let (count, what) = if closes {
                (&mut self.brought.workplaces.closed, Came::WorkplaceClosed)
            } else {
                (&mut self.brought.workplaces.changed, Came::WorkplaceChanged)
            };
            *count += 1;
            self.brought.changes.push(came(what, std::mem::take(found)));
        } else if newest.is_some() {
            self.brought.workplaces.changed += 1;
        } else {
            self.brought.workplaces.unchanged += 1;
        }
        let posts = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let difference = match by_months {
            _ if by_count.is_some() => Difference {
                column: Column::Staff,
                before: Staffing::shown(staff.0, staff.1),
                after: Staffing::shown(row.staff_low, row.staff_high),
            },
            Some((_, before, now)) => Difference { column: Column::FullTime, before: posts(before), after: posts(now) },
            None => return,
        };
        match direction {
            Some(std::cmp::Ordering::Greater) => {
                self.brought.staff_up += 1;
                self.brought.changes.push(came(Came::StaffUp, vec![difference]));
            }
            Some(std::cmp::Ordering::Less) => {
                self.brought.staff_down += 1;
                self.brought.changes.push(came(Came::StaffDown, vec![difference]));
            }
            _ => {}
        }
    }

    fn new_workplace(&self, company: &CompanyRow, said: &WorkplaceSaid) -> WorkplaceRow {
        WorkplaceRow {
            id: WorkplaceId::new(self.context.at),
            municipality: company.municipality.clone(),
            company_id: company.id.clone(),
            p_number: said.p_number.as_str().into(),
            name: said.name.as_ref().map_or_else(|| company.name.clone(), ToString::to_string),
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

    fn write(self, tx: &mut Tx) -> Result<Brought, ActionError> {
        let (context, own) = (self.context, self.context.tenant);
        let mut new = Vec::new();
        for kept in self.companies.values() {
            if !kept.stood {
                new.push(kept.row.clone());
            } else if kept.touched {
                let row = CompanyRow { revision: kept.row.revision + 1, ..kept.row.clone() };
                companies::update(tx, &row)?;
                openings::follow_company(tx, context.at, &row)?;
                if self.trades.contains(&row.cvr) {
                    companies::workplaces::follow_trade(tx, &row)?;
                }
            }
        }
        companies::insert_all(tx, &new)?;
        let mut places = Vec::new();
        for kept in self.workplaces.values() {
            if !kept.stood {
                places.push(kept.row.clone());
            } else if kept.touched {
                let row = WorkplaceRow { revision: kept.row.revision + 1, ..kept.row.clone() };
                companies::workplaces::update(tx, &row)?;
                // What is open there lies where it lies, and closes with it; nothing is open where nobody here deals with it.
                if row.known {
                    openings::follow_workplace(tx, context.at, &row)?;
                }
            } else if self.looks.contains(&kept.row.id) {
                companies::workplaces::look_again(tx, &kept.row.id, Some(context.at.today))?;
            }
        }
        companies::workplaces::insert_all(tx, &places)?;
        for row in &self.moved {
            companies::workplaces::openings_follow(tx, row)?;
        }
        for row in &self.changed_staff {
            companies::staff::put(tx, row)?;
        }
        companies::staff::insert_all(tx, &self.new_staff)?;
        for id in &self.looks {
            citizens::look_again_at(tx, own, id, context.at.today)?;
        }
        self.name(tx, &new, &places)?;
        Ok(self.brought)
    }

    /// Puts down the names by which what is new or renamed is found.
    fn name(&self, tx: &mut Tx, new: &[CompanyRow], places: &[WorkplaceRow]) -> Result<(), ActionError> {
        let own = self.context.tenant;
        let texts: Vec<(&str, [&str; 1])> = new.iter().map(|row| (row.id.as_str(), [row.name.as_str()])).collect();
        search::put_new(tx, own, SearchSubject::Company, &texts)?;
        for row in self.renamed_companies.iter().filter_map(|cvr| self.companies.get(cvr)) {
            find_by_new_name(tx, self.context, &row.row)?;
        }
        let of: BTreeMap<&str, &str> =
            self.companies.values().map(|kept| (kept.row.id.as_str(), kept.row.name.as_str())).collect();
        let texts: Vec<_> = places.iter().filter_map(|row| found_by(row, &of)).collect();
        search::put_new(tx, own, SearchSubject::Workplace, &texts)?;
        let renamed = self.renamed_workplaces.iter().filter_map(|number| self.workplaces.get(number));
        let renamed = renamed.filter(|kept| kept.stood).map(|kept| &kept.row);
        let texts: Vec<_> = renamed.filter_map(|row| found_by(row, &of)).collect();
        Ok(search::put_many(tx, own, SearchSubject::Workplace, &texts)?)
    }
}

/// A workplace is found by its own name and by its company's.
fn found_by<'r>(row: &'r WorkplaceRow, of: &BTreeMap<&str, &'r str>) -> Option<(&'r str, [&'r str; 2])> {
    Some((row.id.as_str(), [&row.name, of.get(row.company_id.as_str())?]))
}

/// Asks for each of some keys once.
fn distinct<K: Ord, R>(
    mut keys: Vec<K>,
    ask: impl FnOnce(&[K]) -> Result<Vec<R>, crate::store::StoreError>,
) -> Result<Vec<R>, crate::store::StoreError> {
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() { Ok(Vec::new()) } else { ask(&keys) }
}

fn company_came(came: Came, row: &CompanyRow, fields: Vec<Difference>) -> Changed {
    Changed { came, cvr: row.cvr.clone(), p_number: None, name: row.name.clone(), fields }
}

/// Which way staff went, where both are known and differ.
fn compare(before: (Option<i32>, Option<i32>), now: (Option<i32>, Option<i32>)) -> Option<std::cmp::Ordering> {
    let ends = |(low, high): (Option<i32>, Option<i32>)| low.map(|low| (low, high.unwrap_or(i32::MAX)));
    let (before, now) = (ends(before)?, ends(now)?);
    (before != now).then(|| now.cmp(&before))
}

/// What a row says of a workplace but for where it lies.
fn say(row: &mut WorkplaceRow, said: &WorkplaceSaid, found: &mut Vec<Difference>) {
    // What is told in passing fills in what is not known.
    let may = |known: bool| !said.in_passing || !known;
    if let Some(name) = said.name.as_ref().filter(|_| may(true)) {
        put(&mut row.name, name.to_string(), Column::WorkplaceName, Clone::clone, found);
    }
    if let Some(address) = said.address.as_ref().filter(|_| may(row.address.is_some())) {
        put(&mut row.address, text(address.as_str()), Column::Address, shown, found);
    }
    if let Some(industry) = said.industry.as_ref().filter(|_| may(row.industry.is_some())) {
        put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::Industry, found);
    }
    if let Some(life) = said.life.filter(|_| !said.in_passing) {
        put(&mut row.closed_on, life.closed_on(), Column::Closed, shown, found);
    }
    if let Some(staff) = said.staff.filter(|_| may(row.staff_low.is_some())) {
        let mut held = (row.staff_low, row.staff_high);
        put(&mut held, (Some(staff.low), staff.high), Column::Staff, |held| Staffing::shown(held.0, held.1), found);
        (row.staff_low, row.staff_high) = held;
    }
}

/// Where a row says that a workplace lies. Coordinates corrected here stay; coordinates of an earlier import stay while the
/// workplace lies in the same postcode and municipality.
fn place(
    row: &mut WorkplaceRow,
    said: &WorkplaceSaid,
    own: &Municipality,
    middles: &BTreeMap<String, Point>,
    found: &mut Vec<Difference>,
) {
    let nowhere = row.lies_in.is_none() && row.postcode.is_none() && row.placed_by.is_none();
    if said.in_passing && !nowhere {
        return;
    }
    let before = (row.lies_in.clone(), row.postcode.clone());
    let says_nothing = said.municipality.is_none() && said.postcode.is_none() && said.coordinates.is_none();
    let lies_in = said.municipality.as_ref().or(Some(own).filter(|_| nowhere && says_nothing));
    if let Some(lies_in) = lies_in {
        put(&mut row.lies_in, text(lies_in.as_str()), Column::Municipality, shown, found);
    }
    if let Some(postcode) = &said.postcode {
        put(&mut row.postcode, text(postcode.as_str()), Column::Postcode, shown, found);
    }
    if let Some(city) = &said.city {
        put(&mut row.city, text(city.as_str()), Column::City, shown, found);
    }
    let same = before == (row.lies_in.clone(), row.postcode.clone());
    if row.placed_here || (said.coordinates.is_none() && same && row.placed_by.is_some()) {
        return;
    }
    let middle = row.postcode.as_ref().and_then(|postcode| middles.get(postcode).copied());
    let lies_in = row.lies_in.as_deref().and_then(Municipality::parse);
    let placed = most_exact(said.coordinates, middle, lies_in.as_ref());
    let held = (row.latitude, row.longitude, row.placed_by.clone());
    stand(row, placed);
    let words = |(latitude, longitude, by): &(Option<i32>, Option<i32>, Option<String>)| {
        let degrees = |millionths: Option<i32>| millionths.map(|value| crate::domain::values::geo::degrees(value).to_string());
        [degrees(*latitude), degrees(*longitude), by.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let now = (row.latitude, row.longitude, row.placed_by.clone());
    if held != now {
        found.push(Difference { column: Column::PlacedBy, before: words(&held), after: words(&now) });
    }
}
