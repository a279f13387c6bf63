//! What the value of a figure may look like, and the list of figures that is made from it.

use crate::domain::{
    rules::rulebook::values::{Group, Guidance, Percents, Rounding},
    values::{localized::localized, target_group::TargetGroup, text::Prose},
};
use chrono::NaiveDate;
use toml::Value;

/// Something that can be the value of a figure.
pub trait FigureShape: Sized {
    /// How it is written, in words for whoever wrote the file.
    fn wanted() -> String;
    fn of(value: &Value) -> Option<Self>;
}

impl FigureShape for i64 {
    fn wanted() -> String {
        "a whole number".into()
    }
    fn of(value: &Value) -> Option<Self> {
        value.as_integer()
    }
}
impl FigureShape for u32 {
    fn wanted() -> String {
        "a whole number from 0 on".into()
    }
    fn of(value: &Value) -> Option<Self> {
        value.as_integer()?.try_into().ok()
    }
}
impl<const N: usize> FigureShape for Percents<N> {
    fn wanted() -> String {
        format!("a list of {N} whole numbers from 0 to 100, none above the one before it")
    }
    fn of(value: &Value) -> Option<Self> {
        let percents: [u32; N] = FigureShape::of(value)?;
        let falling = percents.iter().zip(percents.iter().skip(1)).all(|(one, next)| one >= next);
        (falling && percents.iter().all(|percent| *percent <= 100)).then_some(Self(percents))
    }
}
impl FigureShape for Rounding {
    fn wanted() -> String {
        "\"down\", \"nearest\" or \"up\"".into()
    }
    fn of(value: &Value) -> Option<Self> {
        match value.as_str()? {
            "down" => Some(Self::Down),
            "nearest" => Some(Self::Nearest),
            "up" => Some(Self::Up),
            _ => None,
        }
    }
}
impl FigureShape for NaiveDate {
    fn wanted() -> String {
        "a day, \"2026-12-31\"".into()
    }
    fn of(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}
impl FigureShape for bool {
    fn wanted() -> String {
        "true or false".into()
    }
    fn of(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}
impl FigureShape for TargetGroup {
    fn wanted() -> String {
        "a short code such as \"6\"".into()
    }
    fn of(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?)
    }
}
impl FigureShape for Group {
    fn wanted() -> String {
        "{ group = \"6\", da = \"…\", en = \"…\" }".into()
    }
    fn of(value: &Value) -> Option<Self> {
        let table = value.as_table().filter(|table| table.len() == 3)?;
        let text = |name: &str| table.get(name)?.as_str();
        Some(Self { group: TargetGroup::parse(text("group")?)?, meaning: localized(text("da")?, text("en")?) })
    }
}
impl FigureShape for Guidance {
    fn wanted() -> String {
        "{ da = \"…\", en = \"…\" }".into()
    }
    fn of(value: &Value) -> Option<Self> {
        let table = value.as_table().filter(|table| table.len() == 2)?;
        let text = |name: &str| Prose::parse(table.get(name)?.as_str()?).ok();
        Some(Self { da: text("da")?, en: text("en")? })
    }
}
impl<T: FigureShape> FigureShape for Vec<T> {
    fn wanted() -> String {
        format!("a list, each entry {}", T::wanted())
    }
    fn of(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::of).collect()
    }
}
impl<T: FigureShape, const N: usize> FigureShape for [T; N] {
    fn wanted() -> String {
        format!("a list of {N}, each entry {}", T::wanted())
    }
    fn of(value: &Value) -> Option<Self> {
        Vec::of(value)?.try_into().ok()
    }
}

/// Whether a value fits, and how it is written.
pub struct Fit {
    pub fits: bool,
    pub wanted: String,
}

pub fn fit<T: FigureShape>(value: &Value) -> Fit {
    Fit { fits: T::of(value).is_some(), wanted: T::wanted() }
}

