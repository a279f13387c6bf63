//! Who may do what. A role is held within one municipality; scope stands in each query, this only says
//! which deeds a role has at all. Needs are health data and have a permission of their own.

crate::code_enum! {
    /// What a person is to the municipality.
    pub enum Role {
        Liaison = "liaison" ("virksomhedskonsulent", "employer liaison"),
        Consultant = "consultant" ("jobkonsulent", "employment consultant"),
        TeamLeader = "team-leader" ("teamleder", "team leader"),
        Administrator = "administrator" ("administrator", "administrator"),
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    KeepAccounts,
    KeepCompanies,
    SeeCompanies,
    /// Records that one has turned to a company.
    Approach,
    KeepCitizens,
    SeeCitizens,
    /// Needs for accommodation: health data (GDPR art. 9).
    SeeNeeds,
    KeepInternships,
    SeeInternships,
    /// What only a team leader decides: approvals, statements overruled, alarms acknowledged.
    Lead,
    HandleFlags,
    SeeLetters,
    SeeRuns,
    KeepTerms,
}

/// Whether a role has a deed.
pub fn may(role: Role, deed: Permission) -> bool {
    use Permission::{
        Approach, HandleFlags, KeepAccounts, KeepCitizens, KeepCompanies, KeepInternships, KeepTerms, SeeCitizens, SeeCompanies,
        SeeInternships, SeeLetters, SeeNeeds, SeeRuns,
    };
    match role {
        Role::Administrator => matches!(deed, KeepAccounts | KeepTerms | SeeRuns | SeeLetters),
        Role::Liaison => matches!(deed, KeepCompanies | SeeCompanies | Approach | SeeInternships | HandleFlags | SeeLetters),
        Role::Consultant => matches!(
            deed,
            SeeCompanies
                | Approach
                | KeepCitizens
                | SeeCitizens
                | SeeNeeds
                | KeepInternships
                | SeeInternships
                | HandleFlags
                | SeeLetters
                | KeepTerms
        ),
        Role::TeamLeader => !matches!(deed, KeepAccounts),
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
