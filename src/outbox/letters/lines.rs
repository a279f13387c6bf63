//! To those who work here: what was raised for them. Notices in one digest a day, warnings and alarms at once; everything raised
//! for one person at one time is one letter.

use crate::{
    domain::{
        rules::{
            evidence::Compared,
            flags::{Level, Words},
        },
        values::{
            ids::FlagId,
            in_words::capital,
            localized::{Lang, Localized, localized},
        },
    },
    outbox::letters::{
        appointments::{AppointmentChange, calendar_section},
        follow_ups_ahead::{FollowUpAhead, reminder},
        letter::{Block, HOME, Letter},
    },
};
use std::collections::BTreeSet;

/// One flag as a letter tells it.
pub struct FlagNotice {
    pub level: Level,
    pub rule: String,
    /// The finding it rests on.
    pub reference: String,
    /// How the reader finds the case: see [`CaseNames::short`](super::CaseNames::short).
    pub case: String,
    /// Its reference, said last and small.
    pub case_reference: String,
    pub words: Words,
    pub evidence: Vec<Compared>,
    /// The flag's id, for the link.
    pub flag: FlagId,
}

/// A subject names so many cases at most.
const NAMED: usize = 3;

/// Notices of a day, the follow-ups that come next, and what has changed in the calendar.
pub fn digest(lines: &[FlagNotice], ahead: &[FollowUpAhead], changes: &[AppointmentChange]) -> Letter {
    let cases = cases(
        lines.iter().map(|line| &line.case).chain(ahead.iter().map(|own| &own.case)).chain(changes.iter().map(|own| &own.case)),
    );
    Letter {
        subject: localized(format!("Dagens beskeder: {}", cases.da), format!("Today's notices: {}", cases.en)),
        blocks: lines.iter().flat_map(blocks).chain(reminder(ahead)).chain(calendar_section(changes)).collect(),
    }
}

/// Warnings and alarms, and what waits to be told with them.
pub fn at_once(lines: &[FlagNotice], ahead: &[FollowUpAhead], changes: &[AppointmentChange]) -> Letter {
    let highest = lines.iter().map(|line| line.level).max().unwrap_or(Level::Warning);
    let label = highest.label();
    let subject = match lines {
        [line] => {
            let what = |text: &str| text.trim_end_matches('.').to_owned();
            localized(
                format!("{}: {} – {}", capital(&label.da), line.case, what(&line.words.what.da)),
                format!("{}: {} – {}", capital(&label.en), line.case, what(&line.words.what.en)),
            )
        }
        _ => {
            let cases = cases(lines.iter().map(|line| &line.case));
            localized(format!("{}: {}", capital(&label.da), cases.da), format!("{}: {}", capital(&label.en), cases.en))
        }
    };
    Letter { subject, blocks: lines.iter().flat_map(blocks).chain(reminder(ahead)).chain(calendar_section(changes)).collect() }
}

/// The first few cases by name, and how many more there are; in the order of their names, so that the same cases are the same subject.
fn cases<'a>(all: impl Iterator<Item = &'a String>) -> Localized {
    let different: BTreeSet<&str> = all.map(String::as_str).collect();
    let named = different.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match different.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => localized(format!("{named} og {more} til"), format!("{named} and {more} more")),
        None => localized(named.clone(), named),
    }
}

fn blocks(line: &FlagNotice) -> Vec<Block> {
    let level = line.level.label();
    let figures = |lang: Lang| {
        let all = line.evidence.iter().map(|figure| format!("{}: {}", figure.what.lang(lang), figure.value(lang)));
        all.collect::<Vec<_>>().join("; ")
    };
    vec![
        Block::Heading(localized(
            format!("{}: {}", capital(&level.da), line.case),
            format!("{}: {}", capital(&level.en), line.case),
        )),
        Block::Text(line.words.what.clone()),
        Block::Text(line.words.why.clone()),
        Block::Text(localized(format!("Næste skridt: {}", line.words.now.da), format!("Next step: {}", line.words.now.en))),
        Block::Button(localized("Se og svar på flaget", "See and answer the flag"), format!("{HOME}/flags/{}", line.flag)),
        Block::Note(localized(figures(Lang::Da), figures(Lang::En))),
        Block::Note(localized(
            format!("{} · {} · {}", line.case_reference, line.reference, line.rule),
            format!("{} · {} · {}", line.case_reference, line.reference, line.rule),
        )),
    ]
}
