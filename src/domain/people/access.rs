//! Who may do what. A role is held within one municipality, and every query is limited to that municipality's rows; this module only says
//! which permissions a role has. Needs are health data and have a permission of their own.

crate::code_enum! {
    /// What a person is to the municipality.
    pub enum Role {
        Liaison = "liaison" ("virksomhedskonsulent", "employer liaison"),
        Consultant = "consultant" ("jobkonsulent", "employment consultant"),
        TeamLeader = "team-leader" ("teamleder", "team leader"),
        Administrator = "administrator" ("administrator", "administrator"),
    }
}

/// Declares the permissions once, so that [`Permission::ALL`] cannot lack one.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// What an operation asks for before it does anything.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Permission {
            $($(#[$doc])* $name,)+
        }

        impl Permission {
            /// Every permission, for the table in the handbook.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

permissions! {
    KeepAccounts,
    KeepCompanies,
    SeeCompanies,
    /// Records that somebody has turned to a company.
    Approach,
    KeepCitizens,
    SeeCitizens,
    /// Needs for accommodation: health data (GDPR art. 9).
    SeeNeeds,
    KeepNeeds,
    KeepInternships,
    SeeInternships,
    /// What only a team leader decides: approvals, statements overruled, alarms acknowledged.
    Lead,
    HandleFlags,
    SeeLetters,
    SeeRuns,
    KeepTerms,
}

/// Whether a role has a permission.
pub fn may(role: Role, permission: Permission) -> bool {
    use Permission::{
        Approach, HandleFlags, KeepAccounts, KeepCitizens, KeepCompanies, KeepInternships, KeepNeeds, KeepTerms, SeeCitizens,
        SeeCompanies, SeeInternships, SeeLetters, SeeNeeds, SeeRuns,
    };
    match role {
        Role::Administrator => matches!(permission, KeepAccounts | KeepTerms | SeeRuns | SeeLetters),
        Role::Liaison => {
            matches!(permission, KeepCompanies | SeeCompanies | Approach | SeeInternships | HandleFlags | SeeLetters)
        }
        Role::Consultant => matches!(
            permission,
            SeeCompanies
                | Approach
                | KeepCitizens
                | SeeCitizens
                | SeeNeeds
                | KeepNeeds
                | KeepInternships
                | SeeInternships
                | HandleFlags
                | SeeLetters
                | KeepTerms
        ),
        Role::TeamLeader => !matches!(permission, KeepAccounts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_liaison_sees_no_health_data_and_an_administrator_no_citizen() {
        assert!(!may(Role::Liaison, Permission::SeeNeeds) && !may(Role::Liaison, Permission::SeeCitizens));
        assert!(!may(Role::Administrator, Permission::SeeCitizens) && !may(Role::Administrator, Permission::SeeNeeds));
        assert!(may(Role::TeamLeader, Permission::Lead) && !may(Role::Consultant, Permission::Lead));
    }
}
