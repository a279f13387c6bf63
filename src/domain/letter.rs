//! What kinds of letters are sent.

crate::code_enum! {
    /// What a letter is for.
    pub enum LetterKind {
        Alignment = "alignment" ("bed om bekræftelse", "asks to confirm"),
        AlignmentReminder = "alignment-reminder" ("minder om bekræftelse", "reminds of confirming"),
        Answer = "answer" ("virksomhedens svar", "the company's answer"),
        Closing = "closing" ("forløbet er lukket", "the course is closed"),
        Decision = "decision" ("beder om svar om ansættelse", "asks whether somebody is hired"),
        Digest = "digest" ("dagens beskeder", "the day's notices"),
        Openings = "openings" ("åbninger, der snart udløber", "openings that expire soon"),
        Warning = "warning" ("advarsel", "warning"),
    }
}
