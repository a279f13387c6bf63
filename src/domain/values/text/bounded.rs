//! Texts with a longest length.

use crate::domain::input::{Fault, Faults, Field, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A text of 1 to `N` characters, trimmed, without control characters but line breaks and tabs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text<const N: usize>(String);

/// A name, a title, a task: one line.
pub type Line = Text<200>;

/// Reasons, words, a purpose: some paragraphs.
pub type Prose = Text<4000>;

impl<const N: usize> Text<N> {
    /// # Errors
    /// Empty, longer than `N` characters, or with control characters.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::new("required", "Skal udfyldes.", "Is required."));
        }
        if text.chars().count() > N {
            return Err(Fault::new("too-long", format!("Højst {N} tegn."), format!("At most {N} characters.")));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Fault::new("control-character", "Må ikke have styretegn.", "Must not hold control characters."));
        }
        Ok(Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const N: usize> std::fmt::Display for Text<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const N: usize> Field for Text<N> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        Self::parse(text).map_err(|fault| faults.add::<()>(at, fault)).ok()
    }
}

impl<const N: usize> PartialSchema for Text<N> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(N)).pattern(Some("\\S")).into()
    }
}

impl<const N: usize> ToSchema for Text<N> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Text{N}").into()
    }
}

/// A text as questions and skills are compared: trimmed, and without case.
pub fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_and_bounded() {
        assert_eq!(Text::<3>::parse(" æøå ").unwrap().as_str(), "æøå");
        assert_eq!(Text::<3>::parse("abcd").unwrap_err().code, "too-long");
        assert_eq!(Text::<3>::parse("  ").unwrap_err().code, "required");
        assert_eq!(Text::<3>::parse("a\u{0}").unwrap_err().code, "control-character");
    }

    #[test]
    fn a_text_is_read_and_each_length_has_a_name_of_its_own_in_the_description() {
        use crate::domain::input::read;
        assert_eq!(read::<Text<3>>(&serde_json::json!(" æøå ")).unwrap().to_string(), "æøå");
        assert_eq!(read::<Text<3>>(&serde_json::json!("abcd")).unwrap_err().0[0].1.code, "too-long");
        assert_eq!((Line::name().as_ref(), Prose::name().as_ref()), ("Text200", "Text4000"));
        assert_eq!((folded("  KASSE "), folded("Ærø")), ("kasse".to_owned(), "ærø".to_owned()));
    }
}
