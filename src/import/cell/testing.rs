//! Cells as they are read, for tests.

use crate::import::cell::value::{Cell, Read};

/// The value of a cell, `*` if it was corrected; or the code of its fault.
pub(super) fn read<T>(read: fn(&Cell) -> Read<T>, show: fn(&T) -> String, cell: &Cell) -> String {
    match read(cell) {
        Ok(right) => format!("{}{}", show(&right.value), if right.as_if.is_some() { "*" } else { "" }),
        Err(fault) => fault.code.to_owned(),
    }
}

pub(super) fn all<T>(reader: fn(&Cell) -> Read<T>, show: fn(&T) -> String, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(read(reader, show, &Cell::of(text)), *expected, "»{text}«");
    }
}
