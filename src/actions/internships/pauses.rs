//! Pauses of an internship (illness, holiday, a closed place): recorded, and ended once their last day is known.
//!
//! Promise: a pause changes nothing of what was agreed. What is planned waits until the day after; citizen and company are told from when
//! to when, never why.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{
            case::{InternshipCase, case},
            follow_ups,
            save::save_as,
        },
    },
    context::{Context, Seen},
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            internship::Internship,
            pause::{Pause, PauseKind},
        },
        people::access::Permission,
        values::{
            day::{Period, danish},
            ids::{InternshipId, PauseId},
        },
    },
    outbox::{letters::PartyNews, news::tell_parties},
    store::{Tx, pauses, schema::PauseRow, sealed},
};
use chrono::NaiveDate;

crate::input! {
    /// A pause that was agreed: within the days of the internship, beside every other pause of it.
    pub struct NewPause {
        pub kind: PauseKind,
        pub from: NaiveDate,
        /// The last day, inclusive; left out: nobody knows yet.
        pub to: Option<NaiveDate>,
    }
}

crate::input! {
    /// When an open pause ends.
    pub struct PauseEnd {
        /// The last day of the pause, inclusive; it may lie ahead.
        pub on: NaiveDate,
    }
}

/// The days within which an internship can pause: from its start, before it the agreed first day, to its last day.
fn days(internship: &Internship) -> Result<Period, ActionError> {
    let over = || {
        conflict(
            "not-open",
            "Praktikken er afsluttet eller aflyst. En pause kan ikke noteres mere.",
            "The internship has ended or is cancelled. A pause can no longer be recorded.",
        )
    };
    match internship.span().filter(|_| !internship.is_closed()) {
        Some(days) => Ok(days),
        None => over(),
    }
}

fn outside(within: Period) -> Fault {
    Fault::new(
        "outside-the-stay",
        format!("Skal ligge i praktikkens periode, fra den {} til den {}.", danish(within.first), danish(within.last)),
        format!("Must lie within the days of the internship, {} to {}.", within.first, within.last),
    )
}

fn check_last(last: NaiveDate, from: NaiveDate, within: Period, at: &Pointer, faults: &mut Faults) {
    if last < from {
        let text = (format!("Pausen begynder den {}.", danish(from)), format!("The pause begins on {from}."));
        faults.add::<()>(at, Fault::new("before-from", text.0, text.1));
    } else if last > within.last {
        faults.add::<()>(at, outside(within));
    }
}

/// Another pause on the same days.
fn check_apart(from: NaiveDate, to: Option<NaiveDate>, others: &[&Pause], at: &Pointer, faults: &mut Faults) {
    let last = |to: Option<NaiveDate>| to.unwrap_or(NaiveDate::MAX);
    if let Some(other) = others.iter().find(|other| other.from <= last(to) && from <= last(other.to)) {
        let until_da = other.to.map_or_else(|| "uden slutdato".to_owned(), |to| format!("til den {}", danish(to)));
        let until_en = other.to.map_or_else(|| "without an end".to_owned(), |to| format!("to {to}"));
        let text = (
            format!("Der er allerede en pause fra den {} {until_da}. Sæt dens slutdato, eller ret den.", danish(other.from)),
            format!("There is a pause from {} {until_en} already. Record its end, or put it right.", other.from),
        );
        faults.add::<()>(at, Fault::new("overlaps", text.0, text.1));
    }
}

/// Records a pause.
///
/// # Errors
/// Not found; the course is closed; the internship has ended; days that do not fit.
pub fn add(tx: &mut Tx, context: &Context, id: &InternshipId, new: &NewPause) -> Result<PauseId, ActionError> {
    let by = context.authorize(Permission::KeepInternships)?.id.clone();
    let InternshipCase { row, internship, .. } = case(tx, context, id)?;
    let within = days(&internship)?;
    let (root, mut faults) = (Pointer::root(), Faults::default());
    if !within.holds(new.from) {
        faults.add::<()>(&root.to("from"), outside(within));
    }
    if let Some(to) = new.to {
        check_last(to, new.from, within, &root.to("to"), &mut faults);
    }
    check_apart(new.from, new.to, &internship.pauses.iter().collect::<Vec<_>>(), &root.to("from"), &mut faults);
    if !faults.0.is_empty() {
        return Err(ActionError::Faults(faults));
    }
    let made = Pause {
        id: PauseId::new(context.at),
        kind: new.kind,
        from: new.from,
        to: new.to,
        to_recorded_on: new.to.map(|_| context.at.today),
        recorded_on: context.at.today,
    };
    pauses::insert(
        tx,
        &PauseRow {
            id: made.id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: row.citizen_id.clone(),
            internship_id: id.clone(),
            from_on: made.from,
            to_on: made.to,
            to_recorded_on: made.to_recorded_on,
            sealed: sealed::PAUSE.seal(&context.services.keys, &made.id, &made.kind)?,
            recorded_on: made.recorded_on,
            recorded_by: by,
            revision: 1,
            in_error_on: None,
        },
    )?;
    let (pause, mut now) = (made.id.clone(), internship.clone());
    now.pauses.push(made);
    let citizen = row.citizen_id.clone();
    save_as(tx, context, row, &now)?;
    follow_ups::wait_anew(tx, context, &citizen, &internship, &now)?;
    tell_parties::<ActionError>(tx, context, &now, PartyNews::Paused { pause: pause.clone(), from: new.from, to: new.to })?;
    Ok(pause)
}

/// Records the last day of an open pause.
///
/// # Errors
/// Not found; changed since; it has an end already; the internship has ended; a day that does not fit.
pub fn end(tx: &mut Tx, context: &Context, seen: Seen, id: &PauseId, end: &PauseEnd) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut pause = pauses::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(pause.revision)?;
    let InternshipCase { row, internship, .. } = case(tx, context, &pause.internship_id)?;
    let within = days(&internship)?;
    if let Some(to) = pause.to_on {
        return conflict(
            "has-an-end",
            format!("Pausen slutter den {}. Er det forkert, så registrér den som en fejl, og notér den på ny.", danish(to)),
            format!("The pause ends on {to}. If that is wrong, register it in error and record it anew."),
        );
    }
    let (at, mut faults) = (Pointer::root().to("on"), Faults::default());
    check_last(end.on, pause.from_on, within, &at, &mut faults);
    let others: Vec<&Pause> = internship.pauses.iter().filter(|own| own.id != *id).collect();
    check_apart(pause.from_on, Some(end.on), &others, &at, &mut faults);
    if !faults.0.is_empty() {
        return Err(ActionError::Faults(faults));
    }
    pause.to_on = Some(end.on);
    pause.to_recorded_on = Some(context.at.today);
    pause.revision += 1;
    pauses::update(tx, &pause)?;
    let mut now = internship.clone();
    for own in now.pauses.iter_mut().filter(|own| own.id == *id) {
        (own.to, own.to_recorded_on) = (pause.to_on, pause.to_recorded_on);
    }
    let citizen = row.citizen_id.clone();
    save_as(tx, context, row, &now)?;
    follow_ups::wait_anew(tx, context, &citizen, &internship, &now)?;
    tell_parties(tx, context, &now, PartyNews::PauseEnds { pause: id.clone(), from: pause.from_on, to: end.on })
}
