//! Who is signed in, and the work on passwords.

mod bearer;
mod cookie;
mod device;
mod network;
mod passwords;
mod sign_in;

pub use bearer::session;
pub use cookie::{csrf_token, of_cookie, session_cookie};
pub use device::{DeviceHeader, device_cookie, knock};
pub use passwords::hash_password;
pub use sign_in::{BegunSession, begin};
