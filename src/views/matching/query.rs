//! How many results are wanted, and the results as a list.

use crate::{
    domain::values::text::Whole,
    views::{
        matching::{
            for_citizen::{Match, Matches},
            for_opening::{CitizenMatch, CitizenMatches},
        },
        page::Listed,
    },
};
use utoipa::IntoParams;

crate::input! {
    /// How many.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct MatchQuery {
        /// The best so many; 20 unless said.
        pub limit: Option<Whole<1, 100>>,
    }
}

impl MatchQuery {
    pub fn get(&self) -> usize {
        self.limit.and_then(|limit| usize::try_from(limit.get()).ok()).unwrap_or(20)
    }
}

/// The best are one page.
impl Listed for Matches {
    type Item = Match;
    fn next(&self) -> Option<&str> {
        None
    }
    fn items(self) -> Vec<Match> {
        self.items
    }
}

impl Listed for CitizenMatches {
    type Item = CitizenMatch;
    fn next(&self) -> Option<&str> {
        None
    }
    fn items(self) -> Vec<CitizenMatch> {
        self.items
    }
}
