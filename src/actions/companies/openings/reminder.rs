//! The reminder before an opening expires. It goes to somebody who works here, never to the company: one letter per person and run,
//! each opening once.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::tenant::Tenant,
        rules::flags::Audience,
        values::{
            day::At,
            ids::{AccountId, OpeningId},
            vocabulary::{Term, TermKind, label_of},
        },
    },
    outbox::{
        about::frame_here,
        emit::emit,
        event::Event,
        letters::{OpeningLine, openings_to_renew},
        readers::{reader, readers},
    },
    store::{
        StoreError, Tx, accounts, companies, letters as stored_letters,
        letters::LetterText,
        openings,
        schema::{LetterRow, OpeningRow},
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Who is reminded of an opening: who keeps it, or stands in; where that account is closed and nobody does, the company's liaison, as
/// what is meant for the liaison is read.
fn keepers(tx: &mut Tx, at: At, tenant: &Tenant, row: &OpeningRow) -> Result<Vec<(AccountId, String, Audience)>, ActionError> {
    let keeper = accounts::find(tx, tenant, &row.kept_by)?.ok_or(ActionError::NotFound)?;
    let own = match reader(tx, tenant, at.today, &keeper)? {
        Some(account) => vec![account],
        None => {
            let company = companies::find(tx, tenant, &row.company_id)?.ok_or(ActionError::NotFound)?;
            let liaison = accounts::find(tx, tenant, &company.liaison_id)?.ok_or(ActionError::NotFound)?;
            readers(tx, tenant, at.today, &liaison)?
        }
    };
    Ok(own
        .into_iter()
        .map(|account| {
            let audience = Audience::parse(account.role.code()).unwrap_or(Audience::Liaison);
            (account.id, account.email, audience)
        })
        .collect())
}

fn line(tx: &mut Tx, tenant: &Tenant, row: &OpeningRow) -> Result<OpeningLine, ActionError> {
    let place = companies::workplaces::find(tx, tenant, &row.workplace_id)?.ok_or(ActionError::NotFound)?;
    let occupation = Term::parse(&row.occupation).ok_or_else(|| StoreError::Corrupt("an occupation".into()))?;
    Ok(OpeningLine {
        opening: row.id.clone(),
        workplace: place.name,
        p_number: place.p_number,
        occupation: label_of(TermKind::Occupation, &occupation),
        expires_on: row.expires_on,
    })
}

/// Reminds the keepers of some openings of a municipality: one letter a person. How many were queued. Those that are no longer
/// due (another instance was here first) are passed over.
///
/// # Errors
/// A failure of the database.
pub fn remind(tx: &mut Tx, context: &Context, ids: &[OpeningId]) -> Result<usize, ActionError> {
    let (tenant, at) = (context.tenant, context.at);
    let mut letters: BTreeMap<AccountId, (String, Audience, Vec<OpeningRow>)> = BTreeMap::new();
    for id in ids {
        let Some(row) = openings::find(tx, tenant, id)? else { continue };
        if row.remind_on.is_none_or(|day| day > at.today) {
            continue;
        }
        for (account, email, audience) in keepers(tx, at, tenant, &row)? {
            letters.entry(account).or_insert_with(|| (email, audience, Vec::new())).2.push(row.clone());
        }
        openings::update(tx, &OpeningRow { remind_on: None, ..row })?;
    }
    let mut queued = 0;
    for (account, (email, audience, rows)) in letters {
        // Of an opening whose end was moved there and back the person has been told before: another one of the letter names it.
        let mut fresh = None;
        for row in &rows {
            let key = format!("opening/{}/{}/{account}", row.id, row.expires_on);
            if fresh.is_none() && !stored_letters::is_queued(tx, tenant, &key)? {
                fresh = Some(key);
            }
        }
        let Some(key) = fresh else { continue };
        let lines = rows.iter().map(|row| line(tx, tenant, row)).collect::<Result<Vec<_>, _>>()?;
        let expire = Event::OpeningsExpire { openings: &lines, audience, to: &email, key: &key };
        queued += usize::from(emit(tx, context, expire)?.is_some());
    }
    Ok(queued)
}

/// Asks again, just before a reminder goes out: which of its openings still expire on the day it names, and have not been closed.
/// False where none does. What has been renewed or closed is taken out of it, unless it has been tried.
///
/// # Errors
/// A failure of the database.
pub fn still_expires(
    tx: &mut Tx,
    context: &Context,
    letter: &mut LetterRow,
    named: &[(OpeningId, NaiveDate)],
) -> Result<bool, ActionError> {
    let (tenant, today) = (context.tenant, context.at.today);
    let mut standing = Vec::new();
    for (id, expires_on) in named {
        let row = openings::find(tx, tenant, id)?;
        standing.extend(row.filter(|row| row.closed_on.is_none() && row.expires_on == *expires_on));
    }
    if !standing.is_empty() && standing.len() < named.len() && letter.attempts == 0 {
        let lines = standing.iter().map(|row| line(tx, tenant, row)).collect::<Result<Vec<_>, _>>()?;
        let set = openings_to_renew(&lines, today).set(&frame_here(context, None));
        let text = LetterText { subject: set.subject, plain: set.plain, html: set.html, calendar: None };
        letter.say(&context.services.keys, &text)?;
    }
    Ok(!standing.is_empty())
}
