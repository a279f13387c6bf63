//! To the citizen, or to the contact person of an internship: the course is closed. Why is not in it.

use crate::{
    domain::{
        rules::flags::Audience,
        values::{in_words::capital, localized::localized},
    },
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, Letter},
    },
};

/// To the citizen.
pub fn course_closed() -> Letter {
    Letter {
        subject: localized("Dit forløb hos os er lukket", "Your course with us is closed"),
        blocks: vec![
            Block::Text(localized(
                "Dit forløb hos os er lukket. Aftaler om virksomhedspraktik er slut.",
                "Your course with us is closed. Agreements on internships have ended.",
            )),
            Block::Text(localized(
                "Du skal ikke gøre noget. Mener du, at det er en fejl, så ring eller skriv til os.",
                "You need not do anything. If you think that this is an error, call or write to us.",
            )),
        ],
    }
}

/// To the contact person of an internship that ends or is cancelled with it.
pub fn internship_closed(case: &CaseNames) -> Letter {
    let own = case.internship(Audience::CompanyContact);
    Letter {
        subject: localized(format!("{} er afsluttet", capital(&own.da)), format!("{} has ended", capital(&own.en))),
        blocks: vec![
            Block::Text(localized(
                format!("Kommunen har afsluttet {}. Det siger ikke noget om jer.", own.da),
                format!("The municipality has ended {}. It says nothing about you.", own.en),
            )),
            Block::Text(localized(
                "I skal ikke svare på noget mere i sagen. Ring til os, hvis I har spørgsmål.",
                "You need not answer anything more in this case. Call us if you have questions.",
            )),
        ],
    }
}
