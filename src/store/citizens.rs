//! Citizens, their capacities and their needs, which are encrypted.

use crate::{
    crypto::Keys,
    domain::{
        people::{citizen::Goal, personal_details::PersonalDetails, tenant::Tenant},
        values::ids::{AccountId, CitizenId, NeedId, WorkplaceId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        macros::noun,
        schema::{CapacityRow, CitizenRow, NeedRow, capacities},
        sealed::{self, SealedError},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(citizens, CitizenRow, CitizenId);

impl CitizenRow {
    /// Who it is, opened.
    ///
    /// # Errors
    /// It was sealed under a key that is not here, or for another row.
    pub fn details(&self, keys: &Keys) -> Result<PersonalDetails, StoreError> {
        sealed::CITIZEN_PERSON.open(keys, &self.id, &self.person)
    }

    /// The goals in the citizen's own words.
    ///
    /// # Errors
    /// As of [`CitizenRow::details`].
    pub fn own_goals(&self, keys: &Keys) -> Result<Vec<Goal>, StoreError> {
        sealed::CITIZEN_GOALS.open(keys, &self.id, &self.goals)
    }

    /// Where letters to the citizen go.
    ///
    /// # Errors
    /// As of [`CitizenRow::details`].
    pub fn email(&self, keys: &Keys) -> Result<Option<String>, StoreError> {
        Ok(self.details(keys)?.email)
    }

    /// The same row about a person who is now so.
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn with_details(self, keys: &Keys, details: &PersonalDetails) -> Result<Self, SealedError> {
        let person = sealed::CITIZEN_PERSON.seal(keys, &self.id, details)?;
        Ok(Self { person, ..self })
    }
}

/// Which citizens are listed.
#[derive(Clone, Debug, Default)]
pub struct CitizenFilter {
    pub consultant: Option<AccountId>,
    /// Those whose course is closed, or those whose course is open.
    pub closed: Option<bool>,
    pub within: Option<CitizensWithin>,
}

/// Citizens of some consultants, and some others by name: what a list about citizens is narrowed to.
#[derive(Clone, Debug)]
pub struct CitizensWithin {
    pub consultants: Vec<AccountId>,
    pub citizens: Vec<CitizenId>,
}

/// They, for the condition of a list.
macro_rules! citizens_within {
    ($tenant:expr, $within:expr) => {
        $crate::store::schema::citizens::with_merged($tenant).filter(
            $crate::store::schema::citizens::consultant_id
                .eq_any(&$within.consultants)
                .or($crate::store::schema::citizens::id.eq_any(&$within.citizens)),
        )
    };
}
pub(in crate::store) use citizens_within;

/// By the case number.
pub fn by_reference(conn: &mut Conn, tenant: &Tenant, reference: &str) -> Result<Option<CitizenId>, StoreError> {
    use crate::store::schema::citizens;
    Ok(citizens::own(tenant).filter(citizens::reference.eq(reference)).select(citizens::id).first(conn).optional()?)
}

/// A citizen's record and those that were merged into it, one after the other.
pub fn merged_into(conn: &mut Conn, tenant: &Tenant, id: &CitizenId) -> Result<Vec<CitizenId>, StoreError> {
    use crate::store::schema::citizens;
    let (mut found, mut at) = (vec![id.clone()], 0);
    while let Some(next) = found.get(at).cloned() {
        let own = citizens::with_merged(tenant).filter(citizens::merged_into.eq(Some(next)));
        found.extend(own.select(citizens::id).load::<CitizenId>(conn)?);
        at += 1;
    }
    Ok(found)
}

/// The case numbers of some citizens, also of those who were merged into another.
pub fn references(conn: &mut Conn, tenant: &Tenant, ids: &[&CitizenId]) -> Result<Vec<(CitizenId, String)>, StoreError> {
    use crate::store::schema::citizens;
    let own = citizens::with_merged(tenant).filter(citizens::id.eq_any(ids));
    Ok(own.select((citizens::id, citizens::reference)).load(conn)?)
}

/// Who is responsible for some citizens, also for those who were merged into another.
pub fn consultants_of(conn: &mut Conn, tenant: &Tenant, ids: &[&CitizenId]) -> Result<Vec<(CitizenId, AccountId)>, StoreError> {
    use crate::store::schema::citizens;
    let own = citizens::with_merged(tenant).filter(citizens::id.eq_any(ids));
    // The third column is in no index, or SQLite would read all citizens of the municipality in one that has the other two.
    let found: Vec<(CitizenId, AccountId, i32)> =
        own.select((citizens::id, citizens::consultant_id, citizens::revision)).load(conn)?;
    Ok(found.into_iter().map(|(citizen, consultant, _)| (citizen, consultant)).collect())
}

/// A page of the municipality's citizens after an id, in the order of ids.
///
/// # Errors
/// A failure of the database.
pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    filter: &CitizenFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<CitizenRow>, StoreError> {
    use crate::store::schema::citizens;
    let mut own = citizens::own(tenant).into_boxed();
    if let Some(consultant) = &filter.consultant {
        own = own.filter(citizens::consultant_id.eq(consultant));
    }
    own = match filter.closed {
        Some(true) => own.filter(citizens::closed_since.is_not_null()),
        Some(false) => own.filter(citizens::closed_since.is_null()),
        None => own,
    };
    if let Some(within) = &filter.within {
        own = own.filter(citizens::consultant_id.eq_any(&within.consultants).or(citizens::id.eq_any(&within.citizens)));
    }
    Ok(own.filter(citizens::id.gt(after)).order(citizens::id).limit(limit).load(conn)?)
}

/// Those whose course was closed on a day or before, after an id, in the order of ids.
pub fn closed_until(
    conn: &mut Conn,
    tenant: &Tenant,
    until: NaiveDate,
    after: &str,
    limit: i64,
) -> Result<Vec<CitizenRow>, StoreError> {
    use crate::store::schema::citizens;
    let own = citizens::own(tenant).filter(citizens::closed_since.le(until)).filter(citizens::id.gt(after));
    Ok(own.order(citizens::id).limit(limit).load(conn)?)
}

/// By the keyed hash of the CPR number.
pub fn by_cpr(conn: &mut Conn, tenant: &Tenant, cpr_hash: &str) -> Result<Option<CitizenRow>, StoreError> {
    use crate::store::schema::citizens;
    Ok(citizens::own(tenant).filter(citizens::cpr_hash.eq(cpr_hash)).first(conn).optional()?)
}

/// A citizen, also one that was merged into another: to say where the person went.
pub fn find_even_merged(conn: &mut Conn, tenant: &Tenant, id: &CitizenId) -> Result<Option<CitizenRow>, StoreError> {
    use crate::store::schema::citizens;
    Ok(citizens::with_merged(tenant).filter(citizens::id.eq(id)).first(conn).optional()?)
}

/// All citizens of a consultant.
pub fn of_consultant(conn: &mut Conn, tenant: &Tenant, consultant: &AccountId) -> Result<Vec<CitizenRow>, StoreError> {
    use crate::store::schema::citizens;
    let own = citizens::own(tenant).filter(citizens::consultant_id.eq(consultant));
    Ok(own.order(citizens::id).load(conn)?)
}

/// How many citizens a consultant has.
pub fn count_of_consultant(conn: &mut Conn, tenant: &Tenant, consultant: &AccountId) -> Result<i64, StoreError> {
    use crate::store::schema::citizens;
    Ok(citizens::own(tenant).filter(citizens::consultant_id.eq(consultant)).count().get_result(conn)?)
}

/// Everybody of a consultant is looked at again.
pub fn look_again_of(tx: &mut Tx, tenant: &Tenant, consultant: &AccountId, on: NaiveDate) -> Result<(), StoreError> {
    use crate::store::schema::citizens;
    let own = citizens::own(tenant).filter(citizens::consultant_id.eq(consultant));
    diesel::update(own).set(citizens::look_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

/// Everybody about whom a flag stands is looked at again.
pub fn look_again_where_flagged(tx: &mut Tx, tenant: &Tenant, on: NaiveDate) -> Result<(), StoreError> {
    use crate::store::schema::{citizens, flags};
    let standing = flags::own(tenant).filter(flags::gone_on.is_null()).filter(flags::citizen_id.is_not_null());
    let people = standing.select(flags::citizen_id.assume_not_null());
    let own = citizens::own(tenant).filter(citizens::id.eq_any(people));
    diesel::update(own).set(citizens::look_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

/// Everybody whose internship at a workplace has not ended is looked at again.
pub fn look_again_at(tx: &mut Tx, tenant: &Tenant, workplace: &WorkplaceId, on: NaiveDate) -> Result<(), StoreError> {
    use crate::store::schema::{citizens, internships};
    let there = internships::own(tenant)
        .filter(internships::workplace_id.eq(workplace))
        .filter(internships::last_day.is_null())
        .select(internships::citizen_id);
    let people: Vec<CitizenId> = there.distinct().load(&mut **tx)?;
    let own = citizens::own(tenant).filter(citizens::id.eq_any(&people));
    diesel::update(own).set(citizens::look_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

/// Whoever an internship's reference is about is looked at again.
pub fn look_again_by_case(tx: &mut Tx, tenant: &Tenant, reference: &str, on: NaiveDate) -> Result<(), StoreError> {
    use crate::store::schema::{citizens, internships};
    let own = internships::own(tenant).filter(internships::reference.eq(reference)).select(internships::citizen_id);
    let people: Vec<CitizenId> = own.load(&mut **tx)?;
    let own = citizens::own(tenant).filter(citizens::id.eq_any(&people));
    diesel::update(own).set(citizens::look_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

/// Sets the day of the next look.
pub fn look_again(tx: &mut Tx, tenant: &Tenant, id: &CitizenId, on: Option<NaiveDate>) -> Result<(), StoreError> {
    use crate::store::schema::citizens;
    diesel::update(citizens::own(tenant).filter(citizens::id.eq(id))).set(citizens::look_on.eq(on)).execute(&mut **tx)?;
    Ok(())
}

pub fn put_capacity(tx: &mut Tx, row: &CapacityRow) -> Result<(), StoreError> {
    let same = capacities::own(&row.municipality)
        .filter(capacities::citizen_id.eq(&row.citizen_id))
        .filter(capacities::from_on.eq(row.from_on));
    diesel::delete(same).execute(&mut **tx)?;
    diesel::insert_into(capacities::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub mod needs {
    use super::*;
    noun!(needs, NeedRow, NeedId);

    /// The ids of all needs that a citizen has or had.
    pub fn ids_of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<NeedId>, StoreError> {
        use crate::store::schema::needs;
        let own = needs::own(tenant).filter(needs::citizen_id.eq(citizen));
        Ok(prepared!(conn, |conn| own.select(needs::id).order(needs::id).load(conn))?)
    }

    pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<NeedRow>, StoreError> {
        use crate::store::schema::needs;
        let own = needs::own(tenant).filter(needs::citizen_id.eq(citizen));
        Ok(prepared!(conn, |conn| own.filter(needs::ended_on.is_null()).order(needs::id).load(conn))?)
    }
}
