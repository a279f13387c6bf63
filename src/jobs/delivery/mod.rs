//! Delivers letters from the outbox: claimed under a lease, their cause checked again, sent outside any transaction, settled by
//! whoever claimed them.
//!
//! Promise: no letter is lost, and none is sent twice, but where the machine dies between the server's "accepted" and the record
//! of it: then once more, under the same `Message-ID`.

mod attempt;
mod cause;
mod claim;
mod deliver;
mod outgoing;
mod settle;

pub use deliver::{Delivered, deliver};
