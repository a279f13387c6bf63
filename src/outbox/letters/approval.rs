//! To a team leader: somebody asks for an approval. To whoever asked: it has been answered.

use crate::{
    domain::{internships::approval::ApprovalOf, rules::flags::Audience, values::localized::localized},
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, HOME, Letter},
    },
};

fn look(internship: &str) -> Block {
    Block::Button(localized("Se praktikken", "See the internship"), format!("{HOME}/internships/{internship}"))
}

pub fn approval_asked(what: ApprovalOf, case: &CaseNames, internship: &str) -> Letter {
    let (what, own) = (what.label(), case.internship(Audience::TeamLeader));
    Letter {
        subject: localized(
            format!("Din godkendelse mangler: {} – {}", what.da, case.short()),
            format!("Your approval is needed: {} – {}", what.en, case.short()),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("En kollega beder om din godkendelse: {}. Det handler om {}.", what.da, own.da),
                format!("A colleague asks for your approval: {}. It is about {}.", what.en, own.en),
            )),
            Block::Text(localized("Læs begrundelsen, og svar ja eller nej.", "Read the reasons, and answer yes or no.")),
            look(internship),
        ],
    }
}

pub fn approval_answered(what: ApprovalOf, granted: bool, case: &CaseNames, internship: &str) -> Letter {
    let (what, own) = (what.label(), case.internship(Audience::Consultant));
    let (da, en) = if granted { ("Godkendt", "Approved") } else { ("Ikke godkendt", "Not approved") };
    Letter {
        subject: localized(format!("{da}: {} – {}", what.da, case.short()), format!("{en}: {} – {}", what.en, case.short())),
        blocks: vec![
            Block::Text(localized(
                format!("{da}: {}. Det handler om {}.", what.da, own.da),
                format!("{en}: {}. It is about {}.", what.en, own.en),
            )),
            Block::Text(localized(
                "Teamlederens begrundelse står ved praktikken.",
                "The team leader's reasons stand at the internship.",
            )),
            look(internship),
        ],
    }
}
