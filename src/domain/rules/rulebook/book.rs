//! The book: rows that were read and found whole, and what they say on a day.

use crate::domain::{
    rules::rulebook::{
        completeness,
        figures::Figures,
        reading::{self, RulebookFaults},
        row::{Effect, Row},
    },
    values::target_group::TargetGroup,
};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The built-in book.
pub const BUILT_IN: &str = include_str!("../../../../config/rules.toml");

/// A book that has been read and found whole.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Twelve hexadecimal digits of the file's SHA-256: what a decision stores.
    pub version: String,
    /// The file itself, to be kept for as long as a decision names it.
    pub text: String,
    pub rows: Vec<Row>,
    /// Figures from each date on; the first stands for all time before, too.
    eldest: Figures,
    later: BTreeMap<NaiveDate, Figures>,
}

impl Rulebook {
    /// Reads a book.
    ///
    /// # Errors
    /// All faults of the file: where, what, and what to do.
    pub fn read(text: &str) -> Result<Self, RulebookFaults> {
        let placed = reading::rows(text);
        let (eldest, later) = completeness::figures(&placed).map_err(RulebookFaults::new)?;
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(text));
        let rows = placed.rows.into_iter().filter_map(|placed| placed.row).collect();
        Ok(Self { version: digest.chars().take(12).collect(), text: text.to_owned(), rows, eldest, later })
    }

    /// The rows of a stored rulebook. One that an older version of the software accepted may lack rows that this version
    /// requires, and is shown all the same.
    ///
    /// # Errors
    /// Rows that cannot be read.
    pub fn rows_of(text: &str) -> Result<Vec<Row>, RulebookFaults> {
        let placed = reading::rows(text);
        if placed.faults.is_empty() {
            Ok(placed.rows.into_iter().filter_map(|placed| placed.row).collect())
        } else {
            Err(RulebookFaults::new(placed.faults))
        }
    }

    /// The figures in force on a day.
    pub fn on(&self, day: NaiveDate) -> &Figures {
        self.later.range(..=day).next_back().map_or(&self.eldest, |(_, figures)| figures)
    }

    /// The days on which a row begins or the day after one ends, in order: between them nothing changes.
    pub fn changes(&self) -> impl Iterator<Item = NaiveDate> {
        self.later.keys().copied()
    }

    /// The rows in force on a day.
    pub fn rows_on(&self, day: NaiveDate) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.in_force(day))
    }

    /// The row of a figure on a day; none where there is no such figure.
    pub fn row(&self, figure: &str, day: NaiveDate) -> Option<&Row> {
        self.rows_on(day).find(|row| row.figure == figure)
    }

    /// The reference of a figure on a day, for those who want to look it up.
    pub fn reference(&self, figure: &str, day: NaiveDate) -> &str {
        self.row(figure, day).map_or("", |row| &row.legal_reference)
    }

    /// What a figure does on a day.
    pub fn effect(&self, figure: &str, day: NaiveDate) -> Option<Effect> {
        self.row(figure, day).map(|row| row.effect)
    }

    /// Whether a figure binds a target group on a day. A group that is no longer in force is bound by every row: nobody escapes
    /// the law by not having been moved to a new group yet.
    pub fn binds(&self, figure: &str, day: NaiveDate, group: &TargetGroup) -> bool {
        self.row(figure, day).is_some_and(|row| row.names(group) || !self.has_group(day, group))
    }

    /// Whether a figure is no duty that is switched off on a day.
    pub fn is_on(&self, figure: &str, day: NaiveDate) -> bool {
        self.row(figure, day).is_some_and(|row| !row.is_off())
    }

    /// Whether a figure refuses on a day, whomever it concerns.
    pub fn refuses(&self, figure: &str, day: NaiveDate) -> bool {
        self.is_on(figure, day) && self.effect(figure, day) == Some(Effect::Refuse)
    }

    /// Whether the rule of a figure is evaluated on a day: the figure binds the group, and the duty is not switched off.
    pub fn asks(&self, figure: &str, day: NaiveDate, group: &TargetGroup) -> bool {
        self.binds(figure, day, group) && self.is_on(figure, day)
    }

    /// Whether a target group is in force on a day.
    pub fn has_group(&self, day: NaiveDate, group: &TargetGroup) -> bool {
        self.on(day).target_groups.iter().any(|known| known.group == *group)
    }
}
