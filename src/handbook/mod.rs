//! The handbook: what you need to know to run RetteMatch, to use it and to change it.
//!
//! Each page is a Markdown file in `src/handbook`, shown here as the documentation of an empty module, so that it is read beside the
//! code that it describes. Read in by `cargo doc` alone, so that a changed page compiles nothing else anew. Start with [`architecture`]; to change something, follow its recipe in [`recipes`].

#[cfg_attr(doc, doc = include_str!("architecture.md"))]
pub mod architecture {}
#[cfg_attr(doc, doc = include_str!("conventions.md"))]
pub mod conventions {}
#[cfg_attr(doc, doc = include_str!("glossary.md"))]
pub mod glossary {}
#[cfg_attr(doc, doc = include_str!("import.md"))]
pub mod import {}
#[cfg_attr(doc, doc = include_str!("letters.md"))]
pub mod letters {}
#[cfg_attr(doc, doc = include_str!("load.md"))]
pub mod load {}
#[cfg_attr(doc, doc = include_str!("matching.md"))]
pub mod matching {}
#[cfg_attr(doc, doc = include_str!("operations.md"))]
pub mod operations {}
#[cfg_attr(doc, doc = include_str!("recipes.md"))]
pub mod recipes {}
#[cfg_attr(doc, doc = include_str!("rules.md"))]
pub mod rules {}
#[cfg_attr(doc, doc = include_str!("security.md"))]
pub mod security {}
#[cfg_attr(doc, doc = include_str!("style.md"))]
pub mod style {}
