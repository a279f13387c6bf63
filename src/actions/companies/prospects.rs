//! Prospects of a job at a workplace, in the words of the company (S2, S18).

use crate::{
    actions::{ActionError, error::not_in_future, internships::retention::look_there},
    context::{Context, Seen},
    domain::{
        people::access::Permission,
        values::{
            ids::{ProspectId, WorkplaceId},
            text::{Line, Prose, WeeklyHours},
        },
    },
    store::{Tx, companies, schema::ProspectRow},
};
use chrono::NaiveDate;

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

/// Records a prospect of a job, with the company's own words.
///
/// # Errors
/// Not found.
pub fn add(tx: &mut Tx, context: &Context, workplace: &WorkplaceId, prospect: &NewProspect) -> Result<ProspectId, ActionError> {
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
pub fn withdraw(tx: &mut Tx, context: &Context, seen: Seen, id: &ProspectId, withdrawal: &Withdrawal) -> Result<(), ActionError> {
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
