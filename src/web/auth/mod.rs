//! Who is signed in, and the work on passwords.

mod bearer;
mod passwords;

pub use bearer::session;
pub use passwords::{fits, hash_password};
