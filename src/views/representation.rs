//! What a reader gets of one thing, with the revision that a later change has to name.

/// One thing as it is shown.
pub struct Representation<V> {
    pub body: V,
    /// Its revision, where it can be changed.
    pub revision: Option<i32>,
    /// Its address, where it is new.
    pub location: Option<String>,
}

impl<V> Representation<V> {
    /// Of a thing that can be changed.
    pub fn of(body: V, revision: i32) -> Self {
        Self { body, revision: Some(revision), location: None }
    }

    /// Of a thing that cannot be changed.
    pub fn only(body: V) -> Self {
        Self { body, revision: None, location: None }
    }

    /// The same with the address of what was created.
    pub fn at(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }
}
