//! What a rule compared, so that a reader can check it by hand: each figure as each language writes it.

use crate::domain::values::{
    day::danish,
    localized::{Lang, Localized, localized},
    text::WeeklyHours,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One figure that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    pub what: Localized,
    /// As Danish writes it: `37,5`, `08.01.2024`.
    pub value: String,
    /// As English writes it, where that is otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub value_en: Option<String>,
}

impl Compared {
    pub fn value(&self, lang: Lang) -> &str {
        match lang {
            Lang::Da => &self.value,
            Lang::En => self.value_en.as_deref().unwrap_or(&self.value),
        }
    }
}

/// What can be compared.
pub trait Comparable {
    /// As each language writes it.
    fn written(self) -> Localized;
}

macro_rules! the_same_in_both {
    ($($type:ty),+) => {$(
        impl Comparable for $type {
            fn written(self) -> Localized {
                let text = self.to_string();
                localized(text.clone(), text)
            }
        }
    )+};
}
the_same_in_both!(&str, &&str, String, &String, i64, i32, usize, u32, u64);

impl Comparable for NaiveDate {
    fn written(self) -> Localized {
        localized(danish(self), self.to_string())
    }
}

impl Comparable for WeeklyHours {
    fn written(self) -> Localized {
        localized(self.to_string().replace('.', ","), self.to_string())
    }
}

impl Comparable for Localized {
    fn written(self) -> Localized {
        self
    }
}

pub fn compared(what: Localized, value: impl Comparable) -> Compared {
    let Localized { da, en } = value.written();
    Compared { what, value_en: (en != da).then_some(en), value: da }
}

/// A number of two decimals: `1,35`.
pub fn hundredths(value: i64) -> Localized {
    let (whole, rest) = (value / 100, value % 100);
    localized(format!("{whole},{rest:02}"), format!("{whole}.{rest:02}"))
}

/// Several, one after another.
pub fn listed(items: impl IntoIterator<Item = Localized>) -> Localized {
    let items: Vec<Localized> = items.into_iter().collect();
    let joined = |lang: Lang| items.iter().map(|item| item.lang(lang)).collect::<Vec<_>>().join(", ");
    localized(joined(Lang::Da), joined(Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn each_language_writes_dates_and_hours_in_its_own_way() {
        let what = || localized("a", "b");
        let date = compared(what(), day("2024-01-08"));
        assert_eq!((date.value(Lang::Da), date.value(Lang::En)), ("08.01.2024", "2024-01-08"));
        let hours = compared(what(), WeeklyHours::from_minutes(2250));
        assert_eq!((hours.value(Lang::Da), hours.value(Lang::En)), ("37,5", "37.5"));
        assert_eq!(compared(what(), 3).value_en, None, "what is the same is said once");
        let words = listed([localized("nej", "no"), localized("ja", "yes")]);
        assert_eq!(words, localized("nej, ja", "no, yes"));
    }

    #[test]
    fn what_was_stored_before_is_read_as_the_same_in_both() {
        let stored = r#"{"what":{"da":"Uger","en":"Weeks"},"value":"13"}"#;
        let read: Compared = serde_json::from_str(stored).unwrap();
        assert_eq!((read.value(Lang::Da), read.value(Lang::En)), ("13", "13"));
        assert_eq!(serde_json::to_string(&read).unwrap(), stored);
    }
}
