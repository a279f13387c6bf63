//! What a consultant asks a team leader to approve: an extension (S5), or a start that lies before everything was agreed (S1). The
//! asker never answers it.

use crate::domain::values::ids::AccountId;

crate::code_enum! {
    /// What is to be approved.
    pub enum ApprovalOf {
        /// An extension to the day.
        Extension = "extension" ("forlængelse", "extension"),
        /// A start on the day, before the gate was open.
        EarlyStart = "early-start" ("start, før alt var aftalt", "start before everything was agreed"),
    }
}

/// Who must not give an approval: whoever asks for it.
pub fn may_answer(asked_by: &AccountId, answering: &AccountId) -> bool {
    asked_by != answering
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_an_approval_never_gives_it() {
        let [ida, bo] = ["ida", "bo"].map(AccountId::stored);
        assert!(may_answer(&ida, &bo) && !may_answer(&ida, &ida));
    }
}
