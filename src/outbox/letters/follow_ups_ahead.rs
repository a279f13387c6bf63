//! One line of the day's mail: the follow-ups that are planned for the next working day.

use crate::{
    domain::{
        internships::follow_up::Planned,
        values::{day::danish, ids::FollowUpId, localized::localized},
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
    /// The internship's reference; never a name.
    pub case: String,
}

/// Nothing where none is ahead.
pub(super) fn reminder(ahead: &[FollowUpAhead]) -> Vec<Block> {
    let Some(last) = ahead.last() else { return Vec::new() };
    let all = |of: &dyn Fn(&FollowUpAhead) -> String| ahead.iter().map(of).collect::<Vec<_>>().join("; ");
    vec![
        Block::Heading(localized("Husk: planlagte opfølgninger", "Remember: planned follow-ups")),
        Block::Text(localized(
            format!("{}.", all(&|own| format!("Den {}: sag {} ({})", danish(own.on), own.case, own.kind.label().da))),
            format!("{}.", all(&|own| format!("On {}: case {} ({})", own.on, own.case, own.kind.label().en))),
        )),
        Block::Text(localized(
            "Gør nu: Se, at tid og sted er aftalt med borger og virksomhed – eller flyt opfølgningen.",
            "Do now: See that time and place are agreed with citizen and company – or move the follow-up.",
        )),
        Block::Button(
            localized("Se opfølgningerne", "See the follow-ups"),
            format!("{HOME}/api/v1/follow-ups?open=true&due_by={}", last.on),
        ),
    ]
}
