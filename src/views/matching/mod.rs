//! Matching: openings and workplaces for a citizen, citizens for an opening.
//!
//! Promise: the result is exactly that of ranking everything within reach, and no result is one that a booking would refuse. The
//! work grows with what is near, not with the country: see [`for_citizen`].

mod best;
mod for_citizen;
mod for_opening;
mod law;
mod offers;
mod piles;
mod query;

pub use best::{Left, LeftExample};
pub use for_citizen::{Match, Matches, for_citizen};
pub use for_opening::{CitizenMatch, CitizenMatches, for_opening};
pub use law::Asks;
pub use query::MatchQuery;
