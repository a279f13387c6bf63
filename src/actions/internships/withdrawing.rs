//! Withdraws a version that is not in force: the one before it, with its confirmations, is the newest again. What was withdrawn is
//! still shown, with who did it and why, and counts nowhere.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{
            case::{InternshipCase, case},
            save::save,
        },
    },
    context::{Context, Seen},
    domain::{
        people::access::Permission,
        values::{ids::InternshipId, text::Prose},
    },
    outbox::{letters::PartyNews, news::tell_parties},
    store::{Tx, internships, sealed},
};

crate::input! {
    /// Why the newest version is withdrawn.
    pub struct VersionWithdrawing {
        pub reason: Prose,
    }
}

/// Which of the versions that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    Newest,
    /// All that are newer than the one in force.
    All,
}

/// Withdraws the newest version, which is not in force.
///
/// # Errors
/// Not found; changed since; over; none that waits.
pub fn withdraw(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    withdrawing: &VersionWithdrawing,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    if case.internship.is_closed() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    if case.internship.withdrawable().is_none() {
        return conflict(
            "nothing-pending",
            "Der er ingen ny udgave, som venter på bekræftelse. Første udgave kan ikke trækkes tilbage: aflys praktikken i stedet.",
            "No newer version waits to be confirmed. The first version cannot be withdrawn: cancel the internship instead.",
        );
    }
    withdraw_pending(tx, context, case, Pending::Newest, withdrawing.reason.as_str())
}

/// The same for an action that has authorised already.
///
/// # Errors
/// A failure of the database.
pub fn withdraw_pending(
    tx: &mut Tx,
    context: &Context,
    case: InternshipCase,
    which: Pending,
    reason: &str,
) -> Result<(), ActionError> {
    let InternshipCase { mut row, internship, .. } = case;
    let in_force = internship.in_force().map_or(0, |version| version.number);
    let above = match which {
        Pending::Newest => internship.newest().number - 1,
        Pending::All => in_force,
    };
    let by = &context.account()?.id;
    for version in internship.versions().filter(|version| version.number > above) {
        let key = sealed::version_key(&row.id, version.number);
        let because = sealed::WITHDRAWN_BECAUSE.seal(&context.services.keys, key, &reason.to_owned())?;
        internships::withdraw_version(tx, context.tenant, (&row.id, version.number), context.at.today, by, &because)?;
    }
    if let Some(newest) = internship.versions().rev().find(|version| version.number <= above) {
        row.workplace_id = newest.terms.place.workplace.clone();
    }
    save(tx, context, row)?;
    tell_parties(tx, context, &internship, PartyNews::VersionWithdrawn { number: internship.newest().number })
}
