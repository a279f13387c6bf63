//! The citizen's whole course, in the order of days (S20).

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{
            access::Permission,
            read_log::PersonalData,
            timeline::{Flagged, Moment, PutRight, Told, timeline},
        },
        values::ids::CitizenId,
    },
    store::{Conn, continuity::story, corrections, courses, flags},
    views::{citizens, closings, continuity::story_view, page::Page},
};

/// Everything that happened, in the order of days.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Page<Moment>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let (keys, tenant) = (&context.services.keys, context.tenant);
    citizens::row(conn, context, citizen)?;
    context.shows(citizen, PersonalData::Course);
    let course = courses::load(conn, keys, tenant, citizen)?.ok_or(ActionError::NotFound)?;
    let mut told = Vec::new();
    for row in story::of_citizen(conn, tenant, citizen)? {
        let view = story_view(keys, row)?;
        told.push(Told { id: view.id, kind: view.kind, on: view.happened_on, words: view.words });
    }
    let flagged = flags::events_of(conn, tenant, citizen)?;
    let flagged = flagged.into_iter().map(|(flag, event)| Flagged {
        id: flag.id,
        rule: flag.rule,
        on: event.happened_on,
        what: event.what,
        level: event.level,
    });
    let righted = corrections::of_citizen(conn, tenant, citizen)?;
    let righted = righted.into_iter().map(|row| PutRight { id: row.id, on: row.corrected_on, what: row.what });
    let closings = closings::told(conn, context, citizen)?;
    Ok(Page::whole(timeline(&course, told, flagged.collect(), closings, righted.collect())))
}
