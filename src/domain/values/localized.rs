//! Text that people read, in both languages: Danish first, English too.
//!
//! Codes and JSON names never change with the language; only these texts do.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The languages an answer can be given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Da,
    En,
}

/// One text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Localized {
    pub da: String,
    pub en: String,
}

impl Localized {
    /// The text in the asked language.
    pub fn lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Da => &self.da,
            Lang::En => &self.en,
        }
    }
}

/// Both languages at once: `localized("Danish", "English")`.
pub fn localized(da: impl Into<String>, en: impl Into<String>) -> Localized {
    Localized { da: da.into(), en: en.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_given_in_the_language_that_is_asked_for_and_danish_is_the_usual_one() {
        let text = localized("praktik", "internship");
        assert_eq!((text.lang(Lang::Da), text.lang(Lang::En), text.lang(Lang::default())), ("praktik", "internship", "praktik"));
    }
}
