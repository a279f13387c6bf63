//! Flags, their history, and who was told of them.

use crate::{
    domain::{
        people::tenant::Tenant,
        rules::{
            flags::{Audience, Level},
            rule_id::RuleId,
        },
        values::ids::{AccountId, CitizenId, FlagId, LetterId, WorkplaceId},
    },
    store::{
        citizens::{CitizensWithin, citizens_within},
        db::{
            conn::{Conn, Tx},
            dialect::statements::{insert_if_absent, prepared},
            error::StoreError,
        },
        macros::noun,
        schema::*,
    },
};
use diesel::prelude::*;

noun!(flags, FlagRow, FlagId);

/// The flags of a citizen that stand.
pub fn standing(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<FlagRow>, StoreError> {
    use crate::store::schema::flags;
    let there = flags::own(tenant).filter(flags::citizen_id.eq(citizen)).filter(flags::gone.is_null());
    Ok(in_order(there.load(conn)?))
}

/// The flags of a workplace that stand.
pub fn standing_at(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<FlagRow>, StoreError> {
    use crate::store::schema::flags;
    let there = flags::own(tenant).filter(flags::workplace_id.eq(workplace)).filter(flags::gone.is_null());
    Ok(in_order(prepared!(conn, |conn| there.load(conn))?))
}

/// Ordered here: asked to order by id, SQLite would go through all flags of the municipality, which an index has in that order.
fn in_order(mut few: Vec<FlagRow>) -> Vec<FlagRow> {
    few.sort_by(|one, other| one.id.cmp(&other.id));
    few
}

/// How many episodes a rule, subject and occasion has had.
pub fn episodes(conn: &mut Conn, tenant: &Tenant, rule: RuleId, subject: &str, occasion: &str) -> Result<i64, StoreError> {
    use crate::store::schema::flags;
    let same =
        flags::own(tenant).filter(flags::rule.eq(rule)).filter(flags::subject.eq(subject)).filter(flags::occasion.eq(occasion));
    Ok(same.count().get_result(conn)?)
}

/// Whether somebody of an audience was told of a flag.
pub fn is_told(conn: &mut Conn, tenant: &Tenant, flag: &FlagId, audience: Audience) -> Result<bool, StoreError> {
    let own = told::own(tenant).filter(told::flag_id.eq(flag)).filter(told::audience.eq(audience));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn)?)
}

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct FlagFilter {
    pub citizen: Option<CitizenId>,
    pub workplace: Option<WorkplaceId>,
    /// As it was typed: no rule has another id.
    pub rule: Option<String>,
    pub level: Option<Level>,
    /// Those that stand, or those that have gone.
    pub standing: Option<bool>,
    /// Those about workplaces, and those of which somebody of an audience was told.
    pub for_audience: Option<Audience>,
    /// Those about some citizens, and those about workplaces.
    pub within: Option<CitizensWithin>,
}

pub fn page(conn: &mut Conn, tenant: &Tenant, narrow: &FlagFilter, after: &str, limit: i64) -> Result<Vec<FlagRow>, StoreError> {
    use crate::store::schema::flags;
    let mut own = flags::own(tenant).into_boxed();
    if let Some(citizen) = &narrow.citizen {
        own = own.filter(flags::citizen_id.eq(citizen));
    }
    if let Some(workplace) = &narrow.workplace {
        own = own.filter(flags::workplace_id.eq(workplace));
    }
    if let Some(rule) = &narrow.rule {
        own = own.filter(flags::rule.eq(rule));
    }
    if let Some(level) = &narrow.level {
        own = own.filter(flags::level.eq(level));
    }
    if let Some(audience) = narrow.for_audience {
        let told = told::own(tenant).filter(told::audience.eq(audience)).select(told::flag_id);
        own = own.filter(flags::citizen_id.is_null().or(flags::id.eq_any(told)));
    }
    if let Some(within) = &narrow.within {
        let ids = citizens_within!(tenant, within).select(crate::store::schema::citizens::id.nullable());
        own = own.filter(flags::citizen_id.is_null().or(flags::citizen_id.eq_any(ids)));
    }
    own = match narrow.standing {
        Some(true) => own.filter(flags::gone.is_null()),
        Some(false) => own.filter(flags::gone.is_not_null()),
        None => own,
    };
    Ok(own.filter(flags::id.gt(after)).order(flags::id).limit(limit).load(conn)?)
}

