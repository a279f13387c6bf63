//! One person who was registered under two numbers: everything of the one record becomes the other's, and both numbers find it.
//!
//! Promise: nothing of what happened is lost, and no registration is refused afterwards because it happened: hours that overlap are the
//! truth, and are flagged. Of what there can be one of, the kept record's stands; what is left out is in the correction. The record
//! that was left is shown as what it is, and nothing can be done in it again.

use crate::{
    actions::{
        ActionError,
        error::{fault, unknown},
        internships::inviting,
        people::closed::{check_unrestricted, open_citizen},
        put_right::{
            left_out::{self, Together},
            persons::had,
            recording::Correction,
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        people::{access::Permission, correction::Corrected, personal_details::PersonalDetails},
        values::{
            ids::{CitizenId, CorrectionId},
            text::Prose,
        },
    },
    store::{
        Tx, citizen_names, citizens, closings, merging,
        schema::{CitizenRow, ClosingRow},
        sealed,
    },
};
use serde_json::json;
use std::collections::BTreeSet;

crate::input! {
    /// The other record of the same person, which goes over into this one.
    pub struct Merging {
        pub other: CitizenId,
        pub reasons: Prose,
    }
}

/// Merges another record of the same person into this one.
///
/// # Errors
/// Not found; changed since; closed, or merged into another; another that is this one, is not here, or was merged already; the
/// data of either may only be kept.
pub fn merge(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, merging: &Merging) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::Lead)?;
    let kept = open_citizen(tx, context, id)?;
    seen.check(kept.revision)?;
    let other = other(tx, context, id, &merging.other)?;
    check_unrestricted(tx, context, &other.id)?;
    let stays = closings::internships_of(tx, context.tenant, &other.id)?;
    let workplaces: BTreeSet<_> = stays.iter().map(|row| row.workplace_id.clone()).collect();
    let number = had(tx, context, &other, id)?;
    let Together { row, left_out } = left_out::together(tx, context, &kept, &other)?;
    let came_back = open_again(tx, context, &other, &merging.reasons)?;
    merging::move_all(tx, context.tenant, &other.id, id)?;
    merging::move_flags(tx, context.tenant, &other.id, id)?;
    merging::point_on(tx, context.tenant, &other.id, id)?;
    leave(tx, context, &other, id)?;
    let reopened_on = if came_back { Some(context.at.today) } else { row.reopened_on };
    let row = CitizenRow { reopened_on, revision: kept.revision + 1, look_on: Some(context.at.today), ..row };
    citizens::update(tx, &row)?;
    let keys = &context.services.keys;
    if row.email(keys)? != other.email(keys)? {
        let moved: Vec<_> = stays.into_iter().map(|stay| stay.id).collect();
        inviting::citizen_has_another_mailbox(tx, context, id, &moved, &row.revision.to_string())?;
    }
    let before = json!({
        "reference": other.reference, "cpr": number, "consultant": other.consultant_id, "registered_on": other.registered_on,
        "left_out": left_out,
    });
    let correction = Correction {
        what: Corrected::Merged,
        subject: other.id.as_str(),
        citizen: id,
        internship: None,
        workplaces: workplaces.into_iter().collect(),
        before,
        reasons: &merging.reasons,
    };
    let answered_for = (other.consultant_id != row.consultant_id).then_some(&other.consultant_id);
    correction.keep_and_tell_also(tx, context, answered_for)
}

fn other(tx: &mut Tx, context: &Context, id: &CitizenId, other: &CitizenId) -> Result<CitizenRow, ActionError> {
    if id == other {
        let text = ("Vælg den anden registrering af samme person.", "Choose the other record of the same person.");
        return fault("other", Fault::new("the-same", text.0, text.1));
    }
    let Some(row) = citizens::find_even_merged(tx, context.tenant, other)? else { return unknown("other") };
    match &row.merged_into {
        None => Ok(row),
        Some(into) => fault(
            "other",
            Fault::new(
                "merged-already",
                format!("Er allerede lagt sammen med en anden registrering: /api/v1/citizens/{into}."),
                format!("Has been merged into another record already: /api/v1/citizens/{into}."),
            ),
        ),
    }
}

/// A closing that stands in the record that is left ends with it: the person goes on in the other. Whether there was one.
fn open_again(tx: &mut Tx, context: &Context, other: &CitizenRow, reasons: &Prose) -> Result<bool, ActionError> {
    if other.closed_since.is_none() {
        return Ok(false);
    }
    let Some(standing) = closings::standing(tx, context.tenant, &other.id)? else { return Ok(false) };
    let words = sealed::REOPENING_REASONS.seal(&context.services.keys, &standing.id, &reasons.to_string())?;
    closings::update(
        tx,
        &ClosingRow {
            reopened_on: Some(context.at.today),
            reopened_by: Some(context.account()?.id.clone()),
            reopening_reasons: Some(words),
            was_in_error: Some(false),
            ..standing
        },
    )?;
    Ok(true)
}

/// The record that is left: closed, empty, found by no number, never looked at again.
fn leave(tx: &mut Tx, context: &Context, other: &CitizenRow, kept: &CitizenId) -> Result<(), ActionError> {
    let row = CitizenRow {
        // No number has this hash, so that the kept record can be given the number if it is the right one.
        cpr_hash: context.services.keys.lookup_hash("merged", other.id.as_str()),
        goals: sealed::CITIZEN_GOALS.seal(&context.services.keys, &other.id, &Vec::new())?,
        latest_employer: None,
        look_on: None,
        findable_since: None,
        closed_since: Some(other.closed_since.unwrap_or(context.at.today)),
        merged_into: Some(kept.clone()),
        merged_on: Some(context.at.today),
        revision: other.revision + 1,
        ..other.clone()
    };
    // The name stays, to say of whom it was, and finds nobody.
    let keys = &context.services.keys;
    citizen_names::remove(tx, context.tenant, &other.id)?;
    let left = PersonalDetails { name: other.details(keys)?.name, ..PersonalDetails::default() };
    Ok(citizens::update(tx, &row.with_details(keys, &left)?)?)
}
