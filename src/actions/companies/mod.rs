//! The work of liaisons: companies and their workplaces, openings, approaches, imported lists.

pub mod approaches;
pub mod import;
pub mod openings;
pub mod places;
pub mod postcodes;
pub mod register;
