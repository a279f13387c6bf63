//! The product: nouns, their transitions, the rulebook, refusals and flags. Pure: no database, no network, no clock,
//! no environment; a rule's test is a table of cases and dates.

pub mod companies;
pub mod import;
pub mod input;
pub mod internships;
pub mod letter;
pub mod matching;
pub mod people;
pub mod rules;
#[cfg(test)]
pub mod testing;
pub mod values;
