//! Compares the appointments of a course that should stand with what people were told last, and tells what differs: new ones, other
//! days, times and places, and what is called off (RFC 5546: a request, a request of a higher SEQUENCE, a cancellation).
//!
//! Promise: what differs is written down with the letter that tells it, in the transaction of the evaluation, so that a second run or
//! another instance finds nothing to tell, and nothing is lost when the program is killed. An appointment keeps its UID, and its SEQUENCE
//! rises with each letter. Nobody is told of an end whom nobody told of the beginning.
//!
//! Citizen and company get a letter of their own. To those who work here it waits for the day's mail (`flags::reports`).
//!
//! What must never happen: somebody who has died is written to. Once a course is closed, citizen and company keep what they have, unless
//! the closing itself was told to them.

use crate::{
    actions::{
        ActionError,
        calendar::{
            attendees::{Attendee, Attendees},
            composing,
        },
    },
    context::Context,
    domain::{
        internships::{
            alignment::Party,
            appointments::{Appointment, AppointmentOf, Slotted, appointments, is_called_off},
            course::Course,
            internship::Internship,
        },
        values::ids::{CalendarEntryId, InternshipId},
    },
    outbox::{emit::emit, event::Event},
    store::{Tx, accounts, calendar_entries, closings, companies, letters, schema::CalendarEntryRow, sealed},
};

/// An appointment that should stand in somebody's calendar.
struct Wanted<'a> {
    internship: &'a InternshipId,
    appointment: Appointment,
    attendee: Attendee,
}

impl Wanted<'_> {
    /// Whether an entry is this one, said to this person at this address. Whoever works here keeps the calendar under another address.
    fn is(&self, entry: &CalendarEntryRow, address: &str) -> bool {
        let same_address = self.attendee.account.is_some() || self.attendee.address == address;
        *self.internship == entry.internship_id
            && self.appointment.of == of(entry)
            && self.attendee.party == entry.party
            && self.attendee.account == entry.account_id
            && same_address
    }
}

fn of(entry: &CalendarEntryRow) -> AppointmentOf {
    AppointmentOf { kind: entry.what, follow_up: entry.follow_up_id.clone() }
}

fn slot(entry: &CalendarEntryRow) -> Slotted {
    Slotted { on: entry.on_day, at: entry.at_time.clone(), place: entry.place.clone(), ask_for: entry.ask_for.clone() }
}

/// Brings the calendars of everybody around a course in line with what is agreed.
///
/// # Errors
/// A failure of the database.
pub fn reconcile(tx: &mut Tx, context: &Context, course: &Course) -> Result<(), ActionError> {
    let today = context.at.today;
    let entries = calendar_entries::of_citizen(tx, context.tenant, &course.citizen.id)?;
    let standing: Vec<(&Internship, Vec<Appointment>)> =
        course.internships.iter().map(|own| (own, appointments(own, today))).filter(|(_, all)| !all.is_empty()).collect();
    let mut wanted = wanted(tx, context, course, &standing)?;
    let mut said = Vec::new();
    for entry in entries {
        let address = entry.address(&context.services.keys)?;
        if let Some(place) = wanted.iter().position(|own| own.is(&entry, &address)) {
            said.extend(keep(tx, context, entry, wanted.remove(place))?);
            continue;
        }
        let stands = standing
            .iter()
            .any(|(own, all)| own.id == entry.internship_id && all.iter().any(|appointment| appointment.of == of(&entry)));
        let internship = course.internship(&entry.internship_id);
        if stands {
            said.extend(hand_on(tx, context, entry, &wanted)?);
        } else if is_called_off(internship, &of(&entry), entry.on_day, today) {
            said.extend(call_off(tx, context, course, entry)?);
        }
    }
    for new in wanted {
        said.push(insert(tx, context, course, new)?);
    }
    tell(tx, context, &said)
}

