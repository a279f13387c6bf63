//! Numbers that Danish registers hand out: CVR (company), P-number (production unit), CPR (person),
//! municipality code. Each is checked the way its register means it, and no stricter.

mod cpr;
mod cvr;
mod digits;
mod industry;
mod location;
mod municipality;

pub use cpr::Cpr;
pub use cvr::{Cvr, PNumber};
pub use industry::{Industry, IndustryScheme, trade_of};
pub use location::{Location, Postcode};
pub use municipality::Municipality;
