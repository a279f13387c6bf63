//! What companies report in the course of a case: their staff, and whom others have placed there.

use crate::{
    actions::{
        ActionError,
        companies::staff::{self, PlacedByOthers, Staff},
    },
    domain::values::day::At,
    replay::stage::scene::{Stage, StagedPlace},
    store::Tx,
};
use chrono::NaiveDate;

impl Stage {
    /// Registers whom others have placed there, by the reports of the days until today that have not been registered.
    ///
    /// # Errors
    /// Those of the action.
    pub fn report_others(&self, tx: &mut Tx, at: At, since: Option<NaiveDate>) -> Result<(), ActionError> {
        let mut places = self.places.iter();
        for company in &self.case.companies {
            let own: Vec<&StagedPlace> = places.by_ref().take(company.workplaces.len()).collect();
            let Some(place) = own.first() else { continue };
            let new = |day: &NaiveDate| *day <= at.today && since.is_none_or(|since| *day > since);
            let days: std::collections::BTreeSet<NaiveDate> = company.others.iter().map(|(day, _)| *day).filter(new).collect();
            for day in days {
                let groups = company.others.iter().filter(|(own, _)| *own == day).map(|(_, group)| group.clone()).collect();
                let others = PlacedByOthers { as_of: day, groups };
                staff::put_others(tx, &self.context(&self.liaison, at), &place.workplace, &others)?;
            }
        }
        Ok(())
    }

    /// Registers the staff figures of the months that have begun: a month still to come cannot be reported.
    ///
    /// # Errors
    /// Those of the action.
    pub fn report_staff(&self, tx: &mut Tx, at: At, begun_since: Option<NaiveDate>) -> Result<(), ActionError> {
        let figures = self.case.companies.iter().flat_map(|company| &company.workplaces).zip(&self.places);
        for (figures, place) in figures {
            for (month, full_time) in &figures.ordinary_fte {
                let begun = month.first_day() <= at.today && begun_since.is_none_or(|since| month.first_day() > since);
                if begun {
                    let staff = Staff { full_time: *full_time };
                    staff::put(tx, &self.context(&self.liaison, at), &place.workplace, *month, &staff)?;
                }
            }
        }
        Ok(())
    }
}
