//! What a request asks: who, with which headers, query and body; parsed once, in the order in which a person would want to be
//! told: sign in, then the address, then the body with all its faults.

mod anonymous;
mod authenticated;
mod body;
mod dry_run;
pub mod headers;
mod intake_places;
mod paced;
mod query;
mod strict_json;
mod upload;

pub use anonymous::Anonymous;
pub use authenticated::Authenticated;
pub use body::{MaybeBody, NoBody};
pub use dry_run::{DryRun, MayDryRun};
pub use intake_places::IntakePlaces;
pub use paced::PacedBody;
pub use query::query;
pub use upload::{ListFile, Upload};
