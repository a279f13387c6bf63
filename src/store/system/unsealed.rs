//! What earlier releases kept of citizens in the clear: a migration has put it aside, and the next start seals it and puts it in its place.
//! It may: what it reads is shown to nobody, and goes back to the row that it came from.
//!
//! Promise: a start that is killed goes on at the next one; nothing is answered before nothing is left. What the file of the database still
//! holds of it in pages that are free is overwritten at the end.

use crate::{
    crypto::Keys,
    domain::{
        internships::alignment::Party,
        people::personal_details::PersonalDetails,
        values::ids::{
            AnswerId, ApprovalId, ApprovalRequestId, CalendarEntryId, CitizenId, FlagEventId, FollowUpId, InternshipId, LetterId,
            ObjectionId, OutcomeId,
        },
    },
    store::{
        db::{
            conn::{Conn, Tx, commit, rollback},
            dialect::session::{begin_write, forget_free_pages},
            error::StoreError,
        },
        letters::recipient_hash,
        schema::*,
        sealed,
    },
};
use diesel::prelude::*;

/// So many are sealed in a transaction.
const TOGETHER: i64 = 500;

/// Seals all of it.
///
/// # Errors
/// A failure of the database; what was sealed stays.
pub fn seal(conn: &mut Conn, keys: &Keys) -> Result<(), StoreError> {
    let mut any = false;
    loop {
        begin_write(conn)?;
        let done = seal_some(&mut Tx::new(conn), keys);
        match done.and_then(|count| commit(conn).map(|()| count)) {
            Ok(0) if any => return forget_free_pages(conn),
            Ok(0) => return Ok(()),
            Ok(_) => any = true,
            Err(failure) => {
                let _ = rollback(conn);
                // Another instance that starts at the same time has sealed the same.
                if !matches!(failure, StoreError::Conflict(_)) {
                    return Err(failure);
                }
            }
        }
    }
}

/// How many were sealed.
fn seal_some(tx: &mut Tx, keys: &Keys) -> Result<usize, StoreError> {
    let people = unsealed::table.filter(unsealed::table_name.eq("citizens")).filter(unsealed::column_name.ne("goals"));
    let person: Option<String> = people.select(unsealed::row_id).order(unsealed::row_id).first(&mut **tx).optional()?;
    if let Some(id) = person {
        return seal_person(tx, keys, &id);
    }
    let rows: Vec<UnsealedRow> =
        unsealed::table.order((unsealed::table_name, unsealed::row_id, unsealed::column_name)).limit(TOGETHER).load(&mut **tx)?;
    for row in &rows {
        put(tx, keys, row)?;
        let own = unsealed::table
            .filter(unsealed::table_name.eq(&row.table_name))
            .filter(unsealed::row_id.eq(&row.row_id))
            .filter(unsealed::column_name.eq(&row.column_name));
        diesel::delete(own).execute(&mut **tx)?;
    }
    Ok(rows.len())
}

/// What stood in several columns is one value now.
fn seal_person(tx: &mut Tx, keys: &Keys, id: &str) -> Result<usize, StoreError> {
    let own = || {
        unsealed::table
            .filter(unsealed::table_name.eq("citizens"))
            .filter(unsealed::column_name.ne("goals"))
            .filter(unsealed::row_id.eq(id))
    };
    let rows: Vec<UnsealedRow> = own().load(&mut **tx)?;
    let mut details = PersonalDetails::default();
    for row in rows {
        match row.column_name.as_str() {
            "name" => details.name = row.value,
            "email" => details.email = Some(row.value),
            "phone" => details.phone = Some(row.value),
            "mentor" => details.mentor = Some(row.value),
            "mentor_email" => details.mentor_email = Some(row.value),
            "mentor_phone" => details.mentor_phone = Some(row.value),
            other => return Err(StoreError::Corrupt(format!("citizens.{other} is no place for what is sealed"))),
        }
    }
    let citizen = CitizenId::stored(id);
    let person = sealed::CITIZEN_PERSON.seal(keys, &citizen, &details);
    let person = person.map_err(|error| StoreError::Corrupt(error.to_string()))?;
    diesel::update(citizens::table.filter(citizens::id.eq(&citizen))).set(citizens::person.eq(&person)).execute(&mut **tx)?;
    Ok(diesel::delete(own()).execute(&mut **tx)?)
}

