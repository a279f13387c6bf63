//! A citizen's number and name: a mistyped or changed CPR number is replaced, the one before still finds the person, and a changed name
//! leaves the one before it on record.

use crate::{
    actions::{
        ActionError,
        error::{conflict, corrupt},
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
    let mut row = citizens::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
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
                "Nummeret står på en anden registrering her, {}. Er det en anden person, så ret først nummeret dér. Er det samme person, så gå videre i den registrering og luk denne.",
                other.reference
            ),
            format!(
                "The number stands on another record here, {}. If that is another person, correct the number there first. If it is the same person, go on in that record and close this one.",
                other.reference
            ),
        );
    }
    let before = sealed::CITIZEN_CPR.open(keys, id, &row.cpr_sealed)?;
    let former = FormerNumberId::new(context.at);
    former_numbers::insert(
        tx,
        &FormerNumberRow {
            cpr_sealed: sealed::FORMER_CPR.seal(keys, &former, &before)?,
            id: former,
            municipality: context.tenant.clone(),
            citizen_id: id.clone(),
            cpr_hash: row.cpr_hash.clone(),
            until_on: context.at.today,
        },
    )?;
    row.cpr_sealed = sealed::CITIZEN_CPR.seal(keys, id, &right.cpr.reveal().to_owned())?;
    row.cpr_hash = hash;
    row.revision += 1;
    row.look_on = Some(context.at.today);
    citizens::update(tx, &row)?;
    let masked = Cpr::parse(&before).ok_or_else(|| corrupt("a sealed number"))?.masked();
    keep(tx, context, id, (Corrected::Cpr, json!({ "cpr": masked })), &right.reasons)
}

/// Keeps the name that a citizen has had until now.
///
/// # Errors
/// A failure of the database.
pub fn note_name(tx: &mut Tx, context: &Context, row: &CitizenRow) -> Result<(), ActionError> {
    let reasons = Prose::parse("Navnet er ændret.").map_err(|fault| ActionError::Conflict(fault.code, fault.message))?;
    keep(tx, context, &row.id, (Corrected::Name, json!({ "name": row.name })), &reasons)?;
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
