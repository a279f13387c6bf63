//! What can happen to a flag.

use crate::domain::rules::flags::finding::Resolution;

crate::code_enum! {
    /// What happened to a flag: one of these stands in its history.
    pub enum FlagEventKind {
        Raised = "raised" ("rejst", "raised"),
        Rose = "rose" ("steget", "rose"),
        Acknowledged = "acknowledged" ("kvitteret", "acknowledged"),
        Snoozed = "snoozed" ("udsat", "snoozed"),
        Cleared = "cleared" ("årsagen er væk", "the cause has gone"),
        Closed = "closed" ("forløbet er afsluttet", "its subject has ended"),
        Seen = "seen" ("set", "seen"),
        Unanswered = "unanswered" ("datoen blev ændret uden svar", "the date was replaced unanswered"),
    }
}

impl From<Resolution> for FlagEventKind {
    fn from(gone: Resolution) -> Self {
        match gone {
            Resolution::Cleared => Self::Cleared,
            Resolution::Closed => Self::Closed,
            Resolution::Seen => Self::Seen,
            Resolution::Unanswered => Self::Unanswered,
        }
    }
}
