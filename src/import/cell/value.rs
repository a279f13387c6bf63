//! A cell as its file has it, and what was read from it.

use crate::domain::{input::Fault, values::formula::as_written};
use chrono::NaiveDate;

/// A cell as its file has it: CSV knows texts only.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Yes(bool),
}

impl Cell {
    /// A text, or an empty cell if it is blank. What was defused when it was written is as it was before.
    pub fn of(text: &str) -> Self {
        let text = as_written(text.trim_matches(blank));
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
    /// As a person would write it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => format!("{number}"),
            Self::Day(day) => day.to_string(),
            Self::Yes(yes) => if *yes { "ja" } else { "nej" }.into(),
        }
    }
}

/// Spaces, including non-breaking and invisible ones.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{feff}' | '\u{200b}')
}

/// A value that was read; and how it was understood, where it was put right.
pub struct Right<T> {
    pub value: T,
    pub as_if: Option<String>,
}

pub type Read<T> = Result<Right<T>, Fault>;

pub(super) fn plain<T>(value: T) -> Read<T> {
    Ok(Right { value, as_if: None })
}

pub(super) fn righted<T>(found: Option<T>, lost: bool, text: String, fault: impl FnOnce() -> Fault) -> Read<T> {
    let value = found.ok_or_else(fault)?;
    Ok(Right { value, as_if: lost.then_some(text) })
}
