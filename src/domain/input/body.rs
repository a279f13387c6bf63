//! `input!` declares a body.

/// Declares a body: struct, description and reading from the same lines.
#[macro_export]
macro_rules! input {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, utoipa::ToSchema)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }

        impl $crate::domain::input::FieldNames for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
        }

        impl $crate::domain::input::Field for $name {
            fn read(value: &serde_json::Value, at: &$crate::domain::input::Pointer, faults: &mut $crate::domain::input::Faults) -> Option<Self> {
                let map = faults.object(value, at, <Self as $crate::domain::input::FieldNames>::FIELDS)?;
                $(let $field = faults.field::<$type>(map, at, stringify!($field));)*
                Some(Self { $($field: $field?),* })
            }
        }
    };
}
