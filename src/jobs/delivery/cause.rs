//! Checks again, just before a letter is sent, whether its cause holds: whoever is hired meanwhile gets no warning.

use crate::{
    actions::{
        ActionError,
        calendar::composing,
        companies::openings,
        flags::{evaluate, reports},
        internships::case::{InternshipCase, case_to_see},
    },
    context::Context,
    domain::{
        internships::{alignment::Party, questions::QuestionsAbout},
        values::ids::{FlagId, InternshipId},
    },
    outbox::queue::LetterCause,
    store::{
        StoreError, Tx, account_links, citizens, flags,
        schema::{FlagRow, LetterRow},
        statement_requests,
    },
};

/// Whether the letter is still to be sent. What no longer holds of its lines is taken out of it.
pub fn holds(tx: &mut Tx, context: &Context, letter: &mut LetterRow) -> Result<bool, ActionError> {
    let cause: LetterCause = serde_json::from_str(&letter.cause).map_err(|_| StoreError::Corrupt("a letter's cause".into()))?;
    match cause {
        LetterCause::Lasting => Ok(true),
        LetterCause::AccountLink { link } => {
            Ok(account_links::is_open(tx, context.tenant, &link, context.at.instant.naive_utc())?)
        }
        LetterCause::Lines => reports::still_holds(tx, context, letter, &[]),
        LetterCause::LinesAndFollowUps(ahead) => reports::still_holds(tx, context, letter, &ahead),
        LetterCause::Openings(named) => openings::still_expires(tx, context, letter, &named),
        LetterCause::Appointments => Ok(composing::still_holds(tx, context, letter)?),
        LetterCause::Flags(ids) => any_stands(tx, context, &ids),
        LetterCause::Closed { citizen } => {
            let row = citizens::find(tx, context.tenant, &citizen)?;
            Ok(row.is_some_and(|row| row.closed_since.is_some()))
        }
        LetterCause::Questions { internship, purpose, occasion } => {
            let Some(case) = found(tx, context, &internship)? else { return Ok(false) };
            let of = (purpose, occasion.as_str());
            Ok(QuestionsAbout::open(&case.course, &case.internship, of, context.figures()).is_some())
        }
        LetterCause::Statement { internship, request } => {
            let Some(case) = found(tx, context, &internship)? else { return Ok(false) };
            let asked = statement_requests::newest(tx, context.tenant, &internship)?.filter(|own| own.id == request);
            let stated = |asked_on| case.internship.statement.as_ref().is_some_and(|own| own.on >= asked_on);
            Ok(case.internship.is_waiting() && asked.is_some_and(|own| !stated(own.asked_on)))
        }
        LetterCause::Unconfirmed { internship, version, party } => is_unconfirmed(tx, context, &internship, version, party),
    }
}

/// Whether any of the flags stands, evaluated anew by the same rules.
fn any_stands(tx: &mut Tx, context: &Context, ids: &[FlagId]) -> Result<bool, ActionError> {
    let find = |tx: &mut Tx| -> Result<Vec<FlagRow>, StoreError> {
        let found: Result<Vec<_>, _> = ids.iter().map(|id| flags::find(tx, context.tenant, id)).collect();
        Ok(found?.into_iter().flatten().collect())
    };
    let about = find(tx)?;
    evaluate::evaluate_again(tx, context, &about)?;
    Ok(find(tx)?.iter().any(|flag| flag.gone.is_none()))
}

/// Whether the version is the newest of an internship that is not over, and the party has not confirmed it.
fn is_unconfirmed(tx: &mut Tx, context: &Context, id: &InternshipId, version: i32, party: Party) -> Result<bool, ActionError> {
    let Some(InternshipCase { internship, .. }) = found(tx, context, id)? else { return Ok(false) };
    let newest = internship.newest();
    let over = internship.cancelled_on.is_some() || internship.ended.is_some();
    Ok(newest.number == version && !newest.confirmed_by(party) && !over)
}

/// An internship with its course; none where it is no longer there.
fn found(tx: &mut Tx, context: &Context, id: &InternshipId) -> Result<Option<InternshipCase>, ActionError> {
    match case_to_see(tx, context, id) {
        Ok(case) => Ok(Some(case)),
        Err(ActionError::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
