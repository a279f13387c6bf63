//! How a case is printed: its diary, and what was expected of it. No line is wider than a terminal of the usual width, unless it is
//! one word.

use crate::{
    domain::values::localized::Lang,
    replay::{
        diary::{DiaryEntry, EntryKind},
        phrases::{date, either},
        played::Played,
    },
};

/// Characters on a line.
pub const WIDTH: usize = 80;

/// A date and the gap behind it.
const MARGIN: usize = 12;

/// A case as a diary, and what fell short, in Danish.
pub fn print(played: &Played) -> String {
    let mut text = print_diary(played, Lang::Da);
    text.push_str(&format!("\nForventninger: {} i alt, {} holder ikke.\n", played.expected, played.shortfalls.len()));
    text.push_str(&print_shortfalls(played));
    if !played.not_played.is_empty() {
        let number = played.not_played.len();
        text.push_str(&format!("Ikke spillet, fordi denne version ingen handling har for det: {number}\n"));
    }
    text
}

/// The diary alone.
pub fn print_diary(played: &Played, lang: Lang) -> String {
    let mut text = format!("{} {}\n", either(lang, "FORLØB", "COURSE"), played.case);
    if let Some(about) = &played.about {
        text.push_str(&wrapped("", about.lang(lang), 0));
    }
    text.push('\n');
    let mut day = None;
    let mut heading = String::new();
    for entry in &played.diary {
        let said = entry.text.lang(lang);
        let (head, tail) = said.split_once('\n').unwrap_or((said, ""));
        let first = headed(entry, head, lang);
        let on = if day == Some(entry.on) { " ".repeat(10) } else { date(lang, entry.on) };
        // What several rules refuse has its heading once.
        let repeated = matches!(entry.what, EntryKind::Refused | EntryKind::Asked) && day == Some(entry.on) && heading == first;
        day = Some(entry.on);
        if !repeated {
            text.push_str(&wrapped(&format!("{on}  "), &first, MARGIN + 2));
        }
        heading = first;
        for line in tail.lines() {
            text.push_str(&wrapped(&" ".repeat(MARGIN + 2), line, MARGIN + 2));
        }
    }
    text
}

fn headed(entry: &DiaryEntry, head: &str, lang: Lang) -> String {
    let label = entry.what.label();
    match entry.what {
        EntryKind::Done | EntryKind::Noted => head.to_owned(),
        EntryKind::Told | EntryKind::Sent | EntryKind::Flagged | EntryKind::Rose => format!("{} {head}", label.lang(lang)),
        _ => format!("{}: {head}", label.lang(lang)),
    }
}

/// Text on lines of at most [`WIDTH`] characters: the first begins with `start`, the others are indented.
pub fn wrapped(start: &str, text: &str, indent: usize) -> String {
    let mut lines = vec![start.to_owned()];
    let mut empty = true;
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        let gap = usize::from(!empty);
        if !empty && line.chars().count() + gap + word.chars().count() > WIDTH {
            lines.push(" ".repeat(indent) + word);
        } else {
            line.push_str(&" ".repeat(gap));
            line.push_str(word);
        }
        empty = false;
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The expectations that fell short.
pub fn print_shortfalls(played: &Played) -> String {
    let mut text = String::new();
    for shortfall in &played.shortfalls {
        text.push_str(&format!("  – {}\n", shortfall.said));
        text.push_str(&format!("    Fundet: {}\n", shortfall.found));
        if let Some(rule) = &shortfall.waits_for {
            text.push_str(&format!("    Venter på reglen {rule}.\n"));
        }
    }
    text
}
