//! The read layer: what is shown of a thing, and the queries that find it. Computed when it is asked for, never stored.
//!
//! Promise: each public function authorises whoever asks, once and before anything is read; what some roles may not see of a
//! thing is left out here and nowhere else. Nothing is written.
//!
//! The shapes are those of the API. Terms, records of follow-ups and needs are still shown in the shape of the domain; how they
//! are stored (`store::sealed`) and signed (`domain::internships::canonical`) does not depend on it.

pub mod accounts;
pub mod agreements;
pub mod approaches;
pub mod approval_requests;
pub mod changed_values;
pub mod changes;
pub mod citizens;
pub mod clients;
pub mod closings;
pub mod closures;
pub mod colleagues;
pub mod companies;
pub mod contacts;
pub mod continuity;
pub mod corrections;
pub mod course_summaries;
pub mod erasures;
pub mod extracts;
pub mod flags;
pub mod follow_ups;
pub mod health;
pub mod internships;
pub mod letters;
pub mod links;
pub mod matching;
pub mod named;
pub mod needs;
pub mod openings;
pub mod outcomes;
pub mod page;
pub mod pauses;
pub mod profiles;
pub mod prospects;
pub mod query;
pub mod reads;
pub mod records;
pub mod representation;
mod restrictions;
pub mod rules;
pub mod runs;
pub mod sessions;
mod shown_by_link;
pub mod staff;
pub mod steps;
pub mod terms;
pub mod timeline;
pub mod workplaces;
pub mod written;

pub use representation::Representation;
pub use shown_by_link::ShownByLink;
