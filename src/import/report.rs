//! What came of a list: counts, and a listener who is told of each bad row and each change as it comes, so that nothing
//! grows with the list.

use crate::{
    actions::companies::import::{Brought, Count},
    domain::import::Changed,
    import::rows::{BadRow, Layout, Righted},
};

/// What came of a list, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Whether the good rows are kept.
    pub kept: bool,
    pub rows: u64,
    pub bad: u64,
    pub blank: u64,
    /// Cells that were unambiguous, and put right.
    pub righted: u64,
    /// Rows that say something else of a company than an earlier row of the same list, which counts.
    pub told_otherwise: u64,
    pub companies: Count,
    pub workplaces: Count,
    pub staff_up: u64,
    pub staff_down: u64,
    /// Closed, and not known here.
    pub left_out: u64,
    /// On no map.
    pub unplaced: u64,
    /// Columns that nobody knows.
    pub unused: Vec<String>,
}

impl ImportReport {
    pub fn add(&mut self, brought: &Brought) {
        self.companies.add(brought.companies);
        self.workplaces.add(brought.workplaces);
        self.staff_up += brought.staff_up;
        self.staff_down += brought.staff_down;
        self.left_out += brought.left_out;
        self.unplaced += brought.unplaced;
    }
}

/// What a listener answers: an error ends the import.
pub type ListenerResult = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Receives each fault and change as it is found.
pub trait Listener {
    /// # Errors
    /// It cannot be written down; then nothing more is read.
    fn begins(&mut self, layout: &Layout) -> ListenerResult;
    /// # Errors
    /// As above.
    fn bad(&mut self, row: &BadRow) -> ListenerResult;
    /// # Errors
    /// As above.
    fn righted(&mut self, righted: &Righted) -> ListenerResult;
    /// # Errors
    /// As above.
    fn changed(&mut self, changed: &Changed) -> ListenerResult;
    /// Progress: how much of the file has been processed.
    fn far(&mut self, done: u64, of: u64);
}
