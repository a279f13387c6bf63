//! Imports companies from a list or a register: compares each row with the stored one, and writes what is new or different. One
//! call writes one batch, so that other writers are not kept waiting and an interrupted import leaves whole batches.
//!
//! Promise: importing the same rows again changes nothing. What people entered here is never overwritten: who keeps the contact,
//! whether a vacancy is foreseen, contacts, prospects, coordinates corrected here, staff figures given here. A workplace that the
//! municipality works with is evaluated again when it changes (its ratio may be exceeded, L11). What has closed and was never
//! known here is not imported.

mod batch;
mod bring;
mod company;
mod difference;
mod item;
mod workplace;
mod workplace_row;
mod write;

pub use bring::{bring, may_import};
pub use item::{Brought, Count, ImportItem};
