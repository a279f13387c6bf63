//! An opening: what a workplace offers (S2, S3, S12): the type of internship, the work, how many hours and at what time of day,
//! the required languages, the accommodations it can give. It expires, so that nobody is sent to what was offered last year.

use crate::domain::{
    input::{Faults, Field, Pointer},
    values::{day::plus, text::WeeklyHours},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

crate::code_enum! {
    /// When in the day the work is.
    pub enum TimeOfDay {
        EarlyMorning = "early-morning" ("tidligt om morgenen", "early in the morning"),
        Morning = "morning" ("om formiddagen", "in the morning"),
        Afternoon = "afternoon" ("om eftermiddagen", "in the afternoon"),
        Evening = "evening" ("om aftenen", "in the evening"),
        Night = "night" ("om natten", "at night"),
        Weekend = "weekend" ("i weekenden", "at weekends"),
    }
}

/// Every two-letter code of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A language, by its two-letter code (ISO 639-1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^[a-z]{2}$", examples("da"))]
pub struct Language(String);

impl Language {
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_lowercase();
        LANGUAGES.split(' ').any(|known| known == code).then_some(Self(code))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Field for Language {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "language",
            (
                "en kode på to bogstaver for et sprog (ISO 639-1), fx da",
                "a language's two-letter code (ISO 639-1), for instance da",
            ),
        )
    }
}

crate::input! {
    /// Hours a week, from so many to so many.
    #[derive(Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct HoursRange {
        pub from: WeeklyHours,
        pub to: WeeklyHours,
    }
}

/// The day on which an opening's keeper is reminded that it expires: not on the day on which its end was set, unless it expires
/// that soon.
pub fn remind_on(expires_on: NaiveDate, days_before: i64, today: NaiveDate) -> NaiveDate {
    plus(expires_on, -days_before).max(plus(today, 1)).min(expires_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reminder_comes_so_many_days_before_but_not_at_once() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (expires_on, expected) in [
            ("2024-05-30", "2024-05-16"),
            ("2024-03-15", "2024-03-01"),
            ("2024-03-14", "2024-03-01"),
            ("2024-03-05", "2024-03-01"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(remind_on(day(expires_on), 14, day("2024-02-29")), day(expected), "{expires_on}");
        }
    }

    #[test]
    fn a_language_is_one_of_the_list_however_it_is_written() {
        assert_eq!(LANGUAGES.split(' ').count(), 184);
        for (text, code) in [("da", "da"), (" DA ", "da"), ("kl", "kl"), ("ti", "ti")] {
            assert_eq!(Language::parse(text).unwrap().as_str(), code);
        }
        for wrong in ["", "d", "dk", "dan", "xx", "da-DK", "d a", "da en"] {
            assert!(Language::parse(wrong).is_none(), "{wrong}");
        }
    }
}
