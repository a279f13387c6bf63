pub mod clock;
pub mod domain;
pub mod keys;
pub mod settings;
pub mod store;
