//! Who reads what is meant for somebody who works here (S9): the person; whoever stands in while the person is away or once the account
//! is closed; else those who lead the person's team; else the administrators.
//!
//! Promise: while any account of the municipality is open that leads or keeps accounts, whatever is told has a reader. A substitute is
//! no other consultant: nothing changes hands. Whoever tells a consultant, a liaison or a team leader asks here, and nowhere else.

use crate::{
    domain::people::{access::Role, account::stands_in_on, tenant::Tenant},
    store::{Conn, StoreError, accounts, schema::AccountRow, substitutes},
};
use chrono::NaiveDate;

/// So many substitutes are followed, each away and with a substitute in turn.
const FOLLOWED: usize = 5;

/// Who reads what is meant for an account: its holder, or the substitute of the day; none where it is closed and nobody stands in.
///
/// # Errors
/// A failure of the database.
pub fn reader(
    conn: &mut Conn,
    tenant: &Tenant,
    today: NaiveDate,
    account: &AccountRow,
) -> Result<Option<AccountRow>, StoreError> {
    let mut current = account.clone();
    for _ in 0..FOLLOWED {
        let named = substitutes::of_account(conn, tenant, &current.id)?;
        let named = named.filter(|named| stands_in_on(today, named.from_on, named.until_on));
        let next = match named {
            Some(named) => {
                let other = accounts::find(conn, tenant, &named.substitute_id)?;
                other.filter(|other| is_open(other) && other.role.can_stand_in_for(current.role))
            }
            None => None,
        };
        match next {
            Some(next) => current = next,
            None => return Ok(Some(current).filter(is_open)),
        }
    }
    // They stand in for each other in a circle, all of them away.
    Ok(Some(account.clone()).filter(is_open))
}

/// The same, and where there is none, those who lead the team of the account.
///
/// # Errors
/// A failure of the database.
pub fn readers(conn: &mut Conn, tenant: &Tenant, today: NaiveDate, account: &AccountRow) -> Result<Vec<AccountRow>, StoreError> {
    match reader(conn, tenant, today, account)? {
        Some(reader) => Ok(vec![reader]),
        None => leaders(conn, tenant, today, account.team.as_deref()),
    }
}

/// Those who lead a team; without a team, or where nobody leads it, all team leaders of the municipality; where there is none, the
/// administrators. Each through whoever stands in.
///
/// # Errors
/// A failure of the database.
pub fn leaders(conn: &mut Conn, tenant: &Tenant, today: NaiveDate, team: Option<&str>) -> Result<Vec<AccountRow>, StoreError> {
    let all = accounts::with_role(conn, tenant, Role::TeamLeader)?;
    let own: Vec<AccountRow> = all.iter().filter(|leader| team.is_some() && leader.team.as_deref() == team).cloned().collect();
    let leading = match (own.is_empty(), all.is_empty()) {
        (false, _) => own,
        (true, false) => all,
        (true, true) => accounts::with_role(conn, tenant, Role::Administrator)?,
    };
    let mut found: Vec<AccountRow> = Vec::new();
    for leader in leading {
        let reading = reader(conn, tenant, today, &leader)?;
        found.extend(reading.filter(|reading| found.iter().all(|known| known.id != reading.id)));
    }
    Ok(found)
}

/// A program reads nothing: what comes for it is read as if it had left.
fn is_open(account: &AccountRow) -> bool {
    account.closed_on.is_none() && !account.is_client
}