/// Declares the figures: the struct, their names, and how each is read come from the same lines.
macro_rules! figures {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)+
            /// The row of `job_ready_days`, for the groups that it names.
            pub(super) job_ready: Option<Row>,
        }

        impl $name {
            /// Every figure.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            /// Whether a value fits a figure; none where there is no such figure.
            pub(super) fn fit(figure: &str, value: &toml::Value) -> Option<shape::Fit> {
                match figure {
                    $(stringify!($field) => Some(shape::fit::<$type>(value)),)+
                    _ => None,
                }
            }

            /// The figures, where each has a value that fits.
            pub(super) fn of<'v>(value: impl Fn(&str) -> Option<&'v toml::Value>) -> Option<Self> {
                Some(Self { $($field: <$type>::of(value(stringify!($field))?)?,)+ job_ready: None })
            }
        }
    };
}
pub(super) use figures;

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        toml::from_str::<toml::Table>(&format!("value = {text}")).unwrap().remove("value").unwrap()
    }

    /// What is read of each text; the second of each pair is none where it does not fit.
    fn expect<T: FigureShape + PartialEq + std::fmt::Debug>(cases: &[(&str, Option<T>)]) {
        for (text, expected) in cases {
            assert_eq!(T::of(&value(text)), *expected, "{text}");
            assert_eq!(fit::<T>(&value(text)).fits, expected.is_some(), "{text}");
        }
    }

    #[test]
    fn a_number_a_day_and_a_yes_are_read_and_nothing_else_in_their_place() {
        expect::<i64>(&[("91", Some(91)), ("-14", Some(-14)), ("\"91\"", None), ("91.0", None), ("true", None)]);
        expect::<u32>(&[("0", Some(0)), ("91", Some(91)), ("-1", None), ("4294967296", None), ("\"91\"", None)]);
        expect::<bool>(&[("true", Some(true)), ("false", Some(false)), ("1", None), ("\"true\"", None)]);
        expect::<NaiveDate>(&[("\"2024-02-29\"", NaiveDate::from_ymd_opt(2024, 2, 29)), ("\"2023-02-29\"", None), ("1", None)]);
        expect::<Rounding>(&[
            ("\"down\"", Some(Rounding::Down)),
            ("\"nearest\"", Some(Rounding::Nearest)),
            ("\"up\"", Some(Rounding::Up)),
            ("\"Up\"", None),
            ("1", None),
        ]);
    }

    #[test]
    fn percents_are_so_many_from_a_hundred_down_to_nought_and_none_rises() {
        expect::<Percents<2>>(&[
            ("[60, 30]", Some(Percents([60, 30]))),
            ("[100, 100]", Some(Percents([100, 100]))),
            ("[0, 0]", Some(Percents([0, 0]))),
            ("[30, 60]", None),
            ("[101, 30]", None),
            ("[60, -1]", None),
            ("[60]", None),
            ("[60, 30, 0]", None),
            ("60", None),
        ]);
        assert_eq!(Percents([60, 0]).shares(), [0.6, 0.0]);
    }

    #[test]
    fn a_target_group_is_a_short_code_and_its_entry_has_both_meanings() {
        let group = |text: &str| TargetGroup::parse(text);
        expect::<TargetGroup>(&[("\"6\"", group("6")), ("\"\"", None), ("6", None)]);
        let six = Group { group: group("6").unwrap(), meaning: localized("sygemeldt", "sick-listed") };
        expect::<Group>(&[
            ("{ group = \"6\", da = \"sygemeldt\", en = \"sick-listed\" }", Some(six)),
            ("{ group = \"6\", da = \"sygemeldt\" }", None),
            ("{ group = \"6\", da = \"sygemeldt\", en = \"sick-listed\", more = \"x\" }", None),
            ("{ group = \"6\", da = \"sygemeldt\", en = 1 }", None),
            ("{ group = \"\", da = \"sygemeldt\", en = \"sick-listed\" }", None),
            ("\"6\"", None),
        ]);
    }

    #[test]
    fn a_list_is_of_one_kind_and_where_it_is_said_of_so_many() {
        expect::<Vec<i64>>(&[("[]", Some(vec![])), ("[1, 2]", Some(vec![1, 2])), ("[1, \"2\"]", None), ("1", None)]);
        expect::<[i64; 2]>(&[("[1, 2]", Some([1, 2])), ("[1]", None), ("[1, 2, 3]", None), ("[1, true]", None)]);
    }

    #[test]
    fn what_does_not_fit_is_told_how_to_be_written() {
        for (wanted, text) in [
            (fit::<i64>(&value("true")).wanted, "a whole number"),
            (fit::<u32>(&value("true")).wanted, "a whole number from 0 on"),
            (fit::<bool>(&value("1")).wanted, "true or false"),
            (fit::<NaiveDate>(&value("1")).wanted, "a day, \"2026-12-31\""),
            (fit::<Rounding>(&value("1")).wanted, "\"down\", \"nearest\" or \"up\""),
            (fit::<Percents<2>>(&value("1")).wanted, "a list of 2 whole numbers from 0 to 100, none above the one before it"),
            (fit::<[i64; 3]>(&value("1")).wanted, "a list of 3, each entry a whole number"),
            (fit::<Vec<TargetGroup>>(&value("1")).wanted, "a list, each entry a short code such as \"6\""),
            (fit::<Vec<Group>>(&value("1")).wanted, "a list, each entry { group = \"6\", da = \"…\", en = \"…\" }"),
        ] {
            assert_eq!(wanted, text);
        }
    }
}
