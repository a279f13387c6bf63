//! To a team leader: somebody asks for an approval. To whoever asked: it has been answered.

use crate::{
    domain::{internships::approval::ApprovalOf, rules::flags::Audience, values::localized::localized},
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, HOME, Letter},
    },
};

pub fn approval_asked(what: ApprovalOf, case: &CaseNames, approval: &str) -> Letter {
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
            Block::Button(localized("Læs og svar", "Read and answer"), format!("{HOME}/approvals/{approval}")),
        ],
    }
}

pub fn approval_answered(what: ApprovalOf, granted: bool, case: &CaseNames, approval: &str) -> Letter {
    let (what, own) = (what.label(), case.internship(Audience::Consultant));
    let (da, en) = if granted { ("Godkendt", "Approved") } else { ("Ikke godkendt", "Not approved") };
    Letter {
        subject: localized(format!("{da}: {} – {}", what.da, case.short()), format!("{en}: {} – {}", what.en, case.short())),
        blocks: vec![
            Block::Text(localized(
                format!("{da}: {}. Det handler om {}.", what.da, own.da),
                format!("{en}: {}. It is about {}.", what.en, own.en),
            )),
            Block::Text(localized("Læs teamlederens begrundelse.", "Read the team leader's reasons.")),
            Block::Button(localized("Læs svaret", "Read the answer"), format!("{HOME}/approvals/{approval}")),
        ],
    }
}
