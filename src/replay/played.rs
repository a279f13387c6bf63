//! A case as it was played, and how it is printed.

use crate::{
    domain::values::day::danish,
    replay::{
        diary::{DiaryEntry, EntryKind},
        expectations::Shortfall,
        stage::Player,
    },
};
use serde::Serialize;

/// A case as it was played.
#[derive(Clone, Debug, Serialize)]
pub struct Played {
    pub case: String,
    pub diary: Vec<DiaryEntry>,
    /// Expectations that fell short.
    pub shortfalls: Vec<Shortfall>,
    /// Events for which this version has no action.
    pub not_played: Vec<DiaryEntry>,
    /// How many expectations the case has.
    pub expected: usize,
    #[serde(skip)]
    pub about: Option<String>,
    /// The accounts of the case, for a demo to show.
    #[serde(skip)]
    pub players: Vec<Player>,
}

impl Played {
    /// Whether all expectations hold.
    pub fn holds(&self) -> bool {
        self.shortfalls.is_empty()
    }
}

/// A case as a diary, and what fell short.
pub fn print(played: &Played) -> String {
    let mut text = format!("FORLØB {}\n", played.case);
    if let Some(about) = &played.about {
        text.push_str(&format!("{about}\n"));
    }
    text.push('\n');
    let mut day = None;
    let mut heading = String::new();
    for entry in &played.diary {
        let (head, tail) = entry.text.split_once('\n').unwrap_or((&entry.text, ""));
        let date = if day == Some(entry.on) { " ".repeat(10) } else { danish(entry.on) };
        let first = match entry.what {
            EntryKind::Done | EntryKind::Noted => head.to_owned(),
            EntryKind::Told | EntryKind::Sent | EntryKind::Flagged | EntryKind::Rose => {
                format!("{} {head}", entry.what.label().da)
            }
            _ => format!("{}: {head}", entry.what.label().da),
        };
        // What several rules refuse has its heading once.
        let repeated = matches!(entry.what, EntryKind::Refused | EntryKind::Asked) && day == Some(entry.on) && heading == first;
        day = Some(entry.on);
        if !repeated {
            text.push_str(&format!("{date}  {first}\n"));
        }
        heading = first;
        for line in tail.lines() {
            text.push_str(&format!("{}{line}\n", " ".repeat(14)));
        }
    }
    text.push_str(&format!("\nForventninger: {} i alt, {} holder ikke.\n", played.expected, played.shortfalls.len()));
    text.push_str(&print_shortfalls(played));
    if !played.not_played.is_empty() {
        let number = played.not_played.len();
        text.push_str(&format!("Ikke spillet, fordi denne version ingen handling har for det: {number}\n"));
    }
    text
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
