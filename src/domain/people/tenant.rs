//! Whose rows are worked with.

use crate::domain::values::register::Municipality;

/// A municipality as the owner of rows. The store asks for rows of a municipality's table with this type and no other, so a
/// municipality that a caller merely names (where a workplace lies, say) cannot open another one's data.
///
/// One comes with an account, a link or any other row that was found without a tenant (`store::system`). Where there is no row yet,
/// the command line and the settings make one: see [`Tenant::of`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenant(Municipality);

/// The code alone, as it stands in a statement that is logged.
impl std::fmt::Debug for Tenant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Tenant {
    /// For whoever runs the program (command line, settings) and for reading a row; never for what a request names.
    pub const fn of(municipality: Municipality) -> Self {
        Self(municipality)
    }
    pub const fn municipality(&self) -> &Municipality {
        &self.0
    }
    /// The three digits of its code.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_a_municipality_by_its_code_in_logs_too() {
        let aarhus = Municipality::parse("751").unwrap();
        let tenant = Tenant::of(aarhus.clone());
        assert_eq!((tenant.as_str(), tenant.municipality()), ("751", &aarhus));
        assert_eq!(format!("{tenant:?}"), "\"751\"");
    }
}
