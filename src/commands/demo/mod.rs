//! `demo`: a municipality at work today in a fresh file, a course of the field study as its diary, and then the same service on
//! this machine.

mod entrances;
mod run;

pub use run::run;
