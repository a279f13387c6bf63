//! Days on which a workplace is closed: whoever waits for the company does not count them, and follow-ups there wait until the day after.
//! No internship is paused by them.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{follow_ups::wait_anew, retention::look_there},
        put_right::recording::Correcting,
    },
    context::{Context, Seen},
    domain::{
        companies::closed_days::ClosedDays,
        input::{Fault, Faults, Pointer},
        internships::internship::Internship,
        people::access::Permission,
        values::{
            day::{Period, danish},
            ids::{ClosureId, WorkplaceId},
        },
    },
    store::{Tx, closures, companies, courses, internships, schema::ClosureRow},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A workplace that is closed for longer is another matter.
const DAYS_AT_MOST: i64 = 183;

crate::input! {
    /// Days on which a workplace is closed.
    pub struct NewClosure {
        pub from: NaiveDate,
        /// The last day, inclusive; at most half a year.
        pub to: NaiveDate,
    }
}

/// Records days on which a workplace is closed.
///
/// # Errors
/// Not found; days that do not fit.
pub fn add(tx: &mut Tx, context: &Context, workplace: &WorkplaceId, new: &NewClosure) -> Result<ClosureId, ActionError> {
    let by = context.authorize(Permission::Approach)?.id.clone();
    companies::workplaces::find(tx, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    let days = fitting(tx, context, workplace, new)?;
    let id = ClosureId::new(context.at);
    closures::insert(
        tx,
        &ClosureRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            workplace_id: workplace.clone(),
            from_on: days.first,
            to_on: days.last,
            recorded_on: context.at.today,
            recorded_by: by,
            revision: 1,
            in_error_by: None,
            in_error_because: None,
            in_error_on: None,
        },
    )?;
    let closed = ClosedDays { days, recorded_on: context.at.today };
    wait_there(tx, context, workplace, |own| own.closures.retain(|other| *other != closed))?;
    Ok(id)
}

fn fitting(tx: &mut Tx, context: &Context, workplace: &WorkplaceId, new: &NewClosure) -> Result<Period, ActionError> {
    let (root, mut faults) = (Pointer::root(), Faults::default());
    let days = Period::new(new.from, new.to).or_else(|| {
        let text = (format!("Der lukkes den {}.", danish(new.from)), format!("It closes on {}.", new.from));
        faults.add(&root.to("to"), Fault::new("before-from", text.0, text.1))
    });
    if days.is_some_and(|days| days.days() > DAYS_AT_MOST) {
        let text = (format!("Højst {DAYS_AT_MOST} dage."), format!("At most {DAYS_AT_MOST} days."));
        faults.add::<()>(&root.to("to"), Fault::new("too-long", text.0, text.1));
    }
    let others = closures::of_workplace(tx, context.tenant, workplace)?;
    if let Some(other) = others.iter().find(|other| other.from_on <= new.to && new.from <= other.to_on) {
        let text = (
            format!("Der er allerede noteret lukket fra den {} til den {}.", danish(other.from_on), danish(other.to_on)),
            format!("It is recorded as closed from {} to {} already.", other.from_on, other.to_on),
        );
        faults.add::<()>(&root.to("from"), Fault::new("overlaps", text.0, text.1));
    }
    days.filter(|_| faults.0.is_empty()).ok_or(ActionError::Faults(faults))
}

/// Registers such days in error: they count nowhere, and what waited for them comes back.
///
/// # Errors
/// Not found; changed since; in error already.
pub fn in_error(tx: &mut Tx, context: &Context, seen: Seen, id: &ClosureId, why: &Correcting) -> Result<(), ActionError> {
    let by = context.authorize(Permission::Approach)?.id.clone();
    let mut row = closures::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    if let Some(on) = row.in_error_on {
        return conflict(
            "in-error-already",
            format!("Det blev registreret som en fejl den {}.", danish(on)),
            format!("It was registered in error on {on}."),
        );
    }
    seen.check(row.revision)?;
    row.in_error_on = Some(context.at.today);
    row.in_error_by = Some(by);
    row.in_error_because = Some(why.reasons.to_string());
    row.revision += 1;
    closures::update(tx, &row)?;
    let days = Period { first: row.from_on, last: row.to_on };
    let closed = ClosedDays { days, recorded_on: row.recorded_on };
    wait_there(tx, context, &row.workplace_id, |own| own.closures.push(closed))
}

/// The follow-ups of those who are there wait anew, and the schedule evaluates them. `undo` makes of an internship what it was before.
fn wait_there(
    tx: &mut Tx,
    context: &Context,
    workplace: &WorkplaceId,
    undo: impl Fn(&mut Internship),
) -> Result<(), ActionError> {
    let people: BTreeSet<_> =
        internships::not_ended_at(tx, context.tenant, workplace)?.into_iter().map(|row| row.citizen_id).collect();
    for citizen in people {
        let all = courses::internships_of(tx, &context.services.keys, context.tenant, &citizen)?;
        for now in all.iter().filter(|own| own.is_open() && own.standing().terms.place.workplace == *workplace) {
            let mut before = now.clone();
            undo(&mut before);
            wait_anew(tx, context, &citizen, &before, now)?;
        }
    }
    look_there(tx, context, workplace)
}
