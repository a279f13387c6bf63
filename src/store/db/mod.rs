//! The database itself: where it is, who connects to it, and how each engine is spoken to.

pub mod address;
pub mod backup;
pub mod conn;
pub mod connect;
pub mod copying;
pub mod dialect;
pub mod error;
pub mod job;
pub mod pool;
pub mod queue;
pub mod tls_proxy;
pub mod worker;
