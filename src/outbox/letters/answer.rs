//! To the consultant: the company has answered (S7). The company's own words are not in the letter: they may concern health.

use crate::{
    domain::{internships::internship::AnswerKind, values::localized::localized},
    outbox::letters::letter::{Block, HOME, Letter},
};

pub fn answer(answer: AnswerKind, reference: &str, internship: &str) -> Letter {
    let given = answer.label();
    let now = match answer {
        AnswerKind::Hire => localized(
            "Aftal første dag og timer, og registrér, hvordan praktikken ender.",
            "Agree on the first day and the hours, and record how the internship ends.",
        ),
        AnswerKind::No => {
            localized("Sig det til borgeren, og aftal det næste skridt.", "Tell the citizen, and agree on the next step.")
        }
        AnswerKind::MoreTime => localized(
            "Læs begrundelsen. Datoen gælder stadig, indtil du og virksomheden aftaler en ny.",
            "Read the reason. The date stands until you and the company agree on another.",
        ),
    };
    Letter {
        subject: localized(
            format!("Virksomheden svarer: {} ({reference})", given.da),
            format!("The company answers: {} ({reference})", given.en),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("Virksomheden har svaret i sag {reference}: {}.", given.da),
                format!("The company has answered in case {reference}: {}.", given.en),
            )),
            Block::Text(now),
            Block::Button(localized("Se praktikken", "See the internship"), format!("{HOME}/api/v1/internships/{internship}")),
        ],
    }
}
