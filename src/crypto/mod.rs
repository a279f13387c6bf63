//! Secrets: what is sealed at rest, the keyed hash by which a CPR number is found, one-time links, passwords.
//!
//! Promises: a key cannot be printed; every use derives a key of its own from the master key; a sealed text opens in the row and
//! column for which it was sealed only; the token of a link stands nowhere in the database, since it is made again from the
//! link's id and the key.
//!
//! # How keys change
//!
//! The key file (or the setting `key`) holds one master key a line, oldest first. The **last** key seals whatever is written from
//! now on. **All** keys open, because a sealed text names the key that sealed it. The **first** key makes the keyed hashes and the
//! tokens of links, which must stay the same for as long as they are stored.
//!
//! To change the key: stop the program, append a line with 64 new hexadecimal digits (`openssl rand -hex 32`), start it again, and
//! keep a copy of the file apart from the database. Several instances that share a database all need the new file before the
//! first of them writes with it. Never remove a key that has sealed something in the database: what it sealed would be lost.

mod hashing;
mod key_file;
mod keys;
mod passwords;
mod places;
mod random;
mod sealing;
mod tokens;

pub use key_file::KeyFileError;
pub use keys::{KeyFormatError, Keys};
pub use passwords::{HashingMemory, PasswordError, hash_password, new_password};
pub use places::{HashingBusy, HashingPlaces};
pub use random::RandomnessError;
pub use sealing::{Binding, SealError, UnsealError};
pub use tokens::{CLIENT_KEY_PREFIX, case_reference, new_client_key, new_token, token_hash};
