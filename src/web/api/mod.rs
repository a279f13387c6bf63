//! The resources of the API: one thin file each.

pub mod accounts;
pub mod approaches;
pub mod citizens;
pub mod closings;
pub mod companies;
pub mod contacts;
pub mod continuity;
pub mod flags;
pub mod follow_ups;
pub mod health;
pub mod imports;
pub mod internships;
pub mod letters;
pub mod links;
pub mod matching;
pub mod openings;
pub mod outcomes;
pub mod prospects;
pub mod records;
pub mod rules;
pub mod runs;
pub mod sessions;
pub mod staff;
pub mod steps;
pub mod terms;
pub mod workplaces;
