//! What stands around every letter: which municipality writes, whom to call, and last and small which case it is.

/// Who answers when somebody calls or replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responsible {
    pub name: String,
    pub phone: Option<String>,
    pub email: String,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// `Aarhus Kommune`.
    pub municipality: String,
    /// None in a letter to somebody who works here.
    pub responsible: Option<Responsible>,
    pub reference: Option<String>,
}
