//! What stands in the database of a case after it was played: flags with their history, who was told, letters.

use crate::{
    actions::ActionError,
    domain::{
        rules::flags::{FlagEventKind, Level},
        values::ids::{InternshipId, LetterId, OutcomeId},
    },
    replay::stage::Stage,
    store::{
        Conn, courses, flags as stored_flags, letters,
        schema::{FlagEventRow, FlagRow, LetterRow, ToldRow},
    },
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A flag with what became of it.
pub(super) struct RaisedFlag {
    pub(super) row: FlagRow,
    pub(super) history: Vec<FlagEventRow>,
    pub(super) told: Vec<ToldRow>,
}

impl RaisedFlag {
    /// The first day on which it had at least this level: who jumps to a higher one has the lower one too.
    pub(super) fn reached(&self, level: Level) -> Option<NaiveDate> {
        let had = |event: &&FlagEventRow| {
            matches!(event.what, FlagEventKind::Raised | FlagEventKind::Rose | FlagEventKind::Unanswered) && event.level >= level
        };
        self.history.iter().filter(had).map(|event| event.happened_on).min()
    }
}

/// What stands in the database of a case.
pub struct CaseFacts {
    pub(super) flags: Vec<RaisedFlag>,
    /// Single letters that are told by no flag: invitations, answers.
    pub(super) letters: Vec<LetterRow>,
    /// Letters that have been sent.
    pub(super) sent: BTreeSet<LetterId>,
    pub(super) outcomes: Vec<(OutcomeId, InternshipId)>,
    /// The case reference of each internship.
    pub(super) references: Vec<(String, InternshipId)>,
}

/// Reads what stands there.
///
/// # Errors
/// A failure of the database.
pub fn facts(conn: &mut Conn, scene: &Stage) -> Result<CaseFacts, ActionError> {
    let (tenant, citizen) = (scene.tenant(), &scene.citizen);
    let course = courses::load(conn, &scene.services.keys, tenant, citizen)?.ok_or(ActionError::NotFound)?;
    let narrow = stored_flags::FlagFilter { citizen: Some(citizen.clone()), ..stored_flags::FlagFilter::default() };
    let there = scene.places.iter().map(|place| stored_flags::FlagFilter {
        workplace: Some(place.workplace.clone()),
        ..stored_flags::FlagFilter::default()
    });
    let mut rows = Vec::new();
    for narrow in std::iter::once(narrow).chain(there) {
        rows.extend(stored_flags::page(conn, tenant, &narrow, "", i64::from(i32::MAX))?);
    }
    let mut flags = Vec::new();
    for row in rows {
        let (history, told) = (stored_flags::history(conn, tenant, &row.id)?, stored_flags::told(conn, tenant, &row.id)?);
        flags.push(RaisedFlag { row, history, told });
    }
    let references: Vec<(String, InternshipId)> =
        course.internships.iter().map(|internship| (internship.reference.clone(), internship.id.clone())).collect();
    let names: Vec<String> = references.iter().map(|(reference, _)| reference.clone()).collect();
    let mut own = letters::of_cases(conn, tenant, &names)?;
    let carried: BTreeSet<LetterId> =
        flags.iter().flat_map(|flag| &flag.told).filter_map(|told| told.letter_id.clone()).collect();
    let mut sent: BTreeSet<LetterId> =
        own.iter().filter(|letter| letter.sent_at.is_some()).map(|letter| letter.id.clone()).collect();
    for id in &carried {
        if letters::find(conn, tenant, id)?.is_some_and(|letter| letter.sent_at.is_some()) {
            sent.insert(id.clone());
        }
    }
    own.retain(|letter| !carried.contains(&letter.id));
    let outcomes = course.outcomes.into_iter().filter_map(|outcome| Some((outcome.id, outcome.from?))).collect();
    Ok(CaseFacts { flags, letters: own, sent, outcomes, references })
}
