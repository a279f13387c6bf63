//! The accounts of a case.

use crate::{
    actions::{ActionError, people::accounts},
    context::Account,
    domain::{people::access::Role, values::day::At},
    replay::{
        stage::{addresses::address, cast::Player, scene::Stage},
        words::line,
    },
    store::Tx,
};

/// Opens one more account of a case.
///
/// # Errors
/// Those of the action.
pub fn open_account(tx: &mut Tx, scene: &Stage, at: At, role: Role, who: &str) -> Result<Account, ActionError> {
    let tenant = scene.tenant().clone();
    let name = line(&format!("{} ({})", capital(&who.replace('-', " ")), scene.case.name))?;
    let email = address(who, &scene.slug, "kommune.example")?;
    let account = accounts::create(tx, at, &tenant, &email, &name, role, &scene.password_hash)?;
    Ok(Account { id: account, tenant, role, name: name.to_string(), team: None, scopes: None })
}

pub(super) fn capital(text: &str) -> String {
    text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
}

impl Stage {
    /// The citizen's new consultant is who acts from now on, and one of the case's players.
    ///
    /// # Errors
    /// No address can be made.
    pub fn take_over(&mut self, new: Account) -> Result<(), ActionError> {
        self.consultants.push(new.clone());
        let email = self.address(&format!("jobkonsulent-{}", self.consultants.len()), "kommune.example")?;
        self.players.push(Player { role: new.role, name: new.name.clone(), email: email.as_str().into() });
        self.consultant = new;
        Ok(())
    }
}
