//! Lists of companies and workplaces: filtered, found by name, near a point; page by page.

use crate::{
    domain::{
        companies::search::IndustryStart,
        people::tenant::Tenant,
        values::{
            geo::{ACROSS_KM, Point},
            register::{Cvr, Municipality, PNumber},
            search::Hit,
            text::Line,
        },
    },
    store::{
        db::{conn::Conn, error::StoreError},
        schema::{CompanyRow, WorkplaceRow, companies, workplaces},
        search::{self, SearchSubject},
    },
};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Where a page of a list begins: after a thing in the list's order. In a plain list only the id counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageKey {
    /// Of a search, or the distance in metres.
    pub rank: i64,
    /// What comes next in the order: of a name, an industry.
    pub text: String,
    pub id: String,
}

impl From<Hit> for PageKey {
    fn from(hit: Hit) -> Self {
        Self { rank: hit.rank, text: hit.name, id: hit.id }
    }
}

/// So many rows are asked for by their ids at once.
const ASKED_AT_ONCE: usize = 200;

/// Which companies.
pub struct WhichCompanies<'a> {
    pub tenant: &'a Tenant,
    pub name: Option<&'a Line>,
    pub cvr: Option<&'a Cvr>,
    pub industry: Option<&'a IndustryStart>,
}

/// Companies after a place, each with its own: by rank where a name is asked for, by industry where one is, else by id.
pub fn companies(
    conn: &mut Conn,
    which: &WhichCompanies,
    after: &PageKey,
    limit: i64,
) -> Result<Vec<(PageKey, CompanyRow)>, StoreError> {
    let mut own = companies::own(which.tenant).into_boxed();
    let found_by_name = match which.name {
        Some(name) => Some(hits(conn, which.tenant, SearchSubject::Company, name)?),
        None => None,
    };
    if let Some(hits) = found_by_name {
        return by_rank(hits, after, limit, |ids| {
            let mut own = companies::own(which.tenant).into_boxed();
            own = own.filter(companies::id.eq_any(ids));
            if let Some(cvr) = which.cvr {
                own = own.filter(companies::cvr.eq(cvr.as_str()));
            }
            if let Some((first, last)) = which.industry.map(IndustryStart::codes) {
                own = own.filter(companies::industry.between(first, last));
            }
            let rows: Vec<CompanyRow> = own.load(conn)?;
            Ok(rows.into_iter().map(|row| (row.id.to_string(), row)).collect())
        });
    }
    if let Some(cvr) = which.cvr {
        own = own.filter(companies::cvr.eq(cvr.as_str()));
    }
    own = match which.industry.map(IndustryStart::codes) {
        Some((first, last)) => {
            let later = companies::industry.gt(&after.text);
            let later = later.or(companies::industry.eq(&after.text).and(companies::id.gt(&after.id)));
            own.filter(companies::industry.between(first, last))
                .filter(later.assume_not_null())
                .order((companies::industry, companies::id))
        }
        None => own.filter(companies::id.gt(&after.id)).order(companies::id),
    };
    let rows: Vec<CompanyRow> = own.limit(limit).load(conn)?;
    let by_industry = which.industry.is_some();
    let place = |row: &CompanyRow| PageKey {
        rank: 0,
        text: row.industry.clone().filter(|_| by_industry).unwrap_or_default(),
        id: row.id.to_string(),
    };
    Ok(rows.into_iter().map(|row| (place(&row), row)).collect())
}

fn hits(conn: &mut Conn, tenant: &Tenant, about: SearchSubject, name: &Line) -> Result<Vec<PageKey>, StoreError> {
    Ok(search::find(conn, tenant, about, name.as_str())?.into_iter().map(PageKey::from).collect())
}

