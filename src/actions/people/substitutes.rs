//! Who stands in while somebody is away, or once an account is closed (S9). The substitute reads what comes, and takes nothing over: it
//! is no change of consultant.

use crate::{
    actions::{
        ActionError,
        error::{fault, unknown},
        people::account_changes::record,
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        people::{access::Permission, account::AccountField},
        values::ids::AccountId,
    },
    store::{
        Tx, accounts, citizens,
        schema::{AccountRow, SubstituteRow},
        substitutes,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// Who stands in, and when.
    pub struct NewSubstitute {
        /// An open account of the same role, or a team leader.
        pub account: AccountId,
        pub from: NaiveDate,
        /// The last day; left out: until further notice.
        pub to: Option<NaiveDate>,
    }
}

/// Names who stands in for somebody: oneself for oneself, a team leader or an administrator for anybody.
///
/// # Errors
/// Not found; changed since; somebody else's; nobody open here; a role that cannot stand in; days that do not fit.
pub fn name(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId, new: &NewSubstitute) -> Result<(), ActionError> {
    context.authorize_own(id, Permission::HandOverWork)?;
    let row = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if new.account == *id {
        return fault("account", Fault::new("unchanged", "Er den samme. Vælg en anden.", "Is the same one. Choose another."));
    }
    let Some(other) = accounts::find_person(tx, context.tenant, &new.account)?.filter(|other| other.closed_on.is_none()) else {
        return unknown("account");
    };
    if !other.role.can_stand_in_for(row.role) {
        let text =
            ("Vælg en kollega i samme rolle eller en teamleder.", "Choose a colleague of the same role, or a team leader.");
        return fault("account", Fault::new("role", text.0, text.1));
    }
    if new.to.is_some_and(|to| to < new.from || to < context.at.today) {
        let text = ("Kan ikke ligge før den første dag eller før i dag.", "Cannot be before the first day or before today.");
        return fault("to", Fault::new("too-early", text.0, text.1));
    }
    let named = SubstituteRow {
        account_id: id.clone(),
        municipality: context.tenant.clone(),
        substitute_id: new.account.clone(),
        from_on: new.from,
        until_on: new.to,
    };
    keep(tx, context, row, Some(&named))
}

/// Nobody stands in any longer.
///
/// # Errors
/// Not found; changed since; somebody else's.
pub fn end(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId) -> Result<(), ActionError> {
    context.authorize_own(id, Permission::HandOverWork)?;
    let row = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    keep(tx, context, row, None)
}

fn keep(tx: &mut Tx, context: &Context, mut row: AccountRow, named: Option<&SubstituteRow>) -> Result<(), ActionError> {
    let text = |own: &SubstituteRow| {
        let until = own.until_on.map(|day| day.to_string()).unwrap_or_default();
        format!("{} {}/{until}", own.substitute_id, own.from_on)
    };
    let before = substitutes::of_account(tx, context.tenant, &row.id)?;
    record(tx, context, &row.id, AccountField::Substitute, before.as_ref().map(text), named.map(text))?;
    match named {
        Some(named) => substitutes::put(tx, named)?,
        None => substitutes::remove(tx, context.tenant, &row.id)?,
    }
    // Whose calendar a follow-up belongs in depends on who stands in on its day.
    citizens::look_again_of(tx, context.tenant, &row.id, context.at.today)?;
    row.revision += 1;
    Ok(accounts::update(tx, &row)?)
}
