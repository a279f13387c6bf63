//! The entries of the log of who has read of whom. They are only added; the oldest go when they are no longer kept.

use crate::{
    domain::{
        people::{
            read_log::{ChainHead, LoggedRead, ShownCitizen},
            tenant::Tenant,
        },
        values::ids::{AccountId, CitizenId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{ReadLogStartRow, ReadOfCitizenRow, ReadRow, read_log_starts, reads, reads_of_citizens},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Where the chain stands; none where nobody has read anything.
pub fn head(conn: &mut Conn, tenant: &Tenant) -> Result<Option<ChainHead>, StoreError> {
    let newest = reads::own(tenant).select((reads::number, reads::chain)).order(reads::number.desc());
    let found: Option<(i64, String)> = newest.first(conn).optional()?;
    match found {
        Some((number, chain)) => Ok(Some(ChainHead { number, chain })),
        None => Ok(start(conn, tenant)?.map(|start| ChainHead { number: start.number, chain: start.chain })),
    }
}

/// The last entry that is no longer kept; none where all are.
pub fn start(conn: &mut Conn, tenant: &Tenant) -> Result<Option<ReadLogStartRow>, StoreError> {
    Ok(read_log_starts::own(tenant).order(read_log_starts::number.desc()).first(conn).optional()?)
}

/// The newest entry from before an instant.
pub fn newest_before(conn: &mut Conn, tenant: &Tenant, before: NaiveDateTime) -> Result<Option<ChainHead>, StoreError> {
    // The first that is kept, not the last that is old: where the clock was wrong for a while, nothing newer goes.
    let kept = reads::own(tenant).filter(reads::read_at.ge(before)).select(reads::number).order(reads::number);
    let first: Option<i64> = kept.first(conn).optional()?;
    let older = reads::own(tenant).filter(reads::number.lt(first.unwrap_or(i64::MAX)));
    let newest = older.select((reads::number, reads::chain)).order(reads::number.desc());
    let found: Option<(i64, String)> = newest.first(conn).optional()?;
    Ok(found.map(|(number, chain)| ChainHead { number, chain }))
}

/// Lets the log begin after an entry: that one and all before it go.
pub fn begin_after(tx: &mut Tx, row: &ReadLogStartRow) -> Result<(), StoreError> {
    let tenant = &row.municipality;
    diesel::delete(reads_of_citizens::own(tenant).filter(reads_of_citizens::number.le(row.number))).execute(&mut **tx)?;
    diesel::delete(reads::own(tenant).filter(reads::number.le(row.number))).execute(&mut **tx)?;
    diesel::delete(read_log_starts::own(tenant)).execute(&mut **tx)?;
    diesel::insert_into(read_log_starts::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Adds an entry after the head.
pub fn append(tx: &mut Tx, tenant: &Tenant, number: i64, chain: &str, read: &LoggedRead) -> Result<(), StoreError> {
    let row = ReadRow {
        municipality: tenant.clone(),
        number,
        read_at: read.at,
        account_id: read.account.clone(),
        link_id: read.link.clone(),
        via: read.via,
        network: read.network.clone(),
        chain: chain.to_owned(),
    };
    diesel::insert_into(reads::table).values(&row).execute(&mut **tx)?;
    for own in &read.shown {
        let row = ReadOfCitizenRow {
            municipality: tenant.clone(),
            number,
            citizen_id: own.citizen.clone(),
            what: own.what,
            relation: own.relation,
            reason_id: own.reason.clone(),
        };
        diesel::insert_into(reads_of_citizens::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}

/// An entry as it stands.
pub struct StoredRead {
    pub number: i64,
    pub chain: String,
    pub read: LoggedRead,
}

/// Which entries are asked for.
#[derive(Clone, Debug, Default)]
pub struct ReadFilter {
    /// In which one of these citizens was shown.
    pub citizens: Option<Vec<CitizenId>>,
    pub account: Option<AccountId>,
}

/// Entries before a number, the newest first, each with all citizens that it showed.
pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    narrow: &ReadFilter,
    before: i64,
    limit: i64,
) -> Result<Vec<StoredRead>, StoreError> {
    let mut own = reads::own(tenant).into_boxed();
    if let Some(account) = &narrow.account {
        own = own.filter(reads::account_id.eq(account));
    }
    if let Some(citizens) = &narrow.citizens {
        let of = reads_of_citizens::own(tenant).filter(reads_of_citizens::citizen_id.eq_any(citizens));
        own = own.filter(reads::number.eq_any(of.select(reads_of_citizens::number)));
    }
    let rows = own.filter(reads::number.lt(before)).order(reads::number.desc()).limit(limit).load(conn)?;
    whole(conn, tenant, rows)
}

/// Entries after a number, in order.
pub fn following(conn: &mut Conn, tenant: &Tenant, after: i64, limit: i64) -> Result<Vec<StoredRead>, StoreError> {
    let own = reads::own(tenant).filter(reads::number.gt(after)).order(reads::number).limit(limit);
    let rows = own.load(conn)?;
    whole(conn, tenant, rows)
}

fn whole(conn: &mut Conn, tenant: &Tenant, rows: Vec<ReadRow>) -> Result<Vec<StoredRead>, StoreError> {
    let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
    let of = reads_of_citizens::own(tenant).filter(reads_of_citizens::number.eq_any(&numbers));
    let mut shown: BTreeMap<i64, Vec<ShownCitizen>> = BTreeMap::new();
    for row in of.load::<ReadOfCitizenRow>(conn)? {
        let own = ShownCitizen { citizen: row.citizen_id, what: row.what, relation: row.relation, reason: row.reason_id };
        shown.entry(row.number).or_default().push(own);
    }
    let stored = |row: ReadRow| {
        let mut shown = shown.remove(&row.number).unwrap_or_default();
        shown.sort();
        let (at, account, link) = (row.read_at, row.account_id, row.link_id);
        let read = LoggedRead { at, account, link, via: row.via, network: row.network, shown };
        StoredRead { number: row.number, chain: row.chain, read }
    };
    Ok(rows.into_iter().map(stored).collect())
}