/// What comes after a place among things in their order, where `load` gives those of the ids that are asked for.
fn by_rank<T>(
    ordered: Vec<PageKey>,
    after: &PageKey,
    limit: i64,
    mut load: impl FnMut(Vec<String>) -> Result<BTreeMap<String, T>, StoreError>,
) -> Result<Vec<(PageKey, T)>, StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let later: Vec<PageKey> = ordered.into_iter().filter(|place| place > after).collect();
    let mut found = Vec::new();
    for places in later.chunks(ASKED_AT_ONCE) {
        let mut rows = load(places.iter().map(|place| place.id.clone()).collect())?;
        found.extend(places.iter().filter_map(|place| Some((place.clone(), rows.remove(&place.id)?))));
        if found.len() >= limit {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Which workplaces.
pub struct WhichWorkplaces<'a> {
    pub tenant: &'a Tenant,
    /// Of the workplace or its company.
    pub name: Option<&'a Line>,
    pub cvr: Option<&'a Cvr>,
    pub p_number: Option<&'a PNumber>,
    /// Its own, or else the company's.
    pub industry: Option<&'a IndustryStart>,
    pub lies_in: Option<&'a Municipality>,
    pub foresees_vacancy: Option<bool>,
    /// Within so many kilometres of a point, the nearest first.
    pub near: Option<(Point, f64)>,
}

impl<'a> WhichWorkplaces<'a> {
    /// All of a municipality's.
    pub fn all(tenant: &'a Tenant) -> Self {
        Self { tenant, name: None, cvr: None, p_number: None, industry: None, lies_in: None, foresees_vacancy: None, near: None }
    }
}

/// A workplace with its company's name and CVR number.
pub type ListedWorkplace = (WorkplaceRow, String, String);

/// Workplaces with their companies, narrowed to what is asked for.
macro_rules! narrowed {
    ($which:expr) => {{
        let whole = workplaces::own($which.tenant).inner_join(companies::table.on(companies::id.eq(workplaces::company_id)));
        let mut own = whole.into_boxed();
        if let Some(cvr) = $which.cvr {
            own = own.filter(companies::is_of($which.tenant)).filter(companies::cvr.eq(cvr.as_str()));
        }
        if let Some(number) = $which.p_number {
            own = own.filter(workplaces::p_number.eq(number.as_str()));
        }
        if let Some(start) = $which.industry {
            let (first, last) = start.codes();
            let itself = workplaces::industry.between(first.clone(), last.clone());
            let company = workplaces::industry.is_null().and(companies::industry.between(first, last));
            own = own.filter(workplaces::trade.eq(start.trade())).filter(itself.or(company));
        }
        if let Some(municipality) = $which.lies_in {
            own = own.filter(workplaces::lies_in.eq(municipality.as_str()));
        }
        if let Some(foresees) = $which.foresees_vacancy {
            own = own.filter(workplaces::foresees_vacancy.eq(foresees));
        }
        own
    }};
}

/// Workplaces after a place: the nearest first where a point is asked for, by rank where a name is, else by id.
pub fn workplaces(
    conn: &mut Conn,
    which: &WhichWorkplaces,
    after: &PageKey,
    limit: i64,
) -> Result<Vec<(PageKey, ListedWorkplace)>, StoreError> {
    let named = match which.name {
        Some(name) => Some(hits(conn, which.tenant, SearchSubject::Workplace, name)?),
        None => None,
    };
    let ordered = match (which.near, named) {
        (Some((point, km)), named) => Some(nearest(conn, which, point, km, named.as_deref(), after, limit)?),
        (None, named) => named,
    };
    let whole = (workplaces::all_columns, companies::name, companies::cvr);
    if let Some(ordered) = ordered {
        return by_rank(ordered, after, limit, |ids| {
            let rows: Vec<ListedWorkplace> = narrowed!(which).filter(workplaces::id.eq_any(ids)).select(whole).load(conn)?;
            Ok(rows.into_iter().map(|row| (row.0.id.to_string(), row)).collect())
        });
    }
    let own = narrowed!(which).filter(workplaces::id.gt(&after.id)).order(workplaces::id);
    let rows: Vec<ListedWorkplace> = own.select(whole).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(|row| (PageKey { id: row.0.id.to_string(), ..PageKey::default() }, row)).collect())
}

/// A workplace and where it lies.
type Lying = (String, Option<i32>, Option<i32>);

/// The nearest after a place, at least as many as a page needs. Square by square, outwards, until no square that is left
/// can hold a nearer one; the cost follows what lies near, not the country.
fn nearest(
    conn: &mut Conn,
    which: &WhichWorkplaces,
    point: Point,
    km: f64,
    among: Option<&[PageKey]>,
    after: &PageKey,
    limit: i64,
) -> Result<Vec<PageKey>, StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let columns = (workplaces::id, workplaces::latitude, workplaces::longitude);
    let place = |(id, latitude, longitude): Lying| {
        let away = point.km_to(Point { latitude: latitude?, longitude: longitude? });
        (away <= km).then(|| PageKey { rank: metres(away), text: String::new(), id })
    };
    let mut found = BTreeSet::new();
    if let Some(among) = among {
        for places in among.chunks(ASKED_AT_ONCE) {
            let ids: Vec<&str> = places.iter().map(|place| place.id.as_str()).collect();
            let rows: Vec<Lying> = narrowed!(which).filter(workplaces::id.eq_any(ids)).select(columns).load(conn)?;
            found.extend(rows.into_iter().filter_map(place));
        }
        return Ok(found.into_iter().collect());
    }
    let mut cells = point.cells_within(km).into_iter().filter(|(_, least)| metres(least + ACROSS_KM) >= after.rank).peekable();
    while let Some((cell, _)) = cells.next() {
        let rows: Vec<Lying> = narrowed!(which).filter(workplaces::cell.eq(cell)).select(columns).load(conn)?;
        found.extend(rows.into_iter().filter_map(place).filter(|place| place > after));
        let enough = cells
            .peek()
            .is_none_or(|(_, least)| found.iter().nth(limit.saturating_sub(1)).is_some_and(|last| last.rank < metres(*least)));
        if enough {
            break;
        }
    }
    Ok(found.into_iter().take(limit).collect())
}

/// Kilometres as whole metres.
fn metres(km: f64) -> i64 {
    format!("{:.0}", km * 1000.0).parse().unwrap_or(i64::MAX)
}
