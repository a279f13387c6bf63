//! Changes of consultant.

use crate::{
    actions::{
        ActionError,
        people::continuity::{self, NewConsultant},
    },
    context::Seen,
    domain::{
        people::access::Role,
        values::{day::At, ids::ConsultantChangeId, text::Prose},
    },
    replay::{
        events::outcome::EventOutcome,
        format::Given,
        stage::{Stage, open_account},
        words::prose,
    },
    store::Tx,
};
use chrono::NaiveDate;

/// The handover that is implied where the file leaves it out.
const HANDOVER: &str = "Borgerens mål, aftaler og næste skridt står i forløbet.";

/// Somebody new takes over. A handover that is written is read, on the day of the change unless the file names another.
pub(super) fn change_consultant(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    handover: &Given<Prose>,
    read_on: &Given<NaiveDate>,
) -> Result<EventOutcome, ActionError> {
    let usual = prose(HANDOVER)?;
    let handover = handover.or(|| usual);
    let read_on = read_on.or(|| at.today).filter(|_| handover.is_some());
    let who = format!("jobkonsulent-{}", scene.consultants.len() + 1);
    let new = open_account(tx, scene, at, Role::Consultant, &who)?;
    let wish = NewConsultant { consultant: new.id.clone(), handover, wished_by_citizen: None };
    let change = continuity::change(tx, &scene.context(&scene.consultant, at), Seen::Newest, &scene.citizen, &wish)?;
    Ok(EventOutcome { consultant: Some((new, change, read_on)), ..EventOutcome::default() })
}

/// The consultant confirms having read a handover.
///
/// # Errors
/// Those of the action.
pub fn read_handover(tx: &mut Tx, scene: &Stage, at: At, change: &ConsultantChangeId) -> Result<(), ActionError> {
    continuity::confirm_reading(tx, &scene.context(&scene.consultant, at), change)
}