/// What happened to the flags of a citizen, in order, without what people did about them.
pub fn events_of(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<(FlagRow, FlagEventRow)>, StoreError> {
    use crate::store::schema::flags;
    let own = flags::own(tenant).filter(flags::citizen_id.eq(citizen));
    let about: Vec<FlagRow> = own.load(conn)?;
    let ids: Vec<&FlagId> = about.iter().map(|flag| &flag.id).collect();
    let events: Vec<FlagEventRow> = flag_events::own(tenant)
        .filter(flag_events::flag_id.eq_any(&ids))
        .filter(flag_events::account_id.is_null())
        .order(flag_events::id)
        .load(conn)?;
    let flag = |event: &FlagEventRow| about.iter().find(|flag| flag.id == event.flag_id).cloned();
    Ok(events.into_iter().filter_map(|event| Some((flag(&event)?, event))).collect())
}

pub fn note(tx: &mut Tx, row: &FlagEventRow) -> Result<(), StoreError> {
    diesel::insert_into(flag_events::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn history(conn: &mut Conn, tenant: &Tenant, flag: &FlagId) -> Result<Vec<FlagEventRow>, StoreError> {
    Ok(flag_events::own(tenant).filter(flag_events::flag_id.eq(flag)).order(flag_events::id).load(conn)?)
}

/// Notes that somebody is told; false where it has been noted before.
pub fn tell(tx: &mut Tx, row: &ToldRow) -> Result<bool, StoreError> {
    Ok(insert_if_absent!(&mut **tx, told::table, row)? == 1)
}

pub fn told(conn: &mut Conn, tenant: &Tenant, flag: &FlagId) -> Result<Vec<ToldRow>, StoreError> {
    Ok(told::own(tenant).filter(told::flag_id.eq(flag)).order(told::told_key).load(conn)?)
}

/// The lines that wait for a letter to an account, with their flags.
pub fn lines(conn: &mut Conn, tenant: &Tenant, account: &AccountId) -> Result<Vec<(ToldRow, FlagRow)>, StoreError> {
    let waiting = told::own(tenant).filter(told::letter_id.is_null()).filter(told::account_id.eq(account));
    let waiting = waiting.order(told::told_key).load(conn)?;
    with_flags(conn, tenant, waiting)
}

/// The lines that a letter carries, with their flags.
pub fn carried(conn: &mut Conn, tenant: &Tenant, letter: &LetterId) -> Result<Vec<(ToldRow, FlagRow)>, StoreError> {
    let carried = told::own(tenant).filter(told::letter_id.eq(letter)).order(told::told_key).load(conn)?;
    with_flags(conn, tenant, carried)
}

fn with_flags(conn: &mut Conn, tenant: &Tenant, lines: Vec<ToldRow>) -> Result<Vec<(ToldRow, FlagRow)>, StoreError> {
    let ids: Vec<&FlagId> = lines.iter().map(|line| &line.flag_id).collect();
    let about: Vec<FlagRow> = flags::own(tenant).filter(flags::id.eq_any(&ids)).load(conn)?;
    Ok(lines
        .into_iter()
        .filter_map(|line| about.iter().find(|flag| flag.id == line.flag_id).cloned().map(|flag| (line, flag)))
        .collect())
}

/// Puts lines into a letter.
pub fn carry(tx: &mut Tx, tenant: &Tenant, keys: &[String], letter: &LetterId) -> Result<(), StoreError> {
    let lines = told::own(tenant).filter(told::told_key.eq_any(keys));
    diesel::update(lines).set(told::letter_id.eq(Some(letter))).execute(&mut **tx)?;
    Ok(())
}

/// Takes lines back that no letter has carried.
pub fn untell(tx: &mut Tx, tenant: &Tenant, keys: &[String]) -> Result<(), StoreError> {
    let lines = told::own(tenant).filter(told::told_key.eq_any(keys)).filter(told::letter_id.is_null());
    diesel::delete(lines).execute(&mut **tx)?;
    Ok(())
}
