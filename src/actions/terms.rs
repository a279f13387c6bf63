//! Terms that a body names must stand in the municipality's list, so that tasks, needs and occupations can be compared.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        input::{Fault, Faults, Pointer},
        values::vocabulary::{Term, TermKind},
    },
    store::{Conn, terms},
};

/// Those of some terms that stand in no list.
#[derive(Debug, Default)]
pub struct UnknownTerms(Vec<(TermKind, Term)>);

impl UnknownTerms {
    /// # Errors
    /// A failure of the database.
    pub fn among<'t>(
        conn: &mut Conn,
        context: &Context,
        wanted: impl IntoIterator<Item = (TermKind, &'t Term)>,
    ) -> Result<Self, ActionError> {
        let mut unknown = Vec::new();
        for (kind, term) in wanted {
            if !terms::knows(conn, context.tenant, kind, term)? {
                unknown.push((kind, term.clone()));
            }
        }
        Ok(Self(unknown))
    }

    /// Notes a fault where a term is unknown.
    pub fn check(&self, kind: TermKind, term: &Term, at: &Pointer, faults: &mut Faults) {
        if self.0.iter().any(|(its, unknown)| *its == kind && unknown == term) {
            faults.add::<()>(
                at,
                Fault::new(
                    "unknown-term",
                    "Ordet står ikke på listen. Se /api/v1/terms, eller føj det til.",
                    "Not in the list of terms. See /api/v1/terms, or add it.",
                ),
            );
        }
    }

    /// The same for each of a list, at its place in it.
    pub fn check_each(&self, kind: TermKind, terms: &[Term], at: &Pointer, faults: &mut Faults) {
        for (index, term) in terms.iter().enumerate() {
            self.check(kind, term, &at.to(index), faults);
        }
    }
}
