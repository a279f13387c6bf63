//! To the citizen or the company's contact: what has happened, with nothing to do but to object where it is wrong.

use crate::{
    domain::{
        internships::{
            alignment::{Party, Via},
            internship::Internship,
        },
        letter::LetterKind,
        people::correction::Corrected,
        values::{
            day::danish,
            ids::{AnswerId, CorrectionId, ObjectionId, PauseId},
            localized::{Localized, localized},
        },
    },
    outbox::letters::letter::{Block, Letter},
};

/// What happened.
#[derive(Clone, Debug)]
pub enum PartyNews {
    Cancelled,
    /// A pending version, by its number.
    VersionWithdrawn {
        number: i32,
    },
    /// The municipality's decision of the internship, or of an extension by the number of its version.
    Decided {
        extension: Option<i32>,
        day: chrono::NaiveDate,
    },
    /// It pauses; the letter never says why.
    Paused {
        pause: PauseId,
        from: chrono::NaiveDate,
        to: Option<chrono::NaiveDate>,
    },
    /// The last day of a pause that was open is known.
    PauseEnds {
        pause: PauseId,
        from: chrono::NaiveDate,
        to: chrono::NaiveDate,
    },
    /// Something about it had been registered in error.
    PutRight {
        what: Corrected,
        correction: CorrectionId,
    },
}

/// A word that was recorded here for a party.
#[derive(Clone, Debug)]
pub enum RecordedWord {
    Confirmation { number: i32 },
    Objection(ObjectionId),
    ObjectionWithdrawn { number: i32, day: chrono::NaiveDate },
    Answer(AnswerId),
}

impl PartyNews {
    pub fn kind(&self) -> LetterKind {
        match self {
            Self::Cancelled => LetterKind::Cancelled,
            Self::VersionWithdrawn { .. } => LetterKind::VersionWithdrawn,
            Self::Decided { .. } => LetterKind::Decided,
            Self::Paused { .. } | Self::PauseEnds { .. } => LetterKind::Paused,
            Self::PutRight { .. } => LetterKind::PutRight,
        }
    }

    /// What makes it the same letter when it is queued again.
    pub fn key(&self, internship: &Internship, party: Party) -> String {
        let id = &internship.id;
        match self {
            Self::Cancelled => format!("cancelled/{id}/{party}"),
            Self::VersionWithdrawn { number } => format!("withdrawn/{id}/{number}/{party}"),
            Self::Decided { extension, day } => format!("decided/{id}/{}/{day}/{party}", extension.unwrap_or_default()),
            Self::Paused { pause, .. } => format!("paused/{pause}/{party}"),
            Self::PauseEnds { pause, .. } => format!("pause-ends/{pause}/{party}"),
            Self::PutRight { correction, .. } => format!("put-right/{correction}/{party}"),
        }
    }
}

impl RecordedWord {
    pub fn key(&self, internship: &Internship, party: Party) -> String {
        let id = &internship.id;
        match self {
            Self::Confirmation { number } => format!("receipt/confirmation/{id}/{number}/{party}"),
            Self::Objection(objection) => format!("receipt/objection/{objection}"),
            Self::ObjectionWithdrawn { number, day } => format!("receipt/objection-withdrawn/{id}/{number}/{day}/{party}"),
            Self::Answer(answer) => format!("receipt/answer/{answer}"),
        }
    }
}

fn consultant(party: Party) -> Localized {
    match party {
        Party::Company => localized("jobkonsulenten", "the employment consultant"),
        Party::Citizen | Party::Consultant => localized("din jobkonsulent", "your consultant"),
    }
}

