//! Who is implied to confirm.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::{InternshipCase, case},
            confirming::{self, Word},
        },
    },
    context::Context,
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

/// These confirm the newest version, where they have not: the consultant in the system, the others by the link in their letter.
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
        let own = *party == Party::Consultant;
        let context = if own { scene.context(&scene.consultant, at) } else { Context::link(&scene.services, scene.tenant(), at) };
        let word = Word {
            internship: id,
            party: *party,
            via: if own { Via::Account } else { Via::Link },
            hash: &newest.hash,
            accommodations: &[],
            recorded_by: own.then_some(&scene.consultant.id),
            given_by: None,
        };
        confirming::give(tx, &context, &word)?;
    }
    Ok(())
}
