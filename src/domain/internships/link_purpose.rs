//! What a one-time link is for.

crate::code_enum! {
    /// What the holder of a one-time link is asked to do.
    pub enum LinkPurpose {
        Alignment = "alignment" ("bekræft eller gør indsigelse", "confirm or object"),
        Decision = "decision" ("svar om ansættelse", "answer whether somebody is hired"),
        FollowUp = "follow-up" ("skriv før en opfølgning", "write before a follow-up"),
        Statement = "statement" ("erklær, om betingelserne er opfyldt", "state whether the conditions are met"),
        Mentor = "mentor" ("læs, hvad der er aftalt", "read what is agreed"),
        Retention = "retention" ("fortæl, om jobbet holder", "tell whether the job holds"),
    }
}
