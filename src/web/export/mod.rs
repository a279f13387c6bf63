//! Any list as a file: `Accept: text/csv` or Excel's media type returns all its pages, with the same filters and for the same
//! roles as the list.
//!
//! Promise: each page is read in a transaction of its own and sent before the next one is read, so that neither memory nor a lock
//! grows with the list. A file that cannot be completed never looks complete: the connection is broken instead.

mod answer;
mod form;
mod sheet;
mod table;
mod text;

pub use answer::answer;
pub use form::{CSV, EXCEL, Form};
pub use table::columns;
