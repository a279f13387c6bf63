//! Three states of a field are told apart: left out (the loader supplies what law and gates require, in time), `null` (missing, and
//! that is the point of the case), or given.

/// A field of an event.
#[derive(Clone, Debug)]
pub enum Given<T> {
    LeftOut,
    Null,
    Is(T),
}

impl<T: Clone> Given<T> {
    /// What is given; where it was left out, what the loader gives; none where it is missing on purpose.
    pub fn or(&self, loader: impl FnOnce() -> T) -> Option<T> {
        match self {
            Self::LeftOut => Some(loader()),
            Self::Null => None,
            Self::Is(value) => Some(value.clone()),
        }
    }

    /// What is given; where it was left out, what stood before.
    pub fn or_else(&self, before: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::LeftOut => before(),
            Self::Null => None,
            Self::Is(value) => Some(value.clone()),
        }
    }
}
