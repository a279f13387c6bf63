//! How many internships ended at a workplace, and how many of those led to a hire there: the figures of its record (S8).
//!
//! Promise: only the internships of the workplaces asked for are read, of a trade those that ended within the rulebook's months;
//! nothing sealed is opened. What the citizen broke off and who is kept at the own workplace (L12) is left out.

use super::{Conn, Failure};
use crate::{
    domain::{
        alignment::Party,
        citizen::kept_at,
        day::{months_back, plus},
        internship::Ending,
        outcome::Step,
        record::Tally,
        register::Municipality,
        rulebook::Figures,
    },
    store::rows::{citizens, internships, outcomes, workplaces},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

diesel::allow_columns_to_appear_in_same_group_by_clause!(workplaces::trade, internships::ending, internships::ended_by);

/// So many workplaces are asked for at a time: SQLite takes no more than some thousands.
const AT_A_TIME: usize = 500;

/// Whether the citizen broke it off.
fn broken_off(ending: Option<&str>, by: Option<&str>) -> bool {
    ending == Some(Ending::BrokenOff.code()) && by == Some(Party::Citizen.code())
}

fn hires() -> Vec<&'static str> {
    Step::ALL.iter().filter(|step| step.is_hire()).map(|step| step.code()).collect()
}

/// Whether a hire was not lost too soon.
fn held(first_day: NaiveDate, ended_on: Option<NaiveDate>, figures: &Figures) -> bool {
    ended_on.is_none_or(|ended| ended >= plus(first_day, figures.hire_holds_days))
}

/// An internship: id, workplace, how it ended, who ended it; of the citizen group, employed, latest employer; P-number.
type Ended = (String, String, Option<String>, Option<String>, String, bool, Option<String>, String);

/// The tallies of workplaces; one without a finished internship is not among them.
pub fn tallies(
    conn: &mut Conn,
    municipality: &Municipality,
    workplaces: &[&str],
    today: NaiveDate,
    figures: &Figures,
) -> Result<BTreeMap<String, Tally>, Failure> {
    let own = municipality.as_str();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for some in workplaces.chunks(AT_A_TIME) {
        let ended: Vec<Ended> = internships::table
            .inner_join(citizens::table.on(citizens::id.eq(internships::citizen_id)))
            .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
            .filter(internships::workplace_id.eq_any(some))
            // Written so that no index has it: SQLite thinks an index by municipality better than one by many workplaces, and
            // would read every internship there is.
            .filter(internships::municipality.concat("").eq(own))
            .filter(internships::last_day.le(today))
            .select((
                internships::id,
                internships::workplace_id,
                internships::ending,
                internships::ended_by,
                citizens::target_group,
                citizens::in_employment,
                citizens::latest_employer,
                workplaces::p_number,
            ))
            .load(conn)?;
        if ended.is_empty() {
            continue;
        }
        let hires: Vec<(Option<String>, Option<String>, NaiveDate, Option<NaiveDate>)> = outcomes::table
            .filter(outcomes::workplace_id.eq_any(some))
            .filter(outcomes::municipality.eq(own))
            .filter(outcomes::internship_id.is_not_null())
            .filter(outcomes::step.eq_any(hires()))
            .select((outcomes::internship_id, outcomes::workplace_id, outcomes::first_day, outcomes::ended_on))
            .load(conn)?;
        let hired: BTreeSet<(String, String)> = hires
            .into_iter()
            .filter(|(_, _, first_day, ended_on)| held(*first_day, *ended_on, figures))
            .filter_map(|(internship, workplace, ..)| internship.zip(workplace))
            .collect();
        for (id, workplace, ending, by, group, employed, latest, p_number) in ended {
            if broken_off(ending.as_deref(), by.as_deref()) || kept_at(&group, employed, latest.as_deref(), &p_number, figures) {
                continue;
            }
            let led = hired.contains(&(id, workplace.clone()));
            *tallies.entry(workplace).or_default() += Tally { ended: 1, hired: i64::from(led) };
        }
    }
    Ok(tallies)
}

/// The tallies of the municipality's trades (first two digits of the industry), of what ended within the months that the rulebook
/// counts; what has no trade stands under "".
pub fn trade_tallies(
    conn: &mut Conn,
    municipality: &Municipality,
    today: NaiveDate,
    figures: &Figures,
) -> Result<BTreeMap<String, Tally>, Failure> {
    let own = municipality.as_str();
    let since = months_back(today, figures.record_prior_months);
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut count = |trade: Option<String>, tally: Tally| *tallies.entry(trade.unwrap_or_default()).or_default() += tally;

    // How many ended, by trade and how: counted there, judged here.
    let ended: Vec<(Option<String>, Option<String>, Option<String>, i64)> = internships::table
        .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
        .filter(internships::municipality.eq(own))
        .filter(internships::last_day.gt(since))
        .filter(internships::last_day.le(today))
        .group_by((workplaces::trade, internships::ending, internships::ended_by))
        .select((workplaces::trade, internships::ending, internships::ended_by, diesel::dsl::count_star()))
        .load(conn)?;
    for (trade, ending, by, ended) in ended {
        if !broken_off(ending.as_deref(), by.as_deref()) {
            count(trade, Tally { ended, hired: 0 });
        }
    }

    // Those who may be kept at the own workplace are few: looked at one by one, and taken out again.
    let groups: Vec<&str> = figures.sick_listed_groups.iter().map(|group| group.as_str()).collect();
    let employed: Vec<(Option<String>, String, Option<String>, Option<String>, String, Option<String>, String)> =
        internships::table
            .inner_join(citizens::table.on(citizens::id.eq(internships::citizen_id)))
            .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
            .filter(internships::municipality.eq(own))
            .filter(internships::last_day.gt(since))
            .filter(internships::last_day.le(today))
            .filter(citizens::in_employment.eq(true))
            .filter(citizens::target_group.eq_any(groups))
            .select((
                workplaces::trade,
                internships::id,
                internships::ending,
                internships::ended_by,
                citizens::target_group,
                citizens::latest_employer,
                workplaces::p_number,
            ))
            .load(conn)?;
    let mut kept = BTreeSet::new();
    for (trade, id, ending, by, group, latest, p_number) in employed {
        if kept_at(&group, true, latest.as_deref(), &p_number, figures) {
            if !broken_off(ending.as_deref(), by.as_deref()) {
                count(trade, Tally { ended: -1, hired: 0 });
            }
            kept.insert(id);
        }
    }

    let hires: Vec<(Option<String>, String, Option<String>, Option<String>, NaiveDate, Option<NaiveDate>)> = outcomes::table
        .inner_join(internships::table.on(outcomes::internship_id.eq(internships::id.nullable())))
        .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
        .filter(internships::municipality.eq(own))
        .filter(internships::last_day.gt(since))
        .filter(internships::last_day.le(today))
        .filter(outcomes::workplace_id.eq(internships::workplace_id.nullable()))
        .filter(outcomes::step.eq_any(hires()))
        .select((
            workplaces::trade,
            internships::id,
            internships::ending,
            internships::ended_by,
            outcomes::first_day,
            outcomes::ended_on,
        ))
        .load(conn)?;
    let mut counted = BTreeSet::new();
    for (trade, id, ending, by, first_day, ended_on) in hires {
        let counts = held(first_day, ended_on, figures) && !broken_off(ending.as_deref(), by.as_deref()) && !kept.contains(&id);
        if counts && counted.insert(id) {
            count(trade, Tally { ended: 0, hired: 1 });
        }
    }
    Ok(tallies)
}
