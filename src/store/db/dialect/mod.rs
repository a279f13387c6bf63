//! Everything that differs between SQLite and PostgreSQL, and nothing else: no other file tells the engines apart.

pub mod connect;
pub mod copying;
pub mod failures;
pub mod messages;
pub mod resealing;
pub mod session;
pub mod sqlite_file;
pub mod statements;
