//! A citizen's number and name: a mistyped or changed CPR number is replaced, the one before still finds the person, and a changed name
//! leaves the one before it on record.

use crate::{
    actions::{
        ActionError,
        error::{conflict, corrupt},
        people::closed::citizen,
        put_right::recording::Correction,
    },
    context::{Context, Seen},
    domain::{
        people::{
            access::Permission,
            correction::{Corrected, CorrectionTold},
        },
        values::{
            ids::{CitizenId, CorrectionId, FormerNumberId},
            register::Cpr,
            text::Prose,
        },
    },
    store::{
        Tx, citizens, former_numbers,
        schema::{CitizenRow, FormerNumberRow},
        sealed,
    },
};
use serde_json::{Value, json};

crate::input! {
    /// A citizen's right number, and why it is another.
    pub struct RightCpr {
        pub cpr: Cpr,
        pub reasons: Prose,
    }
}

/// Replaces a citizen's number.
///
/// # Errors
/// Not found; changed since; the number that it has; the number of somebody else here.
pub fn cpr(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, right: &RightCpr) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let mut row = citizen(tx, context, id)?;
    seen.check(row.revision)?;
    let keys = &context.services.keys;
    let hash = keys.lookup_hash("cpr", right.cpr.reveal());
    if hash == row.cpr_hash {
        return conflict("same-number", "Borgeren har allerede det nummer.", "The citizen has that number already.");
    }
    if let Some(other) = citizens::by_cpr(tx, context.tenant, &hash)? {
        return conflict(
            "number-of-another",
            format!(
                "Nummeret står på en anden registrering her, {}. Er det en anden person, så ret først nummeret dér. Er det samme person, så bed teamlederen om at lægge de to registreringer sammen.",
                other.reference
            ),
            format!(
                "The number stands on another record here, {}. If that is another person, correct the number there first. If it is the same person, ask the team leader to merge the two records (POST /api/v1/citizens/{id}/merge with other: {}).",
                other.reference, other.id
            ),
        );
    }
    let masked = had(tx, context, &row, id)?;
    row.cpr_sealed = sealed::CITIZEN_CPR.seal(keys, id, &right.cpr.reveal().to_owned())?;
    row.cpr_hash = hash;
    row.revision += 1;
    row.look_on = Some(context.at.today);
    citizens::update(tx, &row)?;
    keep(tx, context, id, (Corrected::Cpr, json!({ "cpr": masked })), &right.reasons)
}

/// Notes that a citizen had the number of a record, the own one or one that is merged; how it may be shown.
///
/// # Errors
/// A number that cannot be read.
pub(super) fn had(tx: &mut Tx, context: &Context, record: &CitizenRow, citizen: &CitizenId) -> Result<String, ActionError> {
    let keys = &context.services.keys;
    let number = sealed::CITIZEN_CPR.open(keys, &record.id, &record.cpr_sealed)?;
    let id = FormerNumberId::new(context.at);
    former_numbers::insert(
        tx,
        &FormerNumberRow {
            cpr_sealed: sealed::FORMER_CPR.seal(keys, &id, &number)?,
            id,
            municipality: context.tenant.clone(),
            citizen_id: citizen.clone(),
            cpr_hash: record.cpr_hash.clone(),
            until_on: context.at.today,
        },
    )?;
    Ok(Cpr::parse(&number).ok_or_else(|| corrupt("a sealed number"))?.masked())
}

/// Keeps the name that a citizen has had until now.
///
/// # Errors
/// A failure of the database.
pub fn note_name(tx: &mut Tx, context: &Context, citizen: &CitizenId, name: &str) -> Result<(), ActionError> {
    let reasons = Prose::parse("Navnet er ændret.").map_err(|fault| ActionError::Conflict(fault.code, fault.message))?;
    keep(tx, context, citizen, (Corrected::Name, json!({ "name": name })), &reasons)?;
    Ok(())
}

/// Nobody is written to: no letter names anybody.
fn keep(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    (what, before): (Corrected, Value),
    reasons: &Prose,
) -> Result<CorrectionId, ActionError> {
    let subject = citizen.as_str();
    let correction = Correction { what, subject, citizen, internship: None, workplaces: Vec::new(), before, reasons };
    correction.keep(tx, context, &CorrectionTold::default())
}
