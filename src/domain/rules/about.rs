//! What a rule looks at, for the table of all rules.

crate::code_enum! {
    /// What a rule looks at.
    pub enum About {
        Booking = "booking" ("aftale, ændring og forlængelse", "booking, change, extension"),
        Extension = "extension" ("forlængelse", "extension"),
        Start = "start" ("start", "start"),
        Internship = "internship" ("praktik", "internship"),
        Citizen = "citizen" ("borger", "citizen"),
        CitizenAtWorkplace = "citizen-at-workplace" ("borger på arbejdsplads", "citizen at workplace"),
        Workplace = "workplace" ("arbejdsplads", "workplace"),
        CitizenOrWorkplace = "citizen-or-workplace" ("borger eller arbejdsplads", "citizen or workplace"),
        Approach = "approach" ("henvendelse", "approach"),
        Hire = "hire" ("ansættelse", "hire"),
    }
}
