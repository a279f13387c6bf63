//! Asks citizen and company apart what they want to say at a follow-up that comes (S3, S4, S14–S16), and whether a job holds (S19); takes
//! what they write, and tells the consultant that it is there.
//!
//! Promise: each is asked once about one thing, and nobody has to answer. What is written is sealed; no letter repeats it.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::{InternshipCase, case_to_see},
            listed::ListedItems,
        },
    },
    context::Context,
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            alignment::Party,
            course::Course,
            internship::Internship,
            link_purpose::LinkPurpose,
            outcome::Outcome,
            questions::{Question, QuestionsAbout, Written, asked},
        },
        values::{
            ids::{FollowUpId, InternshipId, WrittenId},
            working_days::{is_working_day, plus_working_days},
        },
    },
    outbox::{emit::emit, event::Event, recipients},
    store::{
        Tx, follow_ups, internships,
        schema::{InternshipRow, LinkRow, WrittenRow},
        sealed, written,
    },
};
use chrono::NaiveDate;

/// So many working days before a follow-up the questions are sent.
const AHEAD: i64 = 3;

/// The days of the follow-ups about which people are asked today: after the first, up to and including the second. None on a day off.
pub fn days_to_ask(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    is_working_day(today).then(|| (today, plus_working_days(today, AHEAD)))
}

/// Asks about some follow-ups of a municipality. How many letters were queued.
///
/// # Errors
/// A failure of the database.
pub fn ask_before(tx: &mut Tx, context: &Context, ids: &[FollowUpId]) -> Result<usize, ActionError> {
    let mut queued = 0;
    for id in ids {
        let Some(row) = follow_ups::find(tx, context.tenant, id)? else { continue };
        follow_ups::note_asked(tx, context.tenant, id, context.at.today)?;
        let case = match case_to_see(tx, context, &row.internship_id) {
            Ok(case) if case.course.citizen.left.is_none() => case,
            Ok(_) | Err(ActionError::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let of = (LinkPurpose::FollowUp, id.as_str());
        let Some(about) = QuestionsAbout::open(&case.course, &case.internship, of, context.figures()) else { continue };
        for party in [Party::Citizen, Party::Company] {
            queued += usize::from(ask(tx, context, &case.row, &case.internship, &about, party)?);
        }
    }
    Ok(queued)
}

/// Asks whether a job that came of an internship holds: the citizen, and the company where it is the employer.
///
/// # Errors
/// A failure of the database.
pub fn ask_of_job(
    tx: &mut Tx,
    context: &Context,
    course: &Course,
    internship: &InternshipId,
    occasion: &str,
) -> Result<(), ActionError> {
    let (Some(internship), None) = (course.internship(internship), &course.citizen.left) else { return Ok(()) };
    let Some(row) = internships::find(tx, context.tenant, &internship.id)? else { return Ok(()) };
    let of = (LinkPurpose::Retention, occasion);
    let Some(about) = QuestionsAbout::open(course, internship, of, context.figures()) else { return Ok(()) };
    let QuestionsAbout::Job { outcome, .. } = &about else { return Ok(()) };
    ask(tx, context, &row, internship, &about, Party::Citizen)?;
    let employs = |job: &Outcome| job.workplace.as_ref() == Some(&row.workplace_id);
    if course.outcomes.iter().any(|job| job.id == *outcome && employs(job)) {
        ask(tx, context, &row, internship, &about, Party::Company)?;
    }
    Ok(())
}

/// Asks a party, where it has an address. Whether a letter was queued.
fn ask(
    tx: &mut Tx,
    context: &Context,
    row: &InternshipRow,
    internship: &Internship,
    about: &QuestionsAbout,
    party: Party,
) -> Result<bool, ActionError> {
    let found = recipients::addresses(tx, context, &row.citizen_id, row.contact_id.as_ref(), &row.workplace_id)?;
    let address = if party == Party::Citizen { found.citizen } else { found.company };
    let Some(to) = address else { return Ok(false) };
    Ok(emit(tx, context, Event::QuestionsAsked { internship, about, party, to: &to, mark: None })?.is_some())
}

/// Keeps what the holder of a link wrote. The same again is the same; something else is added.
///
/// # Errors
/// Nothing was written; something that the party was not asked; items that do not stand in the agreement.
pub fn write(tx: &mut Tx, context: &Context, link: &LinkRow, case: &InternshipCase, wrote: &Written) -> Result<(), ActionError> {
    let InternshipCase { course, internship, row } = case;
    let (purpose, occasion, party) = (link.purpose, &link.occasion, link.party);
    let of = (purpose, occasion.as_str());
    let about = QuestionsAbout::open(course, internship, of, context.figures()).ok_or(ActionError::NotFound)?;
    let wrote = fitted(internship, &asked(purpose, party, internship), wrote)?;
    let before = written::of_internships(tx, context.tenant, std::slice::from_ref(&internship.id))?;
    let newest = before.iter().rfind(|own| (own.purpose, &own.occasion, own.party) == (purpose, occasion, party));
    if let Some(newest) = newest
        && sealed::WRITTEN.open(&context.services.keys, &newest.id, &newest.sealed)? == wrote
    {
        return Ok(());
    }
    let id = WrittenId::new(context.at);
    let added = WrittenRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        internship_id: internship.id.clone(),
        purpose,
        occasion: occasion.clone(),
        party,
        sealed: sealed::WRITTEN.seal(&context.services.keys, &id, &wrote)?,
        written_on: context.at.today,
    };
    written::insert(tx, &added)?;
    let readers = recipients::people(tx, context.tenant, context.at.today, Some(&row.citizen_id), Some(&internship.id), None)?;
    for reader in readers.consultants {
        let told = Event::Written {
            internship: &internship.id,
            about: &about,
            party,
            written: &id,
            reader: &reader.id,
            to: &reader.email,
        };
        emit(tx, context, told)?;
    }
    Ok(())
}

fn fitted(internship: &Internship, asked: &[Question], wrote: &Written) -> Result<Written, ActionError> {
    let (root, mut faults, mut wrote) = (Pointer::root(), Faults::default(), wrote.clone());
    let answered = wrote.answered();
    if answered.is_empty() {
        let text = ("Skriv noget, eller svar på et af spørgsmålene.", "Write something, or answer one of the questions.");
        faults.add::<()>(&root.to("words"), Fault::new("nothing-said", text.0, text.1));
    }
    for question in answered.iter().filter(|question| !asked.contains(question)) {
        let text = ("Det er du ikke spurgt om her.", "You are not asked about this here.");
        faults.add::<()>(&root.to(question.code()), Fault::new("not-asked", text.0, text.1));
    }
    let Written { skills, answers, demands, accommodations, .. } = &mut wrote;
    ListedItems { skills, answers, demands, accommodations }.fit(internship, &mut faults);
    if faults.0.is_empty() { Ok(wrote) } else { Err(ActionError::Faults(faults)) }
}
