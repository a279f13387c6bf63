//! What a company is told to do for a citizen: never the name of an illness, never a CPR number (S3, GDPR art. 9). A company needs to know what
//! is done, and not why.
//!
//! A list of words finds the slip of the pen; it knows no illness that is described in other words.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::text::{Line, cpr_in_text, folded},
};
use serde_json::Value;
use std::{collections::BTreeSet, sync::LazyLock};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// Names of illnesses, Danish and English, a word a line.
static DIAGNOSES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| include_str!("../../../../config/diagnoses.txt").lines().collect());

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForCompany(Line);

impl ForCompany {
    /// # Errors
    /// As a [`Line`]; the name of an illness; a CPR number in any spelling.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let line = Line::parse(text)?;
        if cpr_in_text::stands_in(line.as_str()) {
            return Err(Fault::new(
                "cpr-number",
                "Må ikke have et CPR-nummer: virksomheden læser det.",
                "Must not hold a CPR number: the company reads it.",
            ));
        }
        let mut words = line.as_str().split(|c: char| !c.is_alphanumeric()).map(folded);
        if words.any(|word| DIAGNOSES.contains(word.as_str())) {
            return Err(Fault::new(
                "diagnosis",
                "Skriv, hvad der skal gøres, ikke hvorfor: virksomheden læser det. For eksempel »En pause hver time« eller »Et sted uden støj«.",
                "Write what is to be done, not why: the company reads it. For instance \"A break every hour\" or \"A place without noise\".",
            ));
        }
        Ok(Self(line))
    }
}

impl std::fmt::Display for ForCompany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Field for ForCompany {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        Self::parse(text).map_err(|fault| faults.add::<()>(at, fault)).ok()
    }
}

impl PartialSchema for ForCompany {
    fn schema() -> RefOr<Schema> {
        Line::schema()
    }
}

impl ToSchema for ForCompany {
    fn name() -> std::borrow::Cow<'static, str> {
        "ForCompany".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_illness_or_a_cpr_number_is_no_text_for_a_company() {
        for (text, code) in [
            ("En pause hver time", ""),
            ("Ingen løft over 10 kg uden hjælp", ""),
            ("Ring på 12 34 56 78", ""),
            ("P-nummer 1092345678", ""),
            ("Pauser på grund af angst", "diagnosis"),
            ("Har ADHD.", "diagnosis"),
            ("SLIDGIGT i knæet", "diagnosis"),
            ("Needs breaks because of epilepsy", "diagnosis"),
            ("Ingen kolde rum", ""),
            ("CPR 010190-1234", "cpr-number"),
            ("CPR 0101901234", "cpr-number"),
            ("CPR 010190 1234", "cpr-number"),
            ("CPR 010190 – 1234", "cpr-number"),
            ("Født 01.01.90-1234", "cpr-number"),
            ("", "required"),
        ] {
            assert_eq!(ForCompany::parse(text).err().map_or("", |fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_each_word_is_written_as_it_is_compared() {
        let lines: Vec<&str> = include_str!("../../../../config/diagnoses.txt").lines().collect();
        assert!(lines.is_sorted() && lines.len() == DIAGNOSES.len());
        assert!(lines.iter().all(|word| folded(word) == **word && !word.is_empty()));
    }
}
