//! The terms that rules compare: occupations, tasks and accommodations, built in and the municipality's own.

use crate::{
    actions::ActionError,
    context::Context,
    domain::values::vocabulary::{Term, TermEntry, TermKind, built_in},
    store::{Conn, terms},
    views::Representation,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The terms that rules compare.
#[derive(Serialize, ToSchema)]
#[schema(as = TermsView)]
pub struct VocabularyView {
    pub occupations: Vec<TermEntry>,
    pub tasks: Vec<TermEntry>,
    pub accommodations: Vec<TermEntry>,
}

/// All terms. Open to everybody who is signed in.
///
/// # Errors
/// Nobody is signed in.
pub fn all(conn: &mut Conn, context: &Context) -> Result<Representation<VocabularyView>, ActionError> {
    context.account()?;
    let mut all = |kind| -> Result<Vec<TermEntry>, ActionError> {
        let own = terms::all(conn, context.tenant, kind)?;
        let own = own.into_iter().filter_map(|row| Some(TermEntry::own(Term::parse(&row.term)?, row.da, row.en)));
        Ok(built_in(kind).iter().cloned().chain(own).collect())
    };
    Ok(Representation::only(VocabularyView {
        occupations: all(TermKind::Occupation)?,
        tasks: all(TermKind::Task)?,
        accommodations: all(TermKind::Accommodation)?,
    }))
}
