//! What the loader gives where a file leaves it out: what law and gates ask for, in time. A file can so be short, and
//! what is missing on purpose stands out in it as `null`.

mod accommodations;
mod confirmations;
mod hours;
mod papers;
mod purpose;

pub use accommodations::{accommodate, settled_at_booking};
pub use confirmations::confirm;
pub use hours::{changed_hours, full_time, hours};
pub use papers::{decide, deciding, name_contact, ready, ready_elsewhere, state};
pub use purpose::{commitment, purpose};