fn wanted<'a>(
    tx: &mut Tx,
    context: &Context,
    course: &Course,
    standing: &[(&'a Internship, Vec<Appointment>)],
) -> Result<Vec<Wanted<'a>>, ActionError> {
    let mut wanted = Vec::new();
    for (internship, all) in standing {
        let people = Attendees::of(tx, context, course, internship)?;
        for appointment in all {
            for party in appointment.of.kind.attendees() {
                if let Some(attendee) = people.on(tx, context, *party, appointment.slot.on)? {
                    wanted.push(Wanted { internship: &internship.id, appointment: appointment.clone(), attendee });
                }
            }
        }
    }
    Ok(wanted)
}

/// Whether what an entry says now may have reached anybody: its letter has left, or is on its way.
fn is_heard(tx: &mut Tx, context: &Context, entry: &CalendarEntryRow) -> Result<bool, ActionError> {
    let Some(letter) = &entry.letter_id else { return Ok(false) };
    let letter = letters::find(tx, context.tenant, letter)?;
    Ok(letter.is_some_and(|letter| letter.sent_at.is_some() || letter.attempts > 0 || letter.claimed_until.is_some()))
}

/// The next that is said of an entry has a number of its own, where a letter carries the one before.
fn number(entry: &mut CalendarEntryRow) {
    entry.sequence += i32::from(entry.letter_id.is_some());
    entry.letter_id = None;
}

/// One that still stands: it may be on another day, at another time or place.
fn keep(
    tx: &mut Tx,
    context: &Context,
    mut entry: CalendarEntryRow,
    wanted: Wanted,
) -> Result<Option<CalendarEntryRow>, ActionError> {
    let keys = &context.services.keys;
    let readdressed = entry.address(keys)? != wanted.attendee.address;
    if readdressed {
        entry.recipient = sealed::CALENDAR_RECIPIENT.seal(keys, &entry.id, &wanted.attendee.address)?;
    }
    entry.contact_id = wanted.attendee.contact;
    if slot(&entry) == wanted.appointment.slot {
        if readdressed {
            calendar_entries::update(tx, &entry)?;
        }
        return Ok(None);
    }
    if is_heard(tx, context, &entry)? {
        (entry.day_before, entry.time_before) = (Some(entry.on_day), entry.at_time.clone());
    }
    number(&mut entry);
    let Slotted { on, at, place, ask_for } = wanted.appointment.slot;
    (entry.on_day, entry.at_time, entry.place, entry.ask_for) = (on, at, place, ask_for);
    calendar_entries::update(tx, &entry)?;
    Ok(Some(entry))
}

/// One that stands, and no longer in this calendar. Somebody else of the company or here takes over: whoever had it is told. An address
/// that was corrected is told nothing more: it was the wrong one.
fn hand_on(
    tx: &mut Tx,
    context: &Context,
    entry: CalendarEntryRow,
    wanted: &[Wanted],
) -> Result<Option<CalendarEntryRow>, ActionError> {
    let next = wanted.iter().find(|own| {
        *own.internship == entry.internship_id && own.appointment.of == of(&entry) && own.attendee.party == entry.party
    });
    let is_there = match (&entry.account_id, &entry.contact_id) {
        (Some(account), _) => accounts::find(tx, context.tenant, account)?.is_some_and(|own| own.closed_on.is_none()),
        (None, Some(contact)) => {
            let same = next.is_none_or(|own| own.attendee.contact.as_ref() == Some(contact));
            !same && companies::contacts::find(tx, context.tenant, contact)?.is_some_and(|own| own.left_on.is_none())
        }
        (None, None) => false,
    };
    if is_there {
        return cancel(tx, context, entry);
    }
    calendar_entries::delete(tx, context.tenant, &entry.id)?;
    Ok(None)
}

/// One that no longer stands.
fn call_off(
    tx: &mut Tx,
    context: &Context,
    course: &Course,
    entry: CalendarEntryRow,
) -> Result<Option<CalendarEntryRow>, ActionError> {
    if course.citizen.left.is_some() && entry.party != Party::Consultant && !is_told_of_closing(tx, context, course, &entry)? {
        if !is_heard(tx, context, &entry)? && entry.day_before.is_none() {
            calendar_entries::delete(tx, context.tenant, &entry.id)?;
        }
        return Ok(None);
    }
    cancel(tx, context, entry)
}

