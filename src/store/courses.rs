//! Loads a citizen's whole course into the domain: the facts that refusals, gate and flags evaluate.

use crate::{
    crypto::Keys,
    domain::{
        companies::prospect::{self, ProspectDays},
        internships::{
            alignment::{Confirmation, Objection, Version},
            course::Course,
            follow_up::{FollowUp, Held},
            internship::{Accommodation, Agreement, Answer, Ended, Internship},
            outcome::{Outcome, RetentionCheck},
        },
        people::{
            citizen::{Capacity, Citizen, Need},
            consultant_change::ConsultantChange,
            tenant::Tenant,
        },
        values::{
            ids::{CitizenId, ContactId, InternshipId, WorkplaceId},
            register::PNumber,
            target_group::TargetGroup,
            text::WeeklyHours,
        },
    },
    store::{
        citizens,
        db::{conn::Conn, dialect::statements::prepared, error::StoreError},
        schema::*,
        sealed,
        values::whole,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The course of a citizen of the municipality.
pub fn load(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Option<Course>, StoreError> {
    let Some(row) = citizens::find(conn, tenant, citizen)? else { return Ok(None) };
    let internships = internships_of(conn, keys, tenant, citizen)?;
    let outcomes: Vec<OutcomeRow> = prepared!(conn, |conn| outcomes::own(tenant)
        .filter(outcomes::citizen_id.eq(citizen))
        .order((outcomes::recorded_on, outcomes::id))
        .load(conn))?;
    let checks: Vec<RetentionCheckRow> = if outcomes.is_empty() {
        Vec::new()
    } else {
        prepared!(conn, |conn| retention_checks::own(tenant)
            .filter(retention_checks::citizen_id.eq(citizen))
            .order((retention_checks::held_on, retention_checks::id))
            .load(conn))?
    };
    let outcomes = outcomes.into_iter().map(|row| outcome(row, &checks)).collect::<Result<_, _>>()?;
    let changes: Vec<ConsultantChangeRow> = prepared!(conn, |conn| consultant_changes::own(tenant)
        .filter(consultant_changes::citizen_id.eq(citizen))
        .order((consultant_changes::changed_on, consultant_changes::id))
        .load(conn))?;
    let changes = changes.into_iter().map(change).collect();
    Ok(Some(Course { citizen: person(conn, keys, row)?, internships, outcomes, changes }))
}

/// The internships of a citizen, in the order in which they were booked.
pub fn internships_of(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<Internship>, StoreError> {
    let rows: Vec<InternshipRow> = prepared!(conn, |conn| internships::own(tenant)
        .filter(internships::citizen_id.eq(citizen))
        .order((internships::booked_on, internships::id))
        .load(conn))?;
    let parts = if rows.is_empty() { Parts::default() } else { Parts::load(conn, tenant, citizen, &rows)? };
    rows.into_iter().map(|row| internship(row, &parts, keys)).collect()
}

/// An internship that has just been booked, as it will be read: with its first version, which nobody has confirmed.
///
/// # Errors
/// Terms that do not open.
pub fn just_booked(keys: &Keys, row: InternshipRow, first: VersionRow) -> Result<Internship, StoreError> {
    internship(row, &Parts { versions: vec![first], ..Parts::default() }, keys)
}

#[derive(Default)]
struct Parts {
    versions: Vec<VersionRow>,
    confirmations: Vec<ConfirmationRow>,
    objections: Vec<ObjectionRow>,
    accommodations: Vec<AccommodationRow>,
    agreements: Vec<AgreementRow>,
    answers: Vec<AnswerRow>,
    contacts: Vec<(ContactId, String)>,
    follow_ups: Vec<FollowUpRow>,
    /// Of the workplaces of internships whose end is not recorded.
    prospects: Vec<ProspectRow>,
    foresees: Vec<(WorkplaceId, Option<bool>)>,
}

impl Parts {
    /// What hangs on the internships of a citizen; what cannot be there is not asked for. Asked for by the citizen, not by lists
    /// of ids: so each statement is the same every time and stays prepared.
    fn load(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId, rows: &[InternshipRow]) -> Result<Self, StoreError> {
        let stays = || internships::own(tenant).filter(internships::citizen_id.eq(citizen));
        let own_ids = || stays().select(internships::id);
        let mut parts = Self {
            versions: prepared!(conn, |conn| versions::own(tenant)
                .filter(versions::internship_id.eq_any(own_ids()))
                .order(versions::number)
                .load(conn))?,
            confirmations: prepared!(conn, |conn| confirmations::own(tenant)
                .filter(confirmations::internship_id.eq_any(own_ids()))
                .order((confirmations::internship_id, confirmations::number, confirmations::party))
                .load(conn))?,
            objections: prepared!(conn, |conn| objections::own(tenant)
                .filter(objections::internship_id.eq_any(own_ids()))
                .order(objections::id)
                .load(conn))?,
            accommodations: prepared!(conn, |conn| accommodations::own(tenant)
                .filter(accommodations::internship_id.eq_any(own_ids()))
                .filter(accommodations::dropped_on.is_null())
                .order((accommodations::position, accommodations::id))
                .load(conn))?,
            answers: prepared!(conn, |conn| answers::own(tenant)
                .filter(answers::internship_id.eq_any(own_ids()))
                .order(answers::id)
                .load(conn))?,
            follow_ups: prepared!(conn, |conn| follow_ups::own(tenant)
                .filter(follow_ups::citizen_id.eq(citizen))
                .order((follow_ups::due_on, follow_ups::id))
                .load(conn))?,
            ..Self::default()
        };
        if !parts.accommodations.is_empty() {
            let items = accommodations::own(tenant).filter(accommodations::internship_id.eq_any(own_ids()));
            parts.agreements = prepared!(conn, |conn| agreements::own(tenant)
                .filter(agreements::accommodation_id.eq_any(items.select(accommodations::id)))
                .order((agreements::accommodation_id, agreements::party))
                .load(conn))?;
        }
        if rows.iter().any(|row| row.contact_id.is_some()) {
            let people = stays().filter(internships::contact_id.is_not_null());
            parts.contacts = prepared!(conn, |conn| contacts::own(tenant)
                .filter(contacts::id.eq_any(people.select(internships::contact_id.assume_not_null())))
                .select((contacts::id, contacts::name))
                .load(conn))?;
        }
        if rows.iter().any(|row| row.last_day.is_none()) {
            let places = || stays().filter(internships::last_day.is_null()).select(internships::workplace_id);
            parts.prospects = prepared!(conn, |conn| prospects::own(tenant)
                .filter(prospects::workplace_id.eq_any(places()))
                .order(prospects::id)
                .load(conn))?;
            parts.foresees = prepared!(conn, |conn| workplaces::own(tenant)
                .filter(workplaces::id.eq_any(places()))
                .select((workplaces::id, workplaces::foresees_vacancy))
                .load(conn))?;
        }
        Ok(parts)
    }
}

/// The needs of a citizen, opened.
pub fn needs(conn: &mut Conn, keys: &Keys, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<Need>, StoreError> {
    let rows = citizens::needs::of_citizen(conn, tenant, citizen)?;
    rows.into_iter()
        .map(|row| {
            let facts = sealed::NEED.open(keys, &row.id, &row.sealed)?;
            Ok(Need { id: row.id, facts })
        })
        .collect()
}

fn person(conn: &mut Conn, keys: &Keys, row: CitizenRow) -> Result<Citizen, StoreError> {
    let own = capacities::own(&row.municipality).filter(capacities::citizen_id.eq(&row.id));
    let dated: Vec<CapacityRow> = prepared!(conn, |conn| own.order(capacities::from_on).load(conn))?;
    let tenant = row.municipality;
    Ok(Citizen {
        needs: needs(conn, keys, &tenant, &row.id)?,
        id: row.id,
        reference: row.reference,
        target_group: whole(TargetGroup::parse(&row.target_group), "a target group")?,
        job_ready: row.job_ready,
        in_employment: row.in_employment,
        goals: sealed::from_column("citizens.goals", &row.goals)?,
        capacities: dated
            .iter()
            .map(|row| Capacity { from: row.from_on, weekly_hours: WeeklyHours::from_minutes(row.weekly_minutes) })
            .collect(),
        consultant: row.consultant_id,
        latest_employer: row.latest_employer.as_deref().and_then(PNumber::parse),
        registered_on: row.registered_on,
    })
}

fn version(row: &VersionRow, parts: &Parts, keys: &Keys) -> Result<Version, StoreError> {
    let same = |id: &InternshipId, number: i32| *id == row.internship_id && number == row.number;
    let confirmations =
        parts.confirmations.iter().filter(|other| same(&other.internship_id, other.number) && other.hash == row.hash);
    let objections = parts.objections.iter().filter(|other| same(&other.internship_id, other.number));
    let key = sealed::version_key(&row.internship_id, row.number);
    let papers = row.papers.as_deref().map(|text| sealed::VERSION_PAPERS.open(keys, &key, text));
    let asked = row.asked.as_deref().map(|text| sealed::VERSION_ASKED.open(keys, &key, text));
    Ok(Version {
        number: row.number,
        terms: sealed::open_terms(keys, row)?,
        hash: row.hash.clone(),
        cause: row.cause,
        papers: papers.transpose()?,
        asked: asked.transpose()?,
        made_on: row.made_on,
        confirmations: confirmations
            .map(|row| Ok(Confirmation { party: row.party, via: row.via, on: row.confirmed_on }))
            .collect::<Result<_, StoreError>>()?,
        objections: objections
            .map(|row| {
                Ok(Objection {
                    id: row.id.clone(),
                    party: row.party,
                    words: row.words.clone(),
                    on: row.raised_on,
                    withdrawn_on: row.withdrawn_on,
                })
            })
            .collect::<Result<_, StoreError>>()?,
    })
}

fn internship(row: InternshipRow, parts: &Parts, keys: &Keys) -> Result<Internship, StoreError> {
    let prospect_gone_on = prospect_gone_on(&row, parts);
    let mut versions =
        parts.versions.iter().filter(|version| version.internship_id == row.id).map(|row| version(row, parts, keys));
    let first = whole(versions.next(), "an internship without a version")??;
    let later = versions.collect::<Result<_, _>>()?;
    let items = parts.accommodations.iter().filter(|item| item.internship_id == row.id);
    let accommodations = items.map(|item| accommodation(item, parts, keys)).collect::<Result<_, _>>()?;
    let answers = parts.answers.iter().filter(|answer| answer.internship_id == row.id);
    let contact_name = parts.contacts.iter().find(|(id, _)| Some(id) == row.contact_id.as_ref()).map(|(_, name)| name.clone());
    let ended = match (row.last_day, row.ending, row.end_recorded_on) {
        (Some(last_day), Some(how), Some(recorded_on)) => {
            Some(Ended { last_day, how, by: row.ended_by, note: row.end_note, recorded_on })
        }
        _ => None,
    };
    let follow_ups = parts.follow_ups.iter().filter(|follow_up| follow_up.internship_id == row.id);
    let follow_ups = follow_ups.map(|row| follow_up(row, keys)).collect::<Result<_, _>>()?;
    Ok(Internship {
        follow_ups,
        prospect_gone_on,
        answers: answers
            .map(|row| {
                Ok(Answer { answer: row.answer, words: row.words.clone(), on: row.answered_on, decision_on: row.decision_on })
            })
            .collect::<Result<_, StoreError>>()?,
        id: row.id,
        reference: row.reference,
        booked_on: row.booked_on,
        road: row.road,
        new_function: row.new_function,
        first,
        later,
        accommodations,
        none_needed: row.none_needed_on,
        contact: row.contact_id,
        contact_name,
        statement: row.statement.map(|text| sealed::from_column("internships.statement", &text)).transpose()?,
        decision: row.decision.map(|text| sealed::from_column("internships.decision", &text)).transpose()?,
        started_on: row.started_on,
        ended,
        cancelled_on: row.cancelled_on,
        next_step: row.next_step,
    })
}

fn accommodation(item: &AccommodationRow, parts: &Parts, keys: &Keys) -> Result<Accommodation, StoreError> {
    let agreements = parts.agreements.iter().filter(|agreement| agreement.accommodation_id == item.id);
    Ok(Accommodation {
        id: item.id.clone(),
        need: item.need_id.clone(),
        function: sealed::ACCOMMODATION.open(keys, &item.id, &item.sealed)?,
        agreements: agreements
            .map(|row| Ok(Agreement { party: row.party, via: row.via, on: row.agreed_on }))
            .collect::<Result<_, StoreError>>()?,
    })
}

/// A follow-up, with what was said at it.
pub fn follow_up(row: &FollowUpRow, keys: &Keys) -> Result<FollowUp, StoreError> {
    let held = match (row.held_on, row.recorded_on, &row.sealed) {
        (Some(on), Some(recorded_on), Some(text)) => {
            Some(Held { on, recorded_on, record: sealed::FOLLOW_UP.open(keys, &row.id, text)? })
        }
        _ => None,
    };
    Ok(FollowUp {
        id: row.id.clone(),
        internship: row.internship_id.clone(),
        kind: row.kind,
        planned_on: row.planned_on,
        due_on: row.due_on,
        held,
        cancelled_on: row.cancelled_on,
    })
}

/// Since when the prospect of a running or booked internship has gone. Of an ended one nobody asks.
fn prospect_gone_on(row: &InternshipRow, parts: &Parts) -> Option<NaiveDate> {
    if row.last_day.is_some() {
        return None;
    }
    let there = parts.prospects.iter().filter(|prospect| prospect.workplace_id == row.workplace_id);
    let there = there.map(|own| ProspectDays { recorded_on: own.recorded_on, withdrawn_on: own.withdrawn_on });
    let foresees = parts.foresees.iter().find(|(id, _)| *id == row.workplace_id).and_then(|(_, foresees)| *foresees);
    prospect::gone_on(row.prospect_gone_on, row.booked_on, &there.collect::<Vec<_>>(), foresees)
}

fn change(row: ConsultantChangeRow) -> ConsultantChange {
    ConsultantChange {
        id: row.id,
        from: row.from_id,
        to: row.to_id,
        on: row.changed_on,
        handed_over_on: row.handed_over_on,
        read_on: row.read_on,
    }
}

/// An outcome with the checks made of it.
pub fn outcome(row: OutcomeRow, checks: &[RetentionCheckRow]) -> Result<Outcome, StoreError> {
    let own = checks.iter().filter(|check| check.outcome_id == row.id).map(|check| RetentionCheck {
        id: check.id.clone(),
        on: check.held_on,
        holds: check.holds,
        recorded_on: check.recorded_on,
    });
    let checks = own.collect();
    Ok(Outcome {
        checks,
        id: row.id,
        from: row.internship_id,
        step: row.step,
        workplace: row.workplace_id,
        employer: row.employer,
        first_day: row.first_day,
        weekly_hours: row.weekly_minutes.map(WeeklyHours::from_minutes),
        until: row.until_on,
        recorded_on: row.recorded_on,
        ended_on: row.ended_on,
        next_step: row.next_step,
    })
}
