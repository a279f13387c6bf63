//! What matching reads: nearby openings and workplaces by occupation or trade and square of the map, and the details of those few
//! that can still be among the best. SQL narrows down; the domain decides who fits.

use crate::{
    crypto::Keys,
    domain::{
        matching::Standing,
        people::tenant::Tenant,
        rules::rule_id::RuleId,
        values::ids::{CitizenId, CompanyId, FollowUpId, NeedId, ProspectId, WorkplaceId},
    },
    store::{
        citizens::CitizensWithin,
        db::{conn::Conn, error::StoreError},
        schema::*,
        sealed::{self, SealedText},
        values::whole,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a first look at an opening needs: all of it stands in one index.
#[derive(Clone, Queryable)]
pub struct OpeningGlimpse {
    pub id: String,
    pub standing: i32,
    pub occupation: String,
    pub accommodations: String,
    pub latitude: Option<i32>,
    pub longitude: Option<i32>,
}

/// The same of a workplace.
#[derive(Clone, Queryable)]
pub struct WorkplaceGlimpse {
    pub id: String,
    pub standing: i32,
    pub industry: Option<String>,
    pub trade: Option<String>,
    pub latitude: Option<i32>,
    pub longitude: Option<i32>,
}

fn codes(standings: &[Standing]) -> impl Iterator<Item = i32> {
    standings.iter().map(|standing| standing.code())
}

/// Which occupations or trades are meant. Most of a list are better told by those that are not: what is named is looked up in
/// each square one by one.
#[derive(Clone, Debug)]
pub enum Named {
    Of(Vec<String>),
    AllBut(Vec<String>),
}

/// Openings in force in some squares, of some occupations, at workplaces that stand so.
pub fn openings(
    conn: &mut Conn,
    tenant: &Tenant,
    standings: &[Standing],
    occupations: &Named,
    cells: &[i32],
    today: NaiveDate,
) -> Result<Vec<OpeningGlimpse>, StoreError> {
    use crate::store::schema::openings;
    let own = openings::own(tenant).filter(openings::closed_on.is_null());
    let own = own.filter(openings::standing.eq_any(codes(standings)));
    let own = own.filter(openings::cell.eq_any(cells)).filter(openings::expires_on.ge(today)).into_boxed();
    let own = match occupations {
        Named::Of(occupations) => own.filter(openings::occupation.eq_any(occupations)),
        Named::AllBut(occupations) => own.filter(openings::occupation.ne_all(occupations)),
    };
    Ok(own
        .select((
            openings::id,
            openings::standing,
            openings::occupation,
            openings::accommodations,
            openings::latitude,
            openings::longitude,
        ))
        .load(conn)?)
}

/// Some openings, whole.
pub fn whole_openings(conn: &mut Conn, tenant: &Tenant, ids: &[&str]) -> Result<Vec<OpeningRow>, StoreError> {
    let own = openings::own(tenant);
    Ok(own.filter(openings::id.eq_any(ids)).load(conn)?)
}

/// Workplaces in some squares that stand so and have not closed.
pub fn workplaces(
    conn: &mut Conn,
    tenant: &Tenant,
    standings: &[Standing],
    trades: &Named,
    cells: &[i32],
) -> Result<Vec<WorkplaceGlimpse>, StoreError> {
    use crate::store::schema::workplaces;
    let own = workplaces::own(tenant);
    let own = own
        .filter(workplaces::standing.eq_any(codes(standings)))
        .filter(workplaces::cell.eq_any(cells))
        .filter(workplaces::closed_on.is_null())
        .into_boxed();
    let own = match trades {
        Named::Of(trades) => own.filter(workplaces::trade.eq_any(trades)),
        Named::AllBut(trades) => own.filter(workplaces::trade.is_null().or(workplaces::trade.ne_all(trades))),
    };
    Ok(own
        .select((
            workplaces::id,
            workplaces::standing,
            workplaces::industry,
            workplaces::trade,
            workplaces::latitude,
            workplaces::longitude,
        ))
        .load(conn)?)
}

/// What has to be looked up about some workplaces.
#[derive(Default)]
pub struct LookedUp {
    pub places: BTreeMap<WorkplaceId, (WorkplaceRow, CompanyRow)>,
    /// Recorded prospects that are not withdrawn, and the workplaces that have one.
    pub prospects: BTreeSet<ProspectId>,
    pub prospect_at: BTreeSet<WorkplaceId>,
    /// Workplaces with a contact person who is still there.
    pub contact_at: BTreeSet<WorkplaceId>,
    /// Workplaces with openings in force.
    pub opening_at: BTreeSet<WorkplaceId>,
    /// Rules by which a workplace stands flagged.
    pub flags: BTreeMap<WorkplaceId, Vec<RuleId>>,
    /// Companies that the jobcentre has been in touch with.
    pub in_touch: BTreeSet<CompanyId>,
    /// Follow-ups held there: how many were good, of how many.
    pub follow_ups: BTreeMap<WorkplaceId, (i64, i64)>,
}

/// Looks them up, each with one statement for all.
pub fn look_up(
    conn: &mut Conn,
    keys: &Keys,
    tenant: &Tenant,
    ids: &[&WorkplaceId],
    today: NaiveDate,
    in_touch_since: NaiveDate,
) -> Result<LookedUp, StoreError> {
    let rows: Vec<WorkplaceRow> = workplaces::own(tenant).filter(workplaces::id.eq_any(ids)).load(conn)?;
    let whose: BTreeSet<&CompanyId> = rows.iter().map(|row| &row.company_id).collect();
    let firms: Vec<CompanyRow> = companies::own(tenant).filter(companies::id.eq_any(&whose)).load(conn)?;
    let firms: BTreeMap<CompanyId, CompanyRow> = firms.into_iter().map(|row| (row.id.clone(), row)).collect();
    let open: Vec<(ProspectId, WorkplaceId)> = prospects::own(tenant)
        .filter(prospects::workplace_id.eq_any(ids))
        .filter(prospects::withdrawn_on.is_null())
        .select((prospects::id, prospects::workplace_id))
        .load(conn)?;
    let with_contact: Vec<WorkplaceId> = contacts::own(tenant)
        .filter(contacts::workplace_id.eq_any(ids))
        .filter(contacts::left_on.is_null())
        .select(contacts::workplace_id)
        .load(conn)?;
    let with_opening: Vec<WorkplaceId> = openings::own(tenant)
        .filter(openings::workplace_id.eq_any(ids))
        .filter(openings::closed_on.is_null())
        .filter(openings::expires_on.ge(today))
        .select(openings::workplace_id)
        .load(conn)?;
    let flagged: Vec<(WorkplaceId, RuleId)> = flags::own(tenant)
        .filter(flags::workplace_id.eq_any(ids))
        .filter(flags::gone.is_null())
        .select((flags::workplace_id.assume_not_null(), flags::rule))
        .load(conn)?;
    let mut by_place: BTreeMap<WorkplaceId, Vec<RuleId>> = BTreeMap::new();
    for (place, rule) in flagged {
        by_place.entry(place).or_default().push(rule);
    }
    let in_touch = approaches::own(tenant)
        .filter(approaches::company_id.eq_any(&whose))
        .filter(approaches::made_on.ge(in_touch_since))
        .select(approaches::company_id)
        .distinct()
        .load(conn)?;
    let places = rows.into_iter().map(|row| {
        let firm = whole(firms.get(&row.company_id).cloned(), "a workplace of no company")?;
        Ok((row.id.clone(), (row, firm)))
    });
    Ok(LookedUp {
        places: places.collect::<Result<_, StoreError>>()?,
        prospect_at: open.iter().map(|(_, place)| place.clone()).collect(),
        prospects: open.into_iter().map(|(id, _)| id).collect(),
        contact_at: with_contact.into_iter().collect(),
        opening_at: with_opening.into_iter().collect(),
        flags: by_place,
        in_touch: Vec::into_iter(in_touch).collect(),
        follow_ups: follow_ups_at(conn, keys, tenant, ids)?,
    })
}

/// Follow-ups held at some workplaces: how many were good, of how many.
fn follow_ups_at(
    conn: &mut Conn,
    keys: &Keys,
    tenant: &Tenant,
    ids: &[&WorkplaceId],
) -> Result<BTreeMap<WorkplaceId, (i64, i64)>, StoreError> {
    let held: Vec<(WorkplaceId, FollowUpId, Option<SealedText>)> = internships::own(tenant)
        .inner_join(follow_ups::table.on(follow_ups::internship_id.eq(internships::id)))
        .filter(internships::workplace_id.eq_any(ids))
        .filter(follow_ups::is_of(tenant))
        .filter(follow_ups::held_on.is_not_null())
        .select((internships::workplace_id, follow_ups::id, follow_ups::sealed))
        .load(conn)?;
    let mut counted: BTreeMap<WorkplaceId, (i64, i64)> = BTreeMap::new();
    for (place, id, text) in held {
        let Some(text) = text else { continue };
        let record = sealed::FOLLOW_UP.open(keys, id, &text)?;
        let (good, all) = counted.entry(place).or_default();
        *good += i64::from(record.went_well());
        *all += 1;
    }
    Ok(counted)
}

/// The names of workplaces, by their own ids or by those of their openings.
pub fn names(conn: &mut Conn, tenant: &Tenant, ids: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
    let offered = whole_openings(conn, tenant, ids)?;
    let places: BTreeSet<&str> = ids.iter().copied().chain(offered.iter().map(|row| row.workplace_id.as_str())).collect();
    let named: Vec<(String, String)> =
        workplaces::own(tenant).filter(workplaces::id.eq_any(places)).select((workplaces::id, workplaces::name)).load(conn)?;
    let mut names: BTreeMap<String, String> = named.into_iter().collect();
    for row in offered {
        if let Some(name) = names.get(row.workplace_id.as_str()).cloned() {
            names.insert(row.id.to_string(), name);
        }
    }
    Ok(names)
}

/// A citizen who has agreed to be found, with what matching compares.
pub struct Findable {
    pub row: CitizenRow,
    /// The ids and the sealed texts.
    pub needs: Vec<(NeedId, SealedText)>,
    /// From which day, how many minutes a week.
    pub capacities: Vec<(NaiveDate, i64)>,
}

/// The next citizens of the municipality, or of some only, who have agreed to be found.
pub fn findable(
    conn: &mut Conn,
    tenant: &Tenant,
    within: Option<&CitizensWithin>,
    after: &str,
    limit: i64,
) -> Result<Vec<Findable>, StoreError> {
    let mut own = citizens::own(tenant).into_boxed();
    if let Some(within) = within {
        own = own.filter(citizens::consultant_id.eq_any(&within.consultants).or(citizens::id.eq_any(&within.citizens)));
    }
    let rows: Vec<CitizenRow> = own
        .filter(citizens::findable_since.is_not_null())
        .filter(citizens::closed_since.is_null())
        .filter(citizens::id.gt(after))
        .order(citizens::id)
        .limit(limit)
        .load(conn)?;
    let ids: Vec<&CitizenId> = rows.iter().map(|row| &row.id).collect();
    let sealed: Vec<(CitizenId, NeedId, SealedText)> = needs::own(tenant)
        .filter(needs::citizen_id.eq_any(&ids))
        .filter(needs::ended_on.is_null())
        .select((needs::citizen_id, needs::id, needs::sealed))
        .load(conn)?;
    let agreed: Vec<(CitizenId, NaiveDate, i64)> = capacities::own(tenant)
        .filter(capacities::citizen_id.eq_any(&ids))
        .select((capacities::citizen_id, capacities::from_on, capacities::weekly_minutes))
        .load(conn)?;
    let mut of_needs: BTreeMap<CitizenId, Vec<(NeedId, SealedText)>> = BTreeMap::new();
    for (citizen, id, need) in sealed {
        of_needs.entry(citizen).or_default().push((id, need));
    }
    let mut of_capacities: BTreeMap<CitizenId, Vec<(NaiveDate, i64)>> = BTreeMap::new();
    for (citizen, from, minutes) in agreed {
        of_capacities.entry(citizen).or_default().push((from, minutes));
    }
    Ok(rows
        .into_iter()
        .map(|row| Findable {
            needs: of_needs.remove(&row.id).unwrap_or_default(),
            capacities: of_capacities.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}
