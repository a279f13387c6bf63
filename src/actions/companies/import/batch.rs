//! What a batch is compared with: the stored rows of all that it names, each loaded once.

use crate::{
    actions::{
        ActionError,
        companies::import::item::{Brought, ImportItem},
    },
    context::Context,
    domain::{
        import::Life,
        values::{
            geo::Point,
            ids::{CompanyId, WorkplaceId},
        },
    },
    store::{
        Tx, companies, postcodes,
        schema::{CompanyRow, StaffRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A row of a table on its way: as it stood, and as it is to be.
pub(super) struct Kept<R> {
    pub(super) row: R,
    pub(super) stood: bool,
    pub(super) touched: bool,
    /// Whether it has been told of as new.
    pub(super) told: bool,
}

impl<R> Kept<R> {
    fn standing(row: R) -> Self {
        Self { row, stood: true, touched: false, told: false }
    }
}

pub(super) struct Batch<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) companies: BTreeMap<String, Kept<CompanyRow>>,
    /// Companies, workplaces whose names are not those that they are found by.
    pub(super) renamed_companies: BTreeSet<String>,
    pub(super) renamed_workplaces: BTreeSet<String>,
    pub(super) workplaces: BTreeMap<String, Kept<WorkplaceRow>>,
    /// CVR numbers by company: for workplaces that have moved to another.
    pub(super) cvrs: BTreeMap<CompanyId, String>,
    pub(super) staff: BTreeMap<(WorkplaceId, NaiveDate), StaffRow>,
    pub(super) new_staff: Vec<StaffRow>,
    pub(super) changed_staff: Vec<StaffRow>,
    pub(super) middles: BTreeMap<String, Point>,
    /// Workplaces that are known here and have changed.
    pub(super) looks: Vec<WorkplaceId>,
    pub(super) moved: Vec<WorkplaceRow>,
    pub(super) trades: Vec<String>,
    pub(super) brought: Brought,
}

impl<'a> Batch<'a> {
    pub(super) fn load(tx: &mut Tx, context: &'a Context<'a>, items: &[ImportItem]) -> Result<Self, ActionError> {
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

    pub(super) fn is_over(&self, life: Option<Life>) -> bool {
        life.and_then(Life::closed_on).is_some_and(|on| on <= self.context.at.today)
    }
}

/// The first day of the earliest month that some rows have figures for.
fn earliest_month(items: &[ImportItem]) -> Option<NaiveDate> {
    items.iter().filter_map(|item| item.row.workplace.as_ref()?.full_time.keys().next().copied()).min()
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
