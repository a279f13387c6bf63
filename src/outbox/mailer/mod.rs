//! Sends letters; lettre lives only here. A mail server, or a folder of `.eml` files where none is set.
//!
//! Promise: nothing leaves this machine unencrypted; a letter has the same `Message-ID` at every try; a try ends within
//! its time limit, and says whether the letter was sent, may be tried later, or can never be.

mod error;
mod folder;
mod message;
mod outgoing;
mod send;
mod sender;

pub use error::MailerError;
pub use outgoing::{Outgoing, SendResult};
pub use send::Mailer;
pub use sender::sender_address;
