//! How many internships ended at a workplace, and how many of those led to a hire there: the figures of its record (S8).
//!
//! Promise: only the internships of the requested workplaces are read; of a trade, those that ended within the rulebook's months.
//! Nothing encrypted is opened, except the decision dates of a full record. Internships that the citizen broke off, and people
//! kept at their own workplace (L12), are left out.

use crate::{
    crypto::Keys,
    domain::{
        companies::{record::Tally, workplace_record::DecisionFacts},
        internships::{
            alignment::{Decided, Party, in_force_since},
            internship::{AnswerKind, Ending},
            outcome::{OutcomeStep, enough_hours, hire_holds},
        },
        people::{citizen::kept_at, tenant::Tenant},
        rules::rulebook::Figures,
        values::{
            day::months_back,
            ids::{InternshipId, WorkplaceId},
        },
    },
    store::{
        db::{conn::Conn, error::StoreError},
        erased,
        schema::{VersionRow, answers, citizens, confirmations, internships, outcomes, versions, workplaces},
        sealed,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

diesel::allow_columns_to_appear_in_same_group_by_clause!(workplaces::trade, internships::ending, internships::ended_by);

/// So many workplaces are asked for at a time: SQLite takes no more than some thousands.
const AT_A_TIME: usize = 500;

fn hires() -> Vec<OutcomeStep> {
    OutcomeStep::ALL.iter().copied().filter(|step| step.is_hire()).collect()
}

/// An internship: id, workplace, how it ended, who ended it; of the citizen group, employed, latest employer; P-number.
type EndedInternship = (InternshipId, WorkplaceId, Option<Ending>, Option<Party>, String, bool, Option<String>, String);

/// A hire: internship, workplace, first day, last day.
type Hired = (Option<InternshipId>, Option<WorkplaceId>, NaiveDate, Option<NaiveDate>, Option<i64>);
/// So many of a trade that ended in one way: trade, how, who ended it, how many.
type EndedAlike = (Option<String>, Option<Ending>, Option<Party>, i64);
/// Of somebody employed: trade, internship, how it ended, who ended it; group, latest employer; P-number.
type Employed = (Option<String>, InternshipId, Option<Ending>, Option<Party>, String, Option<String>, String);
/// A hire in a trade: trade, internship, how it ended, who ended it; first day, last day, minutes a week.
type HiredIn = (Option<String>, InternshipId, Option<Ending>, Option<Party>, NaiveDate, Option<NaiveDate>, Option<i64>);

/// The tallies of workplaces; one without a finished internship is not among them.
pub fn tallies(
    conn: &mut Conn,
    tenant: &Tenant,
    workplaces: &[&WorkplaceId],
    today: NaiveDate,
    figures: &Figures,
) -> Result<BTreeMap<WorkplaceId, Tally>, StoreError> {
    let mut tallies: BTreeMap<WorkplaceId, Tally> = BTreeMap::new();
    for some in workplaces.chunks(AT_A_TIME) {
        let ended: Vec<EndedInternship> = internships::own(tenant)
            .inner_join(citizens::table.on(citizens::id.eq(internships::citizen_id)))
            .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
            .filter(internships::workplace_id.eq_any(some))
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
        for (workplace, tally) in erased::tallies(conn, tenant, some)? {
            *tallies.entry(workplace).or_default() += tally;
        }
        if ended.is_empty() {
            continue;
        }
        let hires: Vec<Hired> = outcomes::own(tenant)
            .filter(outcomes::workplace_id.eq_any(some))
            .filter(outcomes::internship_id.is_not_null())
            .filter(outcomes::step.eq_any(hires()))
            .select((
                outcomes::internship_id,
                outcomes::workplace_id,
                outcomes::first_day,
                outcomes::ended_on,
                outcomes::weekly_minutes,
            ))
            .load(conn)?;
        let hired: BTreeSet<(InternshipId, WorkplaceId)> = hires
            .into_iter()
            .filter(|(_, _, first_day, ended_on, minutes)| {
                enough_hours(*minutes, figures) && hire_holds(*first_day, *ended_on, figures.hire_holds_days)
            })
            .filter_map(|(internship, workplace, ..)| internship.zip(workplace))
            .collect();
        for (id, workplace, ending, by, group, employed, latest, p_number) in ended {
            if Ending::broken_off_by_citizen(ending, by) || kept_at(&group, employed, latest.as_deref(), &p_number, figures) {
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
    tenant: &Tenant,
    today: NaiveDate,
    figures: &Figures,
) -> Result<BTreeMap<String, Tally>, StoreError> {
    let since = months_back(today, figures.record_prior_months);
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut count = |trade: Option<String>, tally: Tally| *tallies.entry(trade.unwrap_or_default()).or_default() += tally;

    // How many ended, by trade and how: counted there, judged here.
    let ended: Vec<EndedAlike> = internships::own(tenant)
        .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
        .filter(internships::last_day.gt(since))
        .filter(internships::last_day.le(today))
        .group_by((workplaces::trade, internships::ending, internships::ended_by))
        .select((workplaces::trade, internships::ending, internships::ended_by, diesel::dsl::count_star()))
        .load(conn)?;
    for (trade, ending, by, ended) in ended {
        if !Ending::broken_off_by_citizen(ending, by) {
            count(trade, Tally { ended, hired: 0 });
        }
    }

    // Those who may be kept at the own workplace are few: looked at one by one, and taken out again.
    let groups: Vec<&str> = figures.sick_listed_groups.iter().map(|group| group.as_str()).collect();
    let employed: Vec<Employed> = internships::own(tenant)
        .inner_join(citizens::table.on(citizens::id.eq(internships::citizen_id)))
        .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
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
            if !Ending::broken_off_by_citizen(ending, by) {
                count(trade, Tally { ended: -1, hired: 0 });
            }
            kept.insert(id);
        }
    }

    let hires: Vec<HiredIn> = outcomes::own(tenant)
        .inner_join(internships::table.on(outcomes::internship_id.eq(internships::id.nullable())))
        .inner_join(workplaces::table.on(workplaces::id.eq(internships::workplace_id)))
        .filter(internships::is_of(tenant))
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
            outcomes::weekly_minutes,
        ))
        .load(conn)?;
    let mut counted = BTreeSet::new();
    for (trade, id, ending, by, first_day, ended_on, minutes) in hires {
        let holds = enough_hours(minutes, figures) && hire_holds(first_day, ended_on, figures.hire_holds_days);
        let counts = holds && !Ending::broken_off_by_citizen(ending, by) && !kept.contains(&id);
        if counts && counted.insert(id) {
            count(trade, Tally { ended: 0, hired: 1 });
        }
    }
    Ok(tallies)
}

/// Of each internship at a workplace that has begun what its decisions are counted from: decision dates stand in the terms, which
/// are opened here.
pub fn deciding(
    conn: &mut Conn,
    keys: &Keys,
    tenant: &Tenant,
    workplace: &WorkplaceId,
) -> Result<BTreeMap<InternshipId, DecisionFacts>, StoreError> {
    let stays: Vec<(InternshipId, Option<NaiveDate>)> = internships::own(tenant)
        .filter(internships::workplace_id.eq(workplace))
        .filter(internships::started_on.is_not_null())
        .filter(internships::cancelled_on.is_null())
        .select((internships::id, internships::last_day))
        .load(conn)?;
    let ids: Vec<&InternshipId> = stays.iter().map(|(id, _)| id).collect();
    let rows: Vec<VersionRow> =
        versions::own(tenant).filter(versions::internship_id.eq_any(&ids)).order(versions::number).load(conn)?;
    let confirmed: Vec<(InternshipId, i32, Party, NaiveDate)> = confirmations::own(tenant)
        .filter(confirmations::internship_id.eq_any(&ids))
        .select((confirmations::internship_id, confirmations::number, confirmations::party, confirmations::confirmed_on))
        .load(conn)?;
    let answers: Vec<(InternshipId, AnswerKind, Option<NaiveDate>, NaiveDate)> = answers::own(tenant)
        .filter(answers::internship_id.eq_any(&ids))
        .order(answers::id)
        .select((answers::internship_id, answers::answer, answers::decision_on, answers::answered_on))
        .load(conn)?;
    let hires: Vec<(Option<InternshipId>, NaiveDate)> = outcomes::own(tenant)
        .filter(outcomes::workplace_id.eq(workplace))
        .filter(outcomes::step.eq_any(hires()))
        .select((outcomes::internship_id, outcomes::recorded_on))
        .load(conn)?;
    let mut of: BTreeMap<&InternshipId, DecisionFacts> =
        stays.iter().map(|(id, last_day)| (id, DecisionFacts { last_day: *last_day, ..DecisionFacts::default() })).collect();
    for row in &rows {
        let own = confirmed.iter().filter(|(id, number, ..)| *id == row.internship_id && *number == row.number);
        let decided = Decided::recorded(row.needs_decision, row.decided_on);
        let Some(since) = in_force_since(own.map(|(_, _, party, day)| (*party, *day)), decided) else { continue };
        let terms = sealed::open_terms(keys, row)?;
        if let Some(own) = of.get_mut(&row.internship_id) {
            own.stood.push((since, terms.decision_on));
        }
    }
    for (id, answer, decision_on, on) in &answers {
        if let Some(own) = of.get_mut(id) {
            own.answers.push((*answer, *decision_on, *on));
        }
    }
    for (id, on) in &hires {
        if let Some(own) = id.as_ref().and_then(|id| of.get_mut(id)) {
            own.hired_on = Some(own.hired_on.map_or(*on, |earlier| earlier.min(*on)));
        }
    }
    Ok(of.into_iter().map(|(id, facts)| (id.clone(), facts)).collect())
}
