//! How a value is kept as text.
//!
//! A stored value has a type of its own here, apart from what the API shows and from what people sign, so that renaming a field of
//! the API cannot make an old row unreadable. The fields of a stored type never change their names; what a later release adds is
//! optional, or has a new version.
//!
//! Written is `{"version":2,"value":…}`. Release 0.1 wrote the value alone; that is read for ever.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The version that is written.
const VERSION: u32 = 2;
/// How a text of any version but that of release 0.1 begins.
const BEGINS: &str = "{\"version\":";

/// A stored text cannot be read. The text itself is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredValueError {
    #[error("unreadable at character {0}")]
    Unreadable(usize),
    #[error("written by a newer release, in version {0}")]
    Newer(u32),
    #[error("{0} that cannot be")]
    Impossible(&'static str),
}

/// A value of the domain that is kept as text.
pub trait StoredValue: Sized {
    /// # Errors
    /// It cannot be written as JSON; no value here fails so.
    fn to_text(&self) -> Result<String, serde_json::Error>;
    /// # Errors
    /// No text that any release has written.
    fn from_text(text: &str) -> Result<Self, StoredValueError>;
}

/// Text is stored as it is.
impl StoredValue for String {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        Ok(self.clone())
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        Ok(text.to_owned())
    }
}

#[derive(Deserialize, Serialize)]
struct Envelope<T> {
    version: u32,
    value: T,
}

/// Only the version, whatever the value is.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// A stored type as text, with its version.
pub(super) fn write<T: Serialize>(value: T) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Envelope { version: VERSION, value })
}

/// A stored type from the text of any release.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoredValueError> {
    let unreadable = |error: serde_json::Error| StoredValueError::Unreadable(error.column());
    if !text.starts_with(BEGINS) {
        return serde_json::from_str(text).map_err(unreadable);
    }
    let Version { version } = serde_json::from_str(text).map_err(unreadable)?;
    match version {
        VERSION => serde_json::from_str::<Envelope<T>>(text).map(|envelope| envelope.value).map_err(unreadable),
        newer => Err(StoredValueError::Newer(newer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_a_newer_one_is_refused_by_its_version() {
        let written = write(vec![1, 2]).unwrap();
        assert_eq!(written, r#"{"version":2,"value":[1,2]}"#);
        assert_eq!(read::<Vec<i32>>(&written), Ok(vec![1, 2]));
        assert_eq!(read::<Vec<i32>>("[1,2]"), Ok(vec![1, 2]), "as release 0.1 wrote it");
        assert_eq!(read::<Vec<i32>>(r#"{"version":3,"value":[1,2]}"#), Err(StoredValueError::Newer(3)));
        assert_eq!(read::<Vec<i32>>("[1,x]"), Err(StoredValueError::Unreadable(4)));
    }
}
