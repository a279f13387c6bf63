//! To the citizen or the company's contact: what has happened, with nothing to do but to object where it is wrong.

use crate::{
    domain::{
        internships::{
            alignment::{Party, Via},
            internship::{AnswerKind, Internship},
        },
        letter::LetterKind,
        people::correction::Corrected,
        values::{
            ids::{AnswerId, CorrectionId, FormerAgreementId, ObjectionId, PauseId},
            in_words::{capital, day_in_words},
            localized::{Localized, localized},
        },
    },
    outbox::{
        about::audience_of,
        letters::{
            case_names::CaseNames,
            letter::{Block, LINK, Letter},
        },
    },
};
use chrono::NaiveDate;

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
        day: NaiveDate,
    },
    /// It pauses; the letter never says why.
    Paused {
        pause: PauseId,
        from: NaiveDate,
        to: Option<NaiveDate>,
    },
    /// The last day of a pause that was open is known.
    PauseEnds {
        pause: PauseId,
        from: NaiveDate,
        to: NaiveDate,
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
    Confirmation {
        number: i32,
    },
    Objection(ObjectionId),
    ObjectionWithdrawn {
        number: i32,
        day: NaiveDate,
    },
    /// A yes to an accommodation.
    AgreementTakenBack(FormerAgreementId),
    Answer(AnswerId, AnswerKind),
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
    /// Whether more of it can be read through the party's link: what was written about it is in no letter.
    pub fn is_read_by_link(&self) -> bool {
        matches!(self, Self::ObjectionWithdrawn { .. } | Self::AgreementTakenBack(_))
    }

    pub fn key(&self, internship: &Internship, party: Party) -> String {
        let id = &internship.id;
        match self {
            Self::Confirmation { number } => format!("receipt/confirmation/{id}/{number}/{party}"),
            Self::Objection(objection) => format!("receipt/objection/{objection}"),
            Self::ObjectionWithdrawn { number, day } => format!("receipt/objection-withdrawn/{id}/{number}/{day}/{party}"),
            Self::AgreementTakenBack(id) => format!("receipt/taken-back/{id}"),
            Self::Answer(answer, _) => format!("receipt/answer/{answer}"),
        }
    }
}

/// What happened.
pub fn news(happened: &PartyNews, party: Party, case: &CaseNames) -> Letter {
    let own = case.internship(audience_of(party));
    let (subject, what) = match happened {
        PartyNews::Cancelled => (
            localized(format!("Aflyst: {}", own.da), format!("Cancelled: {}", own.en)),
            localized(
                format!("{} er aflyst og begynder ikke.", capital(&own.da)),
                format!("{} is cancelled and does not begin.", capital(&own.en)),
            ),
        ),
        PartyNews::VersionWithdrawn { .. } => (
            localized(format!("Ændringen er trukket tilbage: {}", own.da), format!("The change is withdrawn: {}", own.en)),
            localized(
                format!(
                    "Den seneste ændring af aftalen om {} er trukket tilbage. Den aftale, der gjaldt før, gælder stadig.",
                    own.da
                ),
                format!("The latest change of the agreement on {} is withdrawn. The agreement of before still stands.", own.en),
            ),
        ),
        PartyNews::Paused { from, to, .. } => paused(&own, *from, *to),
        PartyNews::PauseEnds { from, to, .. } => pause_ends(&own, *from, *to),
        PartyNews::PutRight { what, .. } => put_right(&own, *what),
        PartyNews::Decided { extension, .. } => decided(&own, extension.is_some()),
    };
    let mut blocks = vec![Block::Text(what)];
    if let PartyNews::Decided { .. } = happened {
        blocks.extend(decision_to_read(party));
    }
    blocks.push(Block::Text(questions(party)));
    Letter { subject, blocks }
}

fn questions(party: Party) -> Localized {
    let you = if party == Party::Company { "I" } else { "du" };
    localized(
        format!("Har {you} spørgsmål, så ring eller svar på denne mail."),
        "If you have questions, call or answer this letter.",
    )
}

/// The reasons can be about health, so they stand behind the citizen's own link; the company is told that there is a decision.
fn decision_to_read(party: Party) -> Vec<Block> {
    if party != Party::Citizen {
        return Vec::new();
    }
    vec![
        Block::Text(localized(
            "Du kan læse begrundelsen, og hvordan du klager, hvis du er uenig.",
            "You can read the reasons, and how to complain if you disagree.",
        )),
        Block::Button(localized("Læs afgørelsen", "Read the decision"), format!("{LINK}#decision")),
    ]
}

