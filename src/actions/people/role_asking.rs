//! A role with health data, and an administrator's, is asked for by one person and confirmed by another (GDPR art. 9): nobody gives it
//! alone, nor by way of an account of their own making.
//!
//! Promise: until somebody else has confirmed it, nobody sees anything by it. A municipality with a single administrator gives it
//! alone, and that is said.

use crate::{
    actions::ActionError,
    context::Context,
    domain::people::{access::Role, account::RoleConfirmation},
    store::{Conn, accounts, schema::AccountRow},
};

/// Asks for a role; whether it is given at once. The row says from then on how it stands.
pub fn ask_for(conn: &mut Conn, context: &Context, row: &mut AccountRow, role: Role) -> Result<bool, ActionError> {
    let alone = accounts::with_role(conn, context.tenant, Role::Administrator)?.len() < 2;
    let waits = role.is_given_by_two() && !alone;
    row.asked_role = waits.then_some(role);
    row.asked_by = if waits { Some(context.account()?.id.clone()) } else { None };
    row.role_confirmation = match (role.is_given_by_two(), alone) {
        (false, _) => None,
        (true, true) => Some(RoleConfirmation::SingleAdministrator),
        (true, false) => Some(RoleConfirmation::Waits),
    };
    Ok(!waits)
}