/// Seals a value and puts it in its place.
fn put(tx: &mut Tx, keys: &Keys, row: &UnsealedRow) -> Result<(), StoreError> {
    macro_rules! seal {
        ($column:ident) => {
            &sealed::$column.seal_text(keys, &row.row_id, &row.value).map_err(|error| StoreError::Corrupt(error.to_string()))?
        };
    }
    macro_rules! of_id {
        ($table:ident, $id:ident, $column:ident, $sealed:ident) => {
            diesel::update($table::table.filter($table::id.eq($id::stored(row.row_id.clone()))))
                .set($table::$column.eq(seal!($sealed)))
                .execute(&mut **tx)?
        };
    }
    let mut key = row.row_id.split('/');
    let internship = InternshipId::stored(key.next().unwrap_or_default());
    let number = key.next().and_then(|text| text.parse::<i32>().ok()).unwrap_or_default();
    let party = key.next().and_then(Party::parse);
    let version = versions::table.filter(versions::internship_id.eq(&internship)).filter(versions::number.eq(number));
    match (row.table_name.as_str(), row.column_name.as_str(), party) {
        ("citizens", "goals", _) => of_id!(citizens, CitizenId, goals, CITIZEN_GOALS),
        ("internships", "new_function", _) => of_id!(internships, InternshipId, new_function, NEW_FUNCTION),
        ("internships", "statement", _) => of_id!(internships, InternshipId, statement, STATEMENT),
        ("internships", "decision", _) => of_id!(internships, InternshipId, decision, DECISION),
        ("internships", "end_note", _) => of_id!(internships, InternshipId, end_note, END_NOTE),
        ("internships", "cancel_reason", _) => of_id!(internships, InternshipId, cancel_reason, CANCEL_REASON),
        ("internships", "next_step", _) => of_id!(internships, InternshipId, next_step, NEXT_STEP),
        ("internships", "start_reasons", _) => of_id!(internships, InternshipId, start_reasons, START_REASONS),
        ("versions", "withdrawn_because", _) => {
            diesel::update(version).set(versions::withdrawn_because.eq(seal!(WITHDRAWN_BECAUSE))).execute(&mut **tx)?
        }
        ("versions", "decision", _) => {
            diesel::update(version).set(versions::decision.eq(seal!(VERSION_DECISION))).execute(&mut **tx)?
        }
        ("confirmations", "given_by", Some(party)) => {
            let own = confirmations::table
                .filter(confirmations::internship_id.eq(&internship))
                .filter(confirmations::number.eq(number))
                .filter(confirmations::party.eq(party));
            diesel::update(own).set(confirmations::given_by.eq(seal!(CONFIRMATION_GIVER))).execute(&mut **tx)?
        }
        ("letters", "recipient", _) => {
            of_id!(letters, LetterId, recipient, LETTER_RECIPIENT);
            diesel::update(letters::table.filter(letters::id.eq(LetterId::stored(row.row_id.clone()))))
                .set(letters::recipient_hash.eq(recipient_hash(keys, &row.value)))
                .execute(&mut **tx)?
        }
        ("calendar_entries", "recipient", _) => of_id!(calendar_entries, CalendarEntryId, recipient, CALENDAR_RECIPIENT),
        ("letters", "subject", _) => of_id!(letters, LetterId, subject, LETTER_SUBJECT),
        ("letters", "plain", _) => of_id!(letters, LetterId, plain, LETTER_PLAIN),
        ("letters", "html", _) => of_id!(letters, LetterId, html, LETTER_HTML),
        ("letters", "calendar", _) => of_id!(letters, LetterId, calendar, LETTER_CALENDAR),
        ("objections", "words", _) => of_id!(objections, ObjectionId, words, OBJECTION_WORDS),
        ("objections", "given_by", _) => of_id!(objections, ObjectionId, given_by, OBJECTION_GIVER),
        ("approvals", "reasons", _) => of_id!(approvals, ApprovalId, reasons, APPROVAL_REASONS),
        ("approval_requests", "reasons", _) => of_id!(approval_requests, ApprovalRequestId, reasons, REQUEST_REASONS),
        ("approval_requests", "answer", _) => of_id!(approval_requests, ApprovalRequestId, answer, REQUEST_ANSWER),
        ("answers", "words", _) => of_id!(answers, AnswerId, words, ANSWER_WORDS),
        ("answers", "given_by", _) => of_id!(answers, AnswerId, given_by, ANSWER_GIVER),
        ("outcomes", "next_step", _) => of_id!(outcomes, OutcomeId, next_step, OUTCOME_NEXT_STEP),
        ("flag_events", "reason", _) => of_id!(flag_events, FlagEventId, reason, FLAG_REASON),
        ("follow_ups", "cancel_reason", _) => of_id!(follow_ups, FollowUpId, cancel_reason, FOLLOW_UP_CANCEL_REASON),
        (table, column, _) => return Err(StoreError::Corrupt(format!("{table}.{column} is no place for what is sealed"))),
    };
    Ok(())
}
