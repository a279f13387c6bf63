//! The forms that a list can have.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

/// The forms that a list can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    JsonLines,
}

impl Format {
    /// By what the file begins with, else by its name.
    ///
    /// # Errors
    /// The file's own.
    pub fn of(file: &mut File, path: &Path) -> std::io::Result<Self> {
        let mut begin = [0_u8; 64];
        let read = file.read(&mut begin)?;
        file.seek(SeekFrom::Start(0))?;
        let begin = begin.get(..read).unwrap_or_default();
        let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
        let named = path.extension().and_then(|name| name.to_str()).unwrap_or_default().to_lowercase();
        Ok(match first {
            _ if begin.starts_with(b"PK\x03\x04") => Self::Xlsx,
            Some(b'{' | b'[') => Self::JsonLines,
            _ if ["json", "jsonl", "ndjson"].contains(&named.as_str()) => Self::JsonLines,
            _ => Self::Csv,
        })
    }

    /// By the media type of a body.
    pub fn of_type(essence: &str) -> Option<Self> {
        match essence.to_ascii_lowercase().as_str() {
            "text/csv" => Some(Self::Csv),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(Self::Xlsx),
            "application/x-ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}
