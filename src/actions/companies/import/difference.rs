//! Puts a value over another and notes the difference.

use crate::domain::{
    import::{Column, Difference, OfIndustry},
    values::register::IndustryScheme,
};

/// Puts a value where another stands, and notes the difference.
pub(super) fn put<T: PartialEq>(slot: &mut T, to: T, column: Column, show: impl Fn(&T) -> String, found: &mut Vec<Difference>) {
    if *slot != to {
        found.push(Difference { column, before: show(slot), after: show(&to) });
        *slot = to;
    }
}

pub(super) fn shown<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

pub(super) fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Puts an industry over another; a classification that is not said stays where the code does.
pub(super) fn put_industry(
    code: &mut Option<String>,
    scheme: &mut Option<IndustryScheme>,
    said: &OfIndustry,
    column: Column,
    found: &mut Vec<Difference>,
) {
    let same = code.as_deref() == Some(said.code.as_str());
    put(code, text(said.code.as_str()), column, shown, found);
    let to = if same && said.scheme.is_none() { *scheme } else { said.scheme };
    put(scheme, to, Column::Scheme, shown, found);
}
