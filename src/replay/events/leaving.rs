//! The citizen leaves: nobody is written to.

use crate::{
    actions::{
        ActionError,
        people::closing::{self, Closing},
    },
    context::Seen,
    domain::{people::leaving::Leaving, values::day::At},
    replay::{stage::Stage, words::prose},
    store::Tx,
};

/// The reasons that are implied where the course is closed otherwise.
const REASONS: &str = "Forløbet er ikke længere aktuelt.";

pub(super) fn leave(tx: &mut Tx, scene: &Stage, at: At, how: Leaving) -> Result<(), ActionError> {
    let closing = Closing { how, on: None, reasons: Some(prose(REASONS)?), write_to: None };
    closing::close(tx, &scene.context(&scene.consultant, at), Seen::Newest, &scene.citizen, &closing)
}
