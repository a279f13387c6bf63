//! One cell, read into a value: the mistakes that spreadsheets and people make are known here, one by one.
//!
//! What is unambiguous is put right and said (a lost leading zero); what is not is refused, with what to do about it.

mod days;
mod digits;
mod figures;
mod places;
mod registers;
#[cfg(test)]
mod testing;
mod texts;
mod value;

pub use days::{day, month, month_of};
pub use figures::{full_time, staff};
pub use places::{degrees, municipality, postcode};
pub use registers::{cvr, industry, p_number, scheme};
pub use texts::{line, without_cpr, yes};
pub use value::{Cell, Read, Right};
