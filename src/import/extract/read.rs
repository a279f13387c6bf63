//! Reads the lines of a file.

use crate::{
    domain::import::Incoming,
    import::{
        error::ImportError,
        extract::rows::rows,
        reading::Out,
        rows::{Layout, Original},
    },
};
use chrono::NaiveDate;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read as _},
    sync::Arc,
};

/// A company with thousands of production units and their history is some megabytes; read, a line takes many times its length.
const LONGEST_LINE: u64 = 16 << 20;

/// Reads JSON lines.
pub fn read(file: File, today: NaiveDate, out: &mut Out<Incoming>) -> Result<(), ImportError> {
    let size = file.metadata()?.len();
    out.layout(Layout { lines_of_json: true, ..Layout::default() });
    let mut reader = BufReader::new(file);
    let (mut line, mut done) = (0, 0);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        line += 1;
        done += u64::try_from(read).unwrap_or_default();
        out.far(done, size);
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
        let text = text.trim();
        if text.is_empty() {
            out.batch.blank += 1;
            continue;
        }
        if line == 1 && text.starts_with('[') {
            return Err(ImportError::unreadable(
                "Filen er én JSON-liste. Skriv ét objekt pr. linje (JSON lines), fx med jq -c '.[]'.",
                "The file is one JSON list. Write one object a line (JSON lines), for instance with jq -c '.[]'.",
            ));
        }
        match rows(text, today) {
            Ok(rows) => {
                let original: Arc<str> = text.into();
                for row in rows {
                    out.row(line, row, Original::Text(Arc::clone(&original)))?;
                }
            }
            Err(faults) => out.bad(line, faults, Original::Text(text.into()))?,
        }
    }
}
