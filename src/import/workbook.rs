//! What an Excel workbook unpacks to, before anything of it is read.
//!
//! Promise: a small file that unpacks to a large one is refused, whatever it says of itself. What the reader keeps in memory (the texts
//! that cells share, one piece of XML at a time) stays within some hundred megabytes. A workbook of Excel's own is far below: no cell
//! has more than 32,767 characters, and there are neither comments nor declarations of types in it.

use crate::import::error::ImportError;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
};
use zip::ZipArchive;

/// How large a workbook may be.
struct WorkbookLimits {
    /// Bytes of the file.
    file: u64,
    parts: usize,
    /// Bytes of all parts, unpacked.
    unpacked: u64,
    /// Bytes of all parts that are no sheets: they are kept as long as it is read.
    kept: u64,
    /// Tags in those.
    tags: u64,
    /// Bytes of a piece of XML: a tag, or the text between two.
    piece: u64,
}

const USUAL: WorkbookLimits =
    WorkbookLimits { file: 100 << 20, parts: 10_000, unpacked: 1 << 30, kept: 128 << 20, tags: 10_000_000, piece: 1 << 20 };

/// Where the sheets are; they are read a cell at a time.
const SHEETS: &str = "xl/worksheets/";

fn too_large() -> ImportError {
    ImportError::unreadable(
        "Excel-filen er for stor, når den pakkes ud. Gem den som CSV, og send den igen.",
        "The Excel workbook is too large when it is unpacked. Save it as CSV, and send it again.",
    )
}

fn unreadable(error: impl std::fmt::Display) -> ImportError {
    ImportError::unreadable(
        format!("Excel-filen kan ikke læses ({error}). Er den beskyttet med adgangskode? Gem den som .xlsx uden."),
        format!("The Excel workbook cannot be read ({error}). Has it a password? Save it as .xlsx without."),
    )
}

/// Looks whether a workbook can be read without harm.
///
/// # Errors
/// It cannot: what to do.
pub(super) fn look(file: &File) -> Result<(), ImportError> {
    within(file, &USUAL)
}

fn within(mut file: &File, limits: &WorkbookLimits) -> Result<(), ImportError> {
    if file.metadata()?.len() > limits.file || says_too_many(file, limits.parts)? {
        return Err(too_large());
    }
    file.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(unreadable)?;
    if archive.len() > limits.parts {
        return Err(too_large());
    }
    let mut sum = Sum::default();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(unreadable)?;
        let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
        let (is_sheet, is_xml) = (name.starts_with(SHEETS), name.ends_with(".xml") || name.ends_with(".rels"));
        // What it says may be wrong; if it is right, nothing has to be unpacked.
        let room = sum.room(limits, is_sheet);
        if part.size() > room {
            return Err(too_large());
        }
        sum.add(part.take(room + 1), limits, is_sheet, is_xml)?;
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(())
}

/// The end of the list of parts is among the last bytes of a file.
const END_WITHIN: u64 = 66_000;

/// Whether the file says itself that it has too many parts: the list of them would fill the memory before it could be counted.
fn says_too_many(mut file: &File, most: usize) -> Result<bool, ImportError> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(END_WITHIN)))?;
    let mut end = Vec::new();
    file.take(END_WITHIN).read_to_end(&mut end)?;
    let parts = |at: &[u8]| match at {
        [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, ..] => usize::from(u16::from_le_bytes([*low, *high])),
        // A list for more than 65,535 parts.
        [b'P', b'K', 6, 7, ..] => usize::MAX,
        _ => 0,
    };
    Ok(end.windows(12).any(|at| parts(at) > most))
}

/// What was unpacked so far.
#[derive(Default)]
struct Sum {
    unpacked: u64,
    kept: u64,
    tags: u64,
}

impl Sum {
    fn room(&self, limits: &WorkbookLimits, is_sheet: bool) -> u64 {
        let in_all = limits.unpacked.saturating_sub(self.unpacked);
        if is_sheet { in_all } else { in_all.min(limits.kept.saturating_sub(self.kept)) }
    }

