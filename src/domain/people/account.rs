//! The account of somebody who works here: what of it can change, and when somebody stands in for its holder.

use chrono::NaiveDate;

crate::code_enum! {
    /// What of an account has changed.
    pub enum AccountField {
        Name = "name" ("navn", "name"),
        Email = "email" ("e-mailadresse", "e-mail address"),
        Role = "role" ("rolle", "role"),
        Team = "team" ("team", "team"),
        Phone = "phone" ("telefonnummer", "telephone number"),
        ClosedOn = "closed_on" ("lukket", "closed"),
        Substitute = "substitute" ("stedfortræder", "substitute"),
        Password = "password" ("adgangskode", "password"),
        RoleConfirmation = "role_confirmation" ("bekræftelse af rollen", "confirmation of the role"),
        ClientKey = "client_key" ("programmets nøgle", "the program's key"),
        Identity = "identity" ("kommunens eget login", "the municipality's own sign-in"),
    }
}

crate::code_enum! {
    /// How it stands with a role whose holder sees health data: two people are to have wanted it.
    pub enum RoleConfirmation {
        Waits = "waits" ("venter på, at en anden bekræfter", "waits for somebody else to confirm"),
        Confirmed = "confirmed" ("bekræftet af en anden", "confirmed by somebody else"),
        Provider = "provider" ("givet af kommunens eget login", "given by the municipality's own sign-in"),
        SingleAdministrator = "single-administrator" ("givet af kommunens eneste administrator", "given by the municipality's only administrator"),
    }
}

/// Whether a day lies in the days of a substitute, both included; without a last day they go on.
pub fn stands_in_on(day: NaiveDate, from: NaiveDate, until: Option<NaiveDate>) -> bool {
    from <= day && until.is_none_or(|last| day <= last)
}

#[cfg(test)]
mod tests {
    use super::stands_in_on;
    use crate::domain::testing::day;

    #[test]
    fn both_ends_are_included_and_an_open_one_goes_on() {
        let runs = |on: &str, until: Option<&str>| stands_in_on(day(on), day("2024-07-01"), until.map(day));
        for (on, until, expected) in [
            ("2024-06-30", Some("2024-07-14"), false),
            ("2024-07-01", Some("2024-07-14"), true),
            ("2024-07-14", Some("2024-07-14"), true),
            ("2024-07-15", Some("2024-07-14"), false),
            ("2024-06-30", None, false),
            ("2034-01-01", None, true),
        ] {
            assert_eq!(runs(on, until), expected, "{on} until {until:?}");
        }
    }
}
