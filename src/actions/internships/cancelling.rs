//! Cancels an internship that has not begun, and tells citizen and company.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{case::case, mentor, save::save},
    },
    context::{Context, Seen},
    domain::{
        people::access::Permission,
        values::{ids::InternshipId, text::Prose},
    },
    outbox::{letters::PartyNews, news::tell_parties},
    store::{Tx, sealed},
};

crate::input! {
    /// Why a booked internship does not take place.
    pub struct Cancelling {
        pub reason: Prose,
    }
}

/// Cancels an internship that has not begun.
///
/// # Errors
/// Not found, changed since, begun.
pub fn cancel(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, cancelling: &Cancelling) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    if case.internship.started_on.is_some() || case.internship.cancelled_on.is_some() {
        return conflict(
            "has-begun",
            "Kun en praktik, der ikke er begyndt, kan aflyses.",
            "Only an internship that has not begun can be cancelled.",
        );
    }
    let mut row = case.row;
    row.cancelled_on = Some(context.at.today);
    row.cancel_reason = Some(sealed::CANCEL_REASON.seal(&context.services.keys, &row.id, &cancelling.reason.to_string())?);
    save(tx, context, row)?;
    mentor::tell_cancelled(tx, context, &case.internship)?;
    tell_parties(tx, context, &case.internship, PartyNews::Cancelled)
}
