//! How far a long run is.

/// Called with how many steps are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Reports no progress.
pub fn quiet(_: u64, _: u64) {}
