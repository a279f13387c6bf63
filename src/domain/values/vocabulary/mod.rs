//! The list of occupations, tasks and accommodations that are compared. Free text beside them is never compared.
//!
//! The built-in list is `config/terms.toml`; a municipality adds its own terms. How near two occupations are is used to order
//! results (S11); a rule that refuses or asks compares keys only.

mod built_in;
mod industries;
mod nearness;
mod term;

pub use built_in::{accommodation_of, built_in, label_of};
pub use industries::{industries_of, occupations_in, trades_of};
pub use nearness::{Nearness, nearness};
pub use term::{Term, TermEntry, TermKind};
