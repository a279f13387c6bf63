//! To the citizen, or to the contact person of an internship: the course is closed. Why is not in it.

use crate::{
    domain::values::localized::localized,
    outbox::letters::letter::{Block, Letter},
};

/// To the citizen.
pub fn course_closed(reference: &str) -> Letter {
    Letter {
        subject: localized(format!("Dit forløb er lukket ({reference})"), format!("Your course is closed ({reference})")),
        blocks: vec![
            Block::Text(localized(
                format!("Dit forløb hos os er lukket (sag {reference}). Aftaler om virksomhedspraktik er slut."),
                format!("Your course with us is closed (case {reference}). Agreements on internships have ended."),
            )),
            Block::Text(localized(
                "Du skal ikke gøre noget. Mener du, at det er en fejl, så kontakt din jobkonsulent.",
                "You need not do anything. If you think that this is an error, turn to your employment consultant.",
            )),
        ],
    }
}

/// To the contact person of an internship that ends or is cancelled with it.
pub fn internship_closed(reference: &str) -> Letter {
    Letter {
        subject: localized(format!("Praktikken er afsluttet ({reference})"), format!("The internship has ended ({reference})")),
        blocks: vec![
            Block::Text(localized(
                format!("Kommunen har afsluttet praktikken i sag {reference}. Det siger ikke noget om jer."),
                format!("The municipality has ended the internship in case {reference}. It says nothing about you."),
            )),
            Block::Text(localized(
                "I skal ikke svare på noget mere i sagen. Ring til os, hvis I har spørgsmål.",
                "You need not answer anything more in this case. Call us if you have questions.",
            )),
        ],
    }
}
