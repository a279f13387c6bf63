//! The stage of one case: accounts of each role, the citizen, the companies with their workplaces and contacts, all
//! registered through the same actions as the API's, and the names by which the file calls them.
//!
//! Several cases can be staged in one database (the demo does so): addresses are unique per case, and a company that is
//! registered already only gets its new workplace. With a shared cast they have their accounts in common.

mod accounts;
mod addresses;
mod cast;
mod citizen;
mod companies;
mod reports;
mod scene;
mod set;
mod subjects;

pub use accounts::open_account;
pub use cast::{Cast, Player};
pub use scene::Stage;
pub use set::set;
