//! Small values that everything else is made of.

pub mod clock_time;
pub mod copenhagen;
pub mod day;
pub mod formula;
pub mod geo;
pub mod hours;
pub mod ids;
pub mod in_words;
pub mod localized;
pub mod month;
pub mod register;
pub mod search;
pub mod target_group;
pub mod text;
pub mod vocabulary;
pub mod working_days;