fn paused(own: &Localized, from: NaiveDate, to: Option<NaiveDate>) -> (Localized, Localized) {
    let until = match to.map(day_in_words) {
        Some(to) => localized(format!("til og med den {}", to.da), format!("to {}", to.en)),
        None => localized("og indtil videre", "until further notice"),
    };
    let from = day_in_words(from);
    (
        localized(format!("Pause fra den {}: {}", from.da, own.da), format!("A pause from {}: {}", from.en, own.en)),
        localized(
            format!(
                "Vi har noteret, at {} holder pause fra den {} {}. Resten af aftalen gælder uændret, også slutdatoen.",
                own.da, from.da, until.da
            ),
            format!(
                "We have recorded that {} pauses from {} {}. The rest of the agreement stands unchanged, its end too.",
                own.en, from.en, until.en
            ),
        ),
    )
}

fn pause_ends(own: &Localized, from: NaiveDate, to: NaiveDate) -> (Localized, Localized) {
    let (from, to) = (day_in_words(from), day_in_words(to));
    (
        localized(format!("Pausen slutter den {}: {}", to.da, own.da), format!("The pause ends on {}: {}", to.en, own.en)),
        localized(
            format!("Pausen fra den {} har sidste dag den {}. Derefter fortsætter {} som aftalt.", from.da, to.da, own.da),
            format!("The pause from {} has its last day on {}. After that {} goes on as agreed.", from.en, to.en, own.en),
        ),
    )
}

fn put_right(own: &Localized, what: Corrected) -> (Localized, Localized) {
    let what = what.label();
    (
        localized("Vi havde registreret noget ved en fejl", "We had registered something in error"),
        localized(
            format!(
                "Vi havde registreret {} ved en fejl. Det handler om {}. Det er rettet, og det, vi skrev om det, gælder ikke længere. Du skal ikke gøre noget.",
                what.da, own.da
            ),
            format!(
                "We had registered {} in error. It is about {}. It is put right, and what we wrote about it no longer holds. There is nothing for you to do.",
                what.en, own.en
            ),
        ),
    )
}

fn decided(own: &Localized, extends: bool) -> (Localized, Localized) {
    if extends {
        return (
            localized(format!("Afgørelse om at forlænge {}", own.da), format!("Decision on extending {}", own.en)),
            localized(
                format!("Kommunen har truffet afgørelse om at forlænge {}.", own.da),
                format!("The municipality has decided to extend {}.", own.en),
            ),
        );
    }
    (
        localized(format!("Afgørelse om {}", own.da), format!("Decision on {}", own.en)),
        localized(
            format!("Kommunen har truffet afgørelse om {}.", own.da),
            format!("The municipality has decided on {}.", own.en),
        ),
    )
}

/// A word that was recorded for the party, and how it was given.
pub fn receipt(word: &RecordedWord, party: Party, via: Via, case: &CaseNames) -> Letter {
    let own = case.internship(audience_of(party));
    let (you_da, your_da) = if party == Party::Company { ("I", "jer") } else { ("du", "dig") };
    let said = match word {
        RecordedWord::Confirmation { .. } => localized(
            format!(", at {you_da} har sagt ja til aftalen om {}", own.da),
            format!("that you have agreed to the agreement on {}", own.en),
        ),
        RecordedWord::Objection(_) => localized(
            format!(", at {you_da} har en indsigelse mod aftalen om {}", own.da),
            format!("that you object to the agreement on {}", own.en),
        ),
        RecordedWord::ObjectionWithdrawn { .. } => localized(
            format!(", at {you_da} har trukket indsigelsen mod aftalen om {} tilbage", own.da),
            format!("that you have withdrawn the objection to the agreement on {}", own.en),
        ),
        RecordedWord::AgreementTakenBack(_) => localized(
            format!(", at {you_da} har trukket et ja til et hensyn tilbage. Det handler om {}", own.da),
            format!("that you have taken back a yes to an accommodation. It is about {}", own.en),
        ),
        RecordedWord::Answer(_, given) => {
            let given = given.label();
            localized(
                format!(" svaret »{}«. Det handler om {}", given.da, own.da),
                format!("the answer \"{}\". It is about {}", given.en, own.en),
            )
        }
    };
    let how = via.label();
    let how = localized(capital(&how.da), capital(&how.en));
    let mut blocks = vec![
        Block::Text(localized(format!("Vi har noteret{}.", said.da), format!("We have recorded {}.", said.en))),
        Block::Facts(vec![(localized("Hvordan", "How"), how)]),
    ];
    if word.is_read_by_link() {
        blocks.push(Block::Button(localized("Læs, hvad vi har noteret", "Read what we have recorded"), LINK.into()));
    }
    blocks
        .push(Block::Text(localized("Passer det ikke, så ring til os med det samme.", "If that is not right, call us at once.")));
    Letter {
        subject: localized(format!("Kvittering: det har vi noteret fra {your_da}"), "Receipt of what we have recorded from you"),
        blocks,
    }
}
