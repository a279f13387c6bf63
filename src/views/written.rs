//! What citizens and companies wrote before a follow-up, or of a job. Those who may see citizens read all of it; who wrote reads the own.

use crate::{
    actions::{ActionError, internships::case::case_even_in_error},
    context::Context,
    domain::{
        internships::{
            alignment::Party,
            link_purpose::LinkPurpose,
            questions::{Question, Written},
        },
        people::{access::Permission, read_log::PersonalData},
        values::{
            ids::{AccommodationId, FollowUpId, InternshipId},
            localized::Localized,
        },
    },
    store::{Conn, follow_ups, sealed, written},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What somebody wrote.
#[derive(Clone, Serialize, ToSchema)]
pub struct WrittenView {
    pub on: NaiveDate,
    pub party: Party,
    /// What it is about, as its link says.
    #[serde(skip)]
    pub of: (LinkPurpose, String),
    #[serde(flatten)]
    pub written: Written,
}

/// A question with its text, as it is put to whoever holds a link.
#[derive(Serialize, ToSchema)]
pub struct QuestionView {
    /// The field that answers it.
    pub question: Question,
    pub text: Localized,
    /// What it asks about one by one: skills, questions or demands. Accommodations stand in the link's own list.
    pub items: Vec<String>,
}

/// What was written about an internship, with the accommodations that it names.
#[derive(Default)]
pub struct WrittenThere {
    pub written: Vec<WrittenView>,
    pub functions: Vec<(AccommodationId, String)>,
}

/// All that was written about an internship and the job that came of it, oldest first.
///
/// # Errors
/// Not for this role; not found; something sealed that cannot be opened.
pub fn of_internship(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<WrittenThere, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    there(conn, context, id)
}

fn there(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<WrittenThere, ActionError> {
    let written = all(conn, context, std::slice::from_ref(id))?;
    let case = case_even_in_error(conn, context, id)?;
    context.shows(&case.row.citizen_id, PersonalData::FollowUp);
    let items = case.internship.accommodations;
    Ok(WrittenThere { written, functions: items.into_iter().map(|item| (item.id, item.function)).collect() })
}

/// What was written before a follow-up.
///
/// # Errors
/// Not for this role; not found; something sealed that cannot be opened.
pub fn of_follow_up(conn: &mut Conn, context: &Context, id: &FollowUpId) -> Result<WrittenThere, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = follow_ups::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let mut found = there(conn, context, &row.internship_id)?;
    found.written.retain(|own| own.of.0 == LinkPurpose::FollowUp && own.of.1 == id.as_str());
    Ok(found)
}

/// The same of some internships, for a view that has authorised already.
pub(super) fn all(conn: &mut Conn, context: &Context, of: &[InternshipId]) -> Result<Vec<WrittenView>, ActionError> {
    let rows = written::of_internships(conn, context.tenant, of)?;
    rows.into_iter()
        .map(|row| {
            let said = sealed::WRITTEN.open(&context.services.keys, &row.id, &row.sealed)?;
            Ok(WrittenView { on: row.written_on, party: row.party, of: (row.purpose, row.occasion), written: said })
        })
        .collect()
}