/// Whether whoever has the entry is written to of the closing of the course.
fn is_told_of_closing(tx: &mut Tx, context: &Context, course: &Course, entry: &CalendarEntryRow) -> Result<bool, ActionError> {
    let Some(closing) = closings::standing(tx, context.tenant, &course.citizen.id)? else { return Ok(false) };
    let of = if entry.party == Party::Citizen { course.citizen.id.as_str() } else { entry.internship_id.as_str() };
    Ok(letters::is_queued(tx, context.tenant, &format!("closing/{}/{of}", closing.id))?)
}

/// Takes an entry out of a calendar; of one that nobody has heard of nothing is said.
fn cancel(tx: &mut Tx, context: &Context, mut entry: CalendarEntryRow) -> Result<Option<CalendarEntryRow>, ActionError> {
    if !is_heard(tx, context, &entry)? {
        let Some(day) = entry.day_before else {
            calendar_entries::delete(tx, context.tenant, &entry.id)?;
            return Ok(None);
        };
        // What was told last is what is called off.
        (entry.on_day, entry.at_time) = (day, entry.time_before.clone());
    }
    number(&mut entry);
    entry.cancelled_on = Some(context.at.today);
    calendar_entries::update(tx, &entry)?;
    Ok(Some(entry))
}

fn insert(tx: &mut Tx, context: &Context, course: &Course, new: Wanted) -> Result<CalendarEntryRow, ActionError> {
    let Wanted { internship, appointment: Appointment { of, slot }, attendee } = new;
    let id = CalendarEntryId::new(context.at);
    let row = CalendarEntryRow {
        recipient: sealed::CALENDAR_RECIPIENT.seal(&context.services.keys, &id, &attendee.address)?,
        id,
        municipality: context.tenant.clone(),
        citizen_id: course.citizen.id.clone(),
        internship_id: internship.clone(),
        what: of.kind,
        follow_up_id: of.follow_up,
        party: attendee.party,
        account_id: attendee.account,
        contact_id: attendee.contact,
        sequence: 0,
        on_day: slot.on,
        at_time: slot.at,
        place: slot.place,
        ask_for: slot.ask_for,
        day_before: None,
        time_before: None,
        cancelled_on: None,
        letter_id: None,
    };
    calendar_entries::insert(tx, &row)?;
    Ok(row)
}

/// Queues the letters to citizen and company: one for each internship and address.
fn tell(tx: &mut Tx, context: &Context, said: &[CalendarEntryRow]) -> Result<(), ActionError> {
    let mut letters: Vec<(String, Vec<CalendarEntryRow>)> = Vec::new();
    for entry in said.iter().filter(|entry| entry.account_id.is_none()) {
        let address = entry.address(&context.services.keys)?;
        let same = letters.iter_mut().find(|(to, all)| {
            *to == address && all.first().is_some_and(|one| one.party == entry.party && one.internship_id == entry.internship_id)
        });
        match same {
            Some((_, all)) => all.push(entry.clone()),
            None => letters.push((address, vec![entry.clone()])),
        }
    }
    for (to, mut entries) in letters {
        entries.sort_by(|one, other| (one.on_day, &one.id).cmp(&(other.on_day, &other.id)));
        let changes = composing::changes(tx, context, &entries)?;
        let Some(first) = entries.first().filter(|_| !changes.is_empty()) else { continue };
        let (internship, party) = (&first.internship_id, first.party);
        let event = Event::AppointmentsChanged { internship, changes: &changes, party, to: &to };
        if let Some(letter) = emit(tx, context, event)? {
            let ids: Vec<CalendarEntryId> = entries.into_iter().map(|entry| entry.id).collect();
            calendar_entries::carry(tx, context.tenant, &ids, &letter)?;
        }
    }
    Ok(())
}
