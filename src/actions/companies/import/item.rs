//! What a batch of an import gets and gives: rows, and what came of them.

use crate::domain::{
    import::{Changed, Column, Incoming},
    input::Fault,
};

/// A row, and what of it the list has told before.
#[derive(Clone, Debug)]
pub struct ImportItem {
    pub row: Incoming,
    /// An earlier row has told of the company, and counts.
    pub company_told: bool,
    /// The company, the workplace is new by an earlier row of the same list, and counted there.
    pub company_counted: bool,
    pub workplace_counted: bool,
}

/// How many of a kind came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub new: u64,
    pub changed: u64,
    pub closed: u64,
    pub unchanged: u64,
}

impl Count {
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.closed += other.closed;
        self.unchanged += other.unchanged;
    }
}

/// What came of a batch.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    pub companies: Count,
    pub workplaces: Count,
    pub staff_up: u64,
    pub staff_down: u64,
    /// Closed, and not known here.
    pub left_out: u64,
    /// On no map: neither coordinates nor a postcode that is loaded nor a municipality.
    pub unplaced: u64,
    pub changes: Vec<Changed>,
    /// Rows that cannot be brought in as they stand, by their place in the batch.
    pub refused: Vec<(usize, Column, Fault)>,
    pub new_companies: Vec<String>,
    pub new_workplaces: Vec<String>,
}
