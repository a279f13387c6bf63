//! What kinds of letters are sent.

crate::code_enum! {
    /// What a letter is for.
    pub enum LetterKind {
        AccommodationLeftOut = "accommodation-left-out" ("et hensyn, som nogen ikke er enig i", "an accommodation that somebody does not agree to"),
        AccountChanged = "account-changed" ("kontoen er ændret", "the account was changed"),
        AccountLink = "account-link" ("link til at vælge adgangskode", "a link to choose a password"),
        Alignment = "alignment" ("bed om bekræftelse", "asks to confirm"),
        AlignmentReminder = "alignment-reminder" ("minder om bekræftelse", "reminds of confirming"),
        Appointments = "appointments" ("aftaler til kalenderen", "appointments for the calendar"),
        Answer = "answer" ("virksomhedens svar", "the company's answer"),
        Closing = "closing" ("forløbet er lukket", "the course is closed"),
        ApprovalAnswered = "approval-answered" ("svar på en godkendelse", "an answer on an approval"),
        ApprovalAsked = "approval-asked" ("beder om godkendelse", "asks for an approval"),
        Cancelled = "cancelled" ("praktikken er aflyst", "the internship is cancelled"),
        ConsultantChanged = "consultant-changed" ("en anden jobkonsulent", "another consultant"),
        Decided = "decided" ("der er truffet afgørelse", "a decision has been made"),
        Decision = "decision" ("beder om svar om ansættelse", "asks whether somebody is hired"),
        Digest = "digest" ("dagens beskeder", "the day's notices"),
        Mentor = "mentor" ("mentoren får at vide, hvad der er aftalt", "the mentor is told what is agreed"),
        NewLink = "new-link" ("et nyt link til aftalen", "a new link to the agreement"),
        Openings = "openings" ("åbninger, der snart udløber", "openings that expire soon"),
        Paused = "paused" ("praktikken holder pause", "the internship pauses"),
        PutRight = "put-right" ("noget var registreret ved en fejl og er rettet", "something was registered in error and is put right"),
        Questions = "questions" ("spørger før en opfølgning, eller om et job holder", "asks before a follow-up, or whether a job holds"),
        Receipt = "receipt" ("kvittering for noget, der er noteret for modtageren", "receipt of what was recorded for the recipient"),
        Stated = "stated" ("der er svaret på lovens betingelser", "the conditions of the law have been answered"),
        Statement = "statement" ("beder om repræsentantens erklæring", "asks for the representative's statement"),
        VersionWithdrawn = "version-withdrawn" ("en ændring er trukket tilbage", "a change is withdrawn"),
        Written = "written" ("nogen har skrevet før en opfølgning", "somebody has written before a follow-up"),
        Warning = "warning" ("advarsel", "warning"),
    }
}
