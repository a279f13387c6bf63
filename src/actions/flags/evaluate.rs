//! Evaluates a citizen's course, or a workplace, with the flag rules, and brings the stored flags in line: raises, escalates,
//! clears or closes them, and tells those concerned; and brings their calendars in line. The schedule calls it, and so does delivery before a letter is sent.
//!
//! Promise: a flag is raised once per rule, subject, occasion and episode. Each person is told once per step. Evaluating twice,
//! late, or on several machines at once adds nothing.

use crate::{
    actions::{
        ActionError, calendar,
        flags::{
            notify::{Evaluated, Evaluation},
            reach,
        },
        internships::follow_ups,
    },
    context::Context,
    domain::{
        rules::flags,
        values::ids::{CitizenId, WorkplaceId},
    },
    store::{Tx, citizens, companies, courses, flags as stored_flags, schema::FlagRow, workplaces},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Evaluates one citizen's course. How many flags were raised, rose or went.
///
/// # Errors
/// A failure of the database.
pub fn evaluate_citizen(tx: &mut Tx, context: &Context, citizen: &CitizenId) -> Result<usize, ActionError> {
    let Some(mut course) = courses::load(tx, &context.services.keys, context.tenant, citizen)? else { return Ok(0) };
    reach::find_unreachable(tx, context, &mut course)?;
    // One that runs from before there were follow-ups gets its plan here.
    for internship in course.internships.iter().filter(|own| own.is_open() && own.follow_ups.is_empty()) {
        follow_ups::replan(tx, context, citizen, internship)?;
    }
    let found = flags::findings(&course, context.figures(), context.at.today);
    let standing = stored_flags::standing(tx, context.tenant, citizen)?;
    let changed = Evaluation { context, about: Evaluated::Course(&course) }.reconcile(tx, &standing, &found)?;
    calendar::reconcile::reconcile(tx, context, &course)?;
    let next =
        flags::next_evaluation(&found, &course, context.at.today).into_iter().chain(wakes(&standing, context.at.today)).min();
    citizens::look_again(tx, context.tenant, citizen, next.filter(|day| *day < NaiveDate::MAX))?;
    Ok(changed)
}

/// Evaluates one workplace. How many flags were raised, rose or went.
///
/// # Errors
/// A failure of the database.
pub fn evaluate_workplace(tx: &mut Tx, context: &Context, id: &WorkplaceId) -> Result<usize, ActionError> {
    let figures = context.figures();
    let Some(workplace) = workplaces::load(tx, &context.services.keys, context.tenant, id, figures, context.at.today)? else {
        return Ok(0);
    };
    let found = flags::findings_at(&workplace, figures, context.at.today);
    let standing = stored_flags::standing_at(tx, context.tenant, id)?;
    let changed = Evaluation { context, about: Evaluated::Workplace(&workplace) }.reconcile(tx, &standing, &found)?;
    let next = flags::next_evaluation_at(&found, &workplace, context.at.today)
        .into_iter()
        .chain(wakes(&standing, context.at.today))
        .min();
    companies::workplaces::look_again(tx, context.tenant, id, next.filter(|day| *day < NaiveDate::MAX))?;
    Ok(changed)
}

/// The day after a snooze ends.
fn wakes(standing: &[FlagRow], today: NaiveDate) -> Option<NaiveDate> {
    standing.iter().filter_map(|flag| flag.snoozed_until?.succ_opt()).filter(|day| *day > today).min()
}

/// Evaluates once more whom some flags are about, where they still stand.
///
/// # Errors
/// A failure of the database.
pub fn evaluate_again(tx: &mut Tx, context: &Context, about: &[FlagRow]) -> Result<(), ActionError> {
    let standing = || about.iter().filter(|flag| flag.gone.is_none());
    for citizen in standing().filter_map(|flag| flag.citizen_id.as_ref()).collect::<BTreeSet<_>>() {
        evaluate_citizen(tx, context, citizen)?;
    }
    for workplace in standing().filter_map(|flag| flag.workplace_id.as_ref()).collect::<BTreeSet<_>>() {
        evaluate_workplace(tx, context, workplace)?;
    }
    Ok(())
}
