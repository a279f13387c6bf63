//! What is refused, asked and flagged, and the dated figures that it rests on.

pub mod about;
pub mod as_of;
pub mod backtest;
pub mod catalogue;
pub mod evidence;
pub mod flags;
#[cfg(test)]
mod promises;
#[cfg(test)]
pub mod properties;
pub mod refusals;
pub mod registry;
pub mod rule_id;
pub mod rule_on_figure;
pub mod rulebook;
