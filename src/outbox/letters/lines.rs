//! To those who work here: what was raised for them. Notices in one digest a day, warnings and alarms at once; everything raised
//! for one person at one time is one letter.

use crate::{
    domain::{
        rules::{
            evidence::Compared,
            flags::{Level, Words},
        },
        values::{ids::FlagId, localized::localized},
    },
    outbox::letters::{
        appointments::{AppointmentChange, calendar_section},
        follow_ups_ahead::{FollowUpAhead, reminder},
        letter::{Block, HOME, Letter},
    },
};

/// One flag as a letter tells it.
pub struct FlagNotice {
    pub level: Level,
    pub rule: String,
    /// The finding it rests on.
    pub reference: String,
    /// The case's reference; never a name.
    pub case: String,
    pub words: Words,
    pub evidence: Vec<Compared>,
    /// The flag's id, for the link.
    pub flag: FlagId,
}

/// Notices of a day, the follow-ups that come next, and what has changed in the calendar.
pub fn digest(lines: &[FlagNotice], ahead: &[FollowUpAhead], changes: &[AppointmentChange]) -> Letter {
    let count = lines.len() + usize::from(!ahead.is_empty()) + usize::from(!changes.is_empty());
    Letter {
        subject: localized(format!("Dagens beskeder ({count})"), format!("Today's notices ({count})")),
        blocks: lines.iter().flat_map(blocks).chain(reminder(ahead)).chain(calendar_section(changes)).collect(),
    }
}

/// Warnings and alarms, and what waits to be told with them.
pub fn at_once(lines: &[FlagNotice], ahead: &[FollowUpAhead], changes: &[AppointmentChange]) -> Letter {
    let highest = lines.iter().map(|line| line.level).max().unwrap_or(Level::Warning).label();
    let cases = lines
        .iter()
        .map(|line| line.case.as_str())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join(", ");
    Letter {
        subject: localized(format!("{}: sag {cases}", capital(&highest.da)), format!("{}: case {cases}", capital(&highest.en))),
        blocks: lines.iter().flat_map(blocks).chain(reminder(ahead)).chain(calendar_section(changes)).collect(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn blocks(line: &FlagNotice) -> Vec<Block> {
    let level = line.level.label();
    let figures = |pick: fn(&crate::domain::values::localized::Localized) -> &String| {
        line.evidence.iter().map(|figure| format!("{}: {}", pick(&figure.what), figure.value)).collect::<Vec<_>>().join("; ")
    };
    vec![
        Block::Heading(localized(
            format!("{}: sag {} ({}, {})", capital(&level.da), line.case, line.rule, line.reference),
            format!("{}: case {} ({}, {})", capital(&level.en), line.case, line.rule, line.reference),
        )),
        Block::Text(line.words.what.clone()),
        Block::Text(line.words.why.clone()),
        Block::Text(localized(format!("Gør nu: {}", line.words.now.da), format!("Do now: {}", line.words.now.en))),
        Block::Text(localized(figures(|words| &words.da), figures(|words| &words.en))),
        Block::Button(localized("Se flaget", "See the flag"), format!("{HOME}/api/v1/flags/{}", line.flag)),
    ]
}
