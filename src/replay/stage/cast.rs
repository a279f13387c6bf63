//! Who acts in a case.

use crate::domain::people::access::Role;

/// How the people of a case are cast.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The hash of the password that all accounts of the case get, so that a demo can be signed in to.
    pub password_hash: String,
    /// All cases of the database have the same accounts: they are one consultant's caseload.
    pub shared: bool,
    /// What people are called, by role; whoever is not named is called after the role.
    pub names: Vec<(Role, String)>,
}

impl Default for Cast {
    /// A hash that no password has: nobody signs in to a replay, and hashing is slow on purpose.
    fn default() -> Self {
        Self { password_hash: "!".into(), shared: false, names: Vec::new() }
    }
}

/// An account of a case, as a demo shows it.
#[derive(Clone, Debug)]
pub struct Player {
    pub role: Role,
    pub name: String,
    pub email: String,
}
