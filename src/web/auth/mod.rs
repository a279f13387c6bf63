//! Who is signed in, and the work on passwords.

mod bearer;
mod chosen_password;
mod cookie;
mod device;
mod known;
mod network;
mod own_password;
mod passwords;
mod provider;
mod provider_cookie;
mod provider_token;
mod sign_in;

pub use bearer::session;
pub use chosen_password::choose_password;
pub use cookie::{csrf_token, of_cookie, session_cookie};
pub use device::{DeviceHeader, device_cookie, knock};
pub use network::network_of;
pub use own_password::confirm;
pub use passwords::hash_password;
pub use provider::{AnswerOfProvider, ProviderTrouble, come_back, send_to_provider};
pub use provider_cookie::no_provider_cookie;
pub use sign_in::{BegunSession, begin};
