//! The work of liaisons: companies and their workplaces, openings, approaches, imported lists.

pub mod approaches;
pub mod closures;
pub mod contacts;
pub mod import;
pub mod openings;
pub mod places;
pub mod postcodes;
pub mod prospects;
pub mod register;
pub mod staff;
pub mod workplaces;
