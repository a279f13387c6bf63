//! JSON lines in the shape of the Danish register's own extract: each line a `Vrvirksomhed` (a company, with the numbers of
//! its production units) or a `VrproduktionsEnhed` (a production unit), bare or as a search hit (`_source`). A line may be
//! both one company and many workplaces; it is read whole, or told with all its faults.
//!
//! What has a period counts as of today; of staff by month the latest two years are read, by quarter or year where there is
//! nothing by month. A company with one production unit lends it its address and staff, unless the unit has told its own.

mod read;
mod rows;
mod said;
mod shapes;

pub use read::read;
