//! Loads a workplace into the domain: what the rules about ratio, displacement and a company's record evaluate.
//!
//! Promise: the terms of an internship are decrypted only while it counts towards the ratio; of one that has ended only the days
//! are read, so that a long history costs little.

use crate::{
    crypto::Keys,
    domain::{
        companies::workplace::{Hire, PlacedPersons, Placement, SupportedDays, Workplace},
        internships::{
            alignment::{Cause, Decided, Party, in_force_since},
            internship::Ending,
            outcome::{OutcomeStep, enough_hours, hire_holds},
        },
        people::{citizen::kept_at, tenant::Tenant},
        rules::rulebook::Figures,
        values::{
            day::Period,
            hours::{HoursPlan, HoursStep},
            ids::{CitizenId, InternshipId, WorkplaceId},
            text::WeeklyHours,
        },
    },
    store::{
        companies,
        db::{conn::Conn, dialect::statements::prepared, error::StoreError},
        erased, openings,
        schema::*,
        sealed,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// What the kept job of somebody in employment depends on: citizen, group, latest employer.
type EmployedCitizen = (CitizenId, String, Option<String>);

/// A workplace of the municipality. The terms of what ended before `since` stay sealed: today, unless the past is to be
/// judged.
pub fn load(
    conn: &mut Conn,
    keys: &Keys,
    tenant: &Tenant,
    id: &WorkplaceId,
    figures: &Figures,
    since: NaiveDate,
) -> Result<Option<Workplace>, StoreError> {
    let row = companies::workplaces::find(conn, tenant, id)?;
    row.map(|row| of_row(conn, keys, row, figures, since)).transpose()
}

/// The same of a row that has been found.
pub fn of_row(
    conn: &mut Conn,
    keys: &Keys,
    row: WorkplaceRow,
    figures: &Figures,
    since: NaiveDate,
) -> Result<Workplace, StoreError> {
    let tenant = &row.municipality.clone();
    let id = &row.id;
    let staff = companies::staff::of_workplace(conn, tenant, id)?;
    let others: Vec<PlacedByOthersRow> = prepared!(conn, |conn| placed_by_others::own(tenant)
        .filter(placed_by_others::workplace_id.eq(id))
        .order((placed_by_others::as_of, placed_by_others::position))
        .load(conn))?;
    let stays: Vec<InternshipRow> = prepared!(conn, |conn| internships::own(tenant)
        .filter(internships::workplace_id.eq(id))
        .filter(internships::cancelled_on.is_null())
        .order(internships::id)
        .load(conn))?;
    let outcomes: Vec<OutcomeRow> =
        prepared!(conn, |conn| outcomes::own(tenant).filter(outcomes::workplace_id.eq(id)).order(outcomes::id).load(conn))?;
    let parts = if stays.is_empty() { Parts::default() } else { Parts::load(conn, tenant, id, since)? };
    let placements = stays.iter().map(|stay| placement(stay, &parts, keys, &row.p_number, figures, since));
    let placements = placements.collect::<Result<_, _>>()?;
    let liaison_closed_on = companies::liaison_closed_on(conn, tenant, &row.company_id)?;
    let is_offered = liaison_closed_on.is_some() && is_offered(conn, tenant, id)?;
    let erased = erased::at_workplace(conn, tenant, id)?;
    let counts = |outcome: &&OutcomeRow| {
        let hours = enough_hours(outcome.weekly_minutes, figures);
        outcome.step.is_hire() && hours && hire_holds(outcome.first_day, outcome.ended_on, figures.hire_holds_days)
    };
    Ok(Workplace {
        id: row.id,
        p_number: row.p_number,
        name: row.name,
        staff: staff.into_iter().map(|month| (month.month, month.hundredths)).collect(),
        others: others
            .into_iter()
            .map(|report| PlacedPersons {
                as_of: report.as_of,
                persons: report.persons.into(),
                weekly_hours: WeeklyHours::from_minutes(report.weekly_minutes),
            })
            .collect(),
        placements,
        hires: outcomes
            .iter()
            .filter(counts)
            .map(|hire| Hire { recorded_on: hire.recorded_on, step: hire.step, from: hire.internship_id.clone() })
            .collect(),
        subsidies: outcomes.iter().filter(|outcome| outcome.step == OutcomeStep::WageSubsidy).filter_map(subsidy).collect(),
        liaison_closed_on,
        is_offered,
        erased,
    })
}

/// Whether an opening or a prospect that nobody has closed or withdrawn stands at a workplace.
fn is_offered(conn: &mut Conn, tenant: &Tenant, id: &WorkplaceId) -> Result<bool, StoreError> {
    let prospects = companies::prospects::of_workplace(conn, tenant, id)?;
    Ok(prospects.iter().any(|prospect| prospect.withdrawn_on.is_none()) || !openings::open_at(conn, tenant, id)?.is_empty())
}

#[derive(Default)]
struct Parts {
    versions: BTreeMap<InternshipId, Vec<VersionRow>>,
    /// Internship, version, party, day.
    confirmations: Vec<(InternshipId, i32, Party, NaiveDate)>,
    /// Those in employment.
    citizens: BTreeMap<CitizenId, EmployedCitizen>,
}

impl Parts {
    /// Of what ended before `since` only later versions are read: the first one is no extension. Asked for by the workplace, not
    /// by lists of ids: so each statement is the same every time and stays prepared.
    fn load(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId, since: NaiveDate) -> Result<Self, StoreError> {
        let there = || {
            let own = internships::workplace_id.eq(workplace).and(internships::is_of(tenant));
            own.and(internships::cancelled_on.is_null())
        };
        let stands = || internships::last_day.is_null().or(internships::last_day.ge(since));
        let rows: Vec<VersionRow> = prepared!(conn, |conn| versions::own(tenant)
            .inner_join(internships::table.on(internships::id.eq(versions::internship_id)))
            .filter(there())
            .filter(versions::number.gt(1).or(stands()))
            .filter(versions::withdrawn_on.is_null())
            .order(versions::number)
            .select(versions::all_columns)
            .load(conn))?;
        let confirmations = prepared!(conn, |conn| confirmations::own(tenant)
            .inner_join(internships::table.on(internships::id.eq(confirmations::internship_id)))
            .filter(there())
            .filter(confirmations::number.gt(1).or(stands()))
            .select((confirmations::internship_id, confirmations::number, confirmations::party, confirmations::confirmed_on))
            .load(conn))?;
        let employed: Vec<EmployedCitizen> = prepared!(conn, |conn| citizens::own(tenant)
            .inner_join(internships::table.on(internships::citizen_id.eq(citizens::id)))
            .filter(there())
            .filter(citizens::in_employment.eq(true))
            .select((citizens::id, citizens::target_group, citizens::latest_employer))
            .load(conn))?;
        let mut versions: BTreeMap<InternshipId, Vec<VersionRow>> = BTreeMap::new();
        for row in rows {
            versions.entry(row.internship_id.clone()).or_default().push(row);
        }
        Ok(Self { versions, confirmations, citizens: employed.into_iter().map(|held| (held.0.clone(), held)).collect() })
    }

    /// The day from which a version is in force.
    fn in_force_since(&self, version: &VersionRow) -> Option<NaiveDate> {
        let own = self.confirmations.iter().filter(|(id, number, ..)| *id == version.internship_id && *number == version.number);
        let decided = Decided::recorded(version.needs_decision, version.decided_on);
        in_force_since(own.map(|(_, _, party, day)| (*party, *day)), decided)
    }
}

fn placement(
    row: &InternshipRow,
    parts: &Parts,
    keys: &Keys,
    p_number: &str,
    figures: &Figures,
    since: NaiveDate,
) -> Result<Placement, StoreError> {
    let none = Vec::new();
    let versions = parts.versions.get(&row.id).unwrap_or(&none);
    let newest = versions.last();
    let in_force = versions.iter().rev().find(|version| parts.in_force_since(version).is_some());
    let mut takes_up = Vec::new();
    let mut planned_last = None;
    if row.last_day.is_none_or(|last| last >= since) {
        for version in [in_force.or(newest), newest].into_iter().flatten() {
            let terms = sealed::open_terms(keys, version)?;
            let first = row.started_on.unwrap_or(terms.period.first);
            let last = row.last_day.unwrap_or(terms.period.last);
            planned_last.get_or_insert(last);
            let lapsed = row.started_on.is_none() && terms.period.last < since;
            takes_up.extend(Period::new(first, last).filter(|_| !lapsed).map(|days| SupportedDays { days, hours: terms.hours }));
        }
    }
    let last = row.last_day.or(planned_last);
    let kept = parts
        .citizens
        .get(&row.citizen_id)
        .is_some_and(|(_, group, latest)| kept_at(group, true, latest.as_deref(), p_number, figures));
    let extensions = versions.iter().filter(|version| version.cause == Cause::Extension);
    Ok(Placement {
        internship: row.id.clone(),
        reference: row.reference.clone(),
        booked_on: row.booked_on,
        stay: row.started_on.zip(last).and_then(|(first, last)| Period::new(first, last)),
        extended_on: extensions.filter_map(|version| parts.in_force_since(version)).collect(),
        ended_on: row.last_day,
        broken_off_by_citizen: Ending::broken_off_by_citizen(row.ending, row.ended_by),
        kept,
        takes_up,
    })
}

fn subsidy(row: &OutcomeRow) -> Option<SupportedDays> {
    let days = Period::new(row.first_day, row.ended_on.or(row.until_on)?)?;
    let weekly_hours = WeeklyHours::from_minutes(row.weekly_minutes?);
    Some(SupportedDays { days, hours: HoursPlan::new(vec![HoursStep { from: days.first, weekly_hours }])? })
}
