//! `code_enum!` declares a closed list.

/// Declares a closed list of words, each with its code in JSON and database and its name in both languages.
/// (A code is a `tt`, since the description's derive does not see through a `literal`.)
#[macro_export]
macro_rules! code_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $code:tt ($da:literal, $en:literal)),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $(#[$meta])*
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            pub fn label(self) -> $crate::domain::values::localized::Localized {
                match self { $(Self::$variant => $crate::domain::values::localized::localized($da, $en)),+ }
            }
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.code() == text)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
        impl $crate::domain::input::Field for $name {
            fn read(value: &serde_json::Value, at: &$crate::domain::input::Pointer, faults: &mut $crate::domain::input::Faults) -> Option<Self> {
                let text = faults.text(value, at)?;
                Self::parse(text).or_else(|| {
                    let all = Self::ALL.iter().map(|word| word.code()).collect::<Vec<_>>().join(", ");
                    faults.add(at, $crate::domain::input::Fault::not("unknown-word", &format!("et af: {all}"), &format!("one of: {all}")))
                })
            }
        }
    };
}
