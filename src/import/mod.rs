//! Brings lists of companies and of postcodes in: reads the files that people really send, row by row, hands them to the
//! actions a batch at a time, and says of each row what came of it.
//!
//! Promise: every bad row is told with all its faults at once, each with line, column, value, reason and what to do, in a
//! form that can be corrected and sent again; good rows are kept only where that is asked for; the same file twice changes
//! nothing; whoever is killed in between leaves whole batches, and sends the file again.
//!
//! Memory: CSV and JSON lines are read a row at a time. Of an Excel workbook the table of its texts is held (Excel stores
//! every different text of a workbook there once), the cells are read one by one; what it unpacks to is limited before it is read. Of each list the CVR and P-numbers it has
//! told of are held, about forty bytes each, to find what it tells twice; so a list of the whole country takes some tens of
//! megabytes, and no list more than there are companies.

pub mod cell;
pub mod columns;
mod companies;
mod error;
mod extract;
mod format;
mod list;
pub mod postcodes;
mod reading;
pub mod report;
mod row;
mod rows;
mod sheet;
mod table;
mod workbook;

pub use companies::{companies, help};
pub use error::ImportError;
pub use format::Format;
pub use list::List;
pub use report::{ImportReport, Listener, ListenerResult};
pub use rows::{BadCell, BadRow, Layout, Original, Righted};
