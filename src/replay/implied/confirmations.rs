//! Who is implied to confirm.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::{InternshipCase, case},
            confirming::{self, Confirming},
        },
    },
    domain::{
        internships::alignment::{Party, Via},
        values::{day::At, ids::InternshipId},
    },
    replay::stage::Stage,
    store::Tx,
};

pub(super) fn load(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<InternshipCase, ActionError> {
    case(tx, &scene.context(&scene.consultant, at), id)
}

/// These confirm the newest version, where they have not: the consultant in the system, the others at a meeting.
///
/// # Errors
/// Those of the action.
pub fn confirm(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId, parties: &[Party]) -> Result<(), ActionError> {
    for party in parties {
        let internship = load(tx, scene, at, id)?.internship;
        let newest = internship.newest();
        if newest.confirmed_by(*party) {
            continue;
        }
        let via = if *party == Party::Consultant { Via::Account } else { Via::Meeting };
        let hash = crate::domain::values::text::Text::parse(&newest.hash)
            .map_err(|fault| ActionError::Conflict(fault.code, fault.message))?;
        let confirming = Confirming { party: *party, via, hash, agreed_accommodations: None, given_by: None };
        confirming::confirm(tx, &scene.context(&scene.consultant, at), id, &confirming)?;
    }
    Ok(())
}