/// What happened.
pub fn news(happened: &PartyNews, party: Party, reference: &str) -> Letter {
    let (subject, what) = match happened {
        PartyNews::Cancelled => (
            localized(format!("Praktikken er aflyst ({reference})"), format!("The internship is cancelled ({reference})")),
            localized(
                format!("Praktikken i sag {reference} er aflyst og begynder ikke."),
                format!("The internship in case {reference} is cancelled and does not begin."),
            ),
        ),
        PartyNews::VersionWithdrawn { .. } => (
            localized(format!("Ændringen er trukket tilbage ({reference})"), format!("The change is withdrawn ({reference})")),
            localized(
                format!(
                    "Den seneste ændring af aftalen i sag {reference} er trukket tilbage. Den aftale, der gjaldt før, gælder stadig."
                ),
                format!(
                    "The latest change of the agreement in case {reference} is withdrawn. The agreement of before still stands."
                ),
            ),
        ),
        PartyNews::Paused { from, to, .. } => {
            let until = match to {
                Some(to) => localized(format!("til og med den {}", danish(*to)), format!("to {to}")),
                None => localized("og indtil videre", "until further notice"),
            };
            (
                localized(format!("Praktikken holder pause ({reference})"), format!("The internship pauses ({reference})")),
                localized(
                    format!(
                        "Vi har noteret, at praktikken i sag {reference} holder pause fra den {} {}. Resten af aftalen gælder uændret, også slutdatoen.",
                        danish(*from),
                        until.da
                    ),
                    format!(
                        "We have recorded that the internship in case {reference} pauses from {from} {}. The rest of the agreement stands unchanged, its end too.",
                        until.en
                    ),
                ),
            )
        }
        PartyNews::PauseEnds { from, to, .. } => (
            localized(format!("Pausen i praktikken slutter ({reference})"), format!("The pause ends ({reference})")),
            localized(
                format!(
                    "Pausen i praktikken i sag {reference}, som begyndte den {}, har sidste dag den {}. Derefter fortsætter praktikken som aftalt.",
                    danish(*from),
                    danish(*to)
                ),
                format!(
                    "The pause of the internship in case {reference}, which began on {from}, has its last day on {to}. After that the internship goes on as agreed."
                ),
            ),
        ),
        PartyNews::PutRight { what, .. } => {
            let what = what.label();
            (
                localized(
                    format!("Noget var registreret ved en fejl ({reference})"),
                    format!("Something was registered in error ({reference})"),
                ),
                localized(
                    format!(
                        "I sag {reference} var {} registreret ved en fejl. Det er rettet, og det, vi skrev om det, gælder ikke længere. Du skal ikke gøre noget.",
                        what.da
                    ),
                    format!(
                        "In case {reference} {} was registered in error. It is put right, and what we wrote about it no longer holds. There is nothing for you to do.",
                        what.en
                    ),
                ),
            )
        }
        PartyNews::Decided { extension: None, .. } => (
            localized(format!("Der er truffet afgørelse ({reference})"), format!("A decision has been made ({reference})")),
            localized(
                format!("Kommunen har truffet afgørelse om praktikken i sag {reference}, med begrundelse og klagevejledning."),
                format!(
                    "The municipality has decided on the internship in case {reference}, with reasons and guidance on how to complain."
                ),
            ),
        ),
        PartyNews::Decided { extension: Some(_), .. } => (
            localized(
                format!("Der er truffet afgørelse om forlængelsen ({reference})"),
                format!("A decision on the extension has been made ({reference})"),
            ),
            localized(
                format!(
                    "Kommunen har truffet afgørelse om at forlænge praktikken i sag {reference}, med begrundelse og klagevejledning."
                ),
                format!(
                    "The municipality has decided to extend the internship in case {reference}, with reasons and guidance on how to complain."
                ),
            ),
        ),
    };
    let who = consultant(party);
    let you = if party == Party::Company { "I" } else { "du" };
    let now =
        localized(format!("Har {you} spørgsmål, så ring til {}.", who.da), format!("If you have questions, call {}.", who.en));
    Letter { subject, blocks: vec![Block::Text(what), Block::Text(now)] }
}

/// A word that was recorded for the party, and how it was given.
pub fn receipt(word: &RecordedWord, party: Party, via: Via, reference: &str) -> Letter {
    let said = match word {
        RecordedWord::Confirmation { .. } => localized("en bekræftelse af aftalen", "a confirmation of the agreement"),
        RecordedWord::Objection(_) => localized("en indsigelse mod aftalen", "an objection to the agreement"),
        RecordedWord::ObjectionWithdrawn { .. } => {
            localized("at indsigelsen mod aftalen er trukket tilbage", "that the objection to the agreement is withdrawn")
        }
        RecordedWord::Answer(_) => localized("et svar på, om I ansætter", "an answer on whether you hire"),
    };
    let (how, who) = (via.label(), consultant(party));
    let (from_da, from_en) = if party == Party::Company { ("jer", "you") } else { ("dig", "you") };
    Letter {
        subject: localized(
            format!("Kvittering for det, vi har noteret for {from_da} ({reference})"),
            format!("Receipt of what we have recorded for {from_en} ({reference})"),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("I sag {reference} er der noteret {} fra {from_da}: {}.", said.da, how.da),
                format!("In case {reference} {} from {from_en} has been recorded: {}.", said.en, how.en),
            )),
            Block::Text(localized(
                format!("Passer det ikke, så ring til {} med det samme.", who.da),
                format!("If that is not right, call {} at once.", who.en),
            )),
        ],
    }
}
