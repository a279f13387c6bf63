//! What liaisons do: companies and their workplaces, openings, approaches, and lists of companies brought in.

pub mod approaches;
pub mod import;
pub mod openings;
pub mod places;
pub mod postcodes;
pub mod register;
