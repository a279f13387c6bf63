//! Writes what is new or different, and the names by which it is found.

use crate::{
    actions::{
        ActionError,
        companies::{
            import::{batch::Batch, item::Brought},
            openings,
            register::find_by_new_name,
        },
    },
    store::{
        Tx, citizens, companies,
        schema::{CompanyRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use std::collections::BTreeMap;

impl<'a> Batch<'a> {
    pub(super) fn write(self, tx: &mut Tx) -> Result<Brought, ActionError> {
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
                companies::workplaces::look_again(tx, context.tenant, &kept.row.id, Some(context.at.today))?;
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
