//! Leaving: a citizen dies, moves to another municipality, or the course is closed otherwise (S23). Everything open is closed with
//! it, and from then on nothing is evaluated. What was closed stays to be seen; it can be opened again.
//!
//! What must never happen: somebody who is dead gets a letter, or a company reads why somebody left.

use chrono::NaiveDate;

crate::code_enum! {
    /// How a citizen leaves.
    pub enum Leaving {
        Died = "died" ("død", "died"),
        Moved = "moved" ("flyttet til en anden kommune", "moved to another municipality"),
        Closed = "closed" ("lukket", "closed"),
    }
}

crate::code_enum! {
    /// Who can be written to when a course is closed.
    pub enum Informed {
        Citizen = "citizen" ("borgeren", "the citizen"),
        /// The contact person of each internship that ends or is cancelled with it.
        Company = "company" ("virksomheden", "the company"),
    }
}

/// That a course is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    pub how: Leaving,
    /// The day on which the citizen died or moved, or from which the course is closed.
    pub on: NaiveDate,
    pub recorded_on: NaiveDate,
}

/// A closing as the timeline tells it.
pub struct ToldClosing {
    pub left: Departure,
    /// The day on which the course was opened again.
    pub reopened_on: Option<NaiveDate>,
}
