//! To the consultant: the company has answered (S7). The company's own words are not in the letter: they may concern health.

use crate::{
    domain::{internships::internship::AnswerKind, rules::flags::Audience, values::localized::localized},
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, HOME, Letter},
    },
};

pub fn answer(answer: AnswerKind, case: &CaseNames, internship: &str) -> Letter {
    let given = answer.label();
    let own = case.internship(Audience::Consultant);
    let now = match answer {
        AnswerKind::Hire => localized(
            "Næste skridt: Aftal første dag og timer, og registrér, hvordan praktikken ender.",
            "Next step: Agree on the first day and the hours, and record how the internship ends.",
        ),
        AnswerKind::No => localized(
            "Næste skridt: Sig det til borgeren, og aftal, hvad der så skal ske.",
            "Next step: Tell the citizen, and agree on what is to happen then.",
        ),
        AnswerKind::MoreTime => localized(
            "Næste skridt: Læs begrundelsen. Datoen gælder, indtil du og virksomheden aftaler en ny.",
            "Next step: Read the reason. The date stands until you and the company agree on another.",
        ),
    };
    Letter {
        subject: localized(
            format!("Virksomheden svarer: {} – {}", given.da, case.short()),
            format!("The company answers: {} – {}", given.en, case.short()),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("Virksomheden har svaret om {}: {}.", own.da, given.da),
                format!("The company has answered on {}: {}.", own.en, given.en),
            )),
            Block::Text(now),
            Block::Button(localized("Se svaret", "See the answer"), format!("{HOME}/internships/{internship}")),
        ],
    }
}
