//! To the citizen or the company's contact: read and confirm what the internship is for (S1, S20); an invitation when a version
//! is made, and a reminder when the start is near.

use crate::{
    domain::{
        internships::alignment::Party,
        values::{day::danish, localized::localized},
    },
    outbox::letters::letter::{Block, LINK, Letter},
};
use chrono::NaiveDate;

pub struct Alignment<'a> {
    /// The citizen or the company.
    pub party: Party,
    pub reference: &'a str,
    pub version: i32,
    pub start: NaiveDate,
    /// Whether they were asked before.
    pub reminder: bool,
    /// The last day on which the link works.
    pub works_until: NaiveDate,
}

pub fn alignment(facts: &Alignment) -> Letter {
    let (start, reference) = (facts.start, facts.reference);
    let subject = if facts.reminder {
        localized(format!("Husk at bekræfte aftalen {reference}"), format!("Please confirm agreement {reference}"))
    } else {
        localized(format!("Læs og bekræft aftalen {reference}"), format!("Read and confirm agreement {reference}"))
    };
    let what = if facts.version == 1 {
        localized(
            format!("Der er lavet en aftale om virksomhedspraktik med start den {}.", danish(start)),
            format!("An agreement on an internship has been made, beginning on {start}."),
        )
    } else {
        localized(
            format!(
                "Aftalen om virksomhedspraktik er ændret. Det er nu version {}. Den gamle gælder, indtil alle har bekræftet den nye.",
                facts.version
            ),
            format!(
                "The agreement on the internship has changed. It is now version {}. The old one stands until all have confirmed the new one.",
                facts.version
            ),
        )
    };
    let why = match facts.party {
        Party::Company => localized(
            "I, borgeren og jobkonsulenten skal være enige om, hvad praktikken er til for. Den begynder først, når alle tre har bekræftet det samme.",
            "You, the citizen and the consultant must agree on what the internship is for. It begins only when all three have confirmed the same.",
        ),
        _ => localized(
            "Du, virksomheden og din jobkonsulent skal være enige om, hvad praktikken er til for. Den begynder først, når alle tre har bekræftet det samme.",
            "You, the company and your consultant must agree on what the internship is for. It begins only when all three have confirmed the same.",
        ),
    };
    let now = match facts.party {
        Party::Company => localized(
            "Læs aftalen, og bekræft den – eller skriv, hvad der skal være anderledes.",
            "Read the agreement and confirm it – or write what should be different.",
        ),
        _ => localized(
            "Læs aftalen. Bekræft den, hvis den passer, eller skriv, hvad du ønsker anderledes. At sige nej til aftalen er ikke at afslå et tilbud.",
            "Read the agreement. Confirm it if it fits, or write what you want to be different. Objecting to it is not refusing an offer.",
        ),
    };
    Letter {
        subject,
        blocks: vec![
            Block::Text(what),
            Block::Text(why),
            Block::Text(now),
            Block::Button(localized("Læs aftalen", "Read the agreement"), LINK.into()),
            Block::Text(localized(
                format!(
                    "Linket er kun til dig og virker til og med den {}. Det viser først aftalen; intet sker, før du selv bekræfter.",
                    danish(facts.works_until)
                ),
                format!(
                    "The link is for you only and works until {}, that day included. It first shows the agreement; nothing happens before you confirm.",
                    facts.works_until
                ),
            )),
        ],
    }
}
