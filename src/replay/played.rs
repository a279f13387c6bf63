//! A case as it was played.

use crate::{
    domain::values::localized::Localized,
    replay::{
        diary::DiaryEntry,
        expectations::{SentLink, Shortfall},
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
    pub about: Option<Localized>,
    /// The accounts of the case, for a demo to show.
    #[serde(skip)]
    pub players: Vec<Player>,
    /// The one-time links of the letters that were sent, eldest first.
    #[serde(skip)]
    pub links: Vec<SentLink>,
}

impl Played {
    /// Whether all expectations hold.
    pub fn holds(&self) -> bool {
        self.shortfalls.is_empty()
    }
}