    fn add(&mut self, part: impl Read, limits: &WorkbookLimits, is_sheet: bool, is_xml: bool) -> Result<(), ImportError> {
        let room = self.room(limits, is_sheet);
        let (mut part, mut length, mut xml) = (BufReader::new(part), 0_u64, Pieces::default());
        loop {
            let bytes = part.fill_buf().map_err(unreadable)?;
            let read = bytes.len();
            if read == 0 {
                break;
            }
            length = length.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            if length > room || (is_xml && !xml.are_small(bytes, limits.piece)) {
                return Err(too_large());
            }
            part.consume(read);
        }
        self.unpacked += length;
        if !is_sheet {
            self.kept += length;
            self.tags += xml.tags;
        }
        if self.tags > limits.tags { Err(too_large()) } else { Ok(()) }
    }
}

/// Where in XML one is.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Text,
    /// A tag has begun with the last byte.
    Begun,
    Tag,
    /// Within quotation marks of a tag.
    Quoted(u8),
}

/// The pieces of which XML consists: tags and the texts between them.
#[derive(Default)]
struct Pieces {
    place: Place,
    length: u64,
    tags: u64,
}

impl Pieces {
    /// Whether all pieces up to here are small, and none is a comment or another thing that has its own end.
    fn are_small(&mut self, bytes: &[u8], longest: u64) -> bool {
        for byte in bytes {
            self.length += 1;
            let next = match (self.place, *byte) {
                (Place::Text, b'<') => Place::Begun,
                (Place::Text, _) => Place::Text,
                (Place::Begun, b'!') => return false,
                (Place::Begun | Place::Tag, b'>') => Place::Text,
                (Place::Begun | Place::Tag, quote @ (b'"' | b'\'')) => Place::Quoted(quote),
                (Place::Begun | Place::Tag, _) => Place::Tag,
                (Place::Quoted(quote), byte) if byte == quote => Place::Tag,
                (quoted, _) => quoted,
            };
            if next == Place::Begun {
                (self.length, self.tags) = (0, self.tags + 1);
            } else if next == Place::Text && self.place != Place::Text {
                self.length = 0;
            }
            self.place = next;
            if self.length > longest {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    const SMALL: WorkbookLimits = WorkbookLimits { file: 20_000, parts: 5, unpacked: 5_000, kept: 1_000, tags: 50, piece: 200 };

    fn book(parts: &[(&str, String)]) -> File {
        let mut writer = ZipWriter::new(tempfile::tempfile().unwrap());
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap()
    }

    fn fits(parts: &[(&str, String)]) -> bool {
        within(&book(parts), &SMALL).is_ok()
    }

    #[test]
    fn a_workbook_is_judged_by_what_it_unpacks_to() {
        let (sheet, texts) = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml");
        assert!(fits(&[(sheet, "<c>5</c>".repeat(600)), (texts, "<si><t>a</t></si>".repeat(10))]));
        assert!(!fits(&[(sheet, "<c>5</c>".repeat(700))]), "unpacked");
        assert!(!fits(&[(texts, "aaaaaaaa<t>".repeat(100))]), "kept");
        assert!(!fits(&[(texts, "<i/>".repeat(60))]), "tags");
        assert!(!fits(&[(sheet, "a".repeat(300))]), "a text");
        assert!(!fits(&[(sheet, format!("<c a=\"{}\"/>", "<>".repeat(150)))]), "within quotation marks");
        assert!(!fits(&[(sheet, "<!-- a -->".to_owned())]), "a comment");
        let many: Vec<(String, String)> = (0..6).map(|number| (format!("{number}.xml"), String::new())).collect();
        assert!(!fits(&many.iter().map(|(name, text)| (name.as_str(), text.clone())).collect::<Vec<_>>()), "parts");
    }

    #[test]
    fn what_a_workbook_says_of_itself_is_not_believed() {
        let mut bytes = Vec::new();
        let mut file = book(&[("xl/worksheets/sheet1.xml", "<c>5</c>".repeat(700))]);
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_end(&mut bytes).unwrap();
        let (told, small) = (5_600_u32.to_le_bytes(), 10_u32.to_le_bytes());
        let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == told).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at..at + 4].copy_from_slice(&small);
        }
        let mut lying = tempfile::tempfile().unwrap();
        lying.write_all(&bytes).unwrap();
        assert!(within(&lying, &SMALL).is_err());
    }
}
