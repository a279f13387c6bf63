//! Letters as files in a folder.

use crate::outbox::mailer::outgoing::SendResult;
use std::{io, path::Path};

/// Written under another name and then renamed, so that nobody reads half a letter and a second attempt writes the same file.
pub(super) async fn into_folder(folder: &Path, id: &str, text: Vec<u8>) -> SendResult {
    let (aside, place) = (folder.join(format!(".{id}.part")), folder.join(format!("{id}.eml")));
    let write = move || -> io::Result<()> {
        let mut file = std::fs::File::create(&aside)?;
        io::Write::write_all(&mut file, &text)?;
        file.sync_all()?;
        std::fs::rename(aside, place)
    };
    let written = tokio::task::spawn_blocking(write).await.unwrap_or_else(|ended| Err(io::Error::other(ended)));
    written.map_or_else(|error| SendResult::TryLater(format!("the folder of letters: {error}")), |()| SendResult::Sent)
}
