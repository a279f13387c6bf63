//! Who can be responsible for a citizen.

use crate::{
    actions::{ActionError, error::unknown},
    context::Context,
    domain::{people::access::Role, values::ids::AccountId},
    store::{Tx, accounts},
};

/// Somebody who can be responsible for a citizen.
///
/// # Errors
/// Nobody here, or not with that role.
pub fn check_consultant(tx: &mut Tx, context: &Context, id: &AccountId) -> Result<(), ActionError> {
    let found = accounts::find_person(tx, context.tenant, id)?;
    if found.is_some_and(|account| account.closed_on.is_none() && matches!(account.role, Role::Consultant | Role::TeamLeader)) {
        return Ok(());
    }
    unknown("consultant")
}
