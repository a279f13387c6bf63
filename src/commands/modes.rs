//! Who may read the files that the program makes: their owner, and nobody else.
//!
//! Promise: whatever the machine's custom (umask) is, new files are readable by their owner only, and new folders can be entered by
//! their owner only: database and its log, key, password, letters, copies, and what commands write beside a list.

use std::path::{Path, PathBuf};

/// From here on, what is made is its owner's. Called before anything is made.
pub fn keep_to_owner() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// What to do about files that others may read, of those that are there.
pub fn open_to_others(files: &[PathBuf]) -> Vec<String> {
    files.iter().filter(|file| is_open_to_others(file)).map(|file| format!("chmod 600 {}", file.display())).collect()
}

#[cfg(unix)]
fn is_open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}
