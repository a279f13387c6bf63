//! Companies and their workplaces: what they offer, and what became of the internships there.

pub mod approach;
pub mod closed_days;
pub mod erased;
pub mod opening;
pub mod prospect;
pub mod record;
pub mod search;
pub mod workplace;
pub mod workplace_record;
