//! Erases a citizen whose time has come: everything of the person is deleted, and what the workplaces' records count is summed up first.
//!
//! Promise: it is one transaction, so that a kill leaves all or nothing; whoever has come back, or whose data may only be kept, since they were
//! found is left alone.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        companies::{
            workplace::Workplace,
            workplace_record::{Decisions, internships},
        },
        internships::outcome::{enough_hours, hire_holds},
        people::erasure::Retained,
        values::ids::{CitizenId, ErasureId, InternshipId},
    },
    store::{
        Conn, Tx, citizens, erased,
        erasing::{self, ErasedIds},
        internship_facts, internships as stays, restrictions,
        schema::{CitizenRow, ErasedHiresRow, ErasedStaysRow, ErasureRow},
        workplace_records, workplaces,
    },
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// What erasing a citizen depends on.
///
/// # Errors
/// A failure of the database.
pub fn retained(conn: &mut Conn, context: &Context, row: &CitizenRow) -> Result<Retained, ActionError> {
    let tenant = context.tenant;
    if row.closed_since.is_none() {
        return Ok(Retained { closed_since: None, last_dealt_with: context.at.today, is_restricted: false });
    }
    let dealt = erasing::last_dealt_with(conn, tenant, &row.id)?.or(row.closed_since).unwrap_or(context.at.today);
    let is_restricted = restrictions::standing(conn, tenant, &row.id)?.is_some();
    Ok(Retained { closed_since: row.closed_since, last_dealt_with: dealt, is_restricted })
}

/// Erases a citizen, where the day has come. True where that was so.
///
/// # Errors
/// A failure of the database.
pub fn erase(tx: &mut Tx, context: &Context, id: &CitizenId) -> Result<bool, ActionError> {
    let (tenant, today) = (context.tenant, context.at.today);
    let Some(row) = citizens::find(tx, tenant, id)? else { return Ok(false) };
    let kept = retained(tx, context, &row)?;
    if kept.erased_from(context.services.settings.retention_years).is_none_or(|from| today < from) {
        return Ok(false);
    }
    let all = erasing::gather(tx, tenant, id)?;
    sum_up(tx, context, &all)?;
    erasing::erase(tx, &context.services.keys, tenant, &all, today)?;
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    erased::note(
        tx,
        &ErasureRow {
            id: ErasureId::new(context.at),
            municipality: tenant.clone(),
            citizen_id: id.clone(),
            erased_on: today,
            last_dealt_with: kept.last_dealt_with,
            internships: number(all.internships.len()),
            letters: number(all.letters.len()),
        },
    )?;
    Ok(true)
}

/// Adds what the records of the workplaces count of the citizen to what is left of others.
fn sum_up(tx: &mut Tx, context: &Context, all: &ErasedIds) -> Result<(), ActionError> {
    let (tenant, today, keys) = (context.tenant, context.at.today, &context.services.keys);
    let mut there = BTreeSet::new();
    for id in &all.internships {
        there.extend(stays::find(tx, tenant, id)?.map(|row| row.workplace_id));
    }
    for workplace in there {
        let Some(place) = workplaces::load(tx, keys, tenant, &workplace, context.figures(), today)? else { continue };
        let deciding = workplace_records::deciding(tx, keys, tenant, &workplace)?;
        for (stay, last_day) in ended(&place, &all.internships) {
            let Some(facts) = internship_facts::find(tx, tenant, &stay)? else { continue };
            let alone = internships(&[only(&place, &stay)], today);
            let decisions = deciding.get(&stay).map(|own| own.decisions(today)).unwrap_or_default();
            let Decisions { in_time, late, unanswered } = decisions;
            erased::add_stays(
                tx,
                ErasedStaysRow {
                    workplace_id: workplace.clone(),
                    year: last_day.year(),
                    kind: facts.kind,
                    municipality: tenant.clone(),
                    ended: alone.ended,
                    led_to_hire: alone.led_to_hire,
                    broken_off: alone.broken_off_by_citizen,
                    days: alone.days,
                    extensions: alone.extensions,
                    decided_in_time: in_time,
                    decided_late: late,
                    undecided: unanswered,
                },
            )?;
        }
    }
    sum_up_hires(tx, context, all)
}

fn ended(place: &Workplace, own: &[InternshipId]) -> Vec<(InternshipId, NaiveDate)> {
    let theirs = place.placements.iter().filter(|placement| own.contains(&placement.internship));
    theirs.filter_map(|placement| Some((placement.internship.clone(), placement.ended_on?))).collect()
}

/// The workplace as if there had been no other internship.
fn only(place: &Workplace, stay: &InternshipId) -> Workplace {
    let mut alone = Workplace { erased: Default::default(), ..place.clone() };
    alone.placements.retain(|placement| placement.internship == *stay);
    alone
}

fn sum_up_hires(tx: &mut Tx, context: &Context, all: &ErasedIds) -> Result<(), ActionError> {
    let figures = context.figures();
    for citizen in &all.citizens {
        for id in stays::outcomes::ids_of_citizen(tx, context.tenant, citizen)? {
            let Some(row) = stays::outcomes::find(tx, context.tenant, &id)? else { continue };
            let hours = enough_hours(row.weekly_minutes, figures);
            let counts = row.step.is_hire() && hours && hire_holds(row.first_day, row.ended_on, figures.hire_holds_days);
            let Some(workplace_id) = row.workplace_id.filter(|_| counts) else { continue };
            let (year, municipality) = (row.first_day.year(), context.tenant.clone());
            erased::add_hires(tx, ErasedHiresRow { workplace_id, year, step: row.step, municipality, hires: 1 })?;
        }
    }
    Ok(())
}
