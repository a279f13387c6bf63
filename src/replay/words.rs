//! Texts of the loader as the types of the domain, and what it says when something does not fit.

use crate::{
    actions::ActionError,
    domain::{
        input::Fault,
        values::{
            localized::localized,
            text::{ForCompany, Line, Prose},
        },
    },
};

/// What the loader itself refuses, in both languages.
pub fn conflict(code: &'static str, da: &str, en: &str) -> ActionError {
    ActionError::Conflict(code, localized(da, en))
}

/// A line of the loader's own words.
///
/// # Errors
/// Too long.
pub fn line(text: &str) -> Result<Line, ActionError> {
    Line::parse(text).map_err(|fault: Fault| ActionError::Conflict(fault.code, fault.message))
}

/// What a company is told.
///
/// # Errors
/// The name of an illness; a CPR number.
pub fn for_company(text: &str) -> Result<ForCompany, ActionError> {
    ForCompany::parse(text).map_err(|fault| ActionError::Conflict(fault.code, fault.message))
}

/// Words of the loader as a paragraph.
pub fn prose(text: &str) -> Result<Prose, ActionError> {
    Prose::parse(text).map_err(|fault| ActionError::Conflict(fault.code, fault.message))
}

/// As [`conflict`], where a result is to be returned.
pub fn unfit<T>(code: &'static str, da: &str, en: &str) -> Result<T, ActionError> {
    Err(conflict(code, da, en))
}
