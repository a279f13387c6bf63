//! Texts with a longest length.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::text::cpr_in_text,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A text of 1 to `N` characters, trimmed, with something to see in it. One of at most [`LINE`] characters is a single line; a longer one
/// may have line breaks and tabs. No other control characters, and none that turn the direction of what stands after them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text<const N: usize>(String);

/// Texts up to this length are single lines.
const LINE: usize = 200;

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
        if N <= LINE && text.contains(['\n', '\r', '\t']) {
            return Err(Fault::new(
                "line-break",
                "Skal stå på én linje, uden linjeskift og tabulator.",
                "Must be one line, without line breaks and tabs.",
            ));
        }
        if text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || turns_direction(c)) {
            return Err(Fault::new("control-character", "Må ikke have styretegn.", "Must not hold control characters."));
        }
        if !text.chars().any(is_seen) {
            return Err(Fault::new("required", "Skal udfyldes med noget, der kan ses.", "Must hold something that can be seen."));
        }
        Ok(Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that show what stands after them in another order: a name could look like another one.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Not a blank, and none of the characters that take up no room or are drawn as nothing.
fn is_seen(c: char) -> bool {
    let is_nothing = matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
    );
    !c.is_whitespace() && !is_nothing
}

/// What is typed into a field; what stands in a list or was stored is not asked.
fn cpr_number() -> Fault {
    Fault::new(
        "cpr-number",
        "Det ligner et CPR-nummer, og det hører ikke hjemme i en tekst. Er det et andet nummer, så skriv et bogstav lige foran, for \
         eksempel P1003388394.",
        "This looks like a CPR number, which does not belong in a text. If it is another number, write a letter right before it, for \
         instance P1003388394.",
    )
}

impl<const N: usize> std::fmt::Display for Text<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const N: usize> Field for Text<N> {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        if N >= LINE && cpr_in_text::seems_to_stand_in(text) {
            return faults.add(at, cpr_number());
        }
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
    fn a_line_is_one_line_and_no_text_turns_its_direction_or_shows_nothing() {
        for (text, line, prose) in [
            ("Bo\nBorger", "line-break", ""),
            ("Bo\tBorger", "line-break", ""),
            ("Bo \u{202E}regroB", "control-character", "control-character"),
            ("\u{2067}Bo", "control-character", "control-character"),
            ("\u{200B}\u{3164}", "required", "required"),
            ("Ærø \u{200D}", "", ""),
        ] {
            let code = |read: Option<Fault>| read.map_or("", |fault| fault.code);
            assert_eq!(code(Line::parse(text).err()), line, "{text:?}");
            assert_eq!(code(Prose::parse(text).err()), prose, "{text:?}");
        }
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
