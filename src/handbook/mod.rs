//! The handbook: what you need to know to run RetteMatch, to use it and to change it.
//!
//! Each page is a Markdown file in `src/handbook`, shown here as the documentation of an empty module, so that it is read beside the
//! code that it describes. Start with [`architecture`]; to change something, follow its recipe in [`recipes`].

#[doc = include_str!("architecture.md")]
pub mod architecture {}
#[doc = include_str!("conventions.md")]
pub mod conventions {}
#[doc = include_str!("glossary.md")]
pub mod glossary {}
#[doc = include_str!("import.md")]
pub mod import {}
#[doc = include_str!("matching.md")]
pub mod matching {}
#[doc = include_str!("operations.md")]
pub mod operations {}
#[doc = include_str!("recipes.md")]
pub mod recipes {}
#[doc = include_str!("rules.md")]
pub mod rules {}
#[doc = include_str!("security.md")]
pub mod security {}
#[doc = include_str!("style.md")]
pub mod style {}
