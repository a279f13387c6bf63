//! What two records of one person say together. Of what there can be one of, the kept record's stands; what only the other has is taken
//! over; the rest is left out, and named.
//!
//! Needs and the search profile are named only, never repeated: needs that are left out stay with the person as ended ones, so that
//! what was agreed about them still says what it was about.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{people::citizen::Capacity, values::text::WeeklyHours},
    store::{Tx, citizens, merging, schema::CitizenRow, sealed},
};
use serde_json::{Map, Value, json};

/// The kept record as it goes on, and what the other had and is not taken over, by field.
pub(super) struct Together {
    pub row: CitizenRow,
    pub left_out: Map<String, Value>,
}

/// What the kept record takes over; needs and hours are moved with it.
///
/// # Errors
/// A value that cannot be read.
pub(super) fn together(tx: &mut Tx, context: &Context, kept: &CitizenRow, other: &CitizenRow) -> Result<Together, ActionError> {
    let keys = &context.services.keys;
    let (own, theirs) = (kept.details(keys)?, other.details(keys)?);
    let (mut row, mut person, mut left_out) = (kept.clone(), own.clone(), Map::new());
    let mut leave = |field: &str, value: Value| left_out.insert(field.to_owned(), value);
    for (field, own, theirs) in [
        ("email", &mut person.email, &theirs.email),
        ("phone", &mut person.phone, &theirs.phone),
        ("mentor", &mut person.mentor, &theirs.mentor),
        ("mentor_email", &mut person.mentor_email, &theirs.mentor_email),
        ("mentor_phone", &mut person.mentor_phone, &theirs.mentor_phone),
        ("latest_employer", &mut row.latest_employer, &other.latest_employer),
    ] {
        if own.is_none() {
            own.clone_from(theirs);
        } else if theirs.is_some() && own != theirs {
            leave(field, json!(theirs));
        }
    }
    for (field, same, value) in [
        ("name", own.name == theirs.name, json!(theirs.name)),
        ("target_group", kept.target_group == other.target_group, json!(other.target_group)),
        ("job_ready", kept.job_ready == other.job_ready, json!(other.job_ready)),
        ("in_employment", kept.in_employment == other.in_employment, json!(other.in_employment)),
        ("consultant", kept.consultant_id == other.consultant_id, json!(other.consultant_id)),
    ] {
        if !same {
            leave(field, value);
        }
    }
    let (goals, their_goals) = (kept.own_goals(keys)?, other.own_goals(keys)?);
    if goals.is_empty() {
        row.goals = sealed::CITIZEN_GOALS.seal(keys, &kept.id, &their_goals)?;
    } else if !their_goals.is_empty() && goals != their_goals {
        leave("goals", json!(their_goals));
    }
    row = row.with_details(keys, &person)?;
    match (&kept.profile, &other.profile) {
        (None, Some(sealed)) => {
            let profile = sealed::CITIZEN_PROFILE.open(keys, &other.id, sealed)?;
            row.profile = Some(sealed::CITIZEN_PROFILE.seal(keys, &kept.id, &profile)?);
            row.findable_since = other.findable_since;
        }
        (Some(_), Some(_)) => {
            leave("search_profile", Value::Null);
        }
        (_, None) => {}
    }
    row.registered_on = kept.registered_on.into_iter().chain(other.registered_on).min();
    if needs_end(tx, context, kept, other)? {
        leave("needs", Value::Null);
    }
    let hours = hours_that_stay(tx, context, kept, other)?;
    if !hours.is_empty() {
        leave("capacities", json!(hours));
    }
    Ok(Together { row, left_out })
}

/// Where both have needs on record, the other's end. Whether they did.
fn needs_end(tx: &mut Tx, context: &Context, kept: &CitizenRow, other: &CitizenRow) -> Result<bool, ActionError> {
    let own = citizens::needs::of_citizen(tx, context.tenant, &kept.id)?;
    let theirs = citizens::needs::of_citizen(tx, context.tenant, &other.id)?;
    if own.is_empty() || theirs.is_empty() {
        return Ok(false);
    }
    for mut need in theirs {
        need.ended_on = Some(context.at.today);
        citizens::needs::update(tx, &need)?;
    }
    Ok(true)
}

/// The hours agreed from before the kept record's first are taken over, so that what was booked then is still measured by them. Those
/// that are not.
fn hours_that_stay(tx: &mut Tx, context: &Context, kept: &CitizenRow, other: &CitizenRow) -> Result<Vec<Capacity>, ActionError> {
    let first = merging::capacities_of(tx, context.tenant, &kept.id)?.first().map(|row| row.from_on);
    let first = first.unwrap_or(chrono::NaiveDate::MAX);
    merging::move_capacities(tx, context.tenant, (&other.id, &kept.id), first)?;
    let left = merging::capacities_of(tx, context.tenant, &other.id)?;
    let capacity = |row: crate::store::schema::CapacityRow| Capacity {
        from: row.from_on,
        weekly_hours: WeeklyHours::from_minutes(row.weekly_minutes),
    };
    Ok(left.into_iter().map(capacity).collect())
}
