//! What another program of the municipality may do: at most what a role may, narrowed by scopes.
//!
//! Promise: no scope gives what only people decide (`Lead`), nor accounts, keys or whose work is whose. The table is here once: what is
//! asked and what the description says are made from it.

use crate::domain::people::access::{
    Permission::{
        self, Approach, HandleFlags, KeepCitizens, KeepCompanies, KeepInternships, KeepNeeds, KeepTerms, SeeCitizens,
        SeeCompanies, SeeInternships, SeeLetters, SeeNeeds, SeeReads, SeeRuns,
    },
    Role, may,
};
use std::collections::BTreeSet;

crate::code_enum! {
    /// A part of what a role may. One that writes also reads what it writes.
    pub enum ClientScope {
        CompaniesRead = "companies:read" ("læse virksomheder, arbejdspladser og åbninger", "read companies, workplaces and openings"),
        CompaniesWrite = "companies:write" ("læse og ændre dem, og registrere henvendelser", "read and change them, and record approaches"),
        CitizensRead = "citizens:read" ("læse om borgere og deres forløb", "read of citizens and their courses"),
        CitizensWrite = "citizens:write" ("læse og ændre det", "read and change that"),
        NeedsRead = "needs:read" ("læse skånebehov (helbredsoplysninger)", "read needs for accommodation (health data)"),
        NeedsWrite = "needs:write" ("læse og ændre dem", "read and change them"),
        InternshipsRead = "internships:read" ("læse praktikker", "read internships"),
        InternshipsWrite = "internships:write" ("læse og ændre praktikker", "read and change internships"),
        FlagsWrite = "flags:write" ("læse og behandle advarsler", "read and handle flags"),
        LettersRead = "letters:read" ("læse breve", "read letters"),
        TermsWrite = "terms:write" ("tilføje begreber", "add terms"),
        RunsRead = "runs:read" ("se kørsler af tidsplanen", "see runs of the schedule"),
        ReadsRead = "reads:read" ("se, hvem der har set oplysninger", "see who has looked at whom"),
    }
}

/// What a client can be registered with, at most so many days ahead.
pub const LONGEST_KEY_DAYS: i64 = 365;
/// A key that expires within so many days is shown as such.
pub const EXPIRES_SOON_DAYS: i64 = 14;

impl ClientScope {
    /// What it gives, where the role has it.
    pub fn gives(self) -> &'static [Permission] {
        match self {
            Self::CompaniesRead => &[SeeCompanies],
            Self::CompaniesWrite => &[SeeCompanies, KeepCompanies, Approach],
            Self::CitizensRead => &[SeeCitizens],
            Self::CitizensWrite => &[SeeCitizens, KeepCitizens],
            Self::NeedsRead => &[SeeNeeds],
            Self::NeedsWrite => &[SeeNeeds, KeepNeeds],
            Self::InternshipsRead => &[SeeInternships],
            Self::InternshipsWrite => &[SeeInternships, KeepInternships],
            Self::FlagsWrite => &[HandleFlags],
            Self::LettersRead => &[SeeLetters],
            Self::TermsWrite => &[KeepTerms],
            Self::RunsRead => &[SeeRuns],
            Self::ReadsRead => &[SeeReads],
        }
    }

    /// Whether it gives a role anything.
    pub fn fits(self, role: Role) -> bool {
        self.gives().iter().any(|permission| may(role, *permission))
    }

    /// The least that gives a permission; none: no program has it.
    pub fn needed_for(permission: Permission) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.gives().contains(&permission))
    }

    /// The table, for the description.
    pub fn markdown() -> String {
        let line = |scope: &Self| {
            let gives = scope.gives().iter().map(|permission| format!("`{permission:?}`")).collect::<Vec<_>>().join(", ");
            format!("| `{scope}` | {} | {gives} |\n", scope.label().en)
        };
        let lines: String = Self::ALL.iter().map(line).collect();
        format!("| scope | to | permissions |\n|---|---|---|\n{lines}")
    }
}

/// The scopes of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientScopes(BTreeSet<ClientScope>);

impl ClientScopes {
    pub fn of(scopes: &[ClientScope]) -> Self {
        Self(scopes.iter().copied().collect())
    }

    /// As they are stored: codes with a space between.
    pub fn parse(text: &str) -> Option<Self> {
        text.split_whitespace().map(ClientScope::parse).collect::<Option<_>>().map(Self)
    }

    pub fn has(&self, permission: Permission) -> bool {
        self.0.iter().any(|scope| scope.gives().contains(&permission))
    }

    /// In the order of the table.
    pub fn list(&self) -> Vec<ClientScope> {
        self.0.iter().copied().collect()
    }
}

impl std::fmt::Display for ClientScopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission::{HandOverWork, KeepAccounts, Lead};

    #[test]
    fn no_scope_gives_what_people_decide() {
        let without: Vec<Permission> =
            Permission::ALL.iter().copied().filter(|own| ClientScope::needed_for(*own).is_none()).collect();
        assert_eq!(without, [KeepAccounts, HandOverWork, Lead]);
    }

    #[test]
    fn whoever_may_write_may_read_what_is_written_and_the_least_is_named() {
        for (scope, read, write) in [
            (ClientScope::CompaniesWrite, SeeCompanies, KeepCompanies),
            (ClientScope::CitizensWrite, SeeCitizens, KeepCitizens),
            (ClientScope::NeedsWrite, SeeNeeds, KeepNeeds),
            (ClientScope::InternshipsWrite, SeeInternships, KeepInternships),
        ] {
            let own = ClientScopes::of(&[scope]);
            assert!(own.has(read) && own.has(write) && !own.has(Lead));
            assert_eq!(ClientScope::needed_for(write), Some(scope));
            assert!(ClientScope::needed_for(read).is_some_and(|least| least < scope));
        }
    }

    #[test]
    fn scopes_are_stored_as_text_in_the_order_of_the_table() {
        let own = ClientScopes::of(&[ClientScope::NeedsRead, ClientScope::CompaniesRead, ClientScope::NeedsRead]);
        assert_eq!(own.to_string(), "companies:read needs:read");
        assert_eq!(ClientScopes::parse("needs:read companies:read"), Some(own));
        assert_eq!((ClientScopes::parse("all"), ClientScopes::parse("")), (None, Some(ClientScopes::default())));
    }

    #[test]
    fn a_scope_fits_a_role_that_has_some_of_it() {
        assert!(ClientScope::CompaniesWrite.fits(Role::Consultant), "approaches");
        assert!(!ClientScope::NeedsRead.fits(Role::Liaison) && !ClientScope::CitizensRead.fits(Role::Administrator));
    }
}
