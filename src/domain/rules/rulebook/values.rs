//! What a figure can be besides a number, a date or a yes.

use crate::domain::values::{localized::Localized, target_group::TargetGroup, text::Prose};

/// A target group with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub group: TargetGroup,
    pub meaning: Localized,
}

/// A text that may stand in a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    pub da: Prose,
    pub en: Prose,
}

/// How an average of full-time posts becomes whole employees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Down,
    Nearest,
    Up,
}

/// Shares in percent, each from 0 to 100 and none above the one before it: a nearer thing never counts less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percents<const N: usize>(pub(super) [u32; N]);

impl<const N: usize> Percents<N> {
    /// As shares from 0 to 1.
    pub fn shares(self) -> [f64; N] {
        self.0.map(|percent| f64::from(percent) / 100.0)
    }
}
