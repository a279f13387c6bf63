//! To a team leader: somebody asks for an approval. To whoever asked: it has been answered.

use crate::{
    domain::{internships::approval::ApprovalOf, values::localized::localized},
    outbox::letters::letter::{Block, HOME, Letter},
};

fn look(internship: &str) -> Block {
    Block::Button(localized("Se praktikken", "See the internship"), format!("{HOME}/api/v1/internships/{internship}"))
}

pub fn approval_asked(what: ApprovalOf, reference: &str, internship: &str) -> Letter {
    let what = what.label();
    Letter {
        subject: localized(
            format!("Din godkendelse mangler: {} ({reference})", what.da),
            format!("Your approval is needed: {} ({reference})", what.en),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("I sag {reference} beder en kollega om godkendelse: {}.", what.da),
                format!("In case {reference} a colleague asks for approval: {}.", what.en),
            )),
            Block::Text(localized("Læs begrundelsen, og svar ja eller nej.", "Read the reasons, and answer yes or no.")),
            look(internship),
        ],
    }
}

pub fn approval_answered(what: ApprovalOf, granted: bool, reference: &str, internship: &str) -> Letter {
    let what = what.label();
    let (da, en) = if granted { ("Godkendt", "Approved") } else { ("Ikke godkendt", "Not approved") };
    Letter {
        subject: localized(format!("{da}: {} ({reference})", what.da), format!("{en}: {} ({reference})", what.en)),
        blocks: vec![
            Block::Text(localized(
                format!("{da} i sag {reference}: {}.", what.da),
                format!("{en} in case {reference}: {}.", what.en),
            )),
            Block::Text(localized(
                "Læs teamlederens begrundelse ved praktikken.",
                "Read the team leader's reasons at the internship.",
            )),
            look(internship),
        ],
    }
}
