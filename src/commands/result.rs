//! How a command ends.

/// What a command ends with; the error is printed.
pub type CommandResult<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
