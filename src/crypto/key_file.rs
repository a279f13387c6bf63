//! The file that holds the master keys.
//!
//! Promise: it is written aside and put in its place whole, readable by its owner only, so that neither a first start that is
//! killed nor two at once leave or read half a key.

use crate::crypto::{
    keys::{KeyFormatError, Keys},
    random::{RandomnessError, random},
};
use data_encoding::HEXLOWER;
use std::{
    io::{ErrorKind, Write},
    path::Path,
};

/// A key file that cannot be used, with its path.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("key file {path}: {error}")]
    Access { path: String, error: std::io::Error },
    #[error("key file {path}: {error}")]
    Format { path: String, error: KeyFormatError },
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
}

impl Keys {
    /// Reads the file, which is made with one new key where there is none.
    ///
    /// # Errors
    /// A file that cannot be read, made or understood.
    pub fn from_file(path: &Path) -> Result<Self, KeyFileError> {
        let named = || path.display().to_string();
        if !path.exists() {
            let text = Self::random()?.first().reveal();
            let aside = path.with_added_extension(format!("{}.part", HEXLOWER.encode(&random::<8>()?)));
            make(path, &aside, &text).map_err(|error| KeyFileError::Access { path: named(), error })?;
        }
        let text = std::fs::read_to_string(path).map_err(|error| KeyFileError::Access { path: named(), error })?;
        Self::parse(&text).map_err(|error| KeyFileError::Format { path: named(), error })
    }
}

/// Makes the file, unless somebody else is quicker.
fn make(path: &Path, aside: &Path, text: &str) -> Result<(), std::io::Error> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(aside).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    // A hard link never replaces a file that another start has made meanwhile; that one is read instead.
    let put = written.and_then(|()| std::fs::hard_link(aside, path));
    let _ = std::fs::remove_file(aside);
    match put {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = Keys::from_file(&path).unwrap();
        assert_eq!(made.link_token("x"), Keys::from_file(&path).unwrap().link_token("x"));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        std::fs::write(&path, "short").unwrap();
        assert!(Keys::from_file(&path).unwrap_err().to_string().contains("64 hexadecimal"));
    }

    #[test]
    fn first_starts_at_the_same_time_share_one_key() {
        for _ in 0..50 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("key");
            let starts: Vec<_> = (0..8)
                .map(|_| {
                    let path = path.clone();
                    std::thread::spawn(move || Keys::from_file(&path).unwrap().link_token("x"))
                })
                .collect();
            let tokens: Vec<String> = starts.into_iter().map(|start| start.join().unwrap()).collect();
            assert!(tokens.iter().all(|token| *token == tokens[0]));
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left aside");
        }
    }
}
