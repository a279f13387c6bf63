//! Who may do what. A role is held within one municipality, and every query is limited to that municipality's rows; this module only says
//! which permissions a role has. Needs are health data and have a permission of their own.

crate::code_enum! {
    /// What a person is to the municipality.
    pub enum Role {
        Liaison = "liaison" ("virksomhedskonsulent", "employer liaison"),
        Consultant = "consultant" ("jobkonsulent", "employment consultant"),
        TeamLeader = "team-leader" ("teamleder", "team leader"),
        Administrator = "administrator" ("administrator", "administrator"),
        Auditor = "auditor" ("revisor", "auditor"),
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
    /// Names who stands in for somebody, and hands over all of somebody's work.
    HandOverWork,
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
    /// Who has read of whom, of everybody.
    SeeReads,
}

/// Whether a role has a permission.
pub fn may(role: Role, permission: Permission) -> bool {
    use Permission::{
        Approach, HandOverWork, HandleFlags, KeepAccounts, KeepCitizens, KeepCompanies, KeepInternships, KeepNeeds, KeepTerms,
        SeeCitizens, SeeCompanies, SeeInternships, SeeLetters, SeeNeeds, SeeReads, SeeRuns,
    };
    match role {
        Role::Administrator => matches!(permission, KeepAccounts | HandOverWork | KeepTerms | SeeRuns | SeeLetters),
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
        Role::Auditor => matches!(permission, SeeReads | SeeRuns),
    }
}

impl Role {
    /// Whether somebody of the role can be responsible for citizens.
    pub fn has_citizens(self) -> bool {
        matches!(self, Self::Consultant | Self::TeamLeader)
    }

    /// Whether somebody of the role sees health data, so that two people have to want it.
    pub fn sees_health_data(self) -> bool {
        may(self, Permission::SeeNeeds)
    }

    /// Whether two people give the role: one with health data, and an administrator's, who could otherwise open an account for the second
    /// of the two.
    pub fn is_given_by_two(self) -> bool {
        self.sees_health_data() || self == Self::Administrator
    }

    /// Whether somebody of the role can keep companies and their openings.
    pub fn has_companies(self) -> bool {
        matches!(self, Self::Liaison | Self::TeamLeader)
    }

    /// Whether what nobody else reads comes to somebody of the role.
    pub fn leads(self) -> bool {
        matches!(self, Self::TeamLeader | Self::Administrator)
    }

    /// Whether somebody of the role can stand in for one of another: the same role, or a team leader for their people.
    pub fn can_stand_in_for(self, other: Self) -> bool {
        self == other || (self == Self::TeamLeader && matches!(other, Self::Consultant | Self::Liaison))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_liaison_sees_no_health_data_and_an_administrator_no_citizen() {
        assert!(!may(Role::Liaison, Permission::SeeNeeds) && !may(Role::Liaison, Permission::SeeCitizens));
        assert!(!may(Role::Administrator, Permission::SeeCitizens) && !may(Role::Administrator, Permission::SeeNeeds));
        assert!(!may(Role::Consultant, Permission::HandOverWork) && !may(Role::TeamLeader, Permission::KeepAccounts));
        assert!(may(Role::TeamLeader, Permission::Lead) && !may(Role::Consultant, Permission::Lead));
    }

    #[test]
    fn nobody_stands_in_for_whom_they_may_not_act_for() {
        use Role::{Administrator, Consultant, Liaison, TeamLeader};
        let may = |who: Role| Role::ALL.iter().copied().filter(|other| who.can_stand_in_for(*other)).collect::<Vec<_>>();
        assert_eq!(may(Consultant), [Consultant]);
        assert_eq!(may(TeamLeader), [Liaison, Consultant, TeamLeader]);
        assert_eq!((may(Liaison), may(Administrator)), (vec![Liaison], vec![Administrator]));
    }

    #[test]
    fn each_role_has_its_own_people_and_companies() {
        use Role::{Administrator, Consultant, Liaison, TeamLeader};
        let of = |asked: fn(Role) -> bool| Role::ALL.iter().copied().filter(|role| asked(*role)).collect::<Vec<_>>();
        assert_eq!(of(Role::has_citizens), [Consultant, TeamLeader]);
        assert_eq!(of(Role::has_companies), [Liaison, TeamLeader]);
        assert_eq!(of(Role::leads), [TeamLeader, Administrator]);
        assert_eq!(of(Role::sees_health_data), [Consultant, TeamLeader]);
        assert_eq!(of(Role::is_given_by_two), [Consultant, TeamLeader, Administrator]);
    }
}
