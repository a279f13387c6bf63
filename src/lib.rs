pub mod actions;
pub mod clock;
pub mod domain;
pub mod keys;
pub mod letters;
pub mod settings;
pub mod store;
