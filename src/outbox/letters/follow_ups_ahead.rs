//! One line of the day's mail: the follow-ups that are planned for the next working day.

use crate::{
    domain::{
        internships::follow_up::Planned,
        values::{
            ids::FollowUpId,
            in_words::day_in_words,
            localized::{Localized, localized},
        },
    },
    outbox::letters::letter::{Block, HOME},
};
use chrono::NaiveDate;

/// A follow-up that is to be held soon.
#[derive(Clone, Debug)]
pub struct FollowUpAhead {
    pub id: FollowUpId,
    pub on: NaiveDate,
    pub kind: Planned,
    /// How the reader finds the case: see [`CaseNames::short`](super::CaseNames::short).
    pub case: String,
    /// Its reference, said last.
    pub case_reference: String,
}

/// Nothing where none is ahead.
pub(super) fn reminder(ahead: &[FollowUpAhead]) -> Vec<Block> {
    let Some(last) = ahead.last() else { return Vec::new() };
    let line = |own: &FollowUpAhead| -> Localized {
        let (on, kind) = (day_in_words(own.on), own.kind.label());
        localized(
            format!("Den {}: {} ({}) · {}", on.da, own.case, kind.da, own.case_reference),
            format!("On {}: {} ({}) · {}", on.en, own.case, kind.en, own.case_reference),
        )
    };
    vec![
        Block::Heading(localized("Husk: planlagte opfølgninger", "Remember: planned follow-ups")),
        Block::List(ahead.iter().map(line).collect()),
        Block::Text(localized(
            "Næste skridt: Se, at tid og sted er aftalt med borger og virksomhed – eller flyt opfølgningen.",
            "Next step: See that time and place are agreed with citizen and company – or move the follow-up.",
        )),
        Block::Button(localized("Se opfølgningerne", "See the follow-ups"), format!("{HOME}/follow-ups?until={}", last.on)),
    ]
}
