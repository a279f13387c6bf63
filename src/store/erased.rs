//! What is left of people who were erased: sums at workplaces, and the list of erasures.

use crate::{
    domain::{
        companies::{erased::ErasedStays, record::Tally},
        people::tenant::Tenant,
        values::ids::WorkplaceId,
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        schema::{ErasedHiresRow, ErasedStaysRow, ErasureRow, erased_hires, erased_stays, erasures},
    },
};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// All of a workplace, of all years.
pub fn at_workplace(conn: &mut Conn, tenant: &Tenant, id: &WorkplaceId) -> Result<ErasedStays, StoreError> {
    let stays: Vec<ErasedStaysRow> =
        prepared!(conn, |conn| erased_stays::own(tenant).filter(erased_stays::workplace_id.eq(id)).load(conn))?;
    let hires: Vec<ErasedHiresRow> =
        prepared!(conn, |conn| erased_hires::own(tenant).filter(erased_hires::workplace_id.eq(id)).load(conn))?;
    let hires = hires.into_iter().map(|row| (row.step, row.hires)).collect();
    let sum = stays.into_iter().fold(ErasedStays { hires, ..ErasedStays::default() }, |sum, row| ErasedStays {
        ended: sum.ended + row.ended,
        led_to_hire: sum.led_to_hire + row.led_to_hire,
        broken_off: sum.broken_off + row.broken_off,
        days: sum.days + row.days,
        extensions: sum.extensions + row.extensions,
        decided_in_time: sum.decided_in_time + row.decided_in_time,
        decided_late: sum.decided_late + row.decided_late,
        undecided: sum.undecided + row.undecided,
        hires: sum.hires,
    });
    Ok(sum)
}

/// The tallies of some workplaces.
pub fn tallies(
    conn: &mut Conn,
    tenant: &Tenant,
    workplaces: &[&WorkplaceId],
) -> Result<BTreeMap<WorkplaceId, Tally>, StoreError> {
    let own = erased_stays::own(tenant).filter(erased_stays::workplace_id.eq_any(workplaces));
    let rows: Vec<ErasedStaysRow> = own.load(conn)?;
    let mut tallies: BTreeMap<WorkplaceId, Tally> = BTreeMap::new();
    for row in rows {
        *tallies.entry(row.workplace_id).or_default() += Tally { ended: row.ended, hired: row.led_to_hire };
    }
    Ok(tallies)
}

/// Adds stays to those of the same workplace, year and type.
pub fn add_stays(tx: &mut Tx, row: ErasedStaysRow) -> Result<(), StoreError> {
    let same = || {
        erased_stays::own(&row.municipality)
            .filter(erased_stays::workplace_id.eq(&row.workplace_id))
            .filter(erased_stays::year.eq(row.year))
            .filter(erased_stays::kind.eq(row.kind))
    };
    let added = diesel::update(same())
        .set((
            erased_stays::ended.eq(erased_stays::ended + row.ended),
            erased_stays::led_to_hire.eq(erased_stays::led_to_hire + row.led_to_hire),
            erased_stays::broken_off.eq(erased_stays::broken_off + row.broken_off),
            erased_stays::days.eq(erased_stays::days + row.days),
            erased_stays::extensions.eq(erased_stays::extensions + row.extensions),
            erased_stays::decided_in_time.eq(erased_stays::decided_in_time + row.decided_in_time),
            erased_stays::decided_late.eq(erased_stays::decided_late + row.decided_late),
            erased_stays::undecided.eq(erased_stays::undecided + row.undecided),
        ))
        .execute(&mut **tx)?;
    if added == 0 {
        diesel::insert_into(erased_stays::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}

/// Adds hires to those of the same workplace, year and kind.
pub fn add_hires(tx: &mut Tx, row: ErasedHiresRow) -> Result<(), StoreError> {
    let same = erased_hires::own(&row.municipality)
        .filter(erased_hires::workplace_id.eq(&row.workplace_id))
        .filter(erased_hires::year.eq(row.year))
        .filter(erased_hires::step.eq(row.step));
    let added = diesel::update(same).set(erased_hires::hires.eq(erased_hires::hires + row.hires)).execute(&mut **tx)?;
    if added == 0 {
        diesel::insert_into(erased_hires::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}

/// Notes that somebody was erased.
pub fn note(tx: &mut Tx, row: &ErasureRow) -> Result<(), StoreError> {
    diesel::insert_into(erasures::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// The erasures of a municipality before one of them, the newest first.
pub fn page(conn: &mut Conn, tenant: &Tenant, before: &str, limit: i64) -> Result<Vec<ErasureRow>, StoreError> {
    let mut own = erasures::own(tenant).into_boxed();
    if !before.is_empty() {
        own = own.filter(erasures::id.lt(before));
    }
    Ok(own.order(erasures::id.desc()).limit(limit).load(conn)?)
}
