//! The product: nouns, their transitions, the rulebook, refusals and flags. Pure: no database, no network, no clock,
//! no environment; a rule's test is a table of cases and dates.

pub mod about;
pub mod access;
pub mod advice;
pub mod alignment;
pub mod approach;
pub mod asked;
pub mod catalogue;
pub mod citizen;
pub mod continuity;
pub mod course;
pub mod day;
pub mod flags;
pub mod follow_up;
pub mod form;
pub mod gate;
pub mod geo;
pub mod hindsight;
pub mod hours;
pub mod ids;
pub mod internship;
pub mod matching;
pub mod opening;
pub mod outcome;
#[cfg(test)]
mod properties;
pub mod purpose;
pub mod record;
pub mod refusals;
pub mod register;
pub mod rulebook;
pub mod said;
pub mod search;
pub mod timeline;
pub mod values;
pub mod vocabulary;
pub mod workplace;
