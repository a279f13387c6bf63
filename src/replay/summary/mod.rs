//! What a caseload costs people's attention: lines and mails by role, rule and level.
//!
//! Promise: counted from the letters that were sent and the lines that they carried, as they stand in the database; nothing is
//! estimated. A letter is one mail, however many lines it carries.

mod count;
mod counted;
mod print;

pub(super) use count::{refused, summarise};
pub use counted::Summary;
pub use print::print_summary;
