//! What names a citizen, and where the citizen and the mentor are reached. It is kept sealed as one value, so that nothing of it stands in
//! the clear.

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalDetails {
    pub name: String,
    /// Letters go here.
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mentor: Option<String>,
    pub mentor_email: Option<String>,
    pub mentor_phone: Option<String>,
}
