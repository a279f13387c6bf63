//! Accounts, their sessions, and failed sign-ins.

use crate::{
    domain::{
        people::{access::Role, tenant::Tenant},
        values::ids::{AccountId, FailedSignInId, SessionId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        macros::noun,
        schema::{AccountRow, FailedSignInRow, SessionRow, accounts, failed_sign_ins, sessions, spent_sign_ins},
    },
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

noun!(accounts, AccountRow, AccountId);

/// Finds an account that is somebody's: no program's.
pub fn find_person(conn: &mut Conn, tenant: &Tenant, id: &AccountId) -> Result<Option<AccountRow>, StoreError> {
    Ok(find(conn, tenant, id)?.filter(|row| !row.is_client))
}

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter {
    pub role: Option<Role>,
    /// Compared exactly.
    pub team: Option<String>,
    /// Those that are open, or those that are closed.
    pub open: Option<bool>,
}

/// A page of people.
pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    narrow: &AccountFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<AccountRow>, StoreError> {
    let mut own = accounts::own(tenant).filter(accounts::is_client.eq(false)).into_boxed();
    if let Some(role) = narrow.role {
        own = own.filter(accounts::role.eq(role));
    }
    if let Some(team) = &narrow.team {
        own = own.filter(accounts::team.eq(team));
    }
    own = match narrow.open {
        Some(true) => own.filter(accounts::closed_on.is_null()),
        Some(false) => own.filter(accounts::closed_on.is_not_null()),
        None => own,
    };
    Ok(own.filter(accounts::id.gt(after)).order(accounts::id).limit(limit).load(conn)?)
}

/// Those of a team, open or closed.
pub fn ids_of_team(conn: &mut Conn, tenant: &Tenant, team: &str) -> Result<Vec<AccountId>, StoreError> {
    Ok(accounts::own(tenant).filter(accounts::team.eq(team)).select(accounts::id).load(conn)?)
}

/// The day on which an account was closed, where it is.
pub fn closed_on(conn: &mut Conn, tenant: &Tenant, id: &AccountId) -> Result<Option<NaiveDate>, StoreError> {
    let own = accounts::own(tenant).filter(accounts::id.eq(id)).select(accounts::closed_on);
    Ok(prepared!(conn, |conn| own.first::<Option<NaiveDate>>(conn).optional())?.flatten())
}

/// Names of those of some accounts that are open.
pub fn open_names(conn: &mut Conn, tenant: &Tenant, ids: &[&AccountId]) -> Result<Vec<(AccountId, String)>, StoreError> {
    let own = accounts::own(tenant).filter(accounts::id.eq_any(ids)).filter(accounts::closed_on.is_null());
    Ok(own.select((accounts::id, accounts::name)).load(conn)?)
}

/// Names of some accounts, open or closed.
pub fn names(conn: &mut Conn, tenant: &Tenant, ids: &[&AccountId]) -> Result<Vec<(AccountId, String)>, StoreError> {
    Ok(accounts::own(tenant).filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(conn)?)
}

/// The same with their roles.
pub fn names_and_roles(
    conn: &mut Conn,
    tenant: &Tenant,
    ids: &[&AccountId],
) -> Result<Vec<(AccountId, String, Role)>, StoreError> {
    let own = accounts::own(tenant).filter(accounts::id.eq_any(ids));
    Ok(own.select((accounts::id, accounts::name, accounts::role)).load(conn)?)
}

/// Those of a role who still work here, and no programs.
pub fn with_role(conn: &mut Conn, tenant: &Tenant, role: Role) -> Result<Vec<AccountRow>, StoreError> {
    let own = accounts::own(tenant).filter(accounts::role.eq(role)).filter(accounts::is_client.eq(false));
    Ok(own.filter(accounts::closed_on.is_null()).order(accounts::id).load(conn)?)
}

/// Notes that somebody was reminded of the follow-ups that come next. It is no change of the account.
pub fn note_reminded(tx: &mut Tx, tenant: &Tenant, id: &AccountId, on: NaiveDate) -> Result<(), StoreError> {
    let own = accounts::own(tenant).filter(accounts::id.eq(id));
    diesel::update(own).set(accounts::reminded_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

pub fn sign_in(tx: &mut Tx, row: &SessionRow) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn sign_out(tx: &mut Tx, token_hash: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash))).execute(&mut **tx)?;
    Ok(())
}

/// The living sessions of an account.
pub fn sessions_of(
    conn: &mut Conn,
    account: &AccountId,
    (now, used_since): (NaiveDateTime, NaiveDateTime),
    after: &str,
    limit: i64,
) -> Result<Vec<SessionRow>, StoreError> {
    let own = sessions::table.filter(sessions::account_id.eq(account)).filter(sessions::id.gt(after));
    let living = own.filter(sessions::expires_at.gt(now)).filter(sessions::used_at.gt(used_since));
    Ok(living.order(sessions::id).limit(limit).load(conn)?)
}

/// Notes that a session was used.
pub fn touch(tx: &mut Tx, token_hash: &str, now: NaiveDateTime) -> Result<(), StoreError> {
    let own = sessions::table.filter(sessions::token_hash.eq(token_hash)).filter(sessions::used_at.lt(now));
    diesel::update(own).set(sessions::used_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}

/// Ends one session of an account; false where it has no such one.
pub fn sign_out_of(tx: &mut Tx, account: &AccountId, id: &SessionId) -> Result<bool, StoreError> {
    let own = sessions::table.filter(sessions::account_id.eq(account)).filter(sessions::id.eq(id));
    Ok(diesel::delete(own).execute(&mut **tx)? > 0)
}

/// Ends all sessions of an account but one.
pub fn sign_out_elsewhere(tx: &mut Tx, account: &AccountId, kept: &str) -> Result<(), StoreError> {
    let others = sessions::table.filter(sessions::account_id.eq(account)).filter(sessions::token_hash.ne(kept));
    diesel::delete(others).execute(&mut **tx)?;
    Ok(())
}

pub fn sign_out_everywhere(tx: &mut Tx, account: &AccountId) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(&mut **tx)?;
    Ok(())
}

pub fn note_failure(tx: &mut Tx, row: &FailedSignInRow) -> Result<(), StoreError> {
    diesel::insert_into(failed_sign_ins::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Forgives tries.
pub fn forgive(tx: &mut Tx, ids: &[FailedSignInId]) -> Result<(), StoreError> {
    diesel::delete(failed_sign_ins::table.filter(failed_sign_ins::id.eq_any(ids))).execute(&mut **tx)?;
    Ok(())
}

/// How many tries on one thing there were since, and were not forgiven.
pub fn failures(conn: &mut Conn, email_hash: &str, since: NaiveDateTime) -> Result<i64, StoreError> {
    let own = failed_sign_ins::table.filter(failed_sign_ins::email_hash.eq(email_hash));
    Ok(own.filter(failed_sign_ins::failed_at.gt(since)).count().get_result(conn)?)
}

/// Sweeps out what has expired.
pub fn tidy(tx: &mut Tx, now: NaiveDateTime, failures_before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(&mut **tx)?;
    diesel::delete(failed_sign_ins::table.filter(failed_sign_ins::failed_at.lt(failures_before))).execute(&mut **tx)?;
    diesel::delete(spent_sign_ins::table.filter(spent_sign_ins::expires_at.le(now))).execute(&mut **tx)?;
    Ok(())
}
