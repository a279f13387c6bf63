//! What a letter says of some entries, and whether it still has to: an entry that was said again since is in a later letter, and leaves
//! one that has not been tried.

use crate::{
    actions::ActionError,
    context::Context,
    domain::internships::appointments::Slotted,
    outbox::{
        about::{about_internship, case_of_internship},
        calendar::{CalendarObject, calendar_objects},
        letters::{AppointmentChange, AppointmentNews, appointments},
        queue::calendar_column,
    },
    store::{
        Conn, StoreError, Tx, calendar_entries, companies, internships,
        letters::LetterText,
        schema::{CalendarEntryRow, LetterRow},
    },
};

/// Entries as a letter tells them.
///
/// # Errors
/// A failure of the database.
pub fn changes(conn: &mut Conn, context: &Context, entries: &[CalendarEntryRow]) -> Result<Vec<AppointmentChange>, StoreError> {
    let mut said = Vec::new();
    for entry in entries {
        let Some(internship) = internships::find_even_in_error(conn, context.tenant, &entry.internship_id)? else { continue };
        let Some(workplace) = companies::workplaces::find(conn, context.tenant, &internship.workplace_id)? else { continue };
        let news = match (entry.cancelled_on, entry.day_before) {
            (Some(_), _) => AppointmentNews::Cancelled,
            (None, Some(from)) => AppointmentNews::Changed { from, at: entry.time_before.clone() },
            (None, None) => AppointmentNews::New,
        };
        said.push(AppointmentChange {
            uid: entry.id.clone(),
            sequence: entry.sequence,
            to: entry.address(&context.services.keys)?,
            kind: entry.what,
            slot: Slotted {
                on: entry.on_day,
                at: entry.at_time.clone(),
                place: entry.place.clone(),
                ask_for: entry.ask_for.clone(),
            },
            workplace: workplace.name,
            address: workplace.address,
            case: case_of_internship(conn, context, &internship.id)?.short(),
            news,
        });
    }
    Ok(said)
}

/// Those that a letter still has to tell, and whether some have left it since it was written.
///
/// # Errors
/// A failure of the database.
pub fn still_carried(
    conn: &mut Conn,
    context: &Context,
    letter: &LetterRow,
) -> Result<(Vec<AppointmentChange>, bool), StoreError> {
    let Some(written) = letter.text(&context.services.keys)?.calendar else { return Ok((Vec::new(), false)) };
    let written: Vec<CalendarObject> =
        serde_json::from_str(&written).map_err(|_| StoreError::Corrupt("a letter's calendar".into()))?;
    let entries = calendar_entries::carried(conn, context.tenant, &letter.id)?;
    let some_gone = entries.len() < written.len();
    Ok((changes(conn, context, &entries)?, some_gone))
}

/// Asks again, just before a letter to citizen or company goes out, whether it still has something to tell. What has not is taken out of
/// it, unless it has been tried: then it stays as it was.
///
/// # Errors
/// A failure of the database.
pub fn still_holds(tx: &mut Tx, context: &Context, letter: &mut LetterRow) -> Result<bool, ActionError> {
    let (changes, some_gone) = still_carried(tx, context, letter)?;
    let about = calendar_entries::carried(tx, context.tenant, &letter.id)?.into_iter().next().map(|entry| entry.internship_id);
    if let Some(internship) = about.filter(|_| some_gone && letter.attempts == 0) {
        let (case, frame) = about_internship(tx, context, &internship)?;
        let set = appointments(&changes, &case, letter.audience).set(&frame);
        let calendar = calendar_column(&calendar_objects(context, &changes))?;
        let text = LetterText { subject: set.subject, plain: set.plain, html: set.html, calendar };
        letter.say(&context.services.keys, &text)?;
    }
    Ok(!changes.is_empty())
}
