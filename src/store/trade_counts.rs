//! What became of the internships of each trade, counted once a day: every search needs it, and it changes slowly.

use crate::{
    domain::{companies::record::Tally, people::tenant::Tenant, rules::rulebook::Figures, values::day::plus},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{TradeCountRow, trade_counts},
        workplace_records,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// The tallies of the municipality's trades, counted today or yesterday; counted now if nobody has.
pub fn of(conn: &mut Conn, tenant: &Tenant, today: NaiveDate, figures: &Figures) -> Result<BTreeMap<String, Tally>, StoreError> {
    let own = trade_counts::own(tenant);
    let rows: Vec<TradeCountRow> = own.filter(trade_counts::counted_on.between(plus(today, -1), today)).load(conn)?;
    if rows.is_empty() {
        return workplace_records::trade_tallies(conn, tenant, today, figures);
    }
    Ok(rows.into_iter().map(|row| (row.trade, Tally { ended: row.ended, hired: row.hired })).collect())
}

/// Counts the municipality's trades, replacing the earlier counts.
pub fn count(tx: &mut Tx, tenant: &Tenant, today: NaiveDate, figures: &Figures) -> Result<(), StoreError> {
    let tallies = workplace_records::trade_tallies(tx, tenant, today, figures)?;
    diesel::delete(trade_counts::own(tenant)).execute(&mut **tx)?;
    for (trade, Tally { ended, hired }) in tallies {
        let row = TradeCountRow { municipality: tenant.clone(), trade, ended, hired, counted_on: today };
        diesel::insert_into(trade_counts::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}
