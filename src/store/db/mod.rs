//! The database itself: where it is, who connects to it, and how each engine is spoken to.

pub mod address;
pub mod batches;
pub mod conn;
pub mod dialect;
pub mod error;
pub mod job;
pub mod journal;
pub mod pool;
pub mod queue;
pub mod row_change;
pub mod stored_table;
pub mod tls_proxy;
pub mod worker;
pub mod worker_pool;
