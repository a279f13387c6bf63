//! The ordinary staff of a workplace by month, and who is placed there by others: together they say how many interns there may be
//! (S8, L13).

use crate::{
    actions::{
        ActionError,
        error::{fault, not_in_future},
        internships::retention::look_there,
    },
    context::Context,
    domain::{
        input::Fault,
        people::access::Permission,
        values::{
            ids::WorkplaceId,
            month::Month,
            text::{FullTime, WeeklyHours, Whole},
        },
    },
    store::{
        Tx, companies,
        schema::{PlacedByOthersRow, StaffRow},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// Ordinary staff in a month.
    pub struct Staff {
        pub full_time: FullTime,
    }
}

/// Puts the ordinary staff of a month, over an older figure.
///
/// # Errors
/// Not found; a month still to come.
pub fn put(tx: &mut Tx, context: &Context, workplace: &WorkplaceId, month: Month, staff: &Staff) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    companies::workplaces::find(tx, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    if month.first_day() > context.at.today {
        return fault("month", Fault::new("in-the-future", "Måneden er ikke begyndt.", "The month has not begun."));
    }
    companies::staff::put(
        tx,
        &StaffRow {
            workplace_id: workplace.clone(),
            month: month.first_day(),
            municipality: context.tenant.clone(),
            hundredths: staff.full_time.hundredths(),
            given_here: true,
        },
    )?;
    look_there(tx, context, workplace)
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
