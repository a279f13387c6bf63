//! The resources of the API: one thin file each.

pub mod accounts;
pub mod citizens;
pub mod companies;
pub mod continuity;
pub mod flags;
pub mod follow_ups;
pub mod health;
pub mod imports;
pub mod internships;
pub mod links;
pub mod matching;
pub mod openings;
pub mod records;
pub mod workplaces;
