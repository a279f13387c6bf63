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
