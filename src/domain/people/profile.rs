//! What a citizen seeks by, agreed with the citizen (S20): where home is, how far and when, which languages, whom they know
//! where, and whether they agree to be found for an opening.

use crate::domain::{
    companies::opening::{Language, TimeOfDay},
    input::MergePatch,
    values::{
        register::{Location, PNumber},
        text::Whole,
    },
};
use serde::Serialize;

crate::input! {
    /// What a citizen seeks by. What is left out has not been asked.
    #[derive(Default, Serialize)]
    pub struct Profile {
        /// Where home is; left out: somewhere in the municipality.
        pub home: Option<Location>,
        /// Farthest from home, in kilometres as the crow flies.
        pub farthest_km: Option<Whole<1, 500>>,
        /// Longest way there, in minutes.
        pub longest_minutes: Option<Whole<1, 600>>,
        /// Spoken, by two-letter codes.
        pub languages: Option<Vec<Language>>,
        /// When in the day the citizen can work.
        pub times: Option<Vec<TimeOfDay>>,
        /// P-numbers of workplaces where the citizen knows somebody (S13).
        pub network: Option<Vec<PNumber>>,
        /// The citizen agrees to be found for an opening.
        pub agrees_to_be_found: Option<bool>,
    }
}

/// Some fields of it.
pub type ProfilePatch = MergePatch<Profile>;
