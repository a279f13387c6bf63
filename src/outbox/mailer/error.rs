//! Why no letters can be sent with these settings.

use std::{io, path::PathBuf};
use thiserror::Error;

/// Why no letters can be sent with these settings.
#[derive(Debug, Error)]
pub enum MailerError {
    #[error("settings: mail.from: {0}")]
    Sender(#[from] lettre::address::AddressError),
    #[error("mail.folder {}: {error}", folder.display())]
    Folder { folder: PathBuf, error: io::Error },
    #[error("mail.ca_file {file}: {error}")]
    CaFile { file: String, error: io::Error },
    #[error("mail.ca_file {file}: {error}")]
    Certificate { file: String, error: lettre::transport::smtp::Error },
    #[error("mail: {0}")]
    Tls(lettre::transport::smtp::Error),
}
